/*
 * output: where checklists go. Standard output, one file, or a folder with a file for each input.
 *
 * A file is written beside its name and renamed when all is in it, so no half file is ever seen.
 */
#ifndef QD_CLI_OUTPUT_H
#define QD_CLI_OUTPUT_H

#include "base/buf.h"
#include "base/diag.h"

struct output {
    const char *path;           /* NULL: standard output */
    bool folder;
    int fd;                     /* -1: none open */
    struct buf target, temp;    /* names of the open file, and of what is written until it is whole */
    struct arena *arena;
    VEC(struct str) taken;      /* names given in the folder so far */
    bool failed;
};

bool output_is_folder(const char *path);
/* False, told, where the folder cannot be made. */
bool output_init(struct output *out, const char *path, struct diags *d);
/* Before the checklists of one input: in a folder, opens the file that is called like it, with this suffix. False, told. */
bool output_begin(struct output *out, const char *input, const char *suffix, struct diags *d);
/* Hands the bytes over at once. False, told once, where they cannot be written. */
bool output_put(struct output *out, struct str bytes, struct diags *d);
/* Behind the checklists of one input. keep: false where none came, so that a folder gets no empty file. */
bool output_end(struct output *out, bool keep, struct diags *d);
/* After the last input. keep: false where nothing came, so that an older file stays. False, told, where the file cannot be put in its place. */
bool output_finish(struct output *out, bool keep, struct diags *d);

#endif
