/*
 * diags: what went wrong in one piece of work.
 *
 * Each piece of work is handed a `struct diags *`; a stage adds to it and goes on with the next rule or
 * document. The fixed text of a complaint is in diag.def in Chinese and English; `detail` is the thing
 * itself (a name, a quote), in no language of ours. Identical complaints beyond the first few are counted.
 */
#ifndef QD_BASE_DIAG_H
#define QD_BASE_DIAG_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

enum diag_code {
#define DIAG(number, name, level, zh, en) DIAG_##name = (number),
#include "base/diag.def"
#undef DIAG
};

enum diag_level { DIAG_LEVEL_WARNING, DIAG_LEVEL_ERROR };
enum lang { LANG_ZH, LANG_EN };

struct place {
    struct str file;
    uint32_t line, column;      /* from 1, 0 unknown; a column counts characters */
};

struct diag {
    enum diag_code code;
    struct place place;
    struct str detail;
    struct str line_text;       /* the line the place points into, or empty; shown with a caret */
};

#define DIAGS_MOST 1000         /* kept; more are only counted */

struct diags {
    struct arena *arena;        /* owner of all strings */
    VEC(struct diag) list;
    size_t errors, warnings;    /* counted even past DIAGS_MOST */
};

struct diags *diags_new(void);
void diags_free(struct diags *d);                       /* NULL is fine */
void diags_clear(struct diags *d);                      /* forgets all: for the next document */
/* Copies its strings. `detail` and `line_text` may be empty. */
void diags_add(struct diags *d, enum diag_code code, struct place place, struct str line_text, struct str detail);
void diags_addf(struct diags *d, enum diag_code code, struct place place, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));

enum diag_level diag_level(enum diag_code code);
const char *diag_text(enum diag_code code, enum lang lang);
const char *diag_name(enum diag_code code);             /* "READ_SUM" */
/* "file:line:column: 错误 QD202: text：detail", without a line end. */
void diag_write(struct buf *out, const struct diag *d, enum lang lang);

#endif
