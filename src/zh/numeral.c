/*
 * Numerals in Arabic and Chinese figures.
 *
 * numeral: arabic multiplier? | han | 半
 * arabic:  digits | digits with a comma before each three, and an optional fraction behind a dot
 * han:     place by place (二〇二四) | (section 亿)? (section 万)? section? (点 digits)?
 * section: (digit? 千)? (digit? 百)? (digit? 十 | 廿 | 卅)? 零? digit?
 */
#include "zh/numeral.h"

#define MOST_UNITS 24           /* longer than any number of the domain */

/* The digit a character stands for, or -1. */
static int digit_of(char16_t u)
{
    static const char16_t digits[] = u"〇一二三四五六七八九", formal[] = u"零壹贰叁肆伍陆柒捌玖";
    for (int i = 0; i < 10; i++) {
        if (digits[i] == u || formal[i] == u)
            return i;
    }
    return u == u'两' ? 2 : u == u'○' ? 0 : -1;
}

/* 10, 100, 1000 for the places inside a section, else 0. */
static double place_of(char16_t u)
{
    switch (u) {
    case u'十': case u'拾': return 10;
    case u'百': case u'佰': return 100;
    case u'千': case u'仟': return 1000;
    default: return 0;
    }
}

static double multiplier_of(char16_t u)
{
    return u == u'万' ? 1e4 : u == u'亿' ? 1e8 : 0;
}

/* A comma stands between groups of three: 1,234. */
static bool comma_fits(struct ustr s, uint32_t i)
{
    uint32_t behind = 0;
    while (i + 1 + behind < s.len && unit_is_digit(s.at[i + 1 + behind]))
        behind++;
    return i > 0 && i <= 3 + 4 * ((i - 1) / 4) && behind == 3;
}

static bool arabic(struct ustr s, double *out)
{
    double value = 0, part = 0;
    uint32_t i = 0;
    for (; i < s.len && (unit_is_digit(s.at[i]) || s.at[i] == u','); i++) {
        if (s.at[i] == u',' && !comma_fits(s, i))
            return false;
        if (s.at[i] != u',')
            value = value * 10 + (s.at[i] - u'0');
    }
    if (i == 0)
        return false;
    if (i < s.len && s.at[i] == u'.') {
        double scale = 1;
        uint32_t from = ++i;
        for (; i < s.len && unit_is_digit(s.at[i]); i++) {
            part = part * 10 + (s.at[i] - u'0');
            scale *= 10;
        }
        if (i == from)
            return false;
        value += part / scale;
    }
    double more = 1;
    if (i < s.len) {
        more = place_of(s.at[i]) > 10 ? place_of(s.at[i]) : multiplier_of(s.at[i]);
        i++;
    }
    *out = value * more;
    return i == s.len && more > 0;
}

/* 二〇二四: digits only, two or more, read place by place. */
static bool place_by_place(struct ustr s, double *out)
{
    double value = 0;
    for (uint32_t i = 0; i < s.len; i++) {
        int digit = digit_of(s.at[i]);
        if (digit < 0 || s.at[i] == u'两')
            return false;
        value = value * 10 + digit;
    }
    *out = value;
    return s.len >= 2;
}

struct han {
    double total, section;      /* what is behind 万 and 亿, and what is being read */
    double last;                /* the place read last, 0 none */
    double limit;               /* the next place must be below */
    double whole;               /* the next 万 or 亿 must be below */
    int digit;                  /* read and waiting for its place, -1 none */
    bool zero;
};

static bool han_place(struct han *h, double place)
{
    if (place >= h->limit || (h->digit < 0 && place > 10))
        return false;
    h->section += (h->digit < 0 ? 1 : h->digit) * place;
    h->limit = h->last = place;
    h->digit = -1;
    h->zero = false;
    return true;
}

static bool han_multiplier(struct han *h, double by)
{
    double section = h->section + (h->digit > 0 ? h->digit : 0);
    if (section <= 0 || by >= h->whole)
        return false;
    h->total += section * by;
    *h = (struct han){ .total = h->total, .last = by, .limit = 1e4, .whole = by, .digit = -1 };
    return true;
}

static bool han_score(struct han *h, char16_t u)
{
    if (h->digit >= 0 || h->limit <= 10)
        return false;
    h->section += u == u'廿' ? 20 : 30;
    h->limit = h->last = 10;
    return true;
}

static bool han_unit(struct han *h, char16_t u)
{
    int digit = digit_of(u);
    if (digit == 0) {
        bool fits = h->digit < 0 && !h->zero && h->last > 10;
        h->zero = true;
        return fits;
    }
    if (digit > 0) {
        bool fits = h->digit < 0;
        h->digit = digit;
        return fits;
    }
    if (place_of(u) > 0)
        return han_place(h, place_of(u));
    if (u == u'廿' || u == u'卅')
        return han_score(h, u);
    return multiplier_of(u) > 0 && han_multiplier(h, multiplier_of(u));
}

static bool by_sections(struct ustr s, double *out)
{
    struct han h = { .limit = 1e4, .whole = 1e12, .digit = -1 };
    for (uint32_t i = 0; i < s.len; i++) {
        if (!han_unit(&h, s.at[i]))
            return false;
    }
    /* 一百五 is 150: a last digit without 零 fills the next place */
    double place = h.last > 10 && !h.zero ? h.last / 10 : 1;
    *out = h.total + h.section + (h.digit > 0 ? h.digit * place : 0);
    return h.digit >= 0 || !h.zero;
}

static bool han(struct ustr s, double *out)
{
    if (s.len == 1 && digit_of(s.at[0]) >= 0) {
        *out = digit_of(s.at[0]);
        return true;
    }
    return place_by_place(s, out) || by_sections(s, out);
}

static bool han_fraction(struct ustr s, uint32_t point, double *out)
{
    double whole, value = 0, scale = 1;
    if (point + 1 >= s.len || !han(ustr_sub(s, 0, point), &whole))
        return false;
    for (uint32_t i = point + 1; i < s.len; i++) {
        int digit = digit_of(s.at[i]);
        if (digit < 0)
            return false;
        scale *= 10;
        value = value * 10 + digit;
    }
    *out = whole + value / scale;
    return true;
}

bool numeral_value(struct ustr s, double *out)
{
    if (s.len == 0 || s.len > MOST_UNITS)
        return false;
    if (unit_is_digit(s.at[0]))
        return arabic(s, out);
    if (s.len == 1 && s.at[0] == u'半') {
        *out = 0.5;
        return true;
    }
    int64_t point = ustr_find(s, USTR(u"点"), 0);
    if (point > 0)
        return han_fraction(s, (uint32_t)point, out);
    return han(s, out);
}
