/* Numerals, days and the calendar. */
#include "check.h"

#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/files.h"
#include "zh/calendar.h"
#include "zh/numeral.h"

static const struct { const char *text; double value; } numerals[] = {
    { "0", 0 }, { "30", 30 }, { "1,234.5", 1234.5 }, { "12,345,678", 12345678 }, { "1.2万", 12000 }, { "3亿", 3e8 }, { "5千", 5000 },
    { "三十", 30 }, { "十", 10 }, { "十五", 15 }, { "二十", 20 }, { "二十四", 24 }, { "廿", 20 }, { "廿五", 25 }, { "卅一", 31 },
    { "一百", 100 }, { "一百零三", 103 }, { "一百一十", 110 }, { "一百五", 150 }, { "三千二", 3200 }, { "两", 2 }, { "两百", 200 }, { "二〇二四", 2024 },
    { "二零二四", 2024 }, { "一九九八", 1998 }, { "三万五千", 35000 }, { "一万零五十", 10050 }, { "十二亿", 12e8 }, { "一亿二千万", 1.2e8 },
    { "半", 0.5 }, { "二点五", 2.5 }, { "〇", 0 }, { "壹佰", 100 }, { "七", 7 },
};

static const char *const no_numerals[] = {
    "", "个", "三个", "30天", "1,23", "1,2345", ",5", "1.", "12.5.1", "百", "万", "千", "三十十", "百三", "一百百", "三万万", "第三", "半数", "十百", "点五", "三点", "一二两", "-3", "3-5", "１２",
};

static void test_numerals(struct arena *a)
{
    for (size_t i = 0; i < sizeof numerals / sizeof *numerals; i++) {
        double value = -1;
        bool ok = numeral_value(ustr_from_utf8(a, str_of(numerals[i].text)), &value);
        check_true(numerals[i].text, ok && fabs(value - numerals[i].value) < 1e-6);
    }
    for (size_t i = 0; i < sizeof no_numerals / sizeof *no_numerals; i++) {
        double value;
        check_true(no_numerals[i], !numeral_value(ustr_from_utf8(a, str_of(no_numerals[i])), &value));
    }
}

static const struct { const char *name, *from; long days, months; const char *want; } sums[] = {
    { "over the end of a month", "2025-01-31", 1, 0, "2025-02-01" },
    { "into a leap day", "2024-02-28", 1, 0, "2024-02-29" },
    { "no leap day", "2025-02-28", 1, 0, "2025-03-01" },
    { "back over New Year", "2025-01-01", -1, 0, "2024-12-31" },
    { "a year of days", "2023-03-01", 366, 0, "2024-03-01" },
    { "end of August and six months", "2024-08-31", 0, 6, "2025-02-28" },
    { "end of August and six months, leap", "2023-08-31", 0, 6, "2024-02-29" },
    { "months back", "2025-03-31", 0, -1, "2025-02-28" },
    { "a year of months", "2024-02-29", 0, 12, "2025-02-28" },
    { "over December", "2024-11-30", 0, 3, "2025-02-28" },
};

static void test_days(struct arena *a)
{
    for (size_t i = 0; i < sizeof sums / sizeof *sums; i++) {
        struct day d;
        check_true(sums[i].name, day_from_iso(str_of(sums[i].from), &d));
        d = day_add_months(day_add(d, sums[i].days), sums[i].months);
        check_str(sums[i].name, str_of(sums[i].want), day_iso(a, d));
    }
    static const char *const bad[] = { "2025-02-29", "2025-13-01", "2025-00-10", "2025-1-01", "2025/01/01", "20250101", "2025-01-01x", "", "0000-01-01", "2025-04-31" };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct day d;
        check_true(bad[i], !day_from_iso(str_of(bad[i]), &d));
    }
    check_int("a Wednesday", 3, day_weekday((struct day){ 2025, 10, 1 }));
    check_int("a Sunday", 7, day_weekday((struct day){ 2000, 1, 2 }));
    check_int("a Thursday on a leap day", 4, day_weekday((struct day){ 2024, 2, 29 }));
    check_true("order by month", day_compare((struct day){ 2025, 3, 1 }, (struct day){ 2025, 2, 28 }) > 0);
    check_str("end of a quarter", STR("2025-06-30"), day_iso(a, quarter_end(2025, 2)));
    check_str("start of a quarter", STR("2025-10-01"), day_iso(a, quarter_start(2025, 4)));
    struct day day = { 1999, 12, 28 };
    int weekday = day_weekday(day), wrong = 0;
    for (int i = 0; i < 3000; i++) {            /* each next day is valid, later and one weekday on */
        struct day next = day_add(day, 1);
        weekday = weekday % 7 + 1;
        wrong += !day_valid(next) || day_compare(next, day) <= 0 || day_weekday(next) != weekday || day_compare(day_add(next, -1), day) != 0;
        day = next;
    }
    check_int("three thousand days in a row", 0, wrong);
}

static const struct { const char *name, *from; int n; const char *want; } workdays[] = {
    { "a plain week", "2025-03-10", 5, "2025-03-17" },
    { "a Sunday that is worked", "2025-04-25", 1, "2025-04-27" },
    { "over the first of May", "2025-04-30", 1, "2025-05-06" },
    { "over eight days of October", "2025-09-30", 2, "2025-10-10" },
    { "a Saturday that is worked", "2025-10-10", 1, "2025-10-11" },
    { "over a Spring Festival that was made longer", "2020-01-23", 1, "2020-02-03" },
    { "over New Year", "2024-12-31", 1, "2025-01-02" },
    { "over a Spring Festival, with a Saturday worked behind it", "2026-02-13", 2, "2026-02-24" },
    { "back over a weekend", "2025-03-17", -1, "2025-03-14" },
    { "none at all", "2025-03-15", 0, "2025-03-15" },
    { "a year nobody knows", "2040-03-10", 5, "-" },
    { "into a year nobody knows", "2026-12-30", 20, "-" },
};

static const struct { const char *name; int year; const char *want; } festivals[] = {
    { "春节", 2025, "2025-01-29" }, { "春节", 2026, "2026-02-17" }, { "除夕", 2024, "2024-02-09" }, { "中秋", 2025, "2025-10-06" },
    { "端午节", 2024, "2024-06-10" }, { "清明", 2024, "2024-04-04" }, { "国庆", 2033, "2033-10-01" }, { "七一", 2025, "2025-07-01" },
    { "春节", 2040, "-" }, { "无此节", 2025, "-" },
};

static void test_calendar(struct arena *a, const struct calendar *c)
{
    for (size_t i = 0; i < sizeof workdays / sizeof *workdays; i++) {
        struct day from, to;
        bool ok = day_from_iso(str_of(workdays[i].from), &from) && calendar_add_workdays(c, from, workdays[i].n, &to);
        check_str(workdays[i].name, str_of(workdays[i].want), ok ? day_iso(a, to) : STR("-"));
    }
    for (size_t i = 0; i < sizeof festivals / sizeof *festivals; i++) {
        struct day day;
        bool ok = calendar_festival(c, festivals[i].year, str_of(festivals[i].name), &day);
        check_str(festivals[i].name, str_of(festivals[i].want), ok ? day_iso(a, day) : STR("-"));
    }
    /* a law of every notice: a day worked to make up for another is a Saturday or a Sunday */
    for (int year = 2018; year <= 2026; year++) {
        int rest = 0;
        for (struct day d = { year, 1, 1 }; d.year == year; d = day_add(d, 1))
            rest += !calendar_is_workday(c, d);
        check_true("a year has between 113 and 120 days of rest", rest >= 113 && rest <= 120);
    }
}

static const struct { const char *name, *text, *want; } mistakes[] = {
    { "an unknown line", "年度 2031\n假期 2031-01-01\n", "2:1 行首应为“年度”“放假”“上班”或“节日”" },
    { "a day that is none", "年度 2031\n放假 2031-02-30 元宵\n", "2:4 应为“2024-05-01”样的日期" },
    { "a day of another year", "年度 2031\n上班 2031-01-04 2030-01-05\n", "2:15 不在所写的年度里" },
    { "no year yet", "放假 2031-01-01\n", "1:4 前面缺少“年度”" },
    { "an end before its start", "年度 2031\n放假 2031-05-05 2031-05-01\n", "2:15 起止日期不对" },
    { "a festival without a day", "节日 社日\n", "1:6 缺少日期" },
    { "a month that is none", "节日 社日 每年 13-01\n", "1:10 应为“05-01”样的月日" },
    { "a year in words", "年度 明年\n", "1:4 应为四位年份" },
};

static void write_calendar(const char *folder, const char *text)
{
    struct buf path;
    struct diags *d = diags_new();
    buf_init(&path, BUF_NO_CEILING);
    buf_addf(&path, "%s/calendar", folder);
    buf_addc(&path, '\0');
    check_true("the folder stands", dir_make(path.at));
    path.len--;
    buf_addz(&path, "/own.txt");
    buf_addc(&path, '\0');
    check_true("the file is written", file_write(path.at, str_of(text), d));
    buf_release(&path);
    diags_free(d);
}

static void remove_calendar(const char *folder)
{
    char path[240];
    snprintf(path, sizeof path, "%s/calendar/own.txt", folder);
    unlink(path);
    snprintf(path, sizeof path, "%s/calendar", folder);
    rmdir(path);
    rmdir(folder);
}

static void test_mistakes(struct arena *a, const char *folder)
{
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        struct diags *d = diags_new();
        write_calendar(folder, mistakes[i].text);
        struct calendar *c = calendar_load(&folder, 1, d);
        check_true(mistakes[i].name, c == NULL && d->list.count == 1);
        if (d->list.count > 0) {
            const struct diag *told = &d->list.at[0];
            char got[300];
            int n = snprintf(got, sizeof got, "%u:%u %.*s", told->place.line, told->place.column, STR_ARG(told->detail));
            check_str(mistakes[i].name, str_of(mistakes[i].want), arena_keep(a, (struct str){ got, (size_t)n }));
        }
        calendar_free(c);
        diags_free(d);
    }
}

/* An office's file is the whole truth about the year it names, and adds to the rest. */
static void test_overlay(struct arena *a, const char *shipped, const char *folder)
{
    const char *folders[] = { shipped, folder };
    struct diags *d = diags_new();
    struct day to;
    write_calendar(folder, "\xEF\xBB\xBF年度 2025 # 自定\r\n放假 2025-03-11 2025-03-12 # 本地节日\r\n节日 三月三 2025-03-31\r\n节日 国庆 2025-10-02\r\n");
    struct calendar *c = calendar_load(folders, 2, d);
    check_true("the overlay loads", c != NULL);
    bool ok = c != NULL && calendar_add_workdays(c, (struct day){ 2025, 3, 10 }, 1, &to);
    check_str("its days of rest count", STR("2025-03-13"), ok ? day_iso(a, to) : STR("-"));
    ok = c != NULL && calendar_add_workdays(c, (struct day){ 2025, 4, 30 }, 1, &to);
    check_str("those of the shipped file for that year do not", STR("2025-05-01"), ok ? day_iso(a, to) : STR("-"));
    ok = c != NULL && calendar_add_workdays(c, (struct day){ 2024, 4, 30 }, 1, &to);
    check_str("other years stay", STR("2024-05-06"), ok ? day_iso(a, to) : STR("-"));
    ok = c != NULL && calendar_festival(c, 2025, STR("三月三"), &to);
    check_str("its festival is known", STR("2025-03-31"), ok ? day_iso(a, to) : STR("-"));
    calendar_free(c);
    diags_free(d);
}

int main(int argc, char **argv)
{
    const char *rules = getenv("QINGDAN_RULES") != NULL ? getenv("QINGDAN_RULES") : "rules";
    char folder[200] = "zh-XXXXXX";             /* beside the program, where the build may write */
    const char *slash = argc > 0 ? strrchr(argv[0], '/') : NULL;
    if (slash != NULL)
        snprintf(folder, sizeof folder, "%.*s/zh-XXXXXX", (int)(slash - argv[0]), argv[0]);
    struct arena *a = arena_new();
    struct diags *d = diags_new();
    test_numerals(a);
    test_days(a);
    struct calendar *c = calendar_load(&rules, 1, d);
    check_true("the shipped calendar loads", c != NULL);
    if (c != NULL)
        test_calendar(a, c);
    if (mkdtemp(folder) != NULL) {
        test_mistakes(a, folder);
        test_overlay(a, rules, folder);
        remove_calendar(folder);
    }
    calendar_free(c);
    diags_free(d);
    arena_free(a);
    return check_done();
}
