/*
 * identity: a name for each item that outlives the copy it was read from.
 *
 * Made from the item's type and its cleaned words without punctuation and spaces, so a re-wrapped, re-encoded or
 * half-width copy of a document gives the same names. Equal items are told apart by their order in the document.
 */
#ifndef QD_CHECKLIST_IDENTITY_H
#define QD_CHECKLIST_IDENTITY_H

#include "base/arena.h"
#include "checklist/checklist.h"

/* Sets the id of every item: 12 hexadecimal digits in the arena, no two alike. The items stand in document order. */
void identity_fill(struct arena *a, struct item *items, size_t count);

#endif
