/*
 * From the named parts of a limit to its days.
 *
 * A period is as fine as the finest part given: day d, ten days `part`, month m, quarter q, half year, year. Parts that
 * are not printed come from the document's date; a period that would then be long over is next year's.
 */
#include "extract/deadline_date.h"

#include "zh/numeral.h"

#define ANCHOR_SENTENCES 2000       /* a document tells the day of an event near its head */

struct period { struct day first, last; };

/* Which parts a period is read from: the second of a range has its own names. */
struct parts { const char *y, *m, *d, *part, *q, *half; };

static const struct parts first_parts = { "y", "m", "d", "part", "q", "half" };
static const struct parts second_parts = { "y2", "m2", "d2", "part2", "q2", "half2" };

/* Years, months and quarters that are named from where the document stands. */
static const struct { const char16_t *word; int on; } nearby[] = {
    { u"今年", 0 },   { u"本年", 0 },   { u"本年度", 0 }, { u"当年", 0 },   { u"明年", 1 },   { u"来年", 1 },   { u"次年", 1 },     { u"翌年", 1 },
    { u"后年", 2 },   { u"本月", 0 },   { u"当月", 0 },   { u"这个月", 0 }, { u"下月", 1 },   { u"下个月", 1 }, { u"次月", 1 },
    { u"本季度", 0 }, { u"当季度", 0 }, { u"本季", 0 },   { u"下季度", 1 }, { u"下一季度", 1 }, { u"下季", 1 },
};

/* Units of counting and of repeating: 季度 comes every 3 months, 半月 on the 15th and the last. The longer word stands first. */
static const struct unit { const char16_t *word; const char *unit; const char *freq; int every; const char *on; } units[] = {
    { u"分钟", "minute", "", 1, "" },      { u"小时", "hour", "HOURLY", 1, "" },  { u"工作日", "workday", "DAILY", 1, "" },
    { u"天", "day", "DAILY", 1, "" },      { u"日", "day", "DAILY", 1, "" },      { u"周", "week", "WEEKLY", 1, "" },
    { u"星期", "week", "WEEKLY", 1, "" },  { u"礼拜", "week", "WEEKLY", 1, "" },  { u"半月", NULL, "MONTHLY", 1, ";BYMONTHDAY=15,-1" },
    { u"旬", NULL, "MONTHLY", 1, ";BYMONTHDAY=10,20,-1" },                        { u"半年", NULL, "MONTHLY", 6, "" },
    { u"学期", NULL, "", 1, "" },          { u"月", "month", "MONTHLY", 1, "" },  { u"季度", "quarter", "MONTHLY", 3, "" },
    { u"季", "quarter", "MONTHLY", 3, "" }, { u"年", "year", "YEARLY", 1, "" },
};

#define UNIT_NONE ((size_t)-1)

static struct ustr wide(const char16_t *z)
{
    uint32_t n = 0;
    while (z[n] != 0)
        n++;
    return (struct ustr){ z, n };
}

static bool group(const struct limit *l, const char *name, struct ustr *out)
{
    struct span where;
    if (!rule_match_group(l->match, name, &where))
        return false;
    *out = reading_text(l->r, where);
    return out->len > 0;
}

static bool present(const struct limit *l, const char *name)
{
    struct ustr s;
    return group(l, name, &s);
}

/* The value of a group that is a numeral, whatever unit stands behind it (6月, 第三季度); -1: none. */
static int number(const struct limit *l, const char *name)
{
    struct ustr s;
    double n;
    if (!group(l, name, &s))
        return -1;
    if (s.at[0] == u'第')
        s = ustr_sub(s, 1, s.len);
    for (; s.len > 0; s.len--) {
        if (numeral_value(s, &n))
            return n < 10000 ? (int)n : -1;
    }
    return -1;
}

/* How far on a word like 明年 or 下月 points; -1: the group is no such word. */
static int nearby_of(const struct limit *l, const char *name)
{
    struct ustr s;
    for (size_t i = 0; group(l, name, &s) && i < sizeof nearby / sizeof *nearby; i++) {
        if (ustr_eq(s, wide(nearby[i].word)))
            return nearby[i].on;
    }
    return -1;
}

static bool is_form(const struct limit *l, const char *form)
{
    return reading_is(l->match->rule, "form", form);
}

static bool document_day(const struct limit *l, struct day *out)
{
    struct str iso = l->r->settings->date.len > 0 ? l->r->settings->date : l->r->outline->date;
    return day_from_iso(iso, out);
}

bool deadline_is_past(const struct limit *l, int days)
{
    struct day today;
    return l->last.year > 0 && document_day(l, &today) && day_compare(day_add(l->last, days), today) < 0;
}

bool deadline_is_ahead(const struct limit *l)
{
    struct day today;
    return l->last.year > 0 && document_day(l, &today) && day_compare(l->last, today) >= 0;
}

/* ---- periods */

static struct period month_of(int year, int month)
{
    return (struct period){ { year, month, 1 }, { year, month, month_last_day(year, month) } };
}

static struct period quarters_of(int year, int from, int to)
{
    return (struct period){ quarter_start(year, from), quarter_end(year, to) };
}

/* 上旬, 中旬, 下旬 are the first, second and third ten days, 中下旬 two of them; 月初 is as good as the first. */
static struct period ten_days(int year, int month, struct ustr which)
{
    struct period p = month_of(year, month);
    char16_t from = which.at[0], to = which.at[which.len - 1];
    if (from == u'中' || from == u'下')
        p.first.day = from == u'中' ? 11 : 21;
    if (to != u'下')
        p.last.day = to == u'中' ? 20 : 10;
    return p;
}

/* The period in the given year; false where the parts make none. `month` stands in where none is printed. */
static bool period_in(const struct limit *l, const struct parts *g, int year, int month, struct period *out)
{
    struct ustr s;
    int m = number(l, g->m), d = number(l, g->d), q = number(l, g->q);
    if (m < 0)
        m = month;
    if (d >= 0) {
        out->first = out->last = (struct day){ year, m, d };
        return day_valid(out->first);
    }
    if (group(l, g->part, &s))
        *out = ten_days(year, m, s);
    else if (present(l, g->m))
        *out = month_of(year, m);
    else if (q >= 1 && q <= 4)
        *out = quarters_of(year, q, q);
    else if (present(l, g->q) || reading_is(l->match->rule, "span", "quarter"))
        *out = quarters_of(year, (month + 2) / 3, (month + 2) / 3);
    else if (group(l, g->half, &s))
        *out = s.at[0] == u'上' ? quarters_of(year, 1, 2) : quarters_of(year, 3, 4);
    else if (reading_is(l->match->rule, "span", "month"))
        *out = month_of(year, m);
    else
        *out = quarters_of(year, 1, 4);
    return day_valid(out->first) && day_valid(out->last);
}

/* The year that is printed or meant by a word; 0 where the document's date must give it. */
static int year_of(const struct limit *l, const struct parts *g, const struct day *today)
{
    int y = number(l, g->y), on = nearby_of(l, g->y);
    if (y >= 0)
        return y < 100 ? 2000 + y : y;
    return today != NULL && on >= 0 ? today->year + on : 0;
}

/* A year that is only thought of: the document's, or the next where that period is long over. */
static bool guess_year(struct limit *l, const struct parts *g, const struct day *today, struct period *out)
{
    int months = nearby_of(l, g->m), quarters = nearby_of(l, g->q);
    bool said = months >= 0 || quarters >= 0;
    struct day base = day_add_months((struct day){ today->year, today->month, 1 }, months > 0 ? months : quarters > 0 ? quarters * 3 : 0);
    l->inferred = true;
    if (!period_in(l, g, base.year, base.month, out))
        return false;
    if (said || day_compare(out->last, *today) >= 0)
        return true;
    if (!present(l, g->m) && present(l, g->d)) {        /* 20日前, and the 20th is over: next month's */
        base = day_add_months((struct day){ today->year, today->month, 1 }, 1);
        return period_in(l, g, base.year, base.month, out);
    }
    bool bare = reading_is(l->match->rule, "bare", "true") && !present(l, "before") && !l->label;
    if (bare || day_compare(day_add(out->last, DEADLINE_LATE_DAYS), *today) >= 0)
        return true;
    return period_in(l, g, base.year + 1, base.month, out);
}

static bool period_read(struct limit *l, const struct parts *g, struct period *out)
{
    struct day today;
    bool dated = document_day(l, &today);
    int year = year_of(l, g, dated ? &today : NULL);
    if (year > 0) {
        l->inferred |= number(l, g->y) < 0;
        return period_in(l, g, year, dated ? today.month : 12, out);
    }
    if (dated)
        return guess_year(l, g, &today, out);
    l->trouble = DIAG_READ_NO_ANCHOR;
    return false;
}

/* 6月前 is before June, unless that is over already: then by its end is meant. */
static struct day edge_of(const struct limit *l, struct period p)
{
    struct day today, before = day_add(p.first, -1);
    bool strict = reading_is(l->match->rule, "edge", "before");
    return strict && (!document_day(l, &today) || day_compare(before, today) > 0) ? before : p.last;
}

static bool is_window(const struct limit *l)
{
    return reading_is(l->match->rule, "kind", "window");
}

static void compute_period(struct limit *l)
{
    struct period p;
    if (!period_read(l, &first_parts, &p))
        return;
    l->last = edge_of(l, p);
    if (is_window(l))
        l->first = p.first;
    if (present(l, "now") && !document_day(l, &l->first))
        l->first.year = 0;
}

/* The end of a range takes what it does not print from its start. */
static void compute_range(struct limit *l)
{
    struct period start, end;
    if (!period_read(l, &first_parts, &start))
        return;
    bool own_year = number(l, "y2") >= 0;
    int year = own_year ? year_of(l, &second_parts, NULL) : start.first.year + (nearby_of(l, "y2") > 0);
    if (!period_in(l, &second_parts, year, start.first.month, &end))
        return;
    if (!own_year && day_compare(end.last, start.first) < 0 && !period_in(l, &second_parts, year + 1, start.first.month, &end))
        return;
    if (day_compare(end.last, start.first) < 0)
        return;
    l->first = start.first;
    l->last = end.last;
}

/* ---- from the document's day on */

static void compute_near_day(struct limit *l)
{
    struct day today;
    double days = 0;
    struct ustr said = rule_value_wide(l->match->rule, "days");
    l->inferred = true;
    if (document_day(l, &today) && numeral_value(said, &days))
        l->last = day_add(today, (long)days);
    else
        l->trouble = DIAG_READ_NO_ANCHOR;
}

static int weekday_of(const struct limit *l)
{
    struct ustr s;
    if (!group(l, "wd", &s))
        return WEEKDAY_SUNDAY;
    int n = number(l, "wd");
    return n >= 1 && n <= 6 ? n : WEEKDAY_SUNDAY;           /* 周日, 周天, 周末 */
}

/* 本周五, 下周三, 周五: weeks begin on Monday; a bare weekday that is over is next week's. */
static void compute_weekday(struct limit *l)
{
    struct day today;
    l->inferred = true;
    if (!document_day(l, &today)) {
        l->trouble = DIAG_READ_NO_ANCHOR;
        return;
    }
    struct day monday = day_add(today, 1 - day_weekday(today));
    bool next = present(l, "next_week");
    l->last = day_add(monday, weekday_of(l) - 1 + (next ? 7 : 0));
    if (!next && !present(l, "this_week") && day_compare(l->last, today) < 0)
        l->last = day_add(l->last, 7);
    if (is_window(l))
        l->first = next ? day_add(monday, 7) : monday;
}

/* The day before a festival, or before the rest days around it. */
static void compute_festival(struct limit *l)
{
    struct day today, day;
    struct ustr name;
    const struct calendar *c = l->r->settings->calendar;
    bool dated = document_day(l, &today);
    int year = year_of(l, &first_parts, dated ? &today : NULL);
    l->inferred = number(l, "y") < 0;
    if (!group(l, "festival", &name) || (year == 0 && !dated)) {
        l->trouble = DIAG_READ_NO_ANCHOR;
        return;
    }
    struct str festival = ustr_to_utf8(l->r->arena, name);
    bool known = calendar_festival(c, year > 0 ? year : today.year, festival, &day);
    if (known && year == 0 && day_compare(day, today) <= 0)
        known = calendar_festival(c, today.year + 1, festival, &day);
    if (!known) {
        l->trouble = DIAG_READ_NO_CALENDAR;
        return;
    }
    day = day_add(day, -1);
    while (present(l, "holiday") && calendar_has_year(c, day.year) && !calendar_is_workday(c, day))
        day = day_add(day, -1);
    l->last = day;
}

/* The n-th five-year plan: the fourteenth ends in 2025. */
static void compute_plan(struct limit *l)
{
    int n = number(l, "n");
    if (n <= 0)
        return;
    l->last = (struct day){ 2025 + 5 * (n - 14), 12, 31 };
    if (is_window(l))
        l->first = (struct day){ l->last.year - 4, 1, 1 };
}

/* ---- counted limits */

static size_t unit_find(struct ustr word)
{
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (ustr_ends(word, wide(units[i].word)))
            return i;
    }
    return UNIT_NONE;
}

static bool is_unit(const struct limit *l, const char *unit)
{
    return l->unit != NULL && str_is(str_of(l->unit), unit);
}

/* 半年 is six months, 一年半 eighteen; half a month is fifteen days, half a day twelve hours. */
static bool count_halves(struct limit *l, double halves)
{
    static const struct { const char *unit, *smaller; double n; } rows[] = {
        { "year", "month", 12 }, { "month", "day", 30 }, { "day", "hour", 24 }, { "quarter", "day", 90 }, { "hour", "hour", 1 },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (!is_unit(l, rows[i].unit))
            continue;
        l->n = (int32_t)(halves * rows[i].n);
        l->unit = rows[i].smaller;
        return true;
    }
    return false;
}

static bool count_read(struct limit *l)
{
    struct ustr n, unit;
    double value = reading_is(l->match->rule, "n", "0") ? 0 : 1;
    bool plain = group(l, "unit", &unit);
    size_t row = plain ? unit_find(unit) : UNIT_NONE;
    if (row == UNIT_NONE || (group(l, "n", &n) && !numeral_value(n, &value)))
        return false;
    l->unit = units[row].unit;
    bool half = present(l, "half_more");
    l->n = (int32_t)value;
    if ((half || value != (double)l->n) && !count_halves(l, value + (half ? 0.5 : 0)))
        return false;
    if (reading_is(l->match->rule, "sign", "before"))
        l->n = -l->n;
    return l->unit != NULL;
}

static bool count_from(struct limit *l, struct day from, struct day *out)
{
    static const struct { const char *unit; int days, months; } rows[] = {
        { "day", 1, 0 }, { "week", 7, 0 }, { "month", 0, 1 }, { "quarter", 0, 3 }, { "year", 0, 12 },
    };
    if (is_unit(l, "workday")) {
        if (calendar_add_workdays(l->r->settings->calendar, from, l->n, out))
            return true;
        l->trouble = DIAG_READ_NO_CALENDAR;
        return false;
    }
    if (is_unit(l, "hour") || is_unit(l, "minute")) {
        *out = day_add(from, is_unit(l, "hour") ? (l->n + 23) / 24 : 0);
        return true;
    }
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (!is_unit(l, rows[i].unit))
            continue;
        *out = rows[i].days > 0 ? day_add(from, (long)l->n * rows[i].days) : day_add_months(from, (long)l->n * rows[i].months);
        return true;
    }
    return false;
}

/* Does a full stop stand between the two places? */
static bool parted(const struct reading *r, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++) {
        if (r->clean.at[i] == u'。' || r->clean.at[i] == u'\n')
            return true;
    }
    return false;
}

/* 收到反馈意见后1个月内…，3个月内…: the second counts from the same event. */
static bool inherit_event(struct limit *l)
{
    const struct reading *r = l->r;
    for (size_t i = r->drafts.count; i-- > 0;) {
        const struct draft *d = &r->drafts.at[i];
        if (d->item.type != ITEM_DEADLINE)
            continue;
        if (d->where.end > l->match->where.start || parted(r, d->where.end, l->match->where.start) ||
            r->outline->sentences[d->sentence].paragraph != r->outline->sentences[l->sentence].paragraph)
            return false;
        if (d->item.unit == NULL)
            continue;
        l->from = d->item.from;
        return l->from.len > 0;
    }
    return false;
}

/* The day of an event that the document tells: a match of the form `anchor` whose event opens the words counted from. */
static bool event_day(struct limit *l, struct day *out)
{
    struct reading *r = l->r;
    for (uint32_t s = 0; s < r->outline->sentence_count && s < ANCHOR_SENTENCES; s++) {
        size_t i = 0;
        for (const struct rule_match *m; (m = reading_next(r, s, RULE_DEADLINE, &i)) != NULL;) {
            if (!reading_is(m->rule, "form", "anchor"))
                continue;
            struct str event = rule_value(m->rule, "event");
            struct limit told = { .r = r, .match = m, .sentence = s };
            struct period p;
            if (event.len == 0 || l->from.len < event.len || memcmp(l->from.at, event.at, event.len) != 0)
                continue;
            if (period_read(&told, &first_parts, &p)) {
                *out = p.last;
                return true;
            }
        }
    }
    return false;
}

static bool holds(struct str s, struct str part)
{
    for (size_t i = 0; part.len > 0 && part.len <= s.len && i <= s.len - part.len; i++) {
        if (memcmp(s.at + i, part.at, part.len) == 0)
            return true;
    }
    return false;
}

/* The day the user told of the event the limit counts from. Of several events in its words the one told in most words is meant. */
static bool told_day(struct limit *l, struct day *out)
{
    const struct anchors *told = &l->r->settings->anchors;
    const struct anchor *best = NULL;
    for (size_t i = 0; i < told->count; i++) {
        if (holds(l->from, told->at[i].event) && (best == NULL || told->at[i].event.len >= best->event.len))
            best = &told->at[i];
    }
    if (best == NULL || !day_from_iso(best->day, out))
        return false;
    return l->inferred = l->anchored = true;
}

/* The day a count begins: as printed, as the user told it, the document's own, or that of an event the document tells. */
static bool start_day(struct limit *l, struct day *out)
{
    struct period p;
    bool counted = l->from.len == 0 && !inherit_event(l);
    if (present(l, "d")) {
        if (!period_read(l, &first_parts, &p))
            return false;
        *out = p.last;
        return true;
    }
    if (told_day(l, out))
        return true;
    if (reading_is(l->match->rule, "anchor", "event"))
        return false;
    if (counted || present(l, "now"))
        return document_day(l, out);
    return l->inferred = event_day(l, out);
}

static void compute_within(struct limit *l)
{
    struct ustr from;
    struct day start;
    if (!count_read(l))
        return;
    if (group(l, "from", &from))
        l->from = ustr_to_utf8(l->r->arena, from);
    bool known = start_day(l, &start);
    if (!known)
        l->trouble = DIAG_READ_NO_ANCHOR;
    else if (!count_from(l, start, &l->last))
        l->last.year = 0;
}

/* ---- what comes again */

static void add_months(struct buf *b, int first, int step)
{
    buf_addz(b, ";BYMONTH=");
    for (int m = first; m <= 12; m += step)
        buf_addf(b, m > first ? ",%d" : "%d", m);
}

/* The month of each quarter, the month or the day of each year that is named. */
static bool add_yearly(const struct limit *l, struct buf *b, const struct unit *unit)
{
    int month = number(l, "m");
    bool end = present(l, "end"), quarter = unit->every == 3, year = str_is(str_of(unit->freq), "YEARLY");
    if (!(quarter && (end || present(l, "head"))) && !(year && (month > 0 || end)))
        return false;
    buf_addz(b, "FREQ=YEARLY");
    if (quarter)
        add_months(b, end ? 3 : 1, 3);
    else
        buf_addf(b, ";BYMONTH=%d", month > 0 ? month : 12);
    return true;
}

static void add_plain(const struct limit *l, struct buf *b, const struct unit *unit)
{
    int n = number(l, "n"), every = (n > 0 ? n : 1) * unit->every;
    buf_addf(b, "FREQ=%s", unit->freq);
    if (every > 1)
        buf_addf(b, ";INTERVAL=%d", every);
    buf_addz(b, unit->on);
}

static void add_day(const struct limit *l, struct buf *b, const struct unit *unit)
{
    static const char *const days[] = { "MO", "TU", "WE", "TH", "FR", "SA", "SU" };
    int d = number(l, "d");
    if (d > 0)
        buf_addf(b, ";BYMONTHDAY=%d", d);
    else if (present(l, "end") && !str_is(str_of(unit->freq), "WEEKLY"))
        buf_addz(b, ";BYMONTHDAY=-1");
    if (present(l, "wd"))
        buf_addf(b, ";BYDAY=%s", days[weekday_of(l) - 1]);
}

/* As an RFC 5545 rule. 6月和12月底前, 每月第一周 are no single rule: `more` says so, and nothing is derived. */
static void compute_recurring(struct limit *l)
{
    struct ustr word;
    size_t row = group(l, "unit", &word) ? unit_find(word) : UNIT_NONE;
    if (row == UNIT_NONE || units[row].freq[0] == '\0' || present(l, "more"))
        return;
    struct buf b;
    buf_init(&b, 200);
    if (!add_yearly(l, &b, &units[row]))
        add_plain(l, &b, &units[row]);
    add_day(l, &b, &units[row]);
    l->recur = arena_keep(l->r->arena, buf_str(&b));
    buf_release(&b);
}

/* 验收前 is due the day before, 整改期内 on its last day; what follows an event may begin on its day, and is due nobody knows when. */
static void compute_event(struct limit *l)
{
    struct ustr from;
    struct day day;
    if (group(l, "from", &from))
        l->from = ustr_to_utf8(l->r->arena, from);
    if (!told_day(l, &day))
        return;
    if (reading_is(l->match->rule, "edge", "after"))
        l->first = day;
    else
        l->last = day_add(day, reading_is(l->match->rule, "edge", "before") ? -1 : 0);
}

void deadline_compute(struct limit *l)
{
    static const struct { const char *form; void (*compute)(struct limit *l); } forms[] = {
        { "period", compute_period }, { "range", compute_range },       { "near_day", compute_near_day },
        { "weekday", compute_weekday }, { "festival", compute_festival }, { "plan", compute_plan },
        { "within", compute_within },   { "recurring", compute_recurring }, { "event", compute_event },
    };
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (is_form(l, forms[i].form))
            forms[i].compute(l);
    }
}
