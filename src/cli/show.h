/*
 * show: text of documents and messages on a terminal.
 *
 * What comes from a document never reaches a terminal raw: control characters and marks that turn the writing direction
 * are shown as escapes. The caret stands under the right character by display width.
 */
#ifndef QD_CLI_SHOW_H
#define QD_CLI_SHOW_H

#include <stdio.h>

#include "base/buf.h"
#include "base/diag.h"

/* Adds the text, tabs and line ends included, as escapes where it could steer a terminal. */
void show_add_safe(struct buf *out, struct str s);
/* One complaint with its line and caret, in colour where `colour`. */
void show_add_diag(struct buf *out, const struct diag *d, enum lang lang, bool colour);
/* A document's own, for standard error; only errors where `errors_only`. */
void show_add_document_diags(struct buf *out, const struct diags *d, enum lang lang, bool errors_only);
/* What was gathered so, on standard error. */
void show_messages(const struct buf *messages);
/* A document's own on standard error; only errors where `errors_only`. */
void show_document_diags(const struct diags *d, enum lang lang, bool errors_only);
/* All of them on standard error; then forgets them. */
void show_diags(struct diags *d, enum lang lang);
/* True where colour is wanted: a terminal, and NO_COLOR is not set. */
bool show_colour(FILE *to);

/* "[3/10] name" on one line of a terminal that standard error is; nothing elsewhere. */
void show_progress(size_t done, size_t of, const char *name);
void show_progress_end(void);

#endif
