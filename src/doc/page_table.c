/*
 * Cells of tables: which row and column each takes, and which tables are only there to arrange a page.
 */
#include "doc/page_table.h"

#define SPAN_MOST 1000
#define LAYOUT_ROWS 3           /* so few rows with a cell of so many paragraphs: a page in columns */
#define LAYOUT_BLOCKS 12

void page_table_row(struct page_table *t)
{
    t->row++;
    t->column = 0;
    t->column_span = 1;
}

static uint32_t span_of(uint32_t n)
{
    return n < 1 ? 1 : n > SPAN_MOST ? SPAN_MOST : n;
}

static bool is_busy(const struct page_table *t, uint32_t column)
{
    return column <= TABLE_COLUMNS_MOST && t->busy[column - 1] >= t->row;
}

void page_table_cell(struct page_table *t, uint32_t row_span, uint32_t column_span, size_t blocks)
{
    if (t->row == 0)
        page_table_row(t);
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

struct block page_table_block(const struct page_table *t, struct block like)
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

void page_table_cell_end(struct page_table *t, struct page_text *text, uint32_t line)
{
    if (!t->in_cell)
        return;
    size_t held = text->blocks.count - t->cell_first_block;
    if (held == 0 && t->column <= TABLE_COLUMNS_MOST)
        page_text_add(text, page_table_block(t, (struct block){ .line = line }), STR(""));
    if (held > t->most_in_cell)
        t->most_in_cell = held;
    t->in_cell = false;
}

static bool arranges_page(const struct page_table *t)
{
    return t->layout || t->columns <= 1 || (t->row <= LAYOUT_ROWS && t->most_in_cell >= LAYOUT_BLOCKS);
}

void page_table_end(struct page_table *t, struct page_text *text)
{
    if (!arranges_page(t))
        return;
    for (size_t i = t->first_block; i < text->blocks.count; i++) {
        struct block *b = &text->blocks.at[i];
        if (b->cell.table == t->id)
            *b = (struct block){ .kind = BLOCK_PARAGRAPH, .where = b->where, .line = b->line };
    }
}
