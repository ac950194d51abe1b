/*
 * numeral: the value of a text that is a numeral, as offices write them.
 *
 * 30, 1,234.5, 1.2万, 三十, 二〇二四, 十五, 廿五, 一百零三, 两, 三万五千, 二点五, 半.
 */
#ifndef QD_ZH_NUMERAL_H
#define QD_ZH_NUMERAL_H

#include <stdbool.h>

#include "base/ustr.h"

/* The value of the whole text; false where it is not one numeral from end to end. */
bool numeral_value(struct ustr s, double *out);

#endif
