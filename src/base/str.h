/*
 * str: a borrowed view of UTF-8 bytes.
 *
 * Owns nothing and need not end in NUL. The bytes live as long as what they were taken from
 * (an arena, a file in memory, a string literal).
 */
#ifndef QD_BASE_STR_H
#define QD_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct str {
    const char *at;
    size_t len;
};

/* A view of a string literal. */
#define STR(literal) ((struct str){ (literal), sizeof(literal) - 1 })
/* For printf's "%.*s". */
#define STR_ARG(s) (int)(s).len, (s).at

static inline struct str str_of(const char *z)
{
    return (struct str){ z, z == NULL ? 0 : strlen(z) };
}

static inline bool str_eq(struct str a, struct str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

static inline bool str_is(struct str a, const char *z)
{
    return str_eq(a, str_of(z));
}

static inline bool str_ends(struct str s, const char *tail)
{
    size_t n = strlen(tail);
    return s.len >= n && memcmp(s.at + s.len - n, tail, n) == 0;
}

/* Nothing but spaces, tabs and line ends. */
static inline bool str_is_blank(struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] != ' ' && s.at[i] != '\t' && s.at[i] != '\n' && s.at[i] != '\r')
            return false;
    }
    return true;
}

/* Length of the well-formed UTF-8 sequence at the start of s, which is not empty; 0 where it is ill-formed. */
static inline size_t str_sequence(struct str s)
{
    const unsigned char *p = (const unsigned char *)s.at;
    if (p[0] < 0x80)
        return 1;
    size_t n = p[0] >= 0xC2 && p[0] < 0xE0 ? 2 : p[0] >= 0xE0 && p[0] < 0xF0 ? 3 : p[0] >= 0xF0 && p[0] < 0xF5 ? 4 : 0;
    if (n == 0 || n > s.len)
        return 0;
    for (size_t i = 1; i < n; i++) {
        if ((p[i] & 0xC0) != 0x80)
            return 0;
    }
    bool overlong = (p[0] == 0xE0 && p[1] < 0xA0) || (p[0] == 0xF0 && p[1] < 0x90);
    bool beyond = (p[0] == 0xED && p[1] >= 0xA0) || (p[0] == 0xF4 && p[1] >= 0x90);
    return overlong || beyond ? 0 : n;
}

#endif
