/*
 * html_parts: what the reader of web pages is made of. Private to intake/.
 */
#ifndef QD_INTAKE_HTML_PARTS_H
#define QD_INTAKE_HTML_PARTS_H

#include "intake/page_text.h"
#include "intake/reader.h"

/* Makes UTF-8 markup safe for libxml2, in place. */
void html_mend(char *at, size_t len);

/* Adds the text of the markup to `text`; hints go to `out`. The markup's first line is the file's lines_above + 1. */
void html_fragment(struct intake *in, struct pages *out, struct page_text *text, struct str markup, uint32_t lines_above);

/* The date in the content of a <meta> as ISO, or an empty str. */
struct str html_date(struct arena *a, struct str content);

#define TABLE_COLUMNS_MOST 256      /* a cell further right is read as a paragraph */

/* The tables open at some place, innermost last, and where in each the next block stands. */
struct html_table {
    uint32_t id;
    size_t first_block;
    uint32_t row, column, row_span, column_span;    /* of the open or last cell */
    bool in_cell;
    size_t cell_first_block;
    uint32_t columns;           /* most in any row */
    size_t most_in_cell;        /* blocks */
    bool layout;                /* holds a table, or says that it is for layout */
    uint32_t busy[TABLE_COLUMNS_MOST];      /* last row that a cell with a row span takes of each column */
};

void html_table_row(struct html_table *t);
void html_table_cell(struct html_table *t, const char *row_span, const char *column_span, size_t blocks);
/* Ends the open cell; one without text leaves an empty block. */
void html_table_cell_end(struct html_table *t, struct page_text *text, uint32_t line);
/* The table is at its end: where it only arranges the page its cells become paragraphs. */
void html_table_end(struct html_table *t, struct page_text *text);
/* A block like this one, in the open cell. */
struct block html_table_block(const struct html_table *t, struct block like);

#endif
