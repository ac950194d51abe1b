/*
 * input: a file or standard input, read as a whole or line by line.
 *
 * What it is can be tasted first without losing a byte, so a pipe is read like a file and a stream in constant memory.
 */
#ifndef QD_CLI_INPUT_H
#define QD_CLI_INPUT_H

#include "base/buf.h"
#include "base/diag.h"
#include "intake/intake.h"


struct input {
    const char *path;           /* "-" is standard input */
    int fd;
    struct buf ahead;           /* read from the file and not yet handed out: from `at` on */
    size_t at;
    bool ended, failed;         /* no more to come; because it could not be read */
    uint32_t line;              /* number of the newest line, from 1 */
};

enum input_line { INPUT_LINE, INPUT_LINE_TOO_LONG, INPUT_END, INPUT_FAILED };

/* False, told, where it cannot be opened. */
bool input_open(struct input *in, const char *path, struct diags *d);
void input_close(struct input *in);
/* The first line and what came with it, or the first 64 KiB of a longer one; never waits for more. Borrowed until the next call. */
struct str input_taste(struct input *in, struct diags *d);
/* All of it; false, told, where it cannot be read or is over INTAKE_BYTES_MOST. */
bool input_whole(struct input *in, struct str *out, struct diags *d);
/* The next line without its end. One that is too long is passed over. Borrowed until the next call. */
enum input_line input_line(struct input *in, struct str *out, struct diags *d);

#endif
