#include "office/ordinal.h"

#define LETTERS_MOST 780                /* zzz… thirty times; Word goes no further */
#define ROMAN_MOST 3999
#define CHINESE_MOST 9999

/* By name, and by the number that WordML 2003 has for it. Others count in decimals. */
static const struct { const char *name; int number; enum ordinal way; } ways[] = {
    { "decimalZero", 22, ORDINAL_ZERO }, { "decimalFullWidth", 14, ORDINAL_WIDE }, { "decimalFullWidth2", 19, ORDINAL_WIDE },
    { "none", 255, ORDINAL_NONE }, { "bullet", 23, ORDINAL_BULLET },
    { "upperRoman", 1, ORDINAL_UPPER_ROMAN }, { "lowerRoman", 2, ORDINAL_LOWER_ROMAN },
    { "upperLetter", 3, ORDINAL_UPPER_LETTER }, { "lowerLetter", 4, ORDINAL_LOWER_LETTER },
    { "chineseCounting", 37, ORDINAL_CHINESE }, { "chineseCountingThousand", 39, ORDINAL_CHINESE },
    { "japaneseCounting", 11, ORDINAL_CHINESE }, { "koreanCounting", 41, ORDINAL_CHINESE },
    { "taiwaneseCounting", 33, ORDINAL_CHINESE }, { "taiwaneseCountingThousand", 35, ORDINAL_CHINESE },
    { "japaneseDigitalTenThousand", 17, ORDINAL_CHINESE_DIGITS }, { "ideographDigital", 10, ORDINAL_CHINESE_DIGITS },
    { "taiwaneseDigital", 36, ORDINAL_CHINESE_DIGITS }, { "chineseLegalSimplified", 38, ORDINAL_CHINESE_LEGAL },
    { "ideographLegalTraditional", 34, ORDINAL_CHINESE_LEGAL }, { "japaneseLegal", 16, ORDINAL_CHINESE_LEGAL },
    { "ideographTraditional", 30, ORDINAL_STEMS }, { "ideographZodiac", 31, ORDINAL_BRANCHES },
    { "decimalEnclosedCircle", 18, ORDINAL_CIRCLE }, { "decimalEnclosedCircleChinese", 28, ORDINAL_CIRCLE },
    { "decimalEnclosedParen", 27, ORDINAL_PARENTHESES }, { "decimalEnclosedFullstop", 26, ORDINAL_FULL_STOP },
    { "ideographEnclosedCircle", 29, ORDINAL_CIRCLED_CHINESE },
};

enum ordinal ordinal_of_name(struct str name)
{
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        if (str_is(name, ways[i].name))
            return ways[i].way;
    }
    return ORDINAL_DECIMAL;
}

enum ordinal ordinal_of_number(long number)
{
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        if (ways[i].number == number)
            return ways[i].way;
    }
    return ORDINAL_DECIMAL;
}

static void add_sign(struct buf *out, uint32_t sign)
{
    char bytes[3] = { (char)(0xE0 | sign >> 12), (char)(0x80 | (sign >> 6 & 0x3F)), (char)(0x80 | (sign & 0x3F)) };
    buf_add(out, (struct str){ bytes, sizeof bytes });
}

static const char *const chinese_digits[] = { "〇", "一", "二", "三", "四", "五", "六", "七", "八", "九" };
static const char *const legal_digits[] = { "零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖" };

/* 二百零三; 十二 without its 一, but 壹拾贰. */
static void add_chinese(struct buf *out, long n, bool legal)
{
    static const struct { long worth; const char *name, *legal; } units[] = { { 1000, "千", "仟" }, { 100, "百", "佰" }, { 10, "十", "拾" }, { 1, "", "" } };
    const char *const *digits = legal ? legal_digits : chinese_digits;
    bool any = false, gap = false;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        long digit = n / units[i].worth % 10;
        gap |= any && digit == 0;
        if (digit == 0)
            continue;
        if (gap)
            buf_addz(out, "零");
        if (any || legal || units[i].worth != 10 || digit != 1)
            buf_addz(out, digits[digit]);
        buf_addz(out, legal ? units[i].legal : units[i].name);
        any = true;
        gap = false;
    }
}

static void add_roman(struct buf *out, long n, bool upper)
{
    static const struct { long worth; const char *upper, *lower; } steps[] = {
        { 1000, "M", "m" }, { 900, "CM", "cm" }, { 500, "D", "d" }, { 400, "CD", "cd" }, { 100, "C", "c" }, { 90, "XC", "xc" }, { 50, "L", "l" },
        { 40, "XL", "xl" }, { 10, "X", "x" }, { 9, "IX", "ix" }, { 5, "V", "v" }, { 4, "IV", "iv" }, { 1, "I", "i" } };
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        for (; n >= steps[i].worth; n -= steps[i].worth)
            buf_addz(out, upper ? steps[i].upper : steps[i].lower);
    }
}

/* a to z, then aa, bb. */
static void add_letters(struct buf *out, long n, char first)
{
    for (long i = 0; i <= (n - 1) / 26; i++)
        buf_addc(out, (char)(first + (n - 1) % 26));
}

static void add_digits(struct buf *out, long n, bool chinese)
{
    long worth = 1;
    while (n / worth >= 10)
        worth *= 10;
    for (; worth > 0; worth /= 10) {
        long digit = n / worth % 10;
        if (chinese)
            buf_addz(out, chinese_digits[digit]);
        else
            add_sign(out, 0xFF10u + (uint32_t)digit);
    }
}

/* One of a row of signs; false where the row ends before n. */
static bool add_from(struct buf *out, long n, uint32_t first, long most)
{
    if (n > most)
        return false;
    add_sign(out, first + (uint32_t)n - 1);
    return true;
}

static bool add_circled(struct buf *out, long n)
{
    return add_from(out, n, 0x2460, 20) || (n > 20 && add_from(out, n - 20, 0x3251, 15)) || (n > 35 && add_from(out, n - 35, 0x32B1, 15));
}

static bool add_named(struct buf *out, long n, const char *const *signs, long count)
{
    if (n > count)
        return false;
    buf_addz(out, signs[n - 1]);
    return true;
}

/* False where the way has no numeral of that value. n is at least 1. */
static bool add_signs(struct buf *out, long n, enum ordinal way)
{
    static const char *const stems[] = { "甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸" };
    static const char *const branches[] = { "子", "丑", "寅", "卯", "辰", "巳", "午", "未", "申", "酉", "戌", "亥" };
    switch (way) {
    case ORDINAL_NONE: case ORDINAL_BULLET: return true;
    case ORDINAL_ZERO: buf_addf(out, "%02ld", n); return true;
    case ORDINAL_WIDE: case ORDINAL_CHINESE_DIGITS: add_digits(out, n, way == ORDINAL_CHINESE_DIGITS); return true;
    case ORDINAL_UPPER_ROMAN: case ORDINAL_LOWER_ROMAN:
        if (n <= ROMAN_MOST)
            add_roman(out, n, way == ORDINAL_UPPER_ROMAN);
        return n <= ROMAN_MOST;
    case ORDINAL_UPPER_LETTER: case ORDINAL_LOWER_LETTER:
        if (n <= LETTERS_MOST)
            add_letters(out, n, way == ORDINAL_UPPER_LETTER ? 'A' : 'a');
        return n <= LETTERS_MOST;
    case ORDINAL_CHINESE: case ORDINAL_CHINESE_LEGAL:
        if (n <= CHINESE_MOST)
            add_chinese(out, n, way == ORDINAL_CHINESE_LEGAL);
        return n <= CHINESE_MOST;
    case ORDINAL_STEMS: return add_named(out, n, stems, 10);
    case ORDINAL_BRANCHES: return add_named(out, n, branches, 12);
    case ORDINAL_CIRCLE: return add_circled(out, n);
    case ORDINAL_PARENTHESES: return add_from(out, n, 0x2474, 20);
    case ORDINAL_FULL_STOP: return add_from(out, n, 0x2488, 20);
    case ORDINAL_CIRCLED_CHINESE: return add_from(out, n, 0x3280, 10);
    case ORDINAL_DECIMAL: break;
    }
    return false;
}

void ordinal_add(struct buf *out, long n, enum ordinal way)
{
    bool silent = way == ORDINAL_NONE || way == ORDINAL_BULLET;
    if (!silent && (n < 1 || !add_signs(out, n, way)))
        buf_addf(out, "%ld", n);
}
