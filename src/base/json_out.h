/*
 * json_out: JSON text, event by event, into a buf.
 *
 * Commas and indentation are its business; the caller keeps objects and arrays balanced (asserted).
 */
#ifndef QD_BASE_JSON_OUT_H
#define QD_BASE_JSON_OUT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

#define JSON_DEPTH_MOST 16

struct json_out {
    struct buf *to;
    bool pretty;                        /* two spaces a level, or all on one line */
    unsigned depth;
    bool filled[JSON_DEPTH_MOST];       /* has a member already, by depth */
    bool after_key;
};

void json_init(struct json_out *j, struct buf *to, bool pretty);
void json_object(struct json_out *j);
void json_object_end(struct json_out *j);
void json_array(struct json_out *j);
void json_array_end(struct json_out *j);
void json_key(struct json_out *j, const char *key);
void json_str(struct json_out *j, struct str s);        /* ill-formed UTF-8 becomes U+FFFD */
void json_uint(struct json_out *j, uint64_t n);
void json_int(struct json_out *j, int64_t n);
void json_number(struct json_out *j, double n);         /* shortest form, at most 6 decimals */
void json_bool(struct json_out *j, bool b);
void json_null(struct json_out *j);
/* key and value in one call */
void json_put_str(struct json_out *j, const char *key, struct str s);
void json_put_str_or_null(struct json_out *j, const char *key, struct str s);   /* empty: null */
void json_put_uint(struct json_out *j, const char *key, uint64_t n);
void json_put_bool(struct json_out *j, const char *key, bool b);

#endif
