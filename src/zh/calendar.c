/*
 * Reading the calendar files and counting working days by them.
 *
 * file: line*      a # opens a comment
 * line: 年度 2024                              whose year the rest and work lines below belong to
 *     | 放假 FROM TO? NAME?                    rest days, first and last
 *     | 上班 DAY DAY…                          make-up working days
 *     | 节日 NAME DAY DAY…                     the day of a festival, one for each year
 *     | 节日 NAME 每年 MM-DD                   the same day every year
 * DAY:  2024-05-01
 */
#include "zh/calendar.h"

#include <stdlib.h>

#include "base/files.h"

#define FILE_MOST (1u << 20)
#define SPAN_MOST 31            /* longest run of rest days a line may state */
#define COUNT_MOST 3660         /* steps of one count of working days */

enum day_rule { DAY_REST, DAY_WORK };

struct special { struct day day; enum day_rule rule; };
struct festival { struct str name; struct day day; };   /* year 0: every year */

struct calendar {
    struct arena *arena;
    VEC(int) years;
    VEC(struct special) specials;
    VEC(struct festival) festivals;
};

struct reader {
    struct calendar *c;
    struct diags *d;
    struct str file, line;
    uint32_t number;
    size_t at;                  /* byte in line */
    int year;                   /* of the last 年度 line, 0 none */
};

static uint32_t column_of(struct str line, size_t at)
{
    uint32_t column = 1;
    for (size_t i = 0; i < at && i < line.len; i++)
        column += ((unsigned char)line.at[i] & 0xC0) != 0x80;
    return column;
}

static bool complain(struct reader *r, size_t at, const char *what)
{
    struct place place = { r->file, r->number, column_of(r->line, at) };
    diags_add(r->d, DIAG_CALENDAR_LINE, place, r->line, str_of(what));
    return false;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

/* The next word of the line and where it begins; false at its end. */
static bool word(struct reader *r, struct str *out, size_t *at)
{
    while (r->at < r->line.len && is_blank(r->line.at[r->at]))
        r->at++;
    *at = r->at;
    if (r->at == r->line.len || r->line.at[r->at] == '#')
        return false;
    while (r->at < r->line.len && !is_blank(r->line.at[r->at]) && r->line.at[r->at] != '#')
        r->at++;
    *out = (struct str){ r->line.at + *at, r->at - *at };
    return true;
}

static bool day_word(struct reader *r, struct str w, size_t at, struct day *out)
{
    return day_from_iso(w, out) || complain(r, at, "应为“2024-05-01”样的日期");
}

static void set_day(struct calendar *c, struct day day, enum day_rule rule)
{
    for (size_t i = 0; i < c->specials.count; i++) {
        if (day_compare(c->specials.at[i].day, day) == 0) {
            c->specials.at[i].rule = rule;
            return;
        }
    }
    *VEC_ADD(c->arena, &c->specials) = (struct special){ day, rule };
}

/* What an earlier folder said of the year is forgotten: the later file is the whole truth about it. */
static void forget_year(struct calendar *c, int year)
{
    size_t kept = 0;
    for (size_t i = 0; i < c->specials.count; i++) {
        if (c->specials.at[i].day.year != year)
            c->specials.at[kept++] = c->specials.at[i];
    }
    c->specials.count = kept;
}

static bool read_year(struct reader *r)
{
    struct str w;
    size_t at;
    if (!word(r, &w, &at))
        return complain(r, at, "缺少年份");
    char text[5] = { 0 };
    memcpy(text, w.at, w.len < 4 ? w.len : 4);
    r->year = w.len == 4 ? atoi(text) : 0;
    if (r->year < 1949)
        return complain(r, at, "应为四位年份");
    if (calendar_has_year(r->c, r->year))
        forget_year(r->c, r->year);
    else
        *VEC_ADD(r->c->arena, &r->c->years) = r->year;
    return true;
}

static bool in_year(struct reader *r, struct day day, size_t at)
{
    return day.year == r->year || complain(r, at, r->year == 0 ? "前面缺少“年度”" : "不在所写的年度里");
}

/* Rest days may reach over New Year: those of the year before or after belong to that year's own file. */
static bool read_rest(struct reader *r)
{
    struct str w;
    size_t at;
    struct day first, last;
    if (!word(r, &w, &at))
        return complain(r, at, "缺少日期");
    if (!day_word(r, w, at, &first) || !in_year(r, first, at))
        return false;
    last = first;
    if (word(r, &w, &at) && w.at[0] >= '0' && w.at[0] <= '9' && (!day_word(r, w, at, &last) || !in_year(r, last, at)))
        return false;
    int days = 0;
    for (struct day day = first; day_compare(day, last) <= 0 && days < SPAN_MOST; day = day_add(day, 1), days++)
        set_day(r->c, day, DAY_REST);
    return (days > 0 && days < SPAN_MOST) || complain(r, at, "起止日期不对");
}

static bool read_work(struct reader *r)
{
    struct str w;
    size_t at, count = 0;
    struct day day;
    for (; word(r, &w, &at); count++) {
        if (!day_word(r, w, at, &day) || !in_year(r, day, at))
            return false;
        set_day(r->c, day, DAY_WORK);
    }
    return count > 0 || complain(r, at, "缺少日期");
}

static void set_festival(struct calendar *c, struct str name, struct day day)
{
    for (size_t i = 0; i < c->festivals.count; i++) {
        struct festival *f = &c->festivals.at[i];
        if (f->day.year == day.year && str_eq(f->name, name)) {
            f->day = day;
            return;
        }
    }
    *VEC_ADD(c->arena, &c->festivals) = (struct festival){ arena_keep(c->arena, name), day };
}

static bool read_every_year(struct reader *r, struct str name)
{
    struct str w;
    size_t at;
    char iso[] = "2024-MM-DD";          /* a leap year: any day of a month may be meant */
    struct day day;
    bool five = word(r, &w, &at) && w.len == 5;
    if (five)
        memcpy(iso + 5, w.at, 5);
    if (!five || !day_from_iso(str_of(iso), &day))
        return complain(r, at, "应为“05-01”样的月日");
    day.year = 0;
    set_festival(r->c, name, day);
    return true;
}

static bool read_festival(struct reader *r)
{
    struct str name, w;
    size_t at, count = 0;
    struct day day;
    if (!word(r, &name, &at))
        return complain(r, at, "缺少节日名称");
    for (; word(r, &w, &at); count++) {
        if (count == 0 && str_is(w, "每年"))
            return read_every_year(r, name);
        if (!day_word(r, w, at, &day))
            return false;
        set_festival(r->c, name, day);
    }
    return count > 0 || complain(r, at, "缺少日期");
}

static bool read_line(struct reader *r)
{
    static const struct { const char *word; bool (*read)(struct reader *r); } kinds[] = {
        { "年度", read_year }, { "放假", read_rest }, { "上班", read_work }, { "节日", read_festival },
    };
    struct str w;
    size_t at;
    r->at = 0;
    if (!word(r, &w, &at))
        return true;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (str_is(w, kinds[i].word))
            return kinds[i].read(r);
    }
    return complain(r, at, "行首应为“年度”“放假”“上班”或“节日”");
}

static void read_text(struct reader *r, struct str text)
{
    size_t start = text.len >= 3 && memcmp(text.at, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    while (start < text.len) {
        const char *end = memchr(text.at + start, '\n', text.len - start);
        size_t stop = end == NULL ? text.len : (size_t)(end - text.at);
        r->line = (struct str){ text.at + start, stop - start };
        r->number++;
        read_line(r);
        start = stop + 1;
    }
}

static void read_file(struct calendar *c, const char *path, struct diags *d)
{
    struct buf text;
    buf_init(&text, FILE_MOST);
    if (file_read(&text, path, d)) {
        struct reader r = { .c = c, .d = d, .file = str_of(path) };
        read_text(&r, buf_str(&text));
    }
    buf_release(&text);
}

static void read_folder(struct calendar *c, const char *folder, struct diags *d)
{
    struct buf path;
    struct names names = { 0 };
    buf_init(&path, BUF_NO_CEILING);
    buf_addf(&path, "%s/calendar", folder);
    buf_addc(&path, '\0');
    size_t stem = path.len - 1;
    if (file_is_dir(path.at))
        dir_list(c->arena, path.at, &names);
    for (size_t i = 0; i < names.count; i++) {
        if (!str_ends(names.at[i], ".txt"))
            continue;
        path.len = stem;
        buf_addf(&path, "/%.*s", STR_ARG(names.at[i]));
        buf_addc(&path, '\0');
        read_file(c, path.at, d);
    }
    buf_release(&path);
}

struct calendar *calendar_load(const char *const *folders, size_t count, struct diags *d)
{
    struct arena *a = arena_new();
    struct calendar *c = arena_take(a, sizeof *c);
    c->arena = a;
    size_t errors = d->errors;
    for (size_t i = 0; i < count; i++)
        read_folder(c, folders[i], d);
    if (d->errors == errors)
        return c;
    calendar_free(c);
    return NULL;
}

void calendar_free(struct calendar *c)
{
    if (c != NULL)
        arena_free(c->arena);
}

bool calendar_has_year(const struct calendar *c, int year)
{
    for (size_t i = 0; i < c->years.count; i++) {
        if (c->years.at[i] == year)
            return true;
    }
    return false;
}

bool calendar_is_workday(const struct calendar *c, struct day d)
{
    if (!calendar_has_year(c, d.year))
        return false;
    for (size_t i = 0; i < c->specials.count; i++) {
        if (day_compare(c->specials.at[i].day, d) == 0)
            return c->specials.at[i].rule == DAY_WORK;
    }
    return day_weekday(d) < WEEKDAY_SATURDAY;
}

bool calendar_add_workdays(const struct calendar *c, struct day from, int n, struct day *out)
{
    int step = n < 0 ? -1 : 1, left = n < 0 ? -n : n;
    for (int i = 0; left > 0 && i < COUNT_MOST; i++) {
        from = day_add(from, step);
        if (!calendar_has_year(c, from.year))
            return false;
        left -= calendar_is_workday(c, from);
    }
    *out = from;
    return left == 0;
}

bool calendar_festival(const struct calendar *c, int year, struct str name, struct day *out)
{
    for (size_t i = 0; i < c->festivals.count; i++) {
        const struct festival *f = &c->festivals.at[i];
        if ((f->day.year == year || f->day.year == 0) && str_eq(f->name, name)) {
            *out = (struct day){ year, f->day.month, f->day.day };
            return day_valid(*out);
        }
    }
    return false;
}
