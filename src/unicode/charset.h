/*
 * charset: which encoding a file's bytes are in, and those bytes as UTF-16 text.
 *
 * The guess looks at a sample and is made once a file. Decoding never fails: what cannot be decoded becomes U+FFFD, one
 * for each damaged sequence, and every unit keeps the byte it came from.
 */
#ifndef QD_UNICODE_CHARSET_H
#define QD_UNICODE_CHARSET_H

#include "base/ustr.h"

enum charset { CHARSET_UTF8, CHARSET_GB18030, CHARSET_BIG5, CHARSET_UTF16LE, CHARSET_UTF16BE };

const char *charset_name(enum charset c);               /* "UTF-8", "GB18030", "Big5", "UTF-16LE", "UTF-16BE" */
enum charset charset_find(struct str bytes);            /* plain ASCII and nothing at all are UTF-8 */

struct decoded {
    struct ustr text;           /* without the byte order mark */
    const uint32_t *byte_at;    /* of each unit, and behind them the end; both units of an astral character share theirs */
    size_t bad;                 /* damaged sequences, each a U+FFFD in text */
};

/* `bytes` must be shorter than 2 GiB. */
struct decoded charset_decode(struct arena *a, struct str bytes, enum charset c);

/* The same for a code page that a file names by its number: 936, 950, 932, 1252 and their like; any other is read as 1252. */
struct decoded charset_decode_page(struct arena *a, struct str bytes, unsigned page);

/* Does decoded text look like text, and not like a program, a picture or noise read as if it were? */
bool charset_is_text(struct decoded d);

#endif
