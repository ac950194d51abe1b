/*
 * filter: which of many rules could match in a text, in one pass over it.
 *
 * It may only say "cannot": every member one of whose literals stands in the text is named, and every member without any.
 */
#ifndef QD_RULE_FILTER_H
#define QD_RULE_FILTER_H

#include "rule/literals.h"

struct filter;

/* Member i needs one of literals[i], which must live as long as the filter. */
struct filter *filter_new(const struct literals *literals, size_t count);
void filter_free(struct filter *f);                 /* NULL is fine */
size_t filter_words(const struct filter *f);        /* 64-bit words of `out` */
/*
 * Bit i of `out`: member i may match in the text. places[i], filled where the bit is set and the member has literals: the
 * starts of the first and the last of them.
 */
void filter_find(const struct filter *f, struct ustr text, uint64_t *out, struct span *places);

#endif
