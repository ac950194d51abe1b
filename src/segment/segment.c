/* Paragraph by paragraph: headings, sentences, zones. */
#include "segment/segment.h"

#include "segment/parts.h"

/* Cells of one row and labels below one heading are fields of one record. */
struct records {
    uint32_t newest, table, row;
    int32_t section;
};

static uint32_t record_of_cell(struct records *r, const struct paragraph *cell)
{
    if (cell->cell.table != r->table || cell->cell.row != r->row) {
        r->table = cell->cell.table;
        r->row = cell->cell.row;
        r->newest++;
    }
    return r->newest;
}

/* The innermost heading of a sentence that is not a point inside a paragraph: its block. */
static int32_t block_of(const struct parts *p, const struct sentence *s)
{
    int32_t h = s->section;
    while (h >= 0 && p->headings.at[h].inner)
        h = p->headings.at[h].parent;
    return h;
}

static void read_cell(struct parts *p, struct columns *columns, struct records *records, uint32_t i)
{
    const struct paragraph *cell = &p->text->paragraphs[i];
    bool is_title = false;
    const struct rule *label = column_label(p, columns, i, &is_title);
    uint32_t record = record_of_cell(records, cell);
    if (is_title || span_len(cell->where) == 0)
        return;
    size_t first = p->sentences.count;
    sentences_read(p, i);
    for (size_t k = first; k < p->sentences.count; k++) {
        struct sentence *s = &p->sentences.at[k];
        s->record = record;
        if (s->label == NULL)
            s->label = label;
        int zone = label == NULL ? -1 : name_find(zone_names, ZONE_COUNT, rule_value(label, "zone"));
        s->zone = zone >= 0 ? (enum zone)zone : ZONE_TABLE;
        s->zone_rule = label;
    }
}

/* The label, if it says who answers for the problem above it, or what was done about it. */
static const struct rule *answers_for(const struct rule *label)
{
    int zone = label == NULL ? -1 : name_find(zone_names, ZONE_COUNT, rule_value(label, "zone"));
    bool goal = label != NULL && str_is(rule_value(label, "field"), "goal");
    return zone == ZONE_DUTY || zone == ZONE_MEASURES || zone == ZONE_PROGRESS || goal ? label : NULL;
}

const struct outline *segment_text(struct arena *a, const struct text *text, struct rule_scan *scan,
                                   const struct segment_settings *settings, struct diags *d)
{
    struct outline *o = arena_take(a, sizeof *o);
    o->text = text;
    struct parts p = { .arena = a, .scratch = arena_new(), .text = text, .scan = scan, .diags = d, .outline = o };
    bool *is_front = arena_take(a, text->paragraph_count + 1);
    header_read(&p, settings, is_front);
    zone_of_document(&p);
    struct columns columns = { 0 };
    struct records records = { .section = -1 };
    for (uint32_t i = 0; i < text->paragraph_count; i++) {
        arena_reset(p.scratch);
        if (is_front[i])
            continue;
        if (text->paragraphs[i].cell.table != 0) {
            read_cell(&p, &columns, &records, i);
            continue;
        }
        size_t first = p.sentences.count;
        p.block_label = answers_for(label_opening(&p, i + 1));
        sentences_read(&p, i);
        for (size_t k = first; k < p.sentences.count; k++) {
            struct sentence *s = &p.sentences.at[k];
            int32_t block = block_of(&p, s);
            bool names_problem = s->label != NULL && str_is(rule_value(s->label, "field"), "finding");
            if (block != records.section || (names_problem && k == first)) {
                records.section = block;
                records.newest++;
            }
            s->record = records.newest;
        }
    }
    arena_free(p.scratch);
    o->headings = p.headings.at;
    o->heading_count = p.headings.count;
    o->sentences = p.sentences.at;
    o->sentence_count = p.sentences.count;
    o->clauses = p.clauses.at;
    o->clause_count = p.clauses.count;
    for (size_t i = 0; i < o->heading_count; i++) {
        struct heading *h = &p.headings.at[i];
        if (h->body.end < h->title.end)
            h->body.end = h->title.end;
    }
    return o;
}
