/* Sentence by sentence through all classes of items. */
#include "extract/extract.h"

#include "extract/finish.h"

#define EXTRACT_TYPES (~(RULE_BIT(RULE_MODAL) - 1) | RULE_BIT(RULE_HEADING))

static void scan_sentences(struct reading *r)
{
    const struct outline *o = r->outline;
    r->matches = arena_take(r->work, (o->sentence_count + 1) * sizeof *r->matches);
    for (uint32_t i = 0; i < o->sentence_count; i++) {
        const struct sentence *s = &o->sentences[i];
        struct rule_query query = {
            .types = EXTRACT_TYPES, .kinds = 1u << o->kind, .zones = 1u << s->zone, .at = s->where.start, .keep_rejected = true,
            .document = o->text->pages->name,
        };
        r->matches[i] = rule_scan_text(r->scan, r->work, reading_text(r, s->where), query, r->diags);
    }
}

static void (*const readers[])(struct reading *, uint32_t) = {
    slogan_read, focus_read, finding_read, deadline_read, demand_read, responsibility_read,    /* a demand asks for its deadlines */
    stat_read, transfer_read, cause_read, commitment_read, measure_read, progress_read,
};

const struct checklist *extract_checklist(struct arena *a, const struct outline *outline, const struct rule_set *rules,
                                          struct rule_scan *scan, const struct read_settings *settings, struct diags *d)
{
    struct reading r = {
        .arena = a, .work = arena_new(), .outline = outline, .clean = outline->text->clean, .rules = rules, .scan = scan, .settings = settings, .diags = d,
    };
    scan_sentences(&r);
    for (uint32_t s = 0; s < outline->sentence_count; s++) {
        for (size_t i = 0; i < sizeof readers / sizeof *readers; i++)
            readers[i](&r, s);
    }
    const struct checklist *list = finish_checklist(&r);
    arena_free(r.work);
    return list;
}
