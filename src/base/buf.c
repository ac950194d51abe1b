/* Byte buffers with a ceiling. */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"

void buf_init(struct buf *b, size_t most)
{
    *b = (struct buf){ .most = most };
}

void buf_release(struct buf *b)
{
    free(b->at);
    *b = (struct buf){ .most = b->most };
}

void buf_clear(struct buf *b)
{
    b->len = 0;
    b->over = false;
}

/* Makes room for n more bytes; false (and remembered) where the ceiling forbids it. */
static bool room_for(struct buf *b, size_t n)
{
    if (b->over || n > b->most - b->len) {
        b->over = true;
        return false;
    }
    if (b->room - b->len < n) {
        size_t room = b->room < 256 ? 256 : b->room;
        while (room - b->len < n)
            room = room > SIZE_MAX / 2 ? b->len + n : room * 2;
        b->at = must_grow(b->at, room);
        b->room = room;
    }
    return true;
}

void buf_add(struct buf *b, struct str s)
{
    if (s.len > 0 && room_for(b, s.len)) {
        memcpy(b->at + b->len, s.at, s.len);
        b->len += s.len;
    }
}

void buf_addz(struct buf *b, const char *z)
{
    buf_add(b, str_of(z));
}

void buf_addc(struct buf *b, char c)
{
    if (room_for(b, 1))
        b->at[b->len++] = c;
}

void buf_addf(struct buf *b, const char *fmt, ...)
{
    va_list args, again;
    va_start(args, fmt);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    if (n > 0 && room_for(b, (size_t)n + 1)) {
        vsnprintf(b->at + b->len, (size_t)n + 1, fmt, again);
        b->len += (size_t)n;
    }
    va_end(again);
}

bool buf_over(const struct buf *b)
{
    return b->over;
}

struct str buf_str(const struct buf *b)
{
    return (struct str){ b->at == NULL ? "" : b->at, b->len };
}
