/* Days of the Gregorian calendar, counted through a running day number. */
#include "zh/day.h"

#include <stdio.h>

int month_last_day(int year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month < 1 || month > 12 ? 0 : month == 2 && leap ? 29 : days[month - 1];
}

bool day_valid(struct day d)
{
    return d.year >= 1 && d.year <= 9999 && d.day >= 1 && d.day <= month_last_day(d.year, d.month);
}

struct str day_iso(struct arena *a, struct day d)
{
    char text[40];
    int n = snprintf(text, sizeof text, "%04d-%02d-%02d", d.year, d.month, d.day);
    return arena_keep(a, (struct str){ text, (size_t)n });
}

static bool read_digits(struct str s, size_t at, size_t count, int *out)
{
    *out = 0;
    for (size_t i = at; i < at + count; i++) {
        if (s.at[i] < '0' || s.at[i] > '9')
            return false;
        *out = *out * 10 + (s.at[i] - '0');
    }
    return true;
}

bool day_from_iso(struct str iso, struct day *out)
{
    return iso.len == 10 && iso.at[4] == '-' && iso.at[7] == '-' && read_digits(iso, 0, 4, &out->year) &&
           read_digits(iso, 5, 2, &out->month) && read_digits(iso, 8, 2, &out->day) && day_valid(*out);
}

int day_compare(struct day a, struct day b)
{
    if (a.year != b.year)
        return a.year < b.year ? -1 : 1;
    if (a.month != b.month)
        return a.month < b.month ? -1 : 1;
    return (a.day > b.day) - (a.day < b.day);
}

/* Days since March 1 of the year 0: a year that begins in March ends with its leap day. */
static long number_of(struct day d)
{
    long y = d.month > 2 ? d.year : d.year - 1, m = (d.month + 9) % 12;
    return 365 * y + y / 4 - y / 100 + y / 400 + (m * 306 + 5) / 10 + d.day - 1;
}

static struct day from_number(long n)
{
    long y = (10000 * n + 14780) / 3652425;
    long rest = n - (365 * y + y / 4 - y / 100 + y / 400);
    if (rest < 0) {
        y--;
        rest = n - (365 * y + y / 4 - y / 100 + y / 400);
    }
    long m = (100 * rest + 52) / 3060;
    return (struct day){ (int)(y + (m + 2) / 12), (int)((m + 2) % 12 + 1), (int)(rest - (m * 306 + 5) / 10 + 1) };
}

struct day day_add(struct day d, long days)
{
    return from_number(number_of(d) + days);
}

struct day day_add_months(struct day d, long months)
{
    long n = (long)d.year * 12 + d.month - 1 + months;
    int year = (int)(n / 12), month = (int)(n % 12 + 1), last = month_last_day(year, month);
    return (struct day){ year, month, d.day < last ? d.day : last };
}

int day_weekday(struct day d)
{
    return (int)((number_of(d) + 2) % 7) + 1;      /* March 1 of the year 0 was a Wednesday */
}

struct day quarter_start(int year, int quarter)
{
    return (struct day){ year, quarter * 3 - 2, 1 };
}

struct day quarter_end(int year, int quarter)
{
    return (struct day){ year, quarter * 3, month_last_day(year, quarter * 3) };
}
