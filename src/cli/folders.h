/*
 * folders: the files of a folder that look like documents, and of the folders in it.
 */
#ifndef QD_CLI_FOLDERS_H
#define QD_CLI_FOLDERS_H

#include "base/diag.h"

/*
 * Calls `take` for the file, whatever its name; for a folder, for every file below it whose name ends like a document's,
 * in the order of names. A folder that cannot be read is told.
 */
void folders_walk(const char *path, struct diags *d, void (*take)(void *self, const char *path), void *self);

#endif
