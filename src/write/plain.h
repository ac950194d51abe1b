/*
 * plain: a document's words as one harmless line.
 *
 * Runs of spaces and line breaks become one space, a break between two Chinese signs becomes nothing; control characters,
 * which would steer a terminal, become U+FFFD; marks that turn the direction of writing or have no width are dropped.
 * Ill-formed UTF-8 becomes U+FFFD.
 */
#ifndef QD_WRITE_PLAIN_H
#define QD_WRITE_PLAIN_H

#include <stdint.h>

#include "base/buf.h"

/* Adds the line to `out`, without spaces at its ends. */
void plain_add(struct buf *out, struct str s);
/* The same, cut after `most` characters with an ellipsis. */
void plain_add_short(struct buf *out, struct str s, size_t most);

#endif
