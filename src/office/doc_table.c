/*
 * Paragraphs of a Word 97 document told to the flow: plain ones, and those between marks of cells and rows as tables.
 *
 * Cells of a row are cut by edges that each row states for itself; cells that span columns are found by comparing the edges of
 * all rows, as Word and WPS write them mostly without a mark of merging.
 */
#include <stdlib.h>

#include "office/doc_parts.h"

#define ROW_CELLS_MOST 63               /* Word's own limit */
#define CELL_BYTES 20
#define EDGE_TOLERANCE 30               /* twentieths of a point; rows drawn by hand differ by a few */
enum { DOWN_NONE = 0, DOWN_GOES_ON = 1, DOWN_STARTS = 2 };

/* Paragraphs first to end, without the mark that ends the row. */
struct row {
    size_t first, end;
    struct str cells;                   /* a count, that many edges and one more, and what holds for each cell */
    uint64_t covered;                   /* bit n: cell n belongs to one above */
};

struct table {
    struct doc *doc;
    VEC(struct row) rows;
    int16_t *edges;                     /* of all rows, ascending */
    size_t edge_count;
    uint32_t depth;
};

/* ---- a row's cells */

static size_t cells_of(const struct row *r)
{
    size_t n = byte_at(r->cells, 2);
    return n > ROW_CELLS_MOST || 3 + 2 * (n + 1) > r->cells.len ? 0 : n;
}

/* Edge n is the left one of cell n. */
static int16_t edge_of(const struct row *r, size_t n)
{
    return (int16_t)le16(r->cells, 3 + 2 * n);
}

static unsigned flags_of(const struct row *r, size_t n)
{
    return le16(r->cells, 3 + 2 * (cells_of(r) + 1) + CELL_BYTES * n);
}

static unsigned down_of(const struct row *r, size_t n)
{
    unsigned bits = flags_of(r, n) >> 5 & 3;
    return bits >= 2 ? DOWN_STARTS : bits == 1 ? DOWN_GOES_ON : DOWN_NONE;
}

/* The cell behind those that cell n is merged with. Which of the two values starts a set is told differently: the first met does. */
static size_t merged_end(const struct row *r, size_t n)
{
    unsigned first = flags_of(r, n) & 3, count = (unsigned)cells_of(r);
    size_t end = n + 1;
    while (first != 0 && end < count && (flags_of(r, end) & 3) != 0 && (flags_of(r, end) & 3) != first)
        end++;
    return end;
}

/* ---- the columns of a table */

static int by_place(const void *a, const void *b)
{
    return *(const int16_t *)a - *(const int16_t *)b;
}

static void find_edges(struct table *t)
{
    size_t count = 0;
    for (size_t i = 0; i < t->rows.count; i++)
        count += cells_of(&t->rows.at[i]) + 1;
    t->edges = must_alloc((count + 1) * sizeof *t->edges);
    count = 0;
    for (size_t i = 0; i < t->rows.count; i++) {
        size_t cells = cells_of(&t->rows.at[i]);
        for (size_t k = 0; cells > 0 && k <= cells; k++)
            t->edges[count++] = edge_of(&t->rows.at[i], k);
    }
    qsort(t->edges, count, sizeof *t->edges, by_place);
    for (size_t i = 0; i < count; i++) {
        if (t->edge_count == 0 || t->edges[i] - t->edges[t->edge_count - 1] > EDGE_TOLERANCE)
            t->edges[t->edge_count++] = t->edges[i];
    }
}

/* Which edge of the table this one is: the last that does not lie right of it. */
static size_t edge_number(const struct table *t, int16_t edge)
{
    size_t low = 0, high = t->edge_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (t->edges[middle] <= edge)
            low = middle + 1;
        else
            high = middle;
    }
    return low == 0 ? 0 : low - 1;
}

static uint32_t column_span(const struct table *t, const struct row *r, size_t n, size_t end)
{
    if (n >= cells_of(r))
        return 1;
    size_t left = edge_number(t, edge_of(r, n)), right = edge_number(t, edge_of(r, end));
    return right > left ? (uint32_t)(right - left) : 1;
}

/* Rows that the cell takes; marks the cells below that are part of it. */
static uint32_t row_span(struct table *t, size_t row, size_t n)
{
    const struct row *r = &t->rows.at[row];
    if (n >= cells_of(r) || down_of(r, n) != DOWN_STARTS)
        return 1;
    size_t left = edge_number(t, edge_of(r, n));
    uint32_t span = 1;
    for (size_t i = row + 1; i < t->rows.count; i++, span++) {
        struct row *below = &t->rows.at[i];
        size_t k = 0, cells = cells_of(below);
        while (k < cells && edge_number(t, edge_of(below, k)) < left)
            k++;
        if (k == cells || edge_number(t, edge_of(below, k)) != left || down_of(below, k) != DOWN_GOES_ON)
            break;
        below->covered |= 1ull << k;
    }
    return span;
}

/* ---- telling */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_latin(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The label with a space behind it where it would run together with the words: 1 and 2024年. */
static struct str label_apart(struct doc *d, struct str label, struct str words)
{
    char last = label.len > 0 ? label.at[label.len - 1] : 0;
    char first = words.len > 0 ? words.at[0] : 0;
    bool run_together = (is_digit(first) && (is_digit(last) || last == '.')) || (is_latin(first) && (is_digit(last) || is_latin(last)));
    if (!run_together)
        return label;
    char *at = arena_take(d->arena, label.len + 1);
    memcpy(at, label.at, label.len);
    at[label.len] = ' ';
    return (struct str){ at, label.len + 1 };
}

/* A break of the line makes a paragraph of its own: the label goes ahead of the first. */
static void tell_paragraph(struct doc *d, const struct doc_paragraph *p)
{
    struct str s = str_part(buf_str(&d->text), p->start, p->end - p->start);
    if (str_is_blank(s)) {
        flow_paragraph(d->flow, 0, STR(""));
        return;
    }
    unsigned level = p->pap.outline < DOC_LEVELS ? p->pap.outline + 1u : 0;
    struct str label = label_apart(d, doc_label(d, &p->pap), s);
    for (;;) {
        const char *feed = memchr(s.at, '\n', s.len);
        size_t len = feed == NULL ? s.len : (size_t)(feed - s.at);
        struct str line = { s.at, len };
        flow_words(d->flow, line);
        if (feed == NULL || !str_is_blank(line)) {
            flow_paragraph(d->flow, level, label);
            label = STR("");
        }
        if (feed == NULL)
            return;
        s = str_part(s, len + 1, s.len);
    }
}

static void tell(struct doc *d, size_t first, size_t end, uint32_t depth);

/* The last mark of a cell ends its last paragraph too, which is mostly all it has. */
static void tell_row(struct table *t, size_t row)
{
    struct row *r = &t->rows.at[row];
    struct doc *d = t->doc;
    flow_row(d->flow);
    size_t cell = 0, shown_until = 0;
    for (size_t from = r->first; from < r->end; cell++) {
        size_t to = from;
        while (to < r->end && !(d->paragraphs.at[to].ends_cell && d->paragraphs.at[to].depth == t->depth))
            to++;
        size_t end = to < r->end ? to + 1 : to;
        bool covered = cell < ROW_CELLS_MOST && (r->covered >> cell & 1) != 0;
        if (!covered && cell >= shown_until) {
            shown_until = cell < cells_of(r) ? merged_end(r, cell) : cell + 1;
            uint32_t columns = column_span(t, r, cell, shown_until);
            flow_cell_begin(d->flow, row_span(t, row, cell), columns);
            tell(d, from, end, t->depth);
            flow_cell_end(d->flow);
        }
        from = end;
    }
}

static void tell_table(struct doc *d, size_t first, size_t end, uint32_t depth)
{
    struct table t = { .doc = d, .depth = depth };
    size_t from = first;
    for (size_t i = first; i < end; i++) {
        const struct doc_paragraph *p = &d->paragraphs.at[i];
        if (p->depth != depth || !p->ends_row)
            continue;
        *VEC_ADD(d->arena, &t.rows) = (struct row){ .first = from, .end = i, .cells = p->pap.cells };
        from = i + 1;
    }
    if (from < end)                     /* the mark of the last row is missing */
        *VEC_ADD(d->arena, &t.rows) = (struct row){ .first = from, .end = end };
    find_edges(&t);
    flow_table_begin(d->flow);
    for (size_t i = 0; i < t.rows.count; i++)
        tell_row(&t, i);
    flow_table_end(d->flow);
    free(t.edges);
}

/* Tells paragraphs within so many tables; a run of deeper ones is a table. Calls itself down to FLOW_TABLE_DEPTH. */
static void tell(struct doc *d, size_t first, size_t end, uint32_t depth)
{
    for (size_t i = first; i < end;) {
        const struct doc_paragraph *p = &d->paragraphs.at[i];
        if (p->depth <= depth || depth >= FLOW_TABLE_DEPTH) {
            if (!p->ends_row)
                tell_paragraph(d, p);
            i++;
            continue;
        }
        size_t from = i;
        while (i < end && d->paragraphs.at[i].depth > depth)
            i++;
        tell_table(d, from, i, depth + 1);
    }
}

void doc_tell(struct doc *d)
{
    tell(d, 0, d->paragraphs.count, 0);
}
