/*
 * What a cell shows: numbers, percentages and dates by their format codes.
 *
 * code:    section (";" section)*      for numbers above zero, below zero, zero
 * section: (digits | date | "%" | "[" … "]" | '"' words '"' | "\" character | "_" character | "*" character | character)*
 * digits:  of 0 # ? . ,
 * date:    y+ | m+ | d+ | h+ | s+ | a+ | "AM/PM" | "[h]"
 */
#include "office/xlsx_parts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"

#define TOKENS_MOST 64                  /* of a format code; Excel stops at 255 characters */
#define DECIMALS_MOST 30
#define NUMBER_BYTES 48                 /* longer ones are shown as they stand */
#define HALF_UP (1 + 2e-15)             /* 2.675 is a little less in binary, and shows as 2.68 all the same */
#define WHOLE_MOST 1e21                 /* larger numbers are written with an exponent */
#define SERIAL_MOST 2958466.0           /* the day after 9999-12-31 */
#define SERIAL_1904 1462                /* 1904-01-01 */
#define DAY_SECONDS 86400
#define ROWS_MOST 1048576
#define COLUMNS_MOST 16384

enum token_kind { TOKEN_WORDS, TOKEN_DIGITS, TOKEN_PERCENT, TOKEN_DATE, TOKEN_ELAPSED, TOKEN_HALF_DAY, TOKEN_GENERAL };

struct token {
    enum token_kind kind;
    struct str text;
};

struct format {
    struct token at[TOKENS_MOST];
    size_t count;
    bool abs;                           /* the section says "-" itself */
};

struct moment { long year, month, day, weekday, hour, minute, second, hours_in_all; };

struct str xlsx_builtin_format(long id)
{
    static const struct { int id; const char *code; } codes[] = {
        { 1, "0" }, { 2, "0.00" }, { 3, "#,##0" }, { 4, "#,##0.00" }, { 9, "0%" }, { 10, "0.00%" },
        { 14, "yyyy/m/d" }, { 15, "d-m-yy" }, { 16, "d-m" }, { 17, "m-yy" }, { 18, "h:mm" }, { 19, "h:mm:ss" }, { 20, "h:mm" },
        { 21, "h:mm:ss" }, { 22, "yyyy/m/d h:mm" }, { 27, "yyyy年m月" }, { 28, "m月d日" }, { 29, "m月d日" }, { 30, "m-d-yy" },
        { 31, "yyyy年m月d日" }, { 32, "h时mm分" }, { 33, "h时mm分ss秒" }, { 34, "上午/下午h时mm分" }, { 35, "上午/下午h时mm分ss秒" },
        { 36, "yyyy年m月" }, { 37, "#,##0;-#,##0" }, { 38, "#,##0;-#,##0" }, { 39, "#,##0.00;-#,##0.00" }, { 40, "#,##0.00;-#,##0.00" },
        { 41, "#,##0;-#,##0;\"-\"" }, { 42, "¥#,##0;¥-#,##0;¥\"-\"" }, { 43, "#,##0.00;-#,##0.00;\"-\"" },
        { 44, "¥#,##0.00;¥-#,##0.00;¥\"-\"" }, { 45, "mm:ss" }, { 46, "[h]:mm:ss" }, { 47, "mm:ss" }, { 50, "yyyy年m月" },
        { 51, "m月d日" }, { 52, "yyyy年m月" }, { 53, "m月d日" }, { 54, "m月d日" }, { 55, "上午/下午h时mm分" }, { 56, "上午/下午h时mm分ss秒" },
        { 57, "yyyy年m月" }, { 58, "m月d日" },
    };
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        if (codes[i].id == id)
            return str_of(codes[i].code);
    }
    return STR("");
}

static struct str head(struct str s, size_t n)
{
    return (struct str){ s.at, n < s.len ? n : s.len };
}

static struct str behind(struct str s, size_t n)
{
    return n < s.len ? (struct str){ s.at + n, s.len - n } : STR("");
}

static size_t find(struct str s, char c, size_t from)
{
    while (from < s.len && s.at[from] != c)
        from++;
    return from;
}

/* Bytes of the character at the head. */
static size_t character(struct str s)
{
    size_t n = s.len > 0;
    while (n < s.len && ((unsigned char)s.at[n] & 0xC0) == 0x80)
        n++;
    return n;
}

static bool starts(struct str s, const char *with)
{
    size_t n = strlen(with);
    return s.len >= n && memcmp(s.at, with, n) == 0;
}

/* Length of what begins a section in quotes, brackets or behind a backslash; 0 for anything else. */
static size_t guarded(struct str s)
{
    char c = s.len > 0 ? s.at[0] : '\0';
    if (c == '"' || c == '[') {
        size_t end = find(s, c == '"' ? '"' : ']', 1);
        return end < s.len ? end + 1 : s.len;
    }
    return c == '\\' || c == '_' || c == '*' ? 1 + character(behind(s, 1)) : 0;
}

/* The words of a guarded piece: those in quotes, one behind a backslash, a currency sign; none for colours and gaps. */
static struct token guarded_token(struct str s)
{
    struct str inner = behind(s, 1);
    if (s.at[0] == '\\')
        return (struct token){ TOKEN_WORDS, inner };
    if (s.at[0] == '_' || s.at[0] == '*')
        return (struct token){ TOKEN_WORDS, STR("") };
    inner.len -= inner.len > 0 && (s.at[s.len - 1] == '"' || s.at[s.len - 1] == ']');
    if (s.at[0] == '"')
        return (struct token){ TOKEN_WORDS, inner };
    if (inner.len > 0 && strchr("hHmMsS", inner.at[0]) != NULL)
        return (struct token){ TOKEN_ELAPSED, inner };
    if (inner.len > 0 && inner.at[0] == '$')
        return (struct token){ TOKEN_WORDS, head(behind(inner, 1), find(inner, '-', 1) - 1) };
    return (struct token){ TOKEN_WORDS, STR("") };
}

static size_t run_of(struct str s, const char *set)
{
    size_t n = 0;
    while (n < s.len && s.at[n] != '\0' && strchr(set, s.at[n]) != NULL)
        n++;
    return n;
}

/* The token at the head; *used is its length in the code. */
static struct token next_token(struct str s, size_t *used)
{
    static const char *const halves[] = { "AM/PM", "am/pm", "A/P", "上午/下午" }, *const dates[] = { "yY", "mM", "dD", "hH", "sS", "aA" };
    if ((*used = guarded(s)) > 0)
        return guarded_token(head(s, *used));
    for (size_t i = 0; i < sizeof halves / sizeof *halves; i++) {
        if (starts(s, halves[i]))
            return (struct token){ TOKEN_HALF_DAY, head(s, *used = strlen(halves[i])) };
    }
    if (starts(s, "General") || starts(s, "G/") || starts(s, "E+") || starts(s, "E-") || s.at[0] == '@')
        return (struct token){ TOKEN_GENERAL, head(s, *used = s.len) };
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
        if ((*used = run_of(s, dates[i])) > 0)
            return (struct token){ TOKEN_DATE, head(s, *used) };
    }
    if (run_of(s, "0#?.,") > 0 && run_of(behind(s, run_of(s, ".,")), "0#?") > 0)
        return (struct token){ TOKEN_DIGITS, head(s, *used = run_of(s, "0#?.,")) };
    *used = character(s);
    return (struct token){ s.at[0] == '%' ? TOKEN_PERCENT : TOKEN_WORDS, head(s, *used) };
}

/* The n-th section of the code; false where there is none. */
static bool section(struct str code, size_t n, struct str *out)
{
    size_t start = 0, i = 0;
    while (i < code.len) {
        size_t skip = guarded(behind(code, i));
        if (skip == 0 && code.at[i] == ';') {
            if (n-- == 0)
                break;
            start = i + 1;
        }
        i += skip > 0 ? skip : 1;
    }
    *out = (struct str){ code.at + start, i - start };
    return n == 0 || n == SIZE_MAX;
}

static struct format format_of(struct str code, double value)
{
    struct format f = { .count = 0 };
    struct str s, more;
    if (value == 0 && section(code, 2, &more))
        s = more;
    else if (value < 0 && section(code, 1, &more))
        s = more, f.abs = true;
    else
        section(code, 0, &s);
    while (s.len > 0 && f.count < TOKENS_MOST) {
        size_t used;
        f.at[f.count++] = next_token(s, &used);
        s = behind(s, used);
    }
    return f;
}

static size_t count_of(const struct format *f, enum token_kind kind)
{
    size_t n = 0;
    for (size_t i = 0; i < f->count; i++)
        n += f->at[i].kind == kind;
    return n;
}

/* ---- dates */

/* What part of a date the token stands for: y M d w h m s, or 0. An m beside hours or seconds is minutes. */
static char part_of(const struct format *f, size_t i)
{
    const struct token *t = &f->at[i];
    if (t->kind != TOKEN_DATE && t->kind != TOKEN_ELAPSED)
        return '\0';
    char c = (char)(t->text.at[0] | 0x20);
    if (c == 'a' || (c == 'd' && t->text.len > 2))
        return t->text.len > 2 ? 'w' : '\0';
    if (c != 'm')
        return c;
    for (size_t k = i; k-- > 0;) {
        if (f->at[k].kind == TOKEN_DATE || f->at[k].kind == TOKEN_ELAPSED) {
            if ((f->at[k].text.at[0] | 0x20) == 'h')
                return 'm';
            break;
        }
    }
    for (size_t k = i + 1; k < f->count; k++) {
        if (f->at[k].kind == TOKEN_DATE)
            return (f->at[k].text.at[0] | 0x20) == 's' ? 'm' : 'M';
    }
    return t->kind == TOKEN_ELAPSED ? 'm' : 'M';
}

static struct moment moment_of(double serial, bool since_1904)
{
    long days = (long)floor(serial), seconds = lround((serial - floor(serial)) * DAY_SECONDS);
    days += seconds / DAY_SECONDS;
    seconds %= DAY_SECONDS;
    struct moment m = { .hour = seconds / 3600, .minute = seconds / 60 % 60, .second = seconds % 60 };
    m.hours_in_all = days * 24 + m.hour;
    days += since_1904 ? SERIAL_1904 : 0;
    days += days < 60;                  /* Excel's 1900 has a February 29 */
    m.weekday = (days + 6) % 7;         /* 1899-12-30 was a Saturday */
    /* days since 0000-03-01, by eras of 400 years */
    long z = days + 693899, era = z / 146097, of_era = z % 146097;
    long year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    long of_year = of_era - (365 * year + year / 4 - year / 100), month = (5 * of_year + 2) / 153;
    m.day = of_year - (153 * month + 2) / 5 + 1;
    m.month = month < 10 ? month + 3 : month - 9;
    m.year = year + era * 400 + (m.month <= 2);
    return m;
}

static void add_iso(struct buf *b, const struct moment *m, const char *parts, bool elapsed)
{
    bool y = strchr(parts, 'y') != NULL, mo = strchr(parts, 'M') != NULL, d = strchr(parts, 'd') != NULL;
    if (y && mo && d)
        buf_addf(b, "%04ld-%02ld-%02ld", m->year, m->month, m->day);
    else if (y && mo)
        buf_addf(b, "%ld年%ld月", m->year, m->month);
    else if (mo && d)
        buf_addf(b, "%ld月%ld日", m->month, m->day);
    else if (y || mo || d)
        buf_addf(b, "%ld", y ? m->year : mo ? m->month : m->day);
    bool h = strchr(parts, 'h') != NULL, min = strchr(parts, 'm') != NULL, s = strchr(parts, 's') != NULL;
    if (b->len > 0 && (h || min || s))
        buf_addc(b, ' ');
    if (h && elapsed)
        buf_addf(b, "%ld:%02ld", m->hours_in_all, m->minute);
    else if (h)
        buf_addf(b, "%02ld:%02ld", m->hour, m->minute);
    else if (min)
        buf_addf(b, "%02ld", m->minute);
    if (s)
        buf_addf(b, h || min ? ":%02ld" : "%02ld", m->second);
}

static void add_part(struct buf *b, const struct moment *m, char part, size_t width, bool half_day)
{
    static const char *const weekdays[] = { "日", "一", "二", "三", "四", "五", "六" };
    int digits = width > 1 ? 2 : 1;
    switch (part) {
    case 'y': buf_addf(b, "%04ld", m->year); break;
    case 'M': buf_addf(b, "%0*ld", digits, m->month); break;
    case 'd': buf_addf(b, "%0*ld", digits, m->day); break;
    case 'w': buf_addf(b, "%s%s", width == 3 ? "周" : "星期", weekdays[m->weekday]); break;
    case 'h': buf_addf(b, "%0*ld", digits, half_day ? (m->hour + 11) % 12 + 1 : m->hour); break;
    case 'm': buf_addf(b, "%0*ld", digits, m->minute); break;
    case 's': buf_addf(b, "%0*ld", digits, m->second); break;
    default: break;
    }
}

/* Does the format have words of its own, 年 or 星期一? */
static bool has_words(const struct format *f)
{
    for (size_t i = 0; i < f->count; i++) {
        const struct token *t = &f->at[i];
        if (part_of(f, i) == 'w' || (t->kind == TOKEN_WORDS && t->text.len > 0 && (unsigned char)t->text.at[0] >= 0x80))
            return true;
    }
    return false;
}

static void add_date(struct buf *b, const struct format *f, double serial, bool since_1904)
{
    struct moment m = moment_of(serial, since_1904);
    bool half_day = count_of(f, TOKEN_HALF_DAY) > 0, elapsed = count_of(f, TOKEN_ELAPSED) > 0, words = has_words(f);
    char parts[TOKENS_MOST + 1];
    size_t count = 0;
    for (size_t i = 0; i < f->count; i++) {
        char part = part_of(f, i);
        if (part != '\0')
            parts[count++] = part;
        if (!words)
            continue;
        if (part == 'h' && f->at[i].kind == TOKEN_ELAPSED)
            buf_addf(b, "%ld", m.hours_in_all);
        else if (part != '\0')
            add_part(b, &m, part, f->at[i].text.len, half_day);
        else if (f->at[i].kind == TOKEN_HALF_DAY)
            buf_addz(b, m.hour < 12 ? "上午" : "下午");
        else if (f->at[i].kind == TOKEN_WORDS)
            buf_add(b, f->at[i].text);
    }
    parts[count] = '\0';
    if (!words)
        add_iso(b, &m, parts, elapsed);
}

/* ---- numbers */

struct digits { int whole, decimals, decimals_least, thousands; bool grouped; };

static struct digits digits_of(struct str pattern)
{
    struct digits d = { .whole = 0 };
    bool fraction = false;
    for (size_t i = 0; i < pattern.len; i++) {
        char c = pattern.at[i];
        fraction = fraction || c == '.';
        d.whole += !fraction && c == '0';
        d.decimals += fraction && c != '.' && c != ',' && d.decimals < DECIMALS_MOST;
        d.decimals_least = fraction && c == '0' ? d.decimals : d.decimals_least;
        d.thousands = c == ',' ? d.thousands + 1 : 0;       /* those at the end divide */
        d.grouped = d.grouped || (c == ',' && i + 1 < pattern.len && pattern.at[i + 1] != ',' && pattern.at[i + 1] != '.');
    }
    return d;
}

static void add_digits(struct buf *b, struct str pattern, double value)
{
    struct digits d = digits_of(pattern);
    for (int i = 0; i < d.thousands; i++)
        value /= 1000;
    value *= HALF_UP;
    char text[NUMBER_BYTES + DECIMALS_MOST];
    int len = snprintf(text, sizeof text, "%0*.*f", d.whole + (d.decimals > 0 ? d.decimals + 1 : 0), d.decimals, value);
    if (len < 0 || (size_t)len >= sizeof text)
        return;
    int point = d.decimals > 0 ? len - d.decimals - 1 : len;
    for (int least = d.decimals_least; d.decimals > least && text[len - 1] == '0'; d.decimals--)
        len--;
    len -= d.decimals == 0 && len > point;
    for (int i = 0; i < len; i++) {
        if (d.grouped && i > 0 && i < point && (point - i) % 3 == 0)
            buf_addc(b, ',');
        buf_addc(b, text[i]);
    }
}

static void add_number(struct buf *b, const struct format *f, double value)
{
    for (size_t i = count_of(f, TOKEN_PERCENT); i > 0; i--)
        value *= 100;
    if (value < 0 && !f->abs)
        buf_addc(b, '-');
    for (size_t i = 0; i < f->count; i++) {
        if (f->at[i].kind == TOKEN_DIGITS)
            add_digits(b, f->at[i].text, fabs(value));
        else
            buf_add(b, f->at[i].text);
    }
}

/* As General shows it, but never rounded to the width of a column: whole numbers without decimals. */
static void add_general(struct buf *b, double value)
{
    if (fabs(value) < WHOLE_MOST && value == floor(value))
        buf_addf(b, "%.0f", value);
    else
        buf_addf(b, "%.15g", value);
}

static struct str trimmed(struct str s)
{
    while (s.len > 0 && s.at[0] == ' ')
        s = behind(s, 1);
    while (s.len > 0 && s.at[s.len - 1] == ' ')
        s.len--;
    return s;
}

static void add_shown(struct buf *b, struct str code, double value, bool since_1904)
{
    struct format f = format_of(code, value);
    bool date = count_of(&f, TOKEN_DATE) + count_of(&f, TOKEN_ELAPSED) > 0;
    if (code.len == 0 || count_of(&f, TOKEN_GENERAL) > 0 || count_of(&f, TOKEN_DIGITS) > 1 || fabs(value) >= WHOLE_MOST)
        add_general(b, value);
    else if (date && value >= 0 && value < SERIAL_MOST - (since_1904 ? SERIAL_1904 : 0))
        add_date(b, &f, value, since_1904);
    else if (date)
        add_general(b, value);
    else
        add_number(b, &f, value);
}

struct str xlsx_number(struct arena *a, struct str value, struct str format, bool since_1904)
{
    value = trimmed(value);
    char text[NUMBER_BYTES];
    bool whole = run_of(value, "0123456789") == value.len;
    bool plain = format.len == 0 || str_is(format, "General") || str_is(format, "0") || str_is(format, "@");
    if (value.len >= sizeof text || run_of(value, "0123456789+-.eE") != value.len || (plain && whole))
        return arena_keep(a, value);
    memcpy(text, value.at, value.len);
    text[value.len] = '\0';
    double number = strtod(text, NULL);
    if (!isfinite(number))
        return arena_keep(a, value);
    struct buf b;
    buf_init(&b, BUF_NO_CEILING);
    add_shown(&b, format, number, since_1904);
    struct str shown = arena_keep(a, trimmed(buf_str(&b)));
    buf_release(&b);
    return shown;
}

/* ---- strings and places */

static int hex(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* The unit of an escape _x4E00_ at the head, or -1. */
static long escaped(struct str s)
{
    long unit = 0;
    if (s.len < 7 || s.at[0] != '_' || s.at[1] != 'x' || s.at[6] != '_')
        return -1;
    for (size_t i = 2; i < 6; i++) {
        if (hex(s.at[i]) < 0)
            return -1;
        unit = unit * 16 + hex(s.at[i]);
    }
    return unit;
}

struct str xlsx_plain(struct arena *a, struct str s)
{
    if (find(s, '_', 0) == s.len)
        return s;
    struct buf b;
    buf_init(&b, BUF_NO_CEILING);
    for (size_t i = 0; i < s.len;) {
        long unit = escaped(behind(s, i));
        if (unit < 0)
            buf_addc(&b, s.at[i]);
        else if (unit == '\n' || unit >= ' ')       /* others say nothing; _x000D_ stands before a line feed */
            buf_add(&b, ustr_to_utf8(a, (struct ustr){ &(char16_t){ (char16_t)unit }, 1 }));
        i += unit < 0 ? 1 : 7;
    }
    struct str plain = arena_keep(a, buf_str(&b));
    buf_release(&b);
    return plain;
}

bool xlsx_place(struct str s, uint32_t *row, uint32_t *column)
{
    uint32_t r = 0, c = 0;
    size_t i = 0;
    for (; i < s.len && ((s.at[i] >= 'A' && s.at[i] <= 'Z') || s.at[i] == '$') && c <= COLUMNS_MOST; i++)
        c = s.at[i] == '$' ? c : c * 26 + (uint32_t)(s.at[i] - 'A' + 1);
    for (; i < s.len && s.at[i] >= '0' && s.at[i] <= '9' && r <= ROWS_MOST; i++)
        r = r * 10 + (uint32_t)(s.at[i] - '0');
    *row = r;
    *column = c;
    return i == s.len && r >= 1 && r <= ROWS_MOST && c >= 1 && c <= COLUMNS_MOST;
}
