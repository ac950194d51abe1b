/* Asks the rules once more about one sentence, and gathers what became of it. */
#include "engine/explain.h"

#include "doc/rule_types.h"
#include "engine/desk.h"

/* Rules that put an item forward; the others only say something about one. */
#define NOMINATING \
    (RULE_BIT(RULE_MODAL) | RULE_BIT(RULE_IMPERATIVE) | RULE_BIT(RULE_FINDING) | RULE_BIT(RULE_FOCUS) | RULE_BIT(RULE_SLOGAN) | \
     RULE_BIT(RULE_DEADLINE) | RULE_BIT(RULE_RESPONSIBILITY) | RULE_BIT(RULE_STAT) | RULE_BIT(RULE_TRANSFER) | RULE_BIT(RULE_CAUSE) | \
     RULE_BIT(RULE_COMMITMENT) | RULE_BIT(RULE_PROGRESS))

static struct rule_query query_of(const struct engine_document *doc, const struct sentence *s, uint64_t types)
{
    return (struct rule_query){
        .types = types, .kinds = 1u << doc->outline->kind, .zones = 1u << s->zone, .keep_rejected = true, .document = doc->pages->name,
    };
}

static struct at place(const struct pages *p, struct span raw)
{
    struct at at = { .start = pages_points(p, raw.start), .end = pages_points(p, raw.end), .line = pages_line(p, raw.start) };
    if (p->byte_at != NULL) {
        at.byte_start = p->byte_at[raw.start];
        at.byte_end = p->byte_at[raw.end];
    }
    return at;
}

static bool begins_in(struct at what, struct at sentence)
{
    return what.start >= sentence.start && what.start < sentence.end;
}

static void gather(struct worker *w, const struct checklist *c, struct explanation *e)
{
    e->items = arena_take(w->arena, (c->item_count + 1) * sizeof *e->items);
    for (size_t i = 0; i < c->item_count; i++) {
        if (begins_in(c->items[i].at, e->at))
            e->items[e->item_count++] = &c->items[i];
    }
    e->rejects = arena_take(w->arena, (c->reject_count + 1) * sizeof *e->rejects);
    for (size_t i = 0; i < c->reject_count; i++) {
        if (begins_in(c->rejects[i].at, e->at))
            e->rejects[e->reject_count++] = &c->rejects[i];
    }
}

struct explanation worker_explain(struct worker *w, const struct engine_document *doc, uint32_t sentence)
{
    const struct sentence *s = &doc->outline->sentences[sentence];
    const struct text *text = doc->outline->text;
    struct span raw = text_raw(text, s->where);
    struct explanation e = { .sentence = s, .wide = ustr_at(text->clean, s->where), .at = place(doc->pages, raw) };
    e.words = ustr_to_utf8(w->arena, e.wide);
    e.last_line = pages_line(doc->pages, raw.end > raw.start ? raw.end - 1 : raw.start);
    e.matches = rule_scan_text(w->scan, w->arena, e.wide, query_of(doc, s, ~UINT64_C(0)), w->diags);
    gather(w, doc->checklist, &e);
    return e;
}

bool worker_nearest(struct worker *w, const struct engine_document *doc, const struct explanation *e, struct rule_miss *out)
{
    return rule_set_nearest(engine_rules(w->engine), w->arena, e->wide, query_of(doc, e->sentence, NOMINATING), out);
}
