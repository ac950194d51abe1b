/*
 * Tab-separated rows of a plain text as cells of a table.
 *
 * The first row says how many columns there are. A row with fewer goes on in the next lines (its cells were wrapped)
 * until it is full; a line without tabs between two full rows is a heading inside the table and stays a paragraph.
 */
#include "clean/line.h"

#define LEAST_COLUMNS 3
#define CONTINUED_LINES 40      /* a row broken over more lines than this is no row */

static bool same_block(const struct line *a, const struct line *b)
{
    return a->block == b->block;
}

/* Index behind the last line of the source line that starts at i. */
static size_t source_line_end(const struct sweep *s, size_t i)
{
    size_t end = i + 1;
    while (end < s->lines.count && same_block(&s->lines.at[end], &s->lines.at[i]))
        end++;
    return end;
}

static size_t next_text(const struct sweep *s, size_t i)
{
    while (i < s->lines.count && (s->lines.at[i].noise_sweep != NULL || (s->lines.at[i].words.len == 0 && source_line_end(s, i) == i + 1)))
        i = source_line_end(s, i);
    return i;
}

static void set_cell(struct line *l, uint32_t table, uint32_t row, uint32_t column, bool goes_on)
{
    l->cell.table = table;
    l->cell.row = row;
    l->cell.column = column;
    l->cell.row_span = l->cell.column_span = 1;
    l->cell_goes_on = goes_on;
}

/* Source lines that make up the row starting at line i: the index behind them, or i where it never fills. */
static size_t row_end(const struct sweep *s, size_t i, size_t columns)
{
    size_t have = 0;
    for (size_t n = 0; i < s->lines.count && n < CONTINUED_LINES; n++) {
        size_t end = source_line_end(s, i);
        have += end - i - (n > 0);
        if (have == columns)
            return end;
        if (have > columns)
            return 0;
        i = next_text(s, end);
    }
    return 0;
}

static void set_row(struct sweep *s, size_t i, size_t end, uint32_t table, uint32_t row)
{
    uint32_t column = 0;
    const struct block *block = NULL;
    for (; i < end; i++) {
        struct line *l = &s->lines.at[i];
        if (l->noise_sweep != NULL)
            continue;
        bool goes_on = block != NULL && l->block != block && l->first_of_block;
        column += !goes_on;
        set_cell(l, table, row, column, goes_on);
        block = l->block;
    }
}

void rows_mark(struct sweep *s)
{
    uint32_t table = 0;
    for (size_t b = 0; b < s->pages->block_count; b++) {
        if (s->pages->blocks[b].cell.table > table)
            table = s->pages->blocks[b].cell.table;
    }
    size_t i = 0;
    while (i < s->lines.count) {
        size_t end = source_line_end(s, i);
        size_t columns = end - i;
        if (columns < LEAST_COLUMNS || s->lines.at[i].cell.table != 0 || s->lines.at[i].block->kind != BLOCK_LINE) {
            i = end;
            continue;
        }
        uint32_t row = 1;
        table++;
        set_row(s, i, end, table, row);
        for (i = next_text(s, end); i < s->lines.count; i = next_text(s, i)) {
            end = source_line_end(s, i);
            size_t filled = end - i > 1 ? row_end(s, i, columns) : 0;
            if (filled > 0) {
                set_row(s, i, filled, table, ++row);
                i = filled;
                continue;
            }
            size_t after = next_text(s, end);
            bool heading = end - i == 1 && after < s->lines.count && source_line_end(s, after) - after > 1;
            if (!heading)
                break;
            i = end;
        }
    }
}
