/*
 * Arenas: blocks in a list, each at least twice the one before, freed together.
 *
 * A large piece has a block of its own, which can grow where it stands: a long array leaves no outgrown copies behind.
 */
#include "base/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define FIRST_BLOCK ((size_t)64 * 1024)
#define LARGEST_STEP ((size_t)16 * 1024 * 1024)
#define LARGE ((size_t)256 * 1024)      /* a piece of this size has its own block */
#define ALIGN _Alignof(max_align_t)

struct block {
    struct block *older;
    size_t size, used;
    _Alignas(max_align_t) unsigned char at[];
};

struct large {
    struct large *older, *newer;
    _Alignas(max_align_t) unsigned char at[];
};

struct arena {
    struct block *newest;
    struct large *large;
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
    *a = (struct arena){ NULL, NULL, 0 };
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

static void free_large(struct arena *a)
{
    while (a->large != NULL) {
        struct large *older = a->large->older;
        free(a->large);
        a->large = older;
    }
}

void arena_free(struct arena *a)
{
    if (a == NULL)
        return;
    free_blocks(a->newest);
    free_large(a);
    free(a);
}

void arena_reset(struct arena *a)
{
    free_large(a);
    a->bytes = 0;
    struct block *keep = a->newest;
    if (keep == NULL)
        return;
    free_blocks(keep->older);
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

static void link_large(struct arena *a, struct large *l)
{
    l->older = a->large;
    l->newer = NULL;
    if (l->older != NULL)
        l->older->newer = l;
    a->large = l;
}

static void unlink_large(struct arena *a, struct large *l)
{
    if (l->newer != NULL)
        l->newer->older = l->older;
    else
        a->large = l->older;
    if (l->older != NULL)
        l->older->newer = l->newer;
}

/* From calloc, because the system gives such a block zeroed and untouched: what is never written costs nothing. */
static void *take_large(struct arena *a, size_t size)
{
    struct large *l = calloc(1, sizeof *l + size);
    if (l == NULL)
        memory_gone();
    link_large(a, l);
    a->bytes += size;
    return l->at;
}

static void *grow_large(struct arena *a, void *piece, size_t size, size_t wider)
{
    struct large *l = (struct large *)((unsigned char *)piece - offsetof(struct large, at));
    unlink_large(a, l);
    l = must_grow(l, sizeof *l + wider);
    link_large(a, l);
    a->bytes += wider - size;
    return l->at;
}

static void *take_small(struct arena *a, size_t size)
{
    if (a->newest == NULL || a->newest->size - a->newest->used < size)
        add_block(a, size);
    void *p = a->newest->at + a->newest->used;
    a->newest->used += size;
    return p;
}

void *arena_take(struct arena *a, size_t size)
{
    if (size > SIZE_MAX / 2)
        memory_gone();
    size = aligned(size == 0 ? 1 : size);
    return size >= LARGE ? take_large(a, size) : memset(take_small(a, size), 0, size);
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
    size_t old = aligned(*room * size);
    *room = *room == 0 ? 8 : *room * 2;
    size_t wider = aligned(*room * size);
    if (old >= LARGE)
        return grow_large(a, at, old, wider);
    void *to = wider >= LARGE ? take_large(a, wider) : take_small(a, wider);
    if (count > 0)
        memcpy(to, at, count * size);
    return to;
}
