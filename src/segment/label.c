/*
 * Labels: 责任领导：… in running text, and the titles of table columns, which are the same words without the colon.
 */
#include "segment/parts.h"

/* In a document of tasks a label may stand on a line of its own, without its colon. */
static bool is_label_line(const struct parts *p, struct span label, struct span paragraph)
{
    bool tasks = p->outline->kind == DOC_PLAN || p->outline->kind == DOC_PROGRESS || p->outline->kind == DOC_LEDGER;
    return tasks && p->outline->kind_known && label.start == paragraph.start && label.end == paragraph.end;
}

struct labels labels_find(struct parts *p, struct span where)
{
    struct rule_matches found = parts_matches(p, where, RULE_LABEL);
    VEC(struct label) labels = { 0 };
    for (size_t i = 0; i < found.count; i++) {
        struct span at = found.at[i].where;
        bool colon = at.end > at.start && p->text->clean.at[at.end - 1] == u'：';
        if ((colon || is_label_line(p, at, where)) && (labels.count == 0 || labels.at[labels.count - 1].where.end <= at.start))
            *VEC_ADD(p->scratch, &labels) = (struct label){ found.at[i].rule, at };
    }
    return (struct labels){ labels.at, labels.count };
}

const struct rule *label_opening(struct parts *p, uint32_t paragraph)
{
    const struct paragraph *next = paragraph < p->text->paragraph_count ? &p->text->paragraphs[paragraph] : NULL;
    if (next == NULL || next->cell.table != 0)
        return NULL;
    struct labels labels = labels_find(p, next->where);
    return labels.count > 0 && labels.at[0].where.start == next->where.start ? labels.at[0].rule : NULL;
}

/* The rule whose words are the whole cell: a column title. */
static const struct rule *title_rule(struct parts *p, struct span cell)
{
    struct rule_matches found = parts_matches(p, cell, RULE_LABEL);
    for (size_t i = 0; i < found.count; i++) {
        if (found.at[i].where.start == cell.start && found.at[i].where.end == cell.end)
            return found.at[i].rule;
    }
    return NULL;
}

/* A row is a title row when at least two of its cells, and half of them, are column titles. */
static bool is_title_row(struct parts *p, uint32_t paragraph)
{
    const struct paragraph *first = &p->text->paragraphs[paragraph];
    size_t cells = 0, titles = 0;
    for (size_t i = paragraph; i < p->text->paragraph_count; i++) {
        const struct paragraph *cell = &p->text->paragraphs[i];
        if (cell->cell.table != first->cell.table || cell->cell.row != first->cell.row)
            break;
        if (span_len(cell->where) == 0)
            continue;
        cells++;
        titles += title_rule(p, cell->where) != NULL;
    }
    return titles >= 2 && titles * 2 >= cells;
}

const struct rule *column_label(struct parts *p, struct columns *c, uint32_t paragraph, bool *is_title)
{
    const struct paragraph *cell = &p->text->paragraphs[paragraph];
    if (cell->cell.table != c->table) {
        c->table = cell->cell.table;
        c->rules.count = 0;
        c->title_row = 0;
    }
    bool opens_row = paragraph == 0 || p->text->paragraphs[paragraph - 1].cell.row != cell->cell.row ||
                     p->text->paragraphs[paragraph - 1].cell.table != cell->cell.table;
    if (opens_row && cell->cell.row != c->title_row && is_title_row(p, paragraph)) {
        c->title_row = cell->cell.row;
        c->rules.count = 0;
    }
    *is_title = c->title_row == cell->cell.row && c->title_row != 0;
    if (*is_title) {
        while (c->rules.count < cell->cell.column)
            *VEC_ADD(p->arena, &c->rules) = NULL;
        c->rules.at[cell->cell.column - 1] = title_rule(p, cell->where);
    }
    return cell->cell.column <= c->rules.count ? c->rules.at[cell->cell.column - 1] : NULL;
}
