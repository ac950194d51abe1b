/*
 * Categories of findings: the three problems.
 *
 * What the finding itself says of rectification comes first; then the column that names the category; then the frame of
 * the section it stands in; then the finding that leads its record or is the title of its section; then its words, or what the
 * document is about; then the finding before it in the same section.
 */
#include "extract/finish.h"

#define STRONG_WORDS 10         /* priority of words that say more than what the document is about */

static int category_of(const struct rule *r)
{
    return r == NULL ? -1 : name_find(category_names, CATEGORY_COUNT, rule_value(r, "category"));
}

/* The best match of a scope ("text", "title", "document") in some words. */
static const struct rule *best(struct reading *r, struct span where, const char *scope)
{
    struct rule_query query = { .types = RULE_BIT(RULE_CATEGORY), .kinds = 1u << r->outline->kind, .zones = UINT32_MAX, .document = r->outline->text->pages->name };
    struct rule_matches found = rule_scan_text(r->scan, r->work, reading_text(r, where), query, r->diags);
    const struct rule *chosen = NULL;
    for (size_t i = 0; i < found.count; i++) {
        const struct rule *rule = found.at[i].rule;
        if (reading_is(rule, "scope", scope) && (chosen == NULL || rule->priority > chosen->priority))
            chosen = rule;
    }
    return chosen;
}

/* The frame is the outermost section whose title names one of the problems. */
static int by_frame(struct reading *r, int32_t section)
{
    int c = -1;
    for (; section >= 0; section = r->outline->headings[section].parent) {
        const struct heading *h = &r->outline->headings[section];
        int here = h->inner ? -1 : category_of(best(r, h->title, "title"));
        if (here >= 0)
            c = here;
    }
    return c;
}

/* What the column 问题类别 says of each record, by record number; -1: nothing. */
static int *by_record(struct reading *r)
{
    const struct outline *o = r->outline;
    uint32_t most = 0;
    for (size_t i = 0; i < o->sentence_count; i++)
        most = o->sentences[i].record > most ? o->sentences[i].record : most;
    int *category = arena_take(r->work, ((size_t)most + 1) * sizeof *category);
    for (uint32_t i = 0; i <= most; i++)
        category[i] = -1;
    for (size_t i = 0; i < o->sentence_count; i++) {
        const struct sentence *s = &o->sentences[i];
        if (s->label != NULL && reading_is(s->label, "field", "category"))
            category[s->record] = category_of(best(r, s->where, "title"));
    }
    return category;
}

/* The finding before this one, as far as it speaks for it. */
struct neighbour {
    int category;
    int32_t section;
    uint32_t record;
    bool labelled;
};

static bool is_list_point(const struct reading *r, int32_t section)
{
    return section >= 0 && r->outline->headings[section].listed;
}

static int by_words(struct reading *r, const struct draft *d, int about)
{
    const struct rule *words = best(r, d->where, "text");
    if (words == NULL || (about >= 0 && (words->priority < STRONG_WORDS || is_list_point(r, d->item.section))))
        return about;
    return category_of(words);
}

void category_fill(struct reading *r)
{
    int about = span_len(r->outline->title) > 0 ? category_of(best(r, r->outline->title, "document")) : -1;
    const int *record = by_record(r);
    int *titled = arena_take(r->work, (r->outline->heading_count + 1) * sizeof *titled);    /* by heading: of the finding that is its title */
    for (size_t h = 0; h < r->outline->heading_count; h++)
        titled[h] = -1;
    struct neighbour before = { .category = -1, .section = -2 };
    for (size_t i = 0; i < r->drafts.count; i++) {
        struct draft *d = &r->drafts.at[i];
        if (d->item.type != ITEM_FINDING)
            continue;
        const struct sentence *s = &r->outline->sentences[d->sentence];
        int c = category_of(best(r, d->where, "override"));
        if (c < 0)
            c = record[s->record];
        if (c < 0)
            c = by_frame(r, d->item.section);
        if (c < 0 && before.labelled && s->label != NULL && before.record == s->record)
            c = before.category;
        if (c < 0 && s->heading < 0 && d->item.section >= 0)
            c = titled[d->item.section];
        if (c < 0)
            c = by_words(r, d, about);
        if (c < 0 && before.section == d->item.section)
            c = before.category;
        if (s->heading >= 0)
            titled[s->heading] = c;
        d->item.category = c < 0 ? CATEGORY_OTHER : (enum category)c;
        before = (struct neighbour){ c, d->item.section, s->record, s->label != NULL };
    }
}
