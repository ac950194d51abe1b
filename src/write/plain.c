/* What a document may say to a page without becoming part of its form. */
#include "write/plain.h"

#define REPLACEMENT "\xEF\xBF\xBD"

/* The code point at p and its length in bytes; an ill-formed byte is U+FFFD of length 1. */
static uint32_t point_at(const unsigned char *p, size_t left, size_t *len)
{
    static const uint32_t least[5] = { 0, 0, 0x80, 0x800, 0x10000 };
    size_t n = p[0] < 0x80 ? 1 : p[0] >= 0xC2 && p[0] < 0xE0 ? 2 : p[0] >= 0xE0 && p[0] < 0xF0 ? 3 : p[0] >= 0xF0 && p[0] < 0xF5 ? 4 : 0;
    *len = 1;
    if (n == 1)
        return p[0];
    if (n == 0 || n > left)
        return 0xFFFD;
    uint32_t point = p[0] & (0x7Fu >> n);
    for (size_t i = 1; i < n; i++) {
        if ((p[i] & 0xC0) != 0x80)
            return 0xFFFD;
        point = point << 6 | (p[i] & 0x3Fu);
    }
    if (point < least[n] || (point >= 0xD800 && point <= 0xDFFF) || point > 0x10FFFF)
        return 0xFFFD;
    *len = n;
    return point;
}

static bool is_space(uint32_t c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0xA0 || c == 0x2028 || c == 0x2029 || c == 0x3000 ||
           (c >= 0x2000 && c <= 0x200A);
}

static bool is_invisible(uint32_t c)
{
    return (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || c == 0xAD;
}

static bool is_control(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0);
}

/* Chinese has no spaces between words: a line end between two of its signs is nothing, elsewhere it is a space. */
static bool is_wide(uint32_t c)
{
    return c >= 0x2E80;
}

struct gap { bool space, line_end; };

static void close_gap(struct buf *out, struct gap *gap, uint32_t before, uint32_t after)
{
    bool wrap = gap->line_end && is_wide(before) && is_wide(after);
    if (gap->space && before != 0 && !wrap)
        buf_addc(out, ' ');
    *gap = (struct gap){ false, false };
}

void plain_add_short(struct buf *out, struct str s, size_t most)
{
    const unsigned char *p = (const unsigned char *)s.at;
    struct gap gap = { false, false };
    uint32_t before = 0;
    size_t shown = 0, len;
    for (size_t i = 0; i < s.len; i += len) {
        uint32_t c = point_at(p + i, s.len - i, &len);
        if (is_invisible(c))
            continue;
        if (is_space(c)) {
            gap.space = true;
            gap.line_end |= c == '\n' || c == '\r';
            continue;
        }
        if (shown++ >= most) {
            buf_addz(out, "…");
            return;
        }
        close_gap(out, &gap, before, c);
        before = c;
        if (is_control(c) || c == 0xFFFD)
            buf_addz(out, REPLACEMENT);
        else
            buf_add(out, (struct str){ s.at + i, len });
    }
}

void plain_add(struct buf *out, struct str s)
{
    plain_add_short(out, s, SIZE_MAX);
}
