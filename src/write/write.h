/*
 * write: a checklist as a file's text.
 *
 * A family of formats in one table; adding one is one file and one row. A writer reads nothing but the checklist, so
 * what it writes depends on nothing else: no clock, no locale, no terminal.
 */
#ifndef QD_WRITE_WRITE_H
#define QD_WRITE_WRITE_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/diag.h"
#include "checklist/checklist.h"

enum write_format { WRITE_MD, WRITE_JSON, WRITE_JSONL, WRITE_FORMAT_COUNT };

/* The version of the JSON, in its "generator"; it grows when a reader of the old one could be misled. */
#define WRITE_SCHEMA "1"

struct write_settings {
    enum lang lang;             /* of what we say; the document's words stay as they are */
    bool all;                   /* exhortations unfolded */
    struct str program;         /* "qingdan" */
    struct str version;         /* "0.1.0" */
};

/* Adds the checklist to `out`; false where it grew past the ceiling of `out`. */
bool write_checklist(struct buf *out, const struct checklist *c, enum write_format f, const struct write_settings *s);

const char *write_name(enum write_format f);            /* "md" */
const char *write_suffix(enum write_format f);          /* ".md" */
/* The format of that name, or -1. */
int write_find(struct str name);

#endif
