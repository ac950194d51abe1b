/* The ways in which word processors write the numbers of lists: 一 壹 甲 ① ㈠ IV d 04. */
#ifndef QD_OFFICE_ORDINAL_H
#define QD_OFFICE_ORDINAL_H

#include "base/buf.h"

enum ordinal {
    ORDINAL_DECIMAL, ORDINAL_ZERO, ORDINAL_WIDE, ORDINAL_NONE, ORDINAL_BULLET, ORDINAL_UPPER_ROMAN, ORDINAL_LOWER_ROMAN, ORDINAL_UPPER_LETTER,
    ORDINAL_LOWER_LETTER, ORDINAL_CHINESE, ORDINAL_CHINESE_LEGAL, ORDINAL_CHINESE_DIGITS, ORDINAL_STEMS, ORDINAL_BRANCHES, ORDINAL_CIRCLE,
    ORDINAL_PARENTHESES, ORDINAL_FULL_STOP, ORDINAL_CIRCLED_CHINESE
};

/* By the name of ECMA-376 (chineseCounting), and by the number that Word 97 and WordML 2003 have for it. An unknown one is decimal. */
enum ordinal ordinal_of_name(struct str name);
enum ordinal ordinal_of_number(long number);

/* The number in that way; in decimals where the way has no sign for it, nothing for a bullet or none. */
void ordinal_add(struct buf *out, long n, enum ordinal way);

#endif
