/*
 * calendar: rest days, make-up working days and lunar festivals, as the State Council's notices have them.
 *
 * Read once from FOLDER/calendar/ of the rule folders, later folders over earlier ones, then only read.
 * The files are data that a clerk may correct; their form is told in docs/rules.md and at the head of each file.
 * A year without data stays unknown: nothing is computed from weekdays alone.
 */
#ifndef QD_ZH_CALENDAR_H
#define QD_ZH_CALENDAR_H

#include "base/diag.h"
#include "zh/day.h"

struct calendar;

/* Every mistake is told with its place; NULL after any. A folder without calendar/ is fine. */
struct calendar *calendar_load(const char *const *folders, size_t count, struct diags *d);
void calendar_free(struct calendar *c);             /* NULL is fine */

bool calendar_has_year(const struct calendar *c, int year);
/* Is that day worked? False also where the year is unknown; ask calendar_has_year. */
bool calendar_is_workday(const struct calendar *c, struct day d);
/* The n-th working day after `from` (before it, n below 0); false where a year on the way has no data. */
bool calendar_add_workdays(const struct calendar *c, struct day from, int n, struct day *out);
/* The first day of 春节, 中秋节 … of that year. */
bool calendar_festival(const struct calendar *c, int year, struct str name, struct day *out);

#endif
