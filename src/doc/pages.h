/*
 * pages: a document as a reader delivered it, before any cleaning.
 *
 * One decoded text and the blocks in it, in reading order. For a plain text or JSON record the text is the
 * file's own; for Markdown and HTML it is what the page says, one block a line. Every offset that leaves the
 * program counts code points of this text. Made once by a reader, then only read.
 */
#ifndef QD_DOC_PAGES_H
#define QD_DOC_PAGES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/ustr.h"
#include "doc/kinds.h"

enum block_kind {
    BLOCK_LINE,         /* a line of a plain text: a paragraph, or part of a hard-wrapped one */
    BLOCK_PARAGRAPH,    /* a whole paragraph, as marked up */
    BLOCK_HEADING,      /* marked up as a heading */
    BLOCK_CELL          /* a table cell; its neighbours share `table` */
};

struct block {
    enum block_kind kind;
    struct span where;          /* in pages.text, without the line end */
    uint32_t line;              /* line of the source file, from 1; 0 unknown */
    uint8_t level;              /* BLOCK_HEADING: 1 to 6 */
    struct { uint32_t table, row, column, row_span, column_span; } cell;    /* from 1; zeros outside tables */
};

struct pages {
    struct str name;            /* the input as the user named it: a path, "-", or a record's name */
    struct str id;              /* a stream record's id, else empty */
    const char *format;         /* "txt", "md", "html", "jsonl", "docx" … */
    const char *charset;        /* "UTF-8", "GB18030", "Big5", "UTF-16LE", "UTF-16BE"; "" where the format knows none */
    struct str sha256;          /* 64 hexadecimal digits, of the file's or the record's bytes */
    size_t bad_bytes;           /* undecodable bytes that became U+FFFD */

    struct ustr text;
    const struct block *blocks;
    size_t block_count;

    /* For unit i of text the file's byte offset is byte_at[i]; byte_at[text.len] is its end. NULL where text is not the file's own. */
    const uint32_t *byte_at;
    /* Offsets of low surrogates in text, ascending; almost always none. */
    const uint32_t *astral;
    size_t astral_count;

    /* What the container says, candidates only; empty where it says nothing. */
    struct ustr title_hint;     /* <title>, a record's "title" */
    struct str date_hint;       /* ISO, a record's "date" */
    int kind_hint;              /* enum doc_kind or -1 */
};

/* Finds the astral units of p->text and keeps their places in the arena. */
void pages_find_astral(struct arena *a, struct pages *p);
/* Code points before unit i. */
uint32_t pages_points(const struct pages *p, uint32_t unit);
/* The unit at which code point n starts; text.len past the end. */
uint32_t pages_unit(const struct pages *p, uint32_t point);
/* Source line of the block that holds the unit, 0 unknown. */
uint32_t pages_line(const struct pages *p, uint32_t unit);

#endif
