/* overlap: which of several matches on the same ground stays. Private to rule/. */
#ifndef QD_RULE_OVERLAP_H
#define QD_RULE_OVERLAP_H

#include "rule/rule.h"

/*
 * Sorts by start, then priority (high first), then length (long first), then id, and drops what the policies of the rules
 * drop; returns how many are left.
 */
size_t overlap_settle(struct rule_match *m, size_t count);

#endif
