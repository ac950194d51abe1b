/*
 * Compound files: the table of sectors, the directory, and the streams that are chains of sectors.
 *
 *     header (one sector) | sector 0 | sector 1 | ...
 *     FAT       for each sector the next one of its chain; itself kept in sectors that header and DIFAT list
 *     mini FAT  the same for the short pieces of the mini stream, which holds all small streams
 */
#include "office/cfb.h"

#define MAGIC STR("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
#define HEADER_BYTES 512
#define HEADER_FAT_SECTORS 109          /* listed in the header; further ones in the DIFAT */
#define SECTOR_LAST 0xFFFFFFFAu         /* from here on numbers mean: end, free, ... */
#define SECTOR_END 0xFFFFFFFEu
#define MINI_SECTOR_BYTES 64

/* places in the header */
enum { AT_SECTOR_SHIFT = 30, AT_MINI_SHIFT = 32, AT_DIRECTORY = 48, AT_CUTOFF = 56, AT_MINI_FAT = 60, AT_DIFAT = 68, AT_FAT = 76 };

/* an entry of the directory */
enum {
    ENTRY_BYTES = 128, ENTRY_NAME_BYTES = 64, ENTRY_KIND = 66, ENTRY_LEFT = 68, ENTRY_RIGHT = 72, ENTRY_CHILD = 76,
    ENTRY_START = 116, ENTRY_SIZE = 120
};
enum { KIND_STREAM = 2 };

static struct str sector_of(const struct cfb *c, uint32_t n)
{
    if (n >= c->file.len / c->sector)   /* also keeps the product small */
        return STR("");
    return str_part(c->file, ((size_t)n + 1) * c->sector, c->sector);
}

static uint32_t next_sector(const struct cfb *c, uint32_t n)
{
    uint32_t in_each = c->sector / 4;
    if (n / in_each >= c->fat.count)
        return SECTOR_END;
    struct str table = sector_of(c, c->fat.at[n / in_each]);
    size_t at = (size_t)(n % in_each) * 4;
    return at + 4 > table.len ? SECTOR_END : le32(table, at);
}

static uint32_t next_mini(const struct cfb *c, uint32_t n)
{
    size_t at = (size_t)n * 4;
    return at + 4 > c->mini_fat.len ? SECTOR_END : le32(c->mini_fat, at);
}

/* Walks a chain and tells a loop: it meets a sector that it remembered, a later one each time the way has doubled (Brent). */
struct walk {
    const struct cfb *cfb;
    bool mini;
    uint32_t now, remembered;
    size_t steps, until;
};

static struct walk walk_from(const struct cfb *c, uint32_t start, bool mini)
{
    return (struct walk){ .cfb = c, .mini = mini, .now = start, .remembered = SECTOR_END, .until = 1 };
}

static struct str walk_piece(struct walk *w)
{
    const struct cfb *c = w->cfb;
    if (w->now >= SECTOR_LAST || w->now == w->remembered)
        return STR("");
    struct str piece = w->mini ? str_part(c->mini, (size_t)w->now * c->mini_sector, c->mini_sector) : sector_of(c, w->now);
    if (++w->steps == w->until) {
        w->remembered = w->now;
        w->until *= 2;
    }
    bool whole = piece.len == (w->mini ? c->mini_sector : c->sector);      /* the file may end within one */
    w->now = !whole ? SECTOR_END : w->mini ? next_mini(c, w->now) : next_sector(c, w->now);
    return piece;
}

/* All bytes of a chain, at most `most`: first measured, so that no more is taken than is there. */
static struct str chain(const struct cfb *c, uint32_t start, bool mini, size_t most)
{
    if (most > c->file.len)
        most = c->file.len;
    size_t bytes = 0;
    struct walk w = walk_from(c, start, mini);
    for (struct str s = walk_piece(&w); s.len > 0 && bytes < most; s = walk_piece(&w))
        bytes += s.len;
    if (bytes > most)
        bytes = most;
    char *out = arena_take(c->arena, bytes + 1);
    size_t len = 0;
    w = walk_from(c, start, mini);
    while (len < bytes) {
        struct str s = walk_piece(&w);
        size_t n = s.len < bytes - len ? s.len : bytes - len;
        memcpy(out + len, s.at, n);
        len += n;
    }
    return (struct str){ out, len };
}

static void add_fat(struct cfb *c, uint32_t n)
{
    if (n < SECTOR_LAST && sector_of(c, n).len > 0 && c->fat.count <= c->file.len / c->sector)
        *VEC_ADD(c->arena, &c->fat) = n;
}

static void read_fat(struct cfb *c)
{
    for (size_t i = 0; i < HEADER_FAT_SECTORS; i++)
        add_fat(c, le32(c->file, AT_FAT + 4 * i));
    uint32_t n = le32(c->file, AT_DIFAT);
    for (size_t steps = 0; n < SECTOR_LAST && steps <= c->file.len / c->sector; steps++) {
        struct str s = sector_of(c, n);
        if (s.len < c->sector)
            return;
        for (size_t at = 0; at + 4 < s.len; at += 4)
            add_fat(c, le32(s, at));
        n = le32(s, s.len - 4);         /* the last one leads on */
    }
}

/* Marks the entries under the root, which hang in a binary tree; each is taken once, so a loop ends. */
static void find_top(struct cfb *c)
{
    size_t entries = c->directory.len / ENTRY_BYTES;
    c->at_top = arena_take(c->arena, entries * sizeof *c->at_top);
    VEC(uint32_t) open = { 0 };
    *VEC_ADD(c->arena, &open) = le32(c->directory, ENTRY_CHILD);
    while (open.count > 0) {
        uint32_t n = open.at[--open.count];
        if (n >= entries || c->at_top[n])
            continue;
        c->at_top[n] = true;
        *VEC_ADD(c->arena, &open) = le32(c->directory, (size_t)n * ENTRY_BYTES + ENTRY_LEFT);
        *VEC_ADD(c->arena, &open) = le32(c->directory, (size_t)n * ENTRY_BYTES + ENTRY_RIGHT);
    }
}

bool cfb_open(struct cfb *c, struct arena *a, struct str file)
{
    *c = (struct cfb){ .arena = a, .file = file };
    if (file.len < HEADER_BYTES || !str_eq(str_part(file, 0, MAGIC.len), MAGIC))
        return false;
    uint16_t shift = le16(file, AT_SECTOR_SHIFT);
    if ((shift != 9 && shift != 12) || le16(file, AT_MINI_SHIFT) != 6)
        return false;
    c->sector = 1u << shift;
    c->mini_sector = MINI_SECTOR_BYTES;
    c->cutoff = le32(file, AT_CUTOFF);
    read_fat(c);
    c->directory = chain(c, le32(file, AT_DIRECTORY), false, SIZE_MAX);
    if (c->directory.len < ENTRY_BYTES)
        return false;
    c->mini_fat = chain(c, le32(file, AT_MINI_FAT), false, SIZE_MAX);
    c->mini = chain(c, le32(c->directory, ENTRY_START), false, SIZE_MAX);    /* the root's own chain */
    find_top(c);
    return true;
}

static bool is_named(struct str entry, const char *name)
{
    size_t len = strlen(name);
    if (le16(entry, ENTRY_NAME_BYTES) != 2 * (len + 1) || byte_at(entry, ENTRY_KIND) != KIND_STREAM)
        return false;
    for (size_t i = 0; i < len; i++) {
        if (le16(entry, 2 * i) != (unsigned char)name[i])
            return false;
    }
    return true;
}

/* The entry of the directory, empty where there is none. */
static struct str find_entry(const struct cfb *c, const char *name)
{
    for (size_t i = 0; i < c->directory.len / ENTRY_BYTES; i++) {
        struct str entry = str_part(c->directory, i * ENTRY_BYTES, ENTRY_BYTES);
        if (c->at_top[i] && is_named(entry, name))
            return entry;
    }
    return STR("");
}

bool cfb_has(const struct cfb *c, const char *name)
{
    return find_entry(c, name).len > 0;
}

struct str cfb_read(const struct cfb *c, const char *name)
{
    struct str entry = find_entry(c, name);
    if (entry.len == 0)
        return STR("");
    uint32_t size = le32(entry, ENTRY_SIZE);
    return chain(c, le32(entry, ENTRY_START), size < c->cutoff, size);
}
