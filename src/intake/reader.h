/*
 * reader: what a reader of one format is, and what readers share. Private to intake/.
 */
#ifndef QD_INTAKE_READER_H
#define QD_INTAKE_READER_H

#include "intake/intake.h"
#include "unicode/charset.h"

/* What every reader is given. */
struct intake {
    struct arena *arena;        /* of the document */
    struct str bytes, name;
    struct decoded decoded;
    struct diags *diags;
};

struct reader {
    enum input_format format;
    /* How sure the reader is, 0 (not mine) to 100, from the first part of the decoded text. */
    unsigned (*bid)(struct ustr head, struct str name);
    /* Fills text, blocks, byte_at and the hints. */
    void (*read)(struct intake *in, struct pages *out);
};

#define READER_HEAD_UNITS 16384     /* what a bid sees */

unsigned txt_bid(struct ustr head, struct str name);
void txt_read(struct intake *in, struct pages *out);
unsigned markdown_bid(struct ustr head, struct str name);
void markdown_read(struct intake *in, struct pages *out);
unsigned html_bid(struct ustr head, struct str name);
void html_read(struct intake *in, struct pages *out);
/* Is the text a stream of records? */
unsigned jsonl_bid(struct ustr head, struct str name);

/* One BLOCK_LINE for each line of out->text, empty ones too, without LF, CRLF or CR. */
void txt_split(struct arena *a, struct pages *out);
/* The SHA-256 of bytes in hexadecimal, in the arena. */
struct str sha256_hex(struct arena *a, struct str bytes);

/* Tells of damage, of control characters in the decoded text, and of pages without a word. */
void tell_of_text(struct diags *d, struct place place, const struct pages *p, struct ustr decoded);

bool name_ends(struct str name, const char *extension);     /* in either case of letters */
bool is_iso_date(struct str s);                             /* 2024-06-30, a day that exists */

#endif
