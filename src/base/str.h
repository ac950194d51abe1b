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

#endif
