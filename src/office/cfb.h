/*
 * cfb: compound files (OLE2), the little file systems that Word, Excel and WPS of the 97 generation keep their parts in.
 *
 * Opened over bytes that stay with the caller; what is read is copied to the arena. Only the streams at the top are seen:
 * those of embedded documents are none of the file's own. A chain of sectors that runs in a loop ends where the loop closes.
 */
#ifndef QD_OFFICE_CFB_H
#define QD_OFFICE_CFB_H

#include <stdint.h>

#include "base/arena.h"

struct cfb {
    struct arena *arena;
    struct str file;
    uint32_t sector, mini_sector;       /* bytes of each */
    uint32_t cutoff;                    /* streams below this size live in the mini stream */
    VEC(uint32_t) fat;                  /* the sectors that hold the table */
    struct str directory, mini_fat, mini;
    bool *at_top;                       /* of each entry of the directory */
};

/* False: not a compound file, or nothing of it can be found. */
bool cfb_open(struct cfb *c, struct arena *a, struct str file);
/* The name is ASCII. */
bool cfb_has(const struct cfb *c, const char *name);
/* Empty where there is no such stream. What a short file lacks at the end is cut off. */
struct str cfb_read(const struct cfb *c, const char *name);

/* Little-endian numbers within bytes; 0 past their end. */
static inline uint16_t le16(struct str s, size_t at)
{
    if (s.len < 2 || at > s.len - 2)
        return 0;
    const unsigned char *p = (const unsigned char *)s.at + at;
    return (uint16_t)(p[0] | p[1] << 8);
}

static inline uint32_t le32(struct str s, size_t at)
{
    if (s.len < 4 || at > s.len - 4)
        return 0;
    return le16(s, at) | (uint32_t)le16(s, at + 2) << 16;
}

static inline uint8_t byte_at(struct str s, size_t at)
{
    return at < s.len ? (uint8_t)s.at[at] : 0;
}

/* The part of s that starts at `from` and has at most `len` bytes; empty past the end. */
static inline struct str str_part(struct str s, size_t from, size_t len)
{
    if (from >= s.len)
        return STR("");
    return (struct str){ s.at + from, len < s.len - from ? len : s.len - from };
}

#endif
