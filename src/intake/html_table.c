/*
 * Cells of web tables: which row and column each takes, and which tables are only there to arrange a page.
 */
#include <stdlib.h>

#include "intake/html_parts.h"

#define SPAN_MOST 1000
#define LAYOUT_ROWS 3           /* so few rows with a cell of so many paragraphs: a page in columns */
#define LAYOUT_BLOCKS 12

void html_table_row(struct html_table *t)
{
    t->row++;
    t->column = 0;
    t->column_span = 1;
}

static uint32_t span_of(const char *value)
{
    long n = value == NULL ? 1 : strtol(value, NULL, 10);
    return n < 1 ? 1 : n > SPAN_MOST ? SPAN_MOST : (uint32_t)n;
}

static bool is_busy(const struct html_table *t, uint32_t column)
{
    return column <= TABLE_COLUMNS_MOST && t->busy[column - 1] >= t->row;
}

void html_table_cell(struct html_table *t, const char *row_span, const char *column_span, size_t blocks)
{
    if (t->row == 0)
        html_table_row(t);
    t->column += t->column == 0 ? 1 : t->column_span;
    while (is_busy(t, t->column))
        t->column++;
    t->row_span = span_of(row_span);
    t->column_span = span_of(column_span);
    t->in_cell = true;
    t->cell_first_block = blocks;
    uint32_t last = t->column + t->column_span - 1;
    for (uint32_t c = t->column; c <= last && c <= TABLE_COLUMNS_MOST; c++)
        t->busy[c - 1] = t->row + t->row_span - 1;
    if (last > t->columns)
        t->columns = last;
}

struct block html_table_block(const struct html_table *t, struct block like)
{
    if (t->column > TABLE_COLUMNS_MOST)
        return like;
    like.kind = BLOCK_CELL;
    like.level = 0;
    like.cell.table = t->id;
    like.cell.row = t->row;
    like.cell.column = t->column;
    like.cell.row_span = t->row_span;
    like.cell.column_span = t->column_span;
    return like;
}

void html_table_cell_end(struct html_table *t, struct page_text *text, uint32_t line)
{
    if (!t->in_cell)
        return;
    size_t held = text->blocks.count - t->cell_first_block;
    if (held == 0 && t->column <= TABLE_COLUMNS_MOST)
        page_text_add(text, html_table_block(t, (struct block){ .line = line }), STR(""));
    if (held > t->most_in_cell)
        t->most_in_cell = held;
    t->in_cell = false;
}

static bool arranges_page(const struct html_table *t)
{
    return t->layout || t->columns <= 1 || (t->row <= LAYOUT_ROWS && t->most_in_cell >= LAYOUT_BLOCKS);
}

void html_table_end(struct html_table *t, struct page_text *text)
{
    if (!arranges_page(t))
        return;
    for (size_t i = t->first_block; i < text->blocks.count; i++) {
        struct block *b = &text->blocks.at[i];
        if (b->cell.table == t->id)
            *b = (struct block){ .kind = BLOCK_PARAGRAPH, .where = b->where, .line = b->line };
    }
}
