/*
 * xlsx_parts: what the reader of workbooks is made of. Private to office/.
 */
#ifndef QD_OFFICE_XLSX_PARTS_H
#define QD_OFFICE_XLSX_PARTS_H

#include "base/arena.h"
#include "base/ustr.h"

/* The code of a built-in number format as a Chinese Excel has it; empty for General and for unknown ones. */
struct str xlsx_builtin_format(long id);

/*
 * A number as the format shows it, in the arena. Dates whose format has words of its own follow it (2024年6月); others are
 * given as 2024-06-30, for m/d/yy says something else in another place. What is no number comes back as it is.
 */
struct str xlsx_number(struct arena *a, struct str value, struct str format, bool since_1904);

/* Text of a string with its _x000D_ resolved; may be `s` itself. */
struct str xlsx_plain(struct arena *a, struct str s);

/* "BC17" to row 17 and column 55; false where it is none or outside of any sheet. */
bool xlsx_place(struct str reference, uint32_t *row, uint32_t *column);

#endif
