/* Searching UTF-16 views and taking them to UTF-8 and back. */
#include "base/ustr.h"

#include <string.h>

bool ustr_eq(struct ustr a, struct ustr b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len * sizeof *a.at) == 0);
}

bool ustr_starts(struct ustr s, struct ustr head)
{
    return s.len >= head.len && ustr_eq(ustr_sub(s, 0, head.len), head);
}

bool ustr_ends(struct ustr s, struct ustr tail)
{
    return s.len >= tail.len && ustr_eq(ustr_sub(s, s.len - tail.len, s.len), tail);
}

int64_t ustr_find(struct ustr s, struct ustr part, uint32_t from)
{
    if (part.len == 0)
        return from <= s.len ? (int64_t)from : -1;
    for (uint32_t i = from; i < s.len && s.len - i >= part.len; i++) {
        if (s.at[i] == part.at[0] && memcmp(s.at + i, part.at, part.len * sizeof *part.at) == 0)
            return (int64_t)i;
    }
    return -1;
}

bool ustr_has(struct ustr s, char16_t unit)
{
    for (uint32_t i = 0; i < s.len; i++) {
        if (s.at[i] == unit)
            return true;
    }
    return false;
}

static bool is_high(char16_t u)
{
    return (u & 0xFC00) == 0xD800;
}

static bool is_low(char16_t u)
{
    return (u & 0xFC00) == 0xDC00;
}

static size_t put_utf8(char *to, uint32_t c)
{
    if (c < 0x80) {
        to[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        to[0] = (char)(0xC0 | (c >> 6));
        to[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        to[0] = (char)(0xE0 | (c >> 12));
        to[1] = (char)(0x80 | ((c >> 6) & 0x3F));
        to[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    to[0] = (char)(0xF0 | (c >> 18));
    to[1] = (char)(0x80 | ((c >> 12) & 0x3F));
    to[2] = (char)(0x80 | ((c >> 6) & 0x3F));
    to[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}

/* The code point at *i, which moves past it. */
static uint32_t next_point(struct ustr s, uint32_t *i)
{
    char16_t u = s.at[(*i)++];
    if (is_high(u) && *i < s.len && is_low(s.at[*i]))
        return 0x10000u + (((uint32_t)u & 0x3FFu) << 10) + ((uint32_t)s.at[(*i)++] & 0x3FFu);
    return is_high(u) || is_low(u) ? 0xFFFDu : u;
}

struct str ustr_to_utf8(struct arena *a, struct ustr s)
{
    char *to = arena_take(a, (size_t)s.len * 3 + 1);   /* a unit makes three bytes at the most */
    size_t n = 0;
    for (uint32_t i = 0; i < s.len;)
        n += put_utf8(to + n, next_point(s, &i));
    arena_trim(a, to, (size_t)s.len * 3 + 1, n + 1);
    return (struct str){ to, n };
}

void buf_add_ustr(struct buf *b, struct ustr s)
{
    for (uint32_t i = 0; i < s.len;) {
        char c[4];
        size_t n = put_utf8(c, next_point(s, &i));
        buf_add(b, (struct str){ c, n });
    }
}

/* Length of the well-formed UTF-8 sequence at p, its code point in *c; 0 where it is ill-formed. */
static size_t utf8_next(const unsigned char *p, size_t left, uint32_t *c)
{
    static const uint32_t least[5] = { 0, 0, 0x80, 0x800, 0x10000 };
    size_t n = p[0] < 0x80 ? 1 : p[0] >= 0xF0 && p[0] < 0xF5 ? 4 : p[0] >= 0xE0 && p[0] < 0xF0 ? 3 : p[0] >= 0xC2 && p[0] < 0xE0 ? 2 : 0;
    if (n == 0 || n > left)
        return 0;
    uint32_t v = n == 1 ? p[0] : (uint32_t)p[0] & (0x7Fu >> n);
    for (size_t i = 1; i < n; i++) {
        if ((p[i] & 0xC0) != 0x80)
            return 0;
        v = (v << 6) | ((uint32_t)p[i] & 0x3Fu);
    }
    if (v < least[n] || v > 0x10FFFF || (v >= 0xD800 && v < 0xE000))
        return 0;
    *c = v;
    return n;
}

struct ustr ustr_from_utf8(struct arena *a, struct str s)
{
    char16_t *to = arena_take(a, (s.len + 1) * sizeof *to);
    const unsigned char *p = (const unsigned char *)s.at;
    uint32_t n = 0;
    for (size_t i = 0; i < s.len;) {
        uint32_t c = 0xFFFD;
        size_t step = utf8_next(p + i, s.len - i, &c);
        i += step > 0 ? step : 1;
        if (c >= 0x10000) {
            to[n++] = (char16_t)(0xD800 + ((c - 0x10000) >> 10));
            to[n++] = (char16_t)(0xDC00 + ((c - 0x10000) & 0x3FF));
        } else {
            to[n++] = (char16_t)c;
        }
    }
    arena_trim(a, to, (s.len + 1) * sizeof *to, (n + 1) * sizeof *to);
    return (struct ustr){ to, n };
}

struct ustr ustr_keep(struct arena *a, struct ustr s)
{
    char16_t *to = arena_take(a, ((size_t)s.len + 1) * sizeof *to);
    if (s.len > 0)
        memcpy(to, s.at, s.len * sizeof *to);
    return (struct ustr){ to, s.len };
}

bool unit_is_han(char16_t u)
{
    return (u >= 0x3400 && u <= 0x9FFF) || (u >= 0xF900 && u <= 0xFAFF) || u == 0x3007;
}
