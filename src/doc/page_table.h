/*
 * page_table: which row and column each cell of a table takes, as a reader comes to it.
 *
 * For readers only. A cell holds one block for each of its paragraphs; one without text leaves an empty block.
 */
#ifndef QD_DOC_PAGE_TABLE_H
#define QD_DOC_PAGE_TABLE_H

#include "doc/page_text.h"

#define TABLE_COLUMNS_MOST 256      /* a cell further right is read as a paragraph */

/* The tables open at some place, innermost last, and where in each the next block stands. */
struct page_table {
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

void page_table_row(struct page_table *t);
void page_table_cell(struct page_table *t, uint32_t row_span, uint32_t column_span, size_t blocks);
/* Ends the open cell; one without text leaves an empty block. */
void page_table_cell_end(struct page_table *t, struct page_text *text, uint32_t line);
/* The table is at its end: where it only arranges the page its cells become paragraphs. */
void page_table_end(struct page_table *t, struct page_text *text);
/* A block like this one, in the open cell. */
struct block page_table_block(const struct page_table *t, struct block like);

#endif
