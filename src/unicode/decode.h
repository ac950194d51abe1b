/* decode: the loops behind charset_decode, one for each way of writing text. Private to unicode/. */
#ifndef QD_UNICODE_DECODE_H
#define QD_UNICODE_DECODE_H

#include "unicode/charset.h"

/* `from`: bytes of the byte order mark, passed over. */
struct decoded decode_utf8(struct arena *a, struct str bytes, size_t from);
struct decoded decode_utf16(struct arena *a, struct str bytes, size_t from, bool big_endian);
struct decoded decode_by_icu(struct arena *a, struct str bytes, size_t from, const char *converter);

#endif
