/* Sentence by sentence through all classes of items. */
#include "extract/extract.h"

#include "extract/finish.h"

#define EXTRACT_TYPES (~(RULE_BIT(RULE_MODAL) - 1) | RULE_BIT(RULE_HEADING))

/* Brings the spans of matches in a sentence into the whole text. */
static void shift(struct arena *a, struct rule_matches *m, uint32_t by)
{
    struct rule_match *moved = arena_take(a, (m->count + 1) * sizeof *moved);
    for (size_t i = 0; i < m->count; i++) {
        moved[i] = m->at[i];
        uint32_t *groups = arena_take(a, ((size_t)moved[i].group_count * 2 + 1) * sizeof *groups);
        for (uint32_t g = 0; g < moved[i].group_count * 2; g++)
            groups[g] = m->at[i].groups[g] == UINT32_MAX ? UINT32_MAX : m->at[i].groups[g] + by;
        moved[i].groups = groups;
        moved[i].where.start += by;
        moved[i].where.end += by;
        moved[i].whole.start += by;
        moved[i].whole.end += by;
    }
    m->at = moved;
}

static void scan_sentences(struct reading *r)
{
    const struct outline *o = r->outline;
    r->matches = arena_take(r->arena, (o->sentence_count + 1) * sizeof *r->matches);
    for (uint32_t i = 0; i < o->sentence_count; i++) {
        const struct sentence *s = &o->sentences[i];
        struct rule_query query = {
            .types = EXTRACT_TYPES, .kinds = 1u << o->kind, .zones = 1u << s->zone, .keep_rejected = true, .document = o->text->pages->name,
        };
        r->matches[i] = rule_scan_text(r->scan, r->arena, reading_text(r, s->where), query, r->diags);
        shift(r->arena, &r->matches[i], s->where.start);
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
        .arena = a, .outline = outline, .clean = outline->text->clean, .rules = rules, .scan = scan, .settings = settings, .diags = d,
    };
    scan_sentences(&r);
    for (uint32_t s = 0; s < outline->sentence_count; s++) {
        for (size_t i = 0; i < sizeof readers / sizeof *readers; i++)
            readers[i](&r, s);
    }
    return finish_checklist(&r);
}
