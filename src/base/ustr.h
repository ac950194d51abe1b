/*
 * ustr: a borrowed view of UTF-16 text, the form in which documents are read.
 *
 * Offsets and lengths count 16-bit units. Nearly all text of these documents lies in the basic plane,
 * where a unit is a character; the few astral characters take two units, and only doc/pages.h, which
 * turns units into code points, needs to know.
 */
#ifndef QD_BASE_USTR_H
#define QD_BASE_USTR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uchar.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

struct ustr {
    const char16_t *at;
    uint32_t len;
};

/* A half-open range of units in some text. */
struct span {
    uint32_t start, end;
};

#define USTR(literal) ((struct ustr){ (literal), (uint32_t)(sizeof(literal) / sizeof(char16_t) - 1) })

static inline struct ustr ustr_sub(struct ustr s, uint32_t start, uint32_t end)
{
    return (struct ustr){ s.at + start, end - start };
}

static inline struct ustr ustr_at(struct ustr s, struct span where)
{
    return ustr_sub(s, where.start, where.end);
}

static inline uint32_t span_len(struct span s)
{
    return s.end - s.start;
}

static inline bool span_within(struct span inner, struct span outer)
{
    return inner.start >= outer.start && inner.end <= outer.end;
}

static inline bool span_overlap(struct span a, struct span b)
{
    return a.start < b.end && b.start < a.end;
}

bool ustr_eq(struct ustr a, struct ustr b);
bool ustr_starts(struct ustr s, struct ustr head);
bool ustr_ends(struct ustr s, struct ustr tail);
/* The first place of `part` in `s` at or after `from`, or -1. */
int64_t ustr_find(struct ustr s, struct ustr part, uint32_t from);
bool ustr_has(struct ustr s, char16_t unit);

/* Copies into the arena. Lone surrogates become U+FFFD in UTF-8; ill-formed UTF-8 becomes U+FFFD in UTF-16. */
struct str ustr_to_utf8(struct arena *a, struct ustr s);
struct ustr ustr_from_utf8(struct arena *a, struct str s);
struct ustr ustr_keep(struct arena *a, struct ustr s);
void buf_add_ustr(struct buf *b, struct ustr s);

/* How deep in quotes, titles and brackets a text is behind the unit; `depth` is how deep it was before. */
static inline uint32_t nesting_behind(uint32_t depth, char16_t unit)
{
    bool opens = unit == u'“' || unit == u'《' || unit == u'（', closes = unit == u'”' || unit == u'》' || unit == u'）';
    return depth + opens - (closes && depth > 0);
}

/* True for the units of CJK ideographs (U+3400–9FFF, U+F900–FAFF, 〇). */
bool unit_is_han(char16_t unit);
static inline bool unit_is_digit(char16_t unit)
{
    return unit >= u'0' && unit <= u'9';
}
static inline bool unit_is_space(char16_t unit)
{
    return unit == u' ' || unit == u'\t' || unit == u'\n' || unit == u'\r' || unit == 0x3000 || unit == 0xA0 ||
           unit == u'\v' || unit == u'\f' || (unit >= 0x2000 && unit <= 0x200B) || unit == 0xFEFF;
}

#endif
