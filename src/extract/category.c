/*
 * Categories of findings: the three problems.
 *
 * What the finding itself says of rectification comes first; then the frame of the section it stands in; then its words;
 * then what the document is about; then the finding before it in the same section.
 */
#include "extract/finish.h"

static int category_of(const struct rule *r)
{
    return r == NULL ? -1 : name_find(category_names, CATEGORY_COUNT, rule_value(r, "category"));
}

/* The best match of a scope ("text", "title", "document") in some words. */
static const struct rule *best(struct reading *r, struct span where, const char *scope)
{
    struct rule_query query = { .types = RULE_BIT(RULE_CATEGORY), .kinds = UINT32_MAX, .zones = UINT32_MAX, .document = r->outline->text->pages->name };
    struct rule_matches found = rule_scan_text(r->scan, r->arena, reading_text(r, where), query, r->diags);
    const struct rule *chosen = NULL;
    for (size_t i = 0; i < found.count; i++) {
        const struct rule *rule = found.at[i].rule;
        if (reading_is(rule, "scope", scope) && (chosen == NULL || rule->priority > chosen->priority))
            chosen = rule;
    }
    return chosen;
}

static int by_frame(struct reading *r, int32_t section)
{
    for (; section >= 0; section = r->outline->headings[section].parent) {
        const struct heading *h = &r->outline->headings[section];
        int c = category_of(best(r, h->title, "title"));
        if (c >= 0)
            return c;
    }
    return -1;
}

void category_fill(struct reading *r)
{
    int about = span_len(r->outline->title) > 0 ? category_of(best(r, r->outline->title, "document")) : -1;
    int before = -1;
    int32_t section_before = -2;
    for (size_t i = 0; i < r->drafts.count; i++) {
        struct draft *d = &r->drafts.at[i];
        if (d->item.type != ITEM_FINDING)
            continue;
        const struct rule *strong = best(r, d->where, "override");
        int c = category_of(strong);
        if (c < 0)
            c = by_frame(r, d->item.section);
        const struct rule *words = best(r, d->where, "text");
        if (c < 0 && words != NULL && (about < 0 || words->priority >= 10))
            c = category_of(words);
        if (c < 0)
            c = about;
        if (c < 0 && section_before == d->item.section)
            c = before;
        d->item.category = c < 0 ? CATEGORY_OTHER : (enum category)c;
        before = c;
        section_before = d->item.section;
    }
}
