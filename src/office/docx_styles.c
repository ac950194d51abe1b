/* How a WordprocessingML document is laid out: the styles of its paragraphs, and below them its tables. */
#include "office/docx_parts.h"

#include <stdlib.h>

#define STYLES_MOST 20000
#define BASED_ON_MOST 32                /* styles based on styles; more is a ring */
#define HEADING_NAME "heading "
#define ROW_SPAN_MOST 1000

/* ---- styles ---- */

struct style_reader {
    struct arena *arena;
    struct docx_styles *out;
    bool inside, open, part_of_table;   /* of the styles; of one of them; of what a table style says of some of its cells */
    struct str usual;
};

bool docx_is_on(struct xml_attributes a)
{
    struct str v = xml_attribute(a, "val", "1");
    return !(str_is(v, "0") || str_is(v, "false") || str_is(v, "off"));
}

static void style_begin(struct style_reader *r, struct xml_attributes a)
{
    r->open = r->out->count < STYLES_MOST;
    if (!r->open)
        return;
    struct docx_style *s = VEC_ADD(r->arena, r->out);
    *s = (struct docx_style){ .id = arena_keep(r->arena, xml_attribute(a, "styleId", "")), .number = DOCX_UNSAID, .level = DOCX_UNSAID,
                              .outline = DOCX_UNSAID, .hidden = DOCX_UNSAID };
    struct str is_default = xml_attribute(a, "default", "0");
    bool usual = str_is(is_default, "1") || str_is(is_default, "true") || str_is(is_default, "on");
    if (usual && str_is(xml_attribute(a, "type", ""), "paragraph"))
        r->usual = s->id;
}

/* A built-in heading is one by its name even where its outline level goes without saying. */
static void style_name(struct docx_style *s, struct str name)
{
    size_t n = sizeof HEADING_NAME - 1;
    if (s->outline != DOCX_UNSAID || name.len != n + 1 || (name.at[0] | 0x20) != 'h' || memcmp(name.at + 1, &HEADING_NAME[1], n - 1) != 0)
        return;
    if (name.at[n] >= '1' && name.at[n] <= '9')
        s->outline = name.at[n] - '1';
}

static void style_property(struct style_reader *r, const char *name, struct xml_attributes a)
{
    struct docx_style *s = &r->out->at[r->out->count - 1];
    if (strcmp(name, "name") == 0)
        style_name(s, xml_attribute(a, "val", ""));
    else if (strcmp(name, "basedOn") == 0)
        s->based_on = arena_keep(r->arena, xml_attribute(a, "val", ""));
    else if (strcmp(name, "numId") == 0 || strcmp(name, "ilfo") == 0)
        s->number = xml_number(a, "val", DOCX_UNSAID);
    else if (strcmp(name, "ilvl") == 0)
        s->level = xml_number(a, "val", DOCX_UNSAID);
    else if (strcmp(name, "outlineLvl") == 0)
        s->outline = xml_number(a, "val", DOCX_UNSAID);
    else if (strcmp(name, "vanish") == 0)
        s->hidden = docx_is_on(a);
}

static void on_style(void *self, const char *name, struct xml_attributes a)
{
    struct style_reader *r = self;
    if (strcmp(name, "styles") == 0)
        r->inside = true;
    else if (r->inside && strcmp(name, "style") == 0)
        style_begin(r, a);
    else if (strcmp(name, "tblStylePr") == 0)
        r->part_of_table = true;
    else if (r->open && !r->part_of_table)
        style_property(r, name, a);
}

static void on_style_end(void *self, const char *name)
{
    struct style_reader *r = self;
    if (strcmp(name, "styles") == 0)
        r->inside = false;
    if (strcmp(name, "style") == 0)
        r->open = false;
    else if (strcmp(name, "tblStylePr") == 0)
        r->part_of_table = false;
}

static int compare_ids(struct str a, struct str b)
{
    size_t n = a.len < b.len ? a.len : b.len;
    int order = n == 0 ? 0 : memcmp(a.at, b.at, n);
    return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}

static int by_id(const void *a, const void *b)
{
    return compare_ids(((const struct docx_style *)a)->id, ((const struct docx_style *)b)->id);
}

const struct docx_style *docx_style_find(const struct docx_styles *styles, struct str id)
{
    struct docx_style wanted = { .id = id };
    return styles->count == 0 || id.len == 0 ? NULL : bsearch(&wanted, styles->at, styles->count, sizeof *styles->at, by_id);
}

/* What a style does not say itself it takes from what it is based on. */
static void inherit(const struct docx_styles *styles, struct docx_style *s)
{
    const struct docx_style *base = s;
    for (size_t i = 0; i < BASED_ON_MOST && base != NULL; i++) {
        if (s->number == DOCX_UNSAID)
            s->number = base->number;
        if (s->number != DOCX_UNSAID && s->numbered_by.at == NULL)
            s->numbered_by = base->numbered_by.at == NULL ? base->id : base->numbered_by;
        if (s->level == DOCX_UNSAID)
            s->level = base->level;
        if (s->outline == DOCX_UNSAID)
            s->outline = base->outline;
        if (s->hidden == DOCX_UNSAID)
            s->hidden = base->hidden;
        base = docx_style_find(styles, base->based_on);
    }
}

enum package_result docx_styles_read(struct arena *a, const struct docx_source *from, struct docx_styles *out)
{
    static const struct xml_events events = { .start = on_style, .end = on_style_end };
    struct style_reader r = { .arena = a, .out = out };
    *out = (struct docx_styles){ 0 };
    enum package_result result = docx_events(from, DOCX_STYLES, &events, &r);
    if (out->count > 0)
        qsort(out->at, out->count, sizeof *out->at, by_id);
    for (size_t i = 0; i < out->count; i++)
        inherit(out, &out->at[i]);
    out->usual = docx_style_find(out, r.usual);
    return result;
}

/* ---- what is told, at once or from a tape ---- */

static void play(struct flow *f, struct docx_op op, struct str words)
{
    switch (op.kind) {
    case OP_WORDS: flow_words(f, words); break;
    case OP_BREAK: flow_break(f); break;
    case OP_PARAGRAPH: flow_paragraph(f, op.level, words); break;
    case OP_TABLE: flow_table_begin(f); break;
    case OP_ROW: flow_row(f); break;
    case OP_CELL: flow_cell_begin(f, op.rows, op.columns); break;
    case OP_CELL_END: flow_cell_end(f); break;
    case OP_TABLE_END: flow_table_end(f); break;
    }
}

void docx_hold(struct arena *a, struct docx_tape *tape, struct docx_op op, struct str words)
{
    op.from = tape->words.len;
    op.len = words.len;
    buf_add(&tape->words, words);
    *VEC_ADD(a, &tape->ops) = op;
}

void docx_tell(struct docx_teller *t, struct docx_op op, struct str words)
{
    if (t->box == 0 && t->table_count == 0)
        play(t->flow, op, words);
    else
        docx_hold(t->flow->arena, &t->tapes[t->box], op, words);
}

static void tell_plain(struct docx_teller *t, enum docx_op_kind kind)
{
    docx_tell(t, (struct docx_op){ .kind = kind }, STR(""));
}

struct str docx_op_words(const struct docx_tape *tape, struct docx_op op)
{
    return (struct str){ op.len == 0 ? "" : tape->words.at + op.from, op.len };
}

void docx_tell_tape(struct docx_teller *t, struct docx_tape *tape)
{
    for (size_t i = 0; i < tape->ops.count; i++)
        docx_tell(t, tape->ops.at[i], docx_op_words(tape, tape->ops.at[i]));
    tape->ops.count = 0;
    buf_clear(&tape->words);
}

/* ---- tables ---- */

/* The open table that rows and cells belong to here. */
static struct docx_table *table_here(struct docx_teller *t)
{
    struct docx_table *table = t->table_count == 0 || t->too_deep > 0 ? NULL : t->tables[t->table_count - 1];
    return table != NULL && table->box == t->box ? table : NULL;
}

static void tell_row(struct docx_teller *t, struct docx_table *table)
{
    if (table->row_told)
        return;
    table->row_told = true;
    table->row++;
    tell_plain(t, OP_ROW);
    if (table->before > 0) {
        docx_tell(t, (struct docx_op){ .kind = OP_CELL, .rows = 1, .columns = table->before }, STR(""));
        tell_plain(t, OP_CELL_END);
    }
}

/* Does the cell only widen the one before it? */
static bool widens(struct docx_teller *t, struct docx_table *table)
{
    if (table->along != MERGE_ON || table->column == table->before)
        return false;
    if (table->last_cell > 0)
        t->tapes[t->box].ops.at[table->last_cell - 1].columns += table->span;
    return true;
}

/* Does the cell only lengthen the one above it? */
static bool lengthens(struct docx_teller *t, struct docx_table *table)
{
    struct docx_merge *above = table->column < TABLE_COLUMNS_MOST ? &table->merges[table->column] : NULL;
    if (table->down != MERGE_ON || above == NULL || !above->on)
        return false;
    struct docx_op *begun = &t->tapes[t->box].ops.at[above->op];
    if (above->row + begun->rows != table->row || begun->rows >= ROW_SPAN_MOST)
        return false;
    begun->rows++;
    table->last_cell = 0;
    return true;
}

static void tell_cell(struct docx_teller *t, struct docx_table *table)
{
    docx_tell(t, (struct docx_op){ .kind = OP_CELL, .rows = 1, .columns = table->span }, STR(""));
    table->told = true;
    table->last_cell = t->tapes[t->box].ops.count;
    for (uint32_t i = 0; i < table->span && table->column + i < TABLE_COLUMNS_MOST; i++)
        table->merges[table->column + i].on = false;
    /* one that would go on, but from nothing, begins: what it went on from was deleted or has its most rows */
    if (table->down != MERGE_NONE && table->column < TABLE_COLUMNS_MOST)
        table->merges[table->column] = (struct docx_merge){ .op = table->last_cell - 1, .row = table->row, .on = true };
}

bool docx_cell_settle(struct docx_teller *t, unsigned *depth)
{
    struct docx_table *table = table_here(t);
    if (table == NULL || !table->pending)
        return true;
    table->pending = false;
    *depth = table->cell_depth;
    tell_row(t, table);
    bool covered = widens(t, table) || lengthens(t, table);
    if (!covered)
        tell_cell(t, table);
    table->column += table->span;
    return !covered;
}

void docx_table_begin(struct docx_teller *t)
{
    if (t->table_count == FLOW_TABLE_DEPTH || t->too_deep > 0) {
        t->too_deep++;
        return;
    }
    struct docx_table *table = must_alloc(sizeof *table);
    memset(table, 0, sizeof *table);
    table->box = t->box;
    t->tables[t->table_count++] = table;
    tell_plain(t, OP_TABLE);
}

void docx_table_end(struct docx_teller *t)
{
    if (t->too_deep > 0) {
        t->too_deep--;
        return;
    }
    if (table_here(t) == NULL)
        return;
    tell_plain(t, OP_TABLE_END);
    free(t->tables[--t->table_count]);
    if (t->box == 0 && t->table_count == 0)
        docx_tell_tape(t, &t->tapes[0]);
}

void docx_row_begin(struct docx_teller *t)
{
    struct docx_table *table = table_here(t);
    if (table == NULL)
        return;
    table->row_told = table->row_deleted = table->pending = table->told = false;
    table->column = table->before = 0;
    table->last_cell = 0;
}

void docx_row_deleted(struct docx_teller *t)
{
    struct docx_table *table = table_here(t);
    if (table != NULL)
        table->row_deleted = true;
}

void docx_row_end(struct docx_teller *t)
{
    struct docx_table *table = table_here(t);
    if (table != NULL && !table->row_deleted)
        tell_row(t, table);
}

bool docx_cell_begin(struct docx_teller *t, unsigned depth)
{
    struct docx_table *table = table_here(t);
    if (table == NULL)
        return true;
    table->told = false;
    table->pending = !table->row_deleted;
    table->cell_depth = depth;
    table->span = 1;
    table->down = table->along = MERGE_NONE;
    return !table->row_deleted;
}

void docx_cell_end(struct docx_teller *t)
{
    struct docx_table *table = table_here(t);
    if (table != NULL && table->told)
        tell_plain(t, OP_CELL_END);
    if (table != NULL)
        table->told = false;
}

static uint32_t columns_of(struct xml_attributes a, long least)
{
    long n = xml_number(a, "val", least);
    return (uint32_t)(n < least ? least : n > TABLE_COLUMNS_MOST ? TABLE_COLUMNS_MOST : n);
}

void docx_cell_property(struct docx_teller *t, const char *name, struct xml_attributes a)
{
    struct docx_table *table = table_here(t);
    if (table == NULL)
        return;
    if (strcmp(name, "gridBefore") == 0 && !table->row_told)
        table->column = table->before = columns_of(a, 0);
    if (!table->pending)
        return;
    enum docx_merging merging = str_is(xml_attribute(a, "val", ""), "restart") ? MERGE_BEGIN : MERGE_ON;
    if (strcmp(name, "gridSpan") == 0)
        table->span = columns_of(a, 1);
    else if (strcmp(name, "vMerge") == 0 || strcmp(name, "vmerge") == 0)
        table->down = merging;
    else if (strcmp(name, "hMerge") == 0 || strcmp(name, "hmerge") == 0)
        table->along = merging;
}
