/*
 * deadline_date: the days, counts and repetitions that the parts of a limit come to. Private to the deadline class.
 */
#ifndef QD_EXTRACT_DEADLINE_DATE_H
#define QD_EXTRACT_DEADLINE_DATE_H

#include "extract/reading.h"

#define DEADLINE_LATE_DAYS 45       /* a limit may have passed by this much and still be meant as one */

/* A limit being read; a day whose year is 0 is not known. */
struct limit {
    struct reading *r;
    const struct rule_match *match;
    uint32_t sentence;
    bool label;                     /* the value of a 完成时限 label */
    const char *kind;
    struct day first, last;
    int32_t n;
    const char *unit;
    struct str from, recur;
    bool inferred;                  /* a year the document does not print, a day the user told */
    bool anchored;                  /* counted from a day the user told */
    enum diag_code trouble;         /* why no day could be computed, 0 none */
};

void deadline_compute(struct limit *l);
/* Does the last day lie more than so many days before the document's date? */
bool deadline_is_past(const struct limit *l, int days);
/* Is the last day known not to lie before the document's date? */
bool deadline_is_ahead(const struct limit *l);

#endif
