/* overlap: which of several matches on the same ground stays. Private to rule/. */
#ifndef QD_RULE_OVERLAP_H
#define QD_RULE_OVERLAP_H

#include "rule/rule.h"

/* Drops what the policies of the rules drop, keeping the order of the rest; returns how many are left. */
size_t overlap_settle(struct rule_match *m, size_t count);
/* By start, then priority (high first), then length (long first), then id. */
void matches_sort(struct rule_match *m, size_t count);

#endif
