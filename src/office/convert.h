/*
 * convert: another program as a filter, kept on a short lead.
 *
 * What cannot be linked (its licence, or its size) runs as a process of its own: it gets the file on its standard input and
 * gives its answer on its standard output. It has a limit of processor time, of memory and of wall-clock time, may open no
 * file for writing, gains no privileges, and dies with us. Where the system lets it, it has no network.
 */
#ifndef QD_OFFICE_CONVERT_H
#define QD_OFFICE_CONVERT_H

#include "base/buf.h"

#define CONVERT_CPU_SECONDS  30
#define CONVERT_WALL_SECONDS 90
#define CONVERT_MEMORY_BYTES ((size_t)1 << 30)

enum convert_result { CONVERT_DONE, CONVERT_NO_PROGRAM, CONVERT_FAILED, CONVERT_TOO_LONG, CONVERT_TOO_LARGE };

/* arguments end with NULL; the first is the program, looked for in PATH. `out` has a ceiling, which is the limit of the answer. */
enum convert_result convert_run(const char *const *arguments, struct str input, struct buf *out);

#endif
