/*
 * files: reading whole files and writing them so that no half file is ever seen.
 */
#ifndef QD_BASE_FILES_H
#define QD_BASE_FILES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/str.h"

/* Reads a file ("-" is standard input) to its end into `out`, whose ceiling is the limit. False with a diag where it cannot. */
bool file_read(struct buf *out, const char *path, struct diags *d);
/* Writes beside `path` and renames; false with a diag where it cannot. */
bool file_write(const char *path, struct str bytes, struct diags *d);
bool file_is_dir(const char *path);
bool dir_make(const char *path);        /* and its parents; true where it stands afterwards */
/* Names (no dot files) in a folder, sorted by bytes, into the arena; false where it cannot be read. */
struct names { struct str *at; size_t count; };
bool dir_list(struct arena *a, const char *path, struct names *out);

#endif
