/*
 * buf: bytes that grow up to a ceiling its owner chose.
 *
 * Past the ceiling it remembers and adds nothing; the owner asks once, at the end.
 */
#ifndef QD_BASE_BUF_H
#define QD_BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct buf {
    char *at;
    size_t len, room, most;
    bool over;
};

#define BUF_NO_CEILING SIZE_MAX

void buf_init(struct buf *b, size_t most);
void buf_release(struct buf *b);
void buf_clear(struct buf *b);                    /* length 0, keeps its room */
void buf_add(struct buf *b, struct str s);
void buf_addz(struct buf *b, const char *z);
void buf_addc(struct buf *b, char c);
void buf_addf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
bool buf_over(const struct buf *b);
struct str buf_str(const struct buf *b);          /* borrowed until the next change; no NUL promised */

#endif
