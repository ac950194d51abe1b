/* Display width by Unicode's East Asian Width, with the two common cases decided by range. */
#include "unicode/width.h"

#include <unicode/uchar.h>

static unsigned width_of_point(UChar32 c)
{
    if (c >= 0x20 && c < 0x7F)
        return 1;
    if (c >= 0x3400 && c <= 0x9FFF)
        return 2;
    int8_t type = u_charType(c);
    if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_CONTROL_CHAR || type == U_FORMAT_CHAR)
        return 0;
    int wide = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
    return wide == U_EA_WIDE || wide == U_EA_FULLWIDTH ? 2 : 1;
}

unsigned width_of_unit(char16_t unit)
{
    return (unit & 0xF800) == 0xD800 ? 1 : width_of_point(unit);
}

/* The character at p, *len bytes long. Ill-formed bytes come out one by one, as U+FFFD. */
static UChar32 point_at(const unsigned char *p, size_t left, size_t *len)
{
    *len = 1;
    if (p[0] < 0x80)
        return p[0];
    size_t n = p[0] >= 0xC2 && p[0] < 0xE0 ? 2 : p[0] >= 0xE0 && p[0] < 0xF0 ? 3 : p[0] >= 0xF0 && p[0] < 0xF5 ? 4 : 0;
    if (n == 0 || n > left)
        return 0xFFFD;
    UChar32 c = p[0] & (0x7F >> n);
    for (size_t i = 1; i < n; i++) {
        if ((p[i] & 0xC0) != 0x80)
            return 0xFFFD;
        c = (c << 6) | (p[i] & 0x3F);
    }
    *len = n;
    return c;
}

uint32_t width_of_utf8(struct str s)
{
    uint32_t columns = 0;
    for (size_t i = 0, len = 1; i < s.len; i += len)
        columns += width_of_point(point_at((const unsigned char *)s.at + i, s.len - i, &len));
    return columns;
}
