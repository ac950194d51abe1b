/*
 * pipe_table: tables of Markdown, which CommonMark does not know. Private to intake/.
 *
 * A table is a row of titles, a row of dashes with as many cells, and the rows below that hold a "|":
 *     | 问题 | 措施 |
 *     |------|:----:|
 *     | …    | …    |
 */
#ifndef QD_INTAKE_PIPE_TABLE_H
#define QD_INTAKE_PIPE_TABLE_H

#include <stdbool.h>

#include "base/str.h"

/* The line at *at of text without its line end; *at moves behind it. */
struct str pipe_line(struct str text, size_t *at);
bool pipe_is_dashes(struct str line);
size_t pipe_cells(struct str line);
/* Cell i, trimmed, its \| still escaped; empty past the last. */
struct str pipe_cell(struct str line, size_t i);
/* May the line stand in a table? */
bool pipe_is_row(struct str line);

#endif
