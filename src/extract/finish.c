/* Sorting, linking, and turning spans into places, text and evidence. */
#include "extract/finish.h"

#include <stdlib.h>

#include "checklist/identity.h"

static int by_place(const void *x, const void *y)
{
    const struct draft *a = x, *b = y;
    if (a->where.start != b->where.start)
        return a->where.start < b->where.start ? -1 : 1;
    if (a->where.end != b->where.end)
        return a->where.end > b->where.end ? -1 : 1;
    return (int)a->item.type - (int)b->item.type;
}

static struct at place_raw(const struct reading *r, struct span raw)
{
    const struct pages *p = r->outline->text->pages;
    struct at at = { .start = pages_points(p, raw.start), .end = pages_points(p, raw.end), .line = pages_line(p, raw.start) };
    if (p->byte_at != NULL) {
        at.byte_start = p->byte_at[raw.start];
        at.byte_end = p->byte_at[raw.end];
    }
    return at;
}

static struct at place(const struct reading *r, struct span clean)
{
    return place_raw(r, text_raw(r->outline->text, clean));
}

static struct str raw_text(const struct reading *r, struct span clean)
{
    return ustr_to_utf8(r->arena, ustr_at(r->outline->text->pages->text, text_raw(r->outline->text, clean)));
}

static struct str clean_text(const struct reading *r, struct span clean)
{
    return span_len(clean) == 0 ? STR("") : ustr_to_utf8(r->arena, reading_text(r, clean));
}

/* One reason a rule or a stage gave. */
static struct strs reasons_of(const struct reading *r, const struct draft *d)
{
    const struct sentence *s = &r->outline->sentences[d->sentence];
    struct str *at = arena_take(r->arena, 3 * sizeof *at);
    size_t n = 0;
    if (d->item.rule.len > 0)
        at[n++] = d->item.rule;
    if (s->zone_rule != NULL && !str_eq(s->zone_rule->id, d->item.rule))
        at[n++] = s->zone_rule->id;
    if (s->label != NULL && !str_eq(s->label->id, d->item.rule) && s->label != s->zone_rule)
        at[n++] = s->label->id;
    return (struct strs){ at, n };
}

static void score(struct item *item)
{
    item->parts.context = item->cut || item->masked ? 0.8 : item->inferred ? 0.9 : 1;
    item->parts.guard = item->mismatch ? 0.8 : 1;
    item->score = item->parts.rule * item->parts.zone * item->parts.guard * item->parts.context;
}

static void drop_doubles(struct reading *r)
{
    size_t kept = 0;
    for (size_t i = 0; i < r->drafts.count; i++) {
        const struct draft *d = &r->drafts.at[i];
        if (span_len(d->where) == 0)
            continue;
        bool twice = false;
        for (size_t k = kept; k-- > 0 && r->drafts.at[k].where.start == d->where.start;)
            twice |= r->drafts.at[k].where.end == d->where.end && r->drafts.at[k].item.type == d->item.type;
        if (!twice)
            r->drafts.at[kept++] = *d;
    }
    r->drafts.count = kept;
}

static bool has_mask(struct ustr s)
{
    for (uint32_t i = 0; i + 1 < s.len; i++) {
        char16_t u = s.at[i];
        if (u == u'*' || u == u'×' || (u == u'X' && s.at[i + 1] == u'X') || (u == u'X' && unit_is_han(s.at[i + 1])) || (u == u'某' && (i == 0 || s.at[i + 1] == u'某')))
            return true;
    }
    return false;
}

static void fill_items(struct reading *r, struct checklist *c)
{
    struct item *items = arena_take(r->arena, (r->drafts.count + 1) * sizeof *items);
    for (size_t i = 0; i < r->drafts.count; i++) {
        const struct draft *d = &r->drafts.at[i];
        items[i] = d->item;
        items[i].text = raw_text(r, d->where);
        items[i].clean = clean_text(r, d->where);
        items[i].at = place(r, d->where);
        items[i].record = r->outline->sentences[d->sentence].record;
        items[i].reasons = reasons_of(r, d);
        items[i].masked |= has_mask(reading_text(r, d->where));
        score(&items[i]);
    }
    identity_fill(r->arena, items, r->drafts.count);
    c->items = items;
    c->item_count = r->drafts.count;
}

static void fill_sections(struct reading *r, struct checklist *c)
{
    const struct outline *o = r->outline;
    struct section *sections = arena_take(r->arena, (o->heading_count + 1) * sizeof *sections);
    for (size_t i = 0; i < o->heading_count; i++) {
        const struct heading *h = &o->headings[i];
        struct span whole = { span_len(h->marker) > 0 ? h->marker.start : h->title.start, h->title.end };
        sections[i] = (struct section){
            .level = h->level, .parent = h->parent, .title = raw_text(r, h->title), .at = place(r, whole), .zone = h->zone,
            .marker = span_len(h->marker) > 0 ? raw_text(r, h->marker) : STR(""),
            .zone_rule = h->zone_rule != NULL ? h->zone_rule->id : STR(""),
        };
    }
    c->sections = sections;
    c->section_count = o->heading_count;
}

static void fill_rejects(struct reading *r, struct checklist *c)
{
    struct reject *rejects = arena_take(r->arena, (r->rejects.count + 1) * sizeof *rejects);
    for (size_t i = 0; i < r->rejects.count; i++) {
        const struct draft_reject *d = &r->rejects.at[i];
        rejects[i] = (struct reject){
            d->type, d->verdict, raw_text(r, d->where), clean_text(r, d->where), place(r, d->where), d->rule, d->guard, d->why,
            r->outline->sentences[d->sentence].zone,
        };
    }
    c->rejects = rejects;
    c->reject_count = r->rejects.count;
}

static void fill_spans(struct reading *r, struct checklist *c)
{
    const struct text *t = r->outline->text;
    struct noise_span *noise = arena_take(r->arena, (t->noise_count + 1) * sizeof *noise);
    for (size_t i = 0; i < t->noise_count; i++)
        noise[i] = (struct noise_span){ place_raw(r, t->noise[i].raw), t->noise[i].rule };
    struct gap_span *gaps = arena_take(r->arena, (t->gap_count + 1) * sizeof *gaps);
    for (size_t i = 0; i < t->gap_count; i++) {
        gaps[i] = (struct gap_span){ place_raw(r, t->gaps[i].raw), ustr_to_utf8(r->arena, ustr_at(t->pages->text, t->gaps[i].raw)), t->gaps[i].missing };
        diags_add(r->diags, DIAG_READ_GAP, (struct place){ .file = t->pages->name, .line = gaps[i].at.line }, STR(""), gaps[i].text);
    }
    c->noise = noise;
    c->noise_count = t->noise_count;
    c->gaps = gaps;
    c->gap_count = t->gap_count;
}

static void fill_quotes(struct reading *r, struct checklist *c)
{
    struct strays strays = { 0 };
    quotes_find(r, &strays);
    struct quote_span *quotes = arena_take(r->arena, (strays.list.count + 1) * sizeof *quotes);
    for (size_t i = 0; i < strays.list.count; i++)
        quotes[i] = (struct quote_span){ place(r, strays.list.at[i]), clean_text(r, strays.list.at[i]) };
    c->quotes = quotes;
    c->quote_count = strays.list.count;
}

static void fill_document(struct reading *r, struct checklist *c)
{
    const struct outline *o = r->outline;
    const struct pages *p = o->text->pages;
    c->document.name = p->name;
    c->document.id = p->id;
    c->document.sha256 = p->sha256;
    c->document.format = p->format;
    c->document.charset = p->charset;
    c->document.characters = pages_points(p, p->text.len);
    c->document.bad_bytes = p->bad_bytes;
    c->document.kind = o->kind;
    c->document.kind_rule = o->kind_rule != NULL ? o->kind_rule->id : STR("");
    c->document.date = r->settings->date.len > 0 ? r->settings->date : o->date;
    if (span_len(o->title) > 0) {
        c->document.title = clean_text(r, o->title);
        c->document.title_at = place(r, o->title);
    } else {
        c->document.title = ustr_to_utf8(r->arena, p->title_hint);
    }
    c->document.issuer = clean_text(r, o->issuer);
    c->document.addressee = clean_text(r, o->addressee);
    c->rules_version = rule_set_version(r->rules);
}

const struct checklist *finish_checklist(struct reading *r)
{
    struct checklist *c = arena_take(r->arena, sizeof *c);
    if (r->drafts.count > 1)
        qsort(r->drafts.at, r->drafts.count, sizeof *r->drafts.at, by_place);
    drop_doubles(r);
    category_fill(r);
    link_drafts(r);
    slogans_settle(r);
    reconcile(r);
    fill_document(r, c);
    fill_sections(r, c);
    fill_items(r, c);
    fill_rejects(r, c);
    fill_spans(r, c);
    fill_quotes(r, c);
    return c;
}
