/* Arenas: blocks in a list, each at least twice the one before, freed together. */
#include "base/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define FIRST_BLOCK ((size_t)64 * 1024)
#define LARGEST_STEP ((size_t)16 * 1024 * 1024)
#define ALIGN _Alignof(max_align_t)

struct block {
    struct block *older;
    size_t size, used;
    _Alignas(max_align_t) unsigned char at[];
};

struct arena {
    struct block *newest;
    size_t bytes;
};

void memory_gone(void)
{
    fputs("qingdan: out of memory\n", stderr);
    abort();
}

void *must_alloc(size_t size)
{
    return must_grow(NULL, size);
}

void *must_grow(void *old, size_t size)
{
    void *p = realloc(old, size == 0 ? 1 : size);
    if (p == NULL)
        memory_gone();
    return p;
}

struct arena *arena_new(void)
{
    struct arena *a = must_alloc(sizeof *a);
    *a = (struct arena){ NULL, 0 };
    return a;
}

static void free_blocks(struct block *b)
{
    while (b != NULL) {
        struct block *older = b->older;
        free(b);
        b = older;
    }
}

void arena_free(struct arena *a)
{
    if (a == NULL)
        return;
    free_blocks(a->newest);
    free(a);
}

void arena_reset(struct arena *a)
{
    struct block *keep = a->newest;
    if (keep == NULL)
        return;
    free_blocks(keep->older);
    if (keep->size > LARGEST_STEP) {
        free(keep);
        *a = (struct arena){ NULL, 0 };
        return;
    }
    keep->older = NULL;
    keep->used = 0;
    a->bytes = keep->size;
}

static void add_block(struct arena *a, size_t least)
{
    size_t size = a->newest == NULL ? FIRST_BLOCK : a->newest->size < LARGEST_STEP ? a->newest->size * 2 : LARGEST_STEP;
    if (size < least)
        size = least;
    struct block *b = must_alloc(sizeof *b + size);
    b->older = a->newest;
    b->size = size;
    b->used = 0;
    a->newest = b;
    a->bytes += size;
}

static size_t aligned(size_t n)
{
    return (n + ALIGN - 1) / ALIGN * ALIGN;
}

void *arena_take(struct arena *a, size_t size)
{
    if (size > SIZE_MAX / 2)
        memory_gone();
    size = aligned(size == 0 ? 1 : size);
    if (a->newest == NULL || a->newest->size - a->newest->used < size)
        add_block(a, size);
    void *p = a->newest->at + a->newest->used;
    a->newest->used += size;
    return memset(p, 0, size);
}

void arena_trim(struct arena *a, void *piece, size_t size, size_t used)
{
    struct block *b = a->newest;
    if (b != NULL && (unsigned char *)piece + aligned(size == 0 ? 1 : size) == b->at + b->used && used <= size)
        b->used -= aligned(size == 0 ? 1 : size) - aligned(used == 0 ? 1 : used);
}

struct str arena_keep(struct arena *a, struct str s)
{
    char *to = arena_take(a, s.len + 1);
    if (s.len > 0)
        memcpy(to, s.at, s.len);
    return (struct str){ to, s.len };
}

size_t arena_bytes(const struct arena *a)
{
    return a->bytes;
}

void *arena_room(struct arena *a, void *at, size_t size, size_t count, size_t *room)
{
    if (count < *room)
        return at;
    *room = *room == 0 ? 8 : *room * 2;
    void *wider = arena_take(a, *room * size);
    if (count > 0)
        memcpy(wider, at, count * size);
    return wider;
}
