/*
 * arena: memory with one owner and one end.
 *
 * One a document, one a rule set. What is taken from it is zeroed and lives until arena_free or
 * arena_reset. A machine out of memory ends the process in here; no caller checks.
 * Not shared between threads.
 */
#ifndef QD_BASE_ARENA_H
#define QD_BASE_ARENA_H

#include <stddef.h>

#include "base/str.h"

struct arena;

struct arena *arena_new(void);
void arena_free(struct arena *a);                    /* NULL is fine */
void arena_reset(struct arena *a);                   /* forgets all, keeps one block for the next document */
void *arena_take(struct arena *a, size_t size);      /* aligned for any type */
struct str arena_keep(struct arena *a, struct str s);/* a copy, with a NUL behind it */
/* Gives back the end of the newest piece: it was `size` and needs only `used`. No effect on an older piece. */
void arena_trim(struct arena *a, void *piece, size_t size, size_t used);
size_t arena_bytes(const struct arena *a);           /* taken from the system so far */

/* malloc, realloc that end the process when memory is gone. */
_Noreturn void memory_gone(void);      /* ends the process: for a library's own allocation that failed */
void *must_alloc(size_t size);
void *must_grow(void *old, size_t size);

/*
 * An array on an arena that grows by doubling; `type *at; size_t count, room` in the caller's struct. It may move when it
 * grows, and its old place is gone then. What VEC_ADD points to is not zeroed.
 *     struct { struct item *at; size_t count, room; } items = {0};
 *     *VEC_ADD(a, &items) = item;
 */
#define VEC(type) struct { type *at; size_t count, room; }
#define VEC_ADD(a, v) \
    ((v)->at = arena_room((a), (v)->at, sizeof *(v)->at, (v)->count, &(v)->room), &(v)->at[(v)->count++])
void *arena_room(struct arena *a, void *at, size_t size, size_t count, size_t *room);

#endif
