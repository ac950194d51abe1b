/*
 * day: a day of the Gregorian calendar, and counting from one to another.
 *
 * Knows no holiday: working days are zh/calendar.h's.
 */
#ifndef QD_ZH_DAY_H
#define QD_ZH_DAY_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/str.h"

struct day { int year, month, day; };

enum weekday { WEEKDAY_MONDAY = 1, WEEKDAY_SATURDAY = 6, WEEKDAY_SUNDAY = 7 };

bool day_valid(struct day d);                       /* the month has that day; years 1 to 9999 */
struct str day_iso(struct arena *a, struct day d);  /* "2024-06-30" */
bool day_from_iso(struct str iso, struct day *out); /* exactly that form, and valid */
int day_compare(struct day a, struct day b);        /* below 0, 0, above 0 */
struct day day_add(struct day d, long days);        /* days may be negative */
struct day day_add_months(struct day d, long months);   /* August 31 and six months: the last of February */
int day_weekday(struct day d);                      /* 1 Monday to 7 Sunday */
int month_last_day(int year, int month);
struct day quarter_start(int year, int quarter);    /* quarters from 1 to 4 */
struct day quarter_end(int year, int quarter);

#endif
