/*
 * What an RTF text says: bytes become words, words paragraphs, and cells tables.
 *
 * A table is kept until it is at its end, because only the rows below tell how far a cell reaches down, and only all rows
 * together which columns there are: a wide cell is written as one cell whose right edge lies further to the right.
 */
#include <stdlib.h>

#include "office/rtf_parts.h"
#include "unicode/charset.h"

#define EDGE_TOLERANCE 40           /* twentieths of a point: edges so near are the same */

/* ---- bytes to words ---- */

static bool has_double_bytes(unsigned page)
{
    return page == 932 || page == 936 || page == 949 || page == 950 || page == 54936;
}

/* A western font in a Chinese document. Writers leave Chinese characters in such fonts, so the bytes themselves must tell. */
#define PAGE_DOUBTFUL 1

static unsigned page_now(struct rtf *r)
{
    uint32_t font = rtf_now(r)->font;
    unsigned page = font < RTF_FONTS_MOST ? r->font_pages[font] : RTF_PAGE_OWN;
    if (page == RTF_PAGE_OWN)
        return r->page;
    return page == 1252 && has_double_bytes(r->page) ? PAGE_DOUBTFUL : page;
}

static struct rtf_line *line_now(struct rtf *r)
{
    return &r->lines[rtf_now(r)->box];
}

/* Where words of the open group go; NULL: nowhere. */
static struct buf *words_now(struct rtf *r)
{
    switch (rtf_now(r)->to) {
    case TO_BODY: return &line_now(r)->words;
    case TO_LABEL: return &line_now(r)->label;
    case TO_TITLE: return &r->title;
    default: return NULL;
    }
}

static void end_surrogate(struct rtf *r, struct buf *to)
{
    if (r->high != 0)
        buf_addz(to, "\xEF\xBF\xBD");
    r->high = 0;
}

static bool is_wide(struct str s, size_t i)
{
    return i < s.len && ((unsigned char)s.at[i] & 0x80) != 0;
}

static bool is_plain(struct str s)
{
    size_t i = 0;
    while (i < s.len && !is_wide(s, i))
        i++;
    return i == s.len;
}

static void add_decoded(struct rtf *r, struct buf *to, struct str bytes, unsigned page)
{
    if (bytes.len > 0 && is_plain(bytes))
        buf_add(to, bytes);
    else if (bytes.len > 0)
        buf_add(to, ustr_to_utf8(r->scratch, charset_decode_page(r->scratch, bytes, page).text));
    arena_reset(r->scratch);
}

/* Characters of two bytes come with several bytes beyond ASCII in a row; one alone is a western sign as ° is. */
static void add_doubtful(struct rtf *r, struct buf *to, struct str bytes)
{
    size_t from = 0;
    for (size_t i = 0; i < bytes.len; i++) {
        bool alone = is_wide(bytes, i) && !is_wide(bytes, i + 1) && (i == 0 || !is_wide(bytes, i - 1));
        if (!alone)
            continue;
        add_decoded(r, to, (struct str){ bytes.at + from, i - from }, r->page);
        add_decoded(r, to, (struct str){ bytes.at + i, 1 }, 1252);
        from = i + 1;
    }
    add_decoded(r, to, (struct str){ bytes.at + from, bytes.len - from }, r->page);
}

void rtf_settle(struct rtf *r)
{
    struct buf *to = words_now(r);
    struct str bytes = buf_str(&r->bytes);
    if (to != NULL)
        end_surrogate(r, to);
    if (to != NULL && r->bytes_page == PAGE_DOUBTFUL)
        add_doubtful(r, to, bytes);
    else if (to != NULL)
        add_decoded(r, to, bytes, r->bytes_page);
    buf_clear(&r->bytes);
    r->lead = false;
}

/* Is text of the open group left out? What is hidden or deleted is remembered, to be told. */
static bool is_left_out(struct rtf *r)
{
    const struct rtf_group *g = rtf_now(r);
    if (words_now(r) == NULL)
        return true;
    if (g->to != TO_TITLE && g->deleted)
        r->passed[PASSED_DELETED] = 1;
    else if (g->to != TO_TITLE && g->hidden)
        r->passed[PASSED_HIDDEN] = 1;
    return g->to != TO_TITLE && (g->hidden || g->deleted);
}

/* The marks of lists and boxes in Symbol and Wingdings; their other signs stand where Word puts them, in the private area. */
static uint32_t symbol(uint32_t b)
{
    static const struct { uint8_t byte; char16_t sign; } signs[] = {
        { 0x20, u' ' }, { 0x2D, u'-' }, { 0x6C, u'●' }, { 0x6E, u'■' }, { 0x6F, u'□' }, { 0x71, u'□' }, { 0x75, u'◆' },
        { 0xA8, u'□' }, { 0xB7, u'•' }, { 0xD8, u'➢' }, { 0xFC, u'✓' }, { 0xFE, u'☑' },
    };
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (signs[i].byte == b)
            return signs[i].sign;
    }
    return 0xF000 + b;
}

/* Both halves of a character belong together even where the second stands in a run of another font. */
void rtf_byte(struct rtf *r, unsigned char b)
{
    if (is_left_out(r) || (b < 0x20 && b != '\t'))
        return;
    bool second = r->lead && b >= 0x40;
    unsigned page = page_now(r);
    if (!second && page == RTF_PAGE_SYMBOL) {
        rtf_point(r, symbol(b));
        return;
    }
    if (!second && r->bytes.len > 0 && page != r->bytes_page)
        rtf_settle(r);
    if (r->bytes.len == 0) {
        end_surrogate(r, words_now(r));
        r->bytes_page = page;
    }
    buf_addc(&r->bytes, (char)b);
    bool kana = r->bytes_page == 932 && b >= 0xA0 && b <= 0xDF;
    r->lead = !r->lead && b > 0x80 && b < 0xFF && !kana && has_double_bytes(r->bytes_page);
}

static void add_point(struct buf *to, uint32_t c)
{
    char at[4];
    size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    static const unsigned char first[] = { 0, 0, 0xC0, 0xE0, 0xF0 };
    for (size_t i = n - 1; i > 0; i--, c >>= 6)
        at[i] = (char)(0x80 | (c & 0x3F));
    at[0] = (char)(first[n] | c);
    buf_add(to, (struct str){ at, n });
}

void rtf_point(struct rtf *r, uint32_t c)
{
    if (is_left_out(r) || (c < 0x20 && c != '\t' && c != '\n'))
        return;
    struct buf *to = words_now(r);
    bool low = (c & 0xFFFFFC00) == 0xDC00, pair = low && r->high != 0;
    if (pair)
        c = 0x10000 + ((r->high & 0x3FF) << 10) + (c & 0x3FF);
    else if (r->bytes.len > 0 || r->high != 0)
        rtf_settle(r);
    r->high = 0;
    if ((c & 0xFFFFFC00) == 0xD800)
        r->high = c;
    else
        add_point(to, low && !pair ? 0xFFFD : c);
}

/* ---- telling the flow ---- */

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n';
}

/* A heading of two lines is one heading; between Chinese signs nothing takes the place of the line end. */
static void tell_line_end(struct flow *f, const struct rtf_item *item, struct str line)
{
    if (item->level == 0)
        flow_break(f);
    else if (line.len > 0 && ((unsigned char)line.at[line.len - 1] & 0x80) == 0)
        flow_words(f, STR(" "));
}

static void tell_paragraph(struct flow *f, const struct rtf_item *item)
{
    struct str rest = item->words, label = item->label;
    for (const char *feed; rest.len > 0 && (feed = memchr(rest.at, '\n', rest.len)) != NULL;) {
        struct str line = { rest.at, (size_t)(feed - rest.at) };
        rest = (struct str){ feed + 1, rest.len - line.len - 1 };
        flow_words(f, label);
        label = STR("");
        flow_words(f, line);
        tell_line_end(f, item, line);
    }
    flow_words(f, rest);
    flow_paragraph(f, item->level, label);
}

/* The columns of a table: right edges of all its cells, and down to which row each is taken by a cell from above. */
struct grid { int32_t edges[TABLE_COLUMNS_MOST]; size_t count; size_t free_from[TABLE_COLUMNS_MOST]; };

/* The first edge that is not clearly left of this place. */
static size_t edge_near(const struct grid *g, int32_t right)
{
    size_t low = 0, high = g->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (g->edges[middle] < right - EDGE_TOLERANCE)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void add_edge(struct grid *g, int32_t right)
{
    size_t i = edge_near(g, right);
    if (g->count == TABLE_COLUMNS_MOST || (i < g->count && g->edges[i] <= right + EDGE_TOLERANCE))
        return;
    memmove(g->edges + i + 1, g->edges + i, (g->count - i) * sizeof *g->edges);
    g->edges[i] = right;
    g->count++;
}

static void find_grid(struct grid *g, const struct rtf_table *t)
{
    *g = (struct grid){ 0 };
    for (size_t n = 0; n < t->rows.count; n++) {
        const struct rtf_row *row = &t->rows.at[n];
        for (size_t i = 0; i < row->edge_count && i < row->cells.count; i++)
            add_edge(g, row->edges[i].right);
    }
}

/* Some writers end a row with one \cell too many. */
static bool is_surplus(const struct rtf_row *row, size_t cell)
{
    return row->edge_count > 0 && cell >= row->edge_count && row->cells.at[cell].first == NULL;
}

static struct rtf_edge edge_of(const struct rtf_row *row, size_t cell)
{
    return cell < row->edge_count ? row->edges[cell] : (struct rtf_edge){ 0 };
}

/* The column behind the cell, counting from 0, where it began in `column`. */
static size_t column_behind(const struct grid *g, const struct rtf_row *row, size_t cell, size_t column)
{
    while (cell + 1 < row->cells.count && edge_of(row, cell + 1).joins_left)
        cell++;
    size_t behind = cell < row->edge_count ? edge_near(g, row->edges[cell].right) + 1 : 0;
    return behind > column ? behind : column + 1;
}

static bool is_near(int32_t a, int32_t b)
{
    return a - b <= EDGE_TOLERANCE && b - a <= EDGE_TOLERANCE;
}

/* Does this row go on with a cell from above, whose left edge is `left`, or for the first cell of a row nothing? */
static bool goes_on(const struct rtf_row *row, bool first, int32_t left)
{
    size_t i = 0;
    while (!first && i < row->cells.count && !(i > 0 && is_near(edge_of(row, i - 1).right, left)))
        i++;
    return i < row->cells.count && edge_of(row, i).joins_above && row->cells.at[i].first == NULL;
}

static size_t rows_down(const struct rtf_table *t, size_t n, size_t cell)
{
    const struct rtf_row *row = &t->rows.at[n];
    size_t down = 1;
    if (!edge_of(row, cell).begins_below)
        return 1;
    while (n + down < t->rows.count && goes_on(&t->rows.at[n + down], cell == 0, cell == 0 ? 0 : edge_of(row, cell - 1).right))
        down++;
    return down;
}

static void tell_table(struct flow *f, const struct rtf_table *t);

/* No deeper than FLOW_TABLE_DEPTH: tables were put together within that limit. */
static void tell_items(struct flow *f, const struct rtf_items *items)
{
    for (const struct rtf_item *i = items->first; i != NULL; i = i->next) {
        if (i->table != NULL)
            tell_table(f, i->table);
        else
            tell_paragraph(f, i);
    }
}

static void tell_row(struct flow *f, const struct rtf_table *t, size_t n, struct grid *g)
{
    const struct rtf_row *row = &t->rows.at[n];
    size_t column = 0;
    for (size_t i = 0; i < row->cells.count && !is_surplus(row, i); i++) {
        const struct rtf_items *cell = &row->cells.at[i];
        struct rtf_edge e = edge_of(row, i);
        if (i > 0 && e.joins_left) {
            tell_items(f, cell);        /* its columns went to the cell it joins */
            continue;
        }
        size_t behind = column_behind(g, row, i, column);
        bool covered = column < TABLE_COLUMNS_MOST && g->free_from[column] > n;
        if (!covered || !e.joins_above || cell->first != NULL) {
            size_t down = rows_down(t, n, i);
            flow_cell_begin(f, (uint32_t)down, (uint32_t)(behind - column));
            for (size_t c = column; c < behind && c < TABLE_COLUMNS_MOST; c++)
                g->free_from[c] = n + down;
            tell_items(f, cell);
        }
        column = behind;
    }
}

static void tell_table(struct flow *f, const struct rtf_table *t)
{
    struct grid g;
    find_grid(&g, t);
    flow_table_begin(f);
    for (size_t n = 0; n < t->rows.count; n++) {
        flow_row(f);
        tell_row(f, t, n, &g);
    }
    flow_table_end(f);
}

/* ---- tables as they are read ---- */

static void keep_item(struct rtf *r, struct rtf_items *items, struct rtf_item like)
{
    struct rtf_item *kept = arena_take(r->arena, sizeof *kept);
    *kept = (struct rtf_item){ NULL, arena_keep(r->arena, like.words), arena_keep(r->arena, like.label), like.table, like.level };
    if (items->first == NULL)
        items->end = &items->first;
    *items->end = kept;
    items->end = &kept->next;
}

static void keep_cell(struct rtf *r, struct rtf_table *t)
{
    *VEC_ADD(r->arena, &t->row.cells) = (struct rtf_items){ t->cell.first, NULL };
    t->cell = (struct rtf_items){ NULL, NULL };
    r->cells++;
}

/* Rows of one \trowd share its edges. */
static void keep_row(struct rtf *r, struct rtf_table *t, struct rtf_row_like *like)
{
    if (t->cell.first != NULL)
        keep_cell(r, t);
    if (t->row.cells.count > 0) {
        t->row.edges = like->edges.at;
        t->row.edge_count = like->edges.count > 0 ? like->edges.count - 1 : 0;
        like->used = true;
        *VEC_ADD(r->arena, &t->rows) = t->row;
    }
    t->row = (struct rtf_row){ { 0 }, NULL, 0 };
}

void rtf_row_like_clear(struct rtf_row_like *like)
{
    if (like->used)
        *like = (struct rtf_row_like){ { 0 }, false };
    like->edges.count = 0;
}

static void end_table(struct rtf *r)
{
    struct rtf_table *t = r->tables[--r->table_depth];
    keep_row(r, t, r->table_depth > 0 ? &r->nested_row : &r->row);
    if (t->rows.count > 0 && r->table_depth > 0)
        keep_item(r, &r->tables[r->table_depth - 1]->cell, (struct rtf_item){ .table = t });
    else if (t->rows.count > 0)
        tell_table(r->flow, t);
}

/* The depth that was reached: past the limit no table begins, and what would stand in it is text where it stands. */
static size_t go_to_depth(struct rtf *r, size_t depth)
{
    while (r->table_depth > depth)
        end_table(r);
    while (r->table_depth < depth && r->tables_begun < RTF_TABLES_MOST) {
        r->tables[r->table_depth++] = arena_take(r->arena, sizeof(struct rtf_table));
        r->tables_begun++;
    }
    if (r->table_depth < depth)
        r->passed[PASSED_TABLES] = 1;
    return r->table_depth;
}

/* ---- ends ---- */

/* Some writers never say \intbl: there a row that was declared is in a table. */
static size_t depth_now(struct rtf *r)
{
    const struct rtf_group *g = rtf_now(r);
    bool in_table = g->in_table || (r->row_open && !r->says_in_table);
    size_t depth = g->nesting > 0 ? g->nesting : in_table;
    return depth > FLOW_TABLE_DEPTH ? FLOW_TABLE_DEPTH : depth;
}

/* What stands ahead of the words: without the tab, but not so that a number runs into another. */
static struct str label_of(struct buf *label)
{
    size_t from = 0, to = label->len;
    while (to > 0 && is_space(label->at[to - 1]))
        to--;
    while (from < to && is_space(label->at[from]))
        from++;
    if (from == to)
        return STR("");
    if (to < label->len && !is_wide(buf_str(label), to - 1))
        label->at[to++] = ' ';
    return (struct str){ label->at + from, to - from };
}

static struct rtf_item item_of(struct rtf *r, struct rtf_line *line)
{
    return (struct rtf_item){ .words = buf_str(&line->words), .label = label_of(&line->label), .level = rtf_now(r)->level };
}

static void place(struct rtf *r, size_t depth, struct rtf_item item)
{
    depth = go_to_depth(r, depth);
    if (depth == 0)
        tell_paragraph(r->flow, &item);
    else if (!str_is_blank(item.words) || !str_is_blank(item.label))
        keep_item(r, &r->tables[depth - 1]->cell, item);
}

static void end_line(struct rtf *r, size_t depth)
{
    rtf_settle(r);
    struct rtf_line *line = line_now(r);
    struct rtf_item item = item_of(r, line);
    if (rtf_now(r)->box) {
        if (!str_is_blank(item.words) || !str_is_blank(item.label))
            keep_item(r, &r->boxed, item);
    } else {
        place(r, depth, item);
        struct rtf_items boxed = r->boxed;
        r->boxed = (struct rtf_items){ NULL, NULL };
        for (const struct rtf_item *i = boxed.first; i != NULL; i = i->next)
            place(r, depth, *i);
    }
    buf_clear(&line->words);
    buf_clear(&line->label);
}

void rtf_paragraph_end(struct rtf *r)
{
    end_line(r, depth_now(r));
}

void rtf_box_end(struct rtf *r)
{
    end_line(r, 0);
}

/* Past the limits a cell is a paragraph of the cell it stands in. */
void rtf_cell_end(struct rtf *r, size_t depth)
{
    end_line(r, depth > FLOW_TABLE_DEPTH ? FLOW_TABLE_DEPTH : depth);
    if (r->table_depth == depth && r->cells < FLOW_CELLS_MOST)
        keep_cell(r, r->tables[depth - 1]);
}

void rtf_row_end(struct rtf *r, size_t depth)
{
    if (depth > FLOW_TABLE_DEPTH)
        return;
    end_line(r, depth);
    if (r->table_depth == depth)
        keep_row(r, r->tables[depth - 1], depth > 1 ? &r->nested_row : &r->row);
}

void rtf_text_init(struct rtf *r)
{
    r->arena = arena_new();
    r->scratch = arena_new();
    buf_init(&r->bytes, BUF_NO_CEILING);
    buf_init(&r->title, BUF_NO_CEILING);
    for (size_t i = 0; i < 2; i++) {
        buf_init(&r->lines[i].words, BUF_NO_CEILING);
        buf_init(&r->lines[i].label, BUF_NO_CEILING);
    }
}

void rtf_text_release(struct rtf *r)
{
    for (size_t i = 0; i < 2; i++) {
        buf_release(&r->lines[i].words);
        buf_release(&r->lines[i].label);
    }
    buf_release(&r->bytes);
    buf_release(&r->title);
    arena_free(r->scratch);
    arena_free(r->arena);
}

/* A document that breaks off may do so anywhere: what it said so far belongs to its last paragraph. */
void rtf_text_finish(struct rtf *r)
{
    rtf_settle(r);
    if (rtf_now(r)->box)
        rtf_box_end(r);
    rtf_now(r)->box = false;
    bool said = !str_is_blank(buf_str(&r->lines[0].words)) || r->boxed.first != NULL;
    if (said)
        end_line(r, depth_now(r));
    go_to_depth(r, 0);
    if (!str_is_blank(buf_str(&r->title)))
        r->flow->title = ustr_from_utf8(r->flow->arena, buf_str(&r->title));
}
