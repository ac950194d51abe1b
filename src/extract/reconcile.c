/*
 * What the document says of itself against what was found in it.
 *
 * A speech announces its points (讲四点意见), a plan its problems and measures; headings are numbered. Where the numbers
 * disagree the reader is told, for then either the text is damaged or something was read wrongly. Nothing is repaired.
 */
#include "extract/finish.h"
#include "zh/numeral.h"

static struct place place_of(const struct reading *r, struct span clean)
{
    const struct text *t = r->outline->text;
    return (struct place){ .file = t->pages->name, .line = pages_line(t->pages, text_raw(t, clean).start) };
}

static void tell(struct reading *r, enum diag_code code, struct span where, size_t announced, size_t found)
{
    struct str words = ustr_to_utf8(r->arena, reading_text(r, where));
    diags_addf(r->diags, code, place_of(r, where), "%.*s（%zu≠%zu）", STR_ARG(words), announced, found);
}

/* The points that follow a sentence: the first heading behind it and its brothers of the same form. */
static size_t points_behind(const struct reading *r, const struct sentence *s)
{
    const struct outline *o = r->outline;
    const struct heading *first = NULL;
    size_t count = 0;
    for (size_t i = 0; i < o->heading_count; i++) {
        const struct heading *h = &o->headings[i];
        if (h->title.start < s->where.end)
            continue;
        if (first == NULL)
            first = h;
        if (h->parent < first->parent)
            break;                                  /* the section of the list is over */
        count += h->parent == first->parent && h->marker_rule == first->marker_rule;
    }
    return count;
}

static void reconcile_points(struct reading *r)
{
    for (uint32_t i = 0; i < r->outline->sentence_count; i++) {
        size_t k = 0;
        for (const struct rule_match *m; (m = reading_next(r, i, RULE_ANNOUNCE, &k)) != NULL;) {
            struct span n;
            double announced;
            if (!rule_match_group(m, "n", &n) || !numeral_value(reading_text(r, n), &announced))
                continue;
            size_t found = points_behind(r, &r->outline->sentences[i]);
            if ((size_t)announced != found)
                tell(r, DIAG_READ_COUNT, m->where, (size_t)announced, found);
        }
    }
}

/* The number of that name in a stat, or 0. */
static size_t number_of(const struct item *stat, const char *name)
{
    for (size_t i = 0; i < stat->number_count; i++) {
        if (str_is(stat->numbers[i].name, name))
            return (size_t)stat->numbers[i].value;
    }
    return 0;
}

/* Problems of a plan: the findings that lead a record; measures: all of them. */
static size_t listed(const struct reading *r, bool problems)
{
    size_t count = 0;
    uint32_t newest = UINT32_MAX;
    for (size_t i = 0; i < r->drafts.count; i++) {
        const struct draft *d = &r->drafts.at[i];
        uint32_t record = r->outline->sentences[d->sentence].record;
        if (!problems) {
            count += d->item.type == ITEM_MEASURE;
        } else if (d->item.type == ITEM_FINDING && record != newest) {
            newest = record;
            count++;
        }
    }
    return count;
}

/* Only a plan lists what it counts; a report may have shortened its list. */
static void reconcile_stats(struct reading *r)
{
    if (r->outline->kind != DOC_PLAN)
        return;
    for (size_t i = 0; i < r->drafts.count; i++) {
        struct draft *d = &r->drafts.at[i];
        size_t announced = d->item.type == ITEM_STAT ? number_of(&d->item, "total") : 0;
        bool problems = announced > 0 && str_is(str_of(d->item.object), "problem");
        if (!problems && (announced == 0 || !str_is(str_of(d->item.object), "measure")))
            continue;
        size_t found = listed(r, problems);
        if (found == announced)
            continue;
        tell(r, DIAG_READ_COUNT, d->where, announced, found);
        d->item.mismatch = true;
    }
}

static void reconcile_numbering(struct reading *r)
{
    const struct outline *o = r->outline;
    for (size_t i = 1; i < o->heading_count; i++) {
        const struct heading *h = &o->headings[i], *before = NULL;
        for (size_t k = i; k-- > 0 && before == NULL;) {
            if (o->headings[k].parent == h->parent && o->headings[k].marker_rule == h->marker_rule)
                before = &o->headings[k];
            else if (o->headings[k].parent < h->parent)
                break;
        }
        bool counted = before != NULL && h->ordinal > 0 && before->ordinal > 0;
        if (counted && h->ordinal != before->ordinal + 1 && h->ordinal != 1)
            tell(r, DIAG_READ_SEQUENCE, (struct span){ h->marker.start, h->title.end }, (size_t)before->ordinal + 1, (size_t)h->ordinal);
    }
}

void reconcile(struct reading *r)
{
    reconcile_points(r);
    reconcile_stats(r);
    reconcile_numbering(r);
}
