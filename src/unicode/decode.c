/*
 * Bytes to UTF-16 with the byte of every unit: UTF-8 and UTF-16 by hand, the legacy encodings by ICU in large pieces.
 */
#include "unicode/decode.h"

#include <limits.h>
#include <stdlib.h>

#include <unicode/ucnv.h>

#define REPLACEMENT 0xFFFD
#define PIECE_BYTES ((size_t)64 * 1024)

/* ---- UTF-8 ---- */

/* Where the loop writes; `room` is a guess that only a damaged text can exceed. */
struct out { char16_t *text; uint32_t *byte_at; size_t len, room, bad; };

static struct out out_of(struct arena *a, size_t room)
{
    struct out o = { .room = room };
    o.byte_at = arena_take(a, (room + 1) * sizeof *o.byte_at);
    o.text = arena_take(a, (room + 1) * sizeof *o.text);
    return o;
}

static struct decoded finish(struct out o, size_t end)
{
    o.byte_at[o.len] = (uint32_t)end;
    return (struct decoded){ { o.text, (uint32_t)o.len }, o.byte_at, o.bad };
}

/* How many of eight bytes have their highest bit set. */
static size_t count_marks(uint64_t marks)
{
    return (size_t)(((marks >> 7) & UINT64_C(0x0101010101010101)) * UINT64_C(0x0101010101010101) >> 56);
}

/* Units the text comes to if it is well-formed: one for each byte that begins a character, two for F0 to FF. */
static size_t utf8_units(const unsigned char *p, size_t len)
{
    size_t n = 0, i = 0;
    for (; len - i >= 8; i += 8) {
        uint64_t w;
        memcpy(&w, p + i, 8);
        n += 8 - count_marks(w & ~(w << 1)) + count_marks(w & (w << 1) & (w << 2) & (w << 3));
    }
    for (; i < len; i++)
        n += (size_t)((p[i] & 0xC0) != 0x80) + (size_t)(p[i] >= 0xF0);
    return n;
}

static bool is_tail(unsigned char c)
{
    return (c & 0xC0) == 0x80;
}

/* Bytes of the damaged sequence at p: as many as could have begun a character. */
static size_t damaged_bytes(const unsigned char *p, size_t left)
{
    unsigned char lead = p[0];
    unsigned low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80, high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    size_t most = lead >= 0xF0 && lead <= 0xF4 ? 3 : lead >= 0xE0 && lead < 0xF0 ? 2 : 1;
    size_t n = 1;
    if (most > 1 && left > 1 && p[1] >= low && p[1] <= high) {
        for (n = 2; n < most && n < left && is_tail(p[n]);)
            n++;
    }
    return n;
}

/* Bytes of the well-formed character at p, which comes to *c; 0 where there is none. */
static size_t character(const unsigned char *p, size_t left, uint32_t *c)
{
    static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
    size_t n = p[0] < 0x80 ? 1 : p[0] < 0xC2 || p[0] > 0xF4 ? 0 : p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;
    if (n == 0 || n > left)
        return 0;
    uint32_t v = n == 1 ? p[0] : p[0] & (0x7Fu >> n);
    for (size_t i = 1; i < n; i++) {
        if (!is_tail(p[i]))
            return 0;
        v = v << 6 | (p[i] & 0x3Fu);
    }
    if (v < least[n] || v > 0x10FFFF || (v >= 0xD800 && v < 0xE000))
        return 0;
    *c = v;
    return n;
}

static void put(struct out *o, char16_t unit, size_t byte)
{
    o->byte_at[o->len] = (uint32_t)byte;
    o->text[o->len++] = unit;
}

static void put_point(struct out *o, uint32_t c, size_t byte)
{
    if (c >= 0x10000) {
        put(o, (char16_t)(0xD7C0 + (c >> 10)), byte);
        c = 0xDC00 | (c & 0x3FF);
    }
    put(o, (char16_t)c, byte);
}

/*
 * Takes what nearly all text is made of, ASCII and characters of three bytes, up to the first byte that is neither or
 * stands too near the end. Returns the place it came to. Kept apart and in local variables because all text passes here.
 */
static size_t utf8_run(struct out *o, const unsigned char *p, size_t i, size_t len)
{
    char16_t *text = o->text + o->len;
    uint32_t *byte_at = o->byte_at + o->len;
    size_t n = 0, room = o->room - o->len;
    while (len - i >= 3 && n < room) {
        uint32_t c = p[i];
        if (c < 0x80) {
            text[n] = (char16_t)c;
            byte_at[n++] = (uint32_t)i++;
            continue;
        }
        if ((c & 0xF0) != 0xE0 || !is_tail(p[i + 1]) || !is_tail(p[i + 2]))
            break;
        c = (c & 0xFu) << 12 | (p[i + 1] & 0x3Fu) << 6 | (p[i + 2] & 0x3Fu);
        if (c < 0x800 || (c & 0xF800) == 0xD800)
            break;
        text[n] = (char16_t)c;
        byte_at[n++] = (uint32_t)i;
        i += 3;
    }
    o->len += n;
    return i;
}

/* False where the room does not suffice. */
static bool utf8_into(struct out *o, const unsigned char *p, size_t from, size_t len)
{
    size_t i = from;
    while ((i = utf8_run(o, p, i, len)) < len && o->room - o->len >= 2) {
        uint32_t c = REPLACEMENT;
        size_t n = character(p + i, len - i, &c);
        o->bad += n == 0;
        put_point(o, c, i);
        i += n == 0 ? damaged_bytes(p + i, len - i) : n;
    }
    return i >= len;
}

struct decoded decode_utf8(struct arena *a, struct str bytes, size_t from)
{
    const unsigned char *p = (const unsigned char *)bytes.at;
    struct out o = out_of(a, utf8_units(p + from, bytes.len - from) + 2);
    if (!utf8_into(&o, p, from, bytes.len)) {
        o = out_of(a, bytes.len - from + 2);
        utf8_into(&o, p, from, bytes.len);
    }
    return finish(o, bytes.len);
}

/* ---- UTF-16 ---- */

static char16_t unit_at(const unsigned char *p, bool big_endian)
{
    return (char16_t)(big_endian ? p[0] << 8 | p[1] : p[1] << 8 | p[0]);
}

struct decoded decode_utf16(struct arena *a, struct str bytes, size_t from, bool big_endian)
{
    const unsigned char *p = (const unsigned char *)bytes.at;
    struct out o = out_of(a, (bytes.len - from) / 2 + 2);
    size_t i = from;
    for (; bytes.len - i >= 2; i += 2) {
        char16_t u = unit_at(p + i, big_endian);
        if ((u & 0xF800) != 0xD800) {
            put(&o, u, i);
            continue;
        }
        char16_t low = bytes.len - i >= 4 ? unit_at(p + i + 2, big_endian) : 0;
        if ((u & 0xFC00) == 0xD800 && (low & 0xFC00) == 0xDC00) {
            put(&o, u, i);
            put(&o, low, i);
            i += 2;
        } else {
            put(&o, REPLACEMENT, i);
            o.bad++;
        }
    }
    if (i < bytes.len) {
        put(&o, REPLACEMENT, i);
        o.bad++;
    }
    return finish(o, bytes.len);
}

/* ---- by ICU ---- */

struct growing { char16_t *text; int32_t *byte_at; size_t len, room; };

static void make_room(struct growing *g, size_t more)
{
    if (g->room - g->len >= more)
        return;
    g->room = g->len + more > 2 * g->room ? g->len + more : 2 * g->room;
    g->text = must_grow(g->text, g->room * sizeof *g->text);
    g->byte_at = must_grow(g->byte_at, g->room * sizeof *g->byte_at);
}

/* End of the piece that starts at i. A line feed is no part of a character in these encodings, so pieces end there. */
static size_t piece_end(struct str s, size_t i)
{
    if (s.len - i <= PIECE_BYTES)
        return s.len;
    const char *feed = memchr(s.at + i + PIECE_BYTES, '\n', s.len - i - PIECE_BYTES);
    return feed == NULL ? s.len : (size_t)(feed - s.at) + 1;
}

static void decode_piece(UConverter *icu, struct growing *g, struct str bytes, size_t start, size_t end)
{
    make_room(g, end - start + 2);
    char16_t *to = g->text + g->len, *to_end = g->text + g->room;
    const char *at = bytes.at + start;
    UErrorCode error = U_ZERO_ERROR;
    ucnv_reset(icu);
    ucnv_toUnicode(icu, &to, to_end, &at, bytes.at + end, g->byte_at + g->len, true, &error);
    size_t len = (size_t)(to - g->text);
    for (size_t i = g->len; i < len; i++)
        g->byte_at[i] = g->byte_at[i] < 0 ? (int32_t)start : g->byte_at[i] + (int32_t)start;
    g->len = len;
}

/* A U+FFFD that the file itself holds is no damage. */
static size_t count_damage(const struct growing *g, struct str bytes)
{
    size_t n = 0;
    for (size_t i = 0; i < g->len; i++) {
        size_t byte = (size_t)g->byte_at[i];
        n += g->text[i] == REPLACEMENT && !(bytes.len - byte >= 4 && memcmp(bytes.at + byte, "\x84\x31\xA4\x37", 4) == 0);
    }
    return n;
}

struct decoded decode_by_icu(struct arena *a, struct str bytes, size_t from, const char *converter)
{
    UErrorCode error = U_ZERO_ERROR;
    UConverter *icu = ucnv_open(converter, &error);
    if (U_FAILURE(error))
        return decode_utf8(a, bytes, from);        /* an ICU without this encoding: everything else is shown as damaged */
    struct growing g = { 0 };
    for (size_t i = from; i < bytes.len;) {
        size_t end = piece_end(bytes, i);
        decode_piece(icu, &g, bytes, i, end);
        i = end;
    }
    ucnv_close(icu);
    struct out o = out_of(a, g.len);
    o.len = g.len;
    o.bad = count_damage(&g, bytes);
    for (size_t i = 0; i < g.len; i++) {
        o.text[i] = g.text[i];
        o.byte_at[i] = (uint32_t)g.byte_at[i];
    }
    free(g.text);
    free(g.byte_at);
    return finish(o, bytes.len);
}

struct decoded charset_decode(struct arena *a, struct str bytes, enum charset c)
{
    const unsigned char *p = (const unsigned char *)bytes.at;
    bool marked8 = bytes.len >= 3 && p[0] == 0xEF && p[1] == 0xBB && p[2] == 0xBF;
    bool marked16 = bytes.len >= 2 && unit_at(p, c == CHARSET_UTF16BE) == 0xFEFF;
    bool marked_gb = bytes.len >= 4 && memcmp(p, "\x84\x31\x95\x33", 4) == 0;
    switch (c) {
    case CHARSET_GB18030: return decode_by_icu(a, bytes, marked_gb ? 4 : 0, "GB18030");
    case CHARSET_BIG5: return decode_by_icu(a, bytes, 0, "windows-950-2000");
    case CHARSET_UTF16LE: return decode_utf16(a, bytes, marked16 ? 2 : 0, false);
    case CHARSET_UTF16BE: return decode_utf16(a, bytes, marked16 ? 2 : 0, true);
    case CHARSET_UTF8: break;
    }
    return decode_utf8(a, bytes, marked8 ? 3 : 0);
}
