/* Transfers of clues, causes given for findings, and promises of the inspected side. */
#include "extract/reading.h"
#include "zh/numeral.h"

void transfer_read(struct reading *r, uint32_t sentence)
{
    const struct sentence *s = &r->outline->sentences[sentence];
    if (s->question || s->zone == ZONE_CASE || s->zone == ZONE_COMMITMENT)
        return;
    size_t i = 0;
    const struct rule_match *m = reading_next(r, sentence, RULE_TRANSFER, &i);
    if (m == NULL)
        return;
    struct draft *d = reading_add(r, ITEM_TRANSFER, reading_trim(r, m->where), sentence, m->rule);
    struct span part;
    double n;
    if (rule_match_group(m, "to", &part))
        d->item.to = ustr_to_utf8(r->arena, reading_text(r, part));
    if (rule_match_group(m, "count", &part) && numeral_value(reading_text(r, part), &n))
        d->item.count = (int32_t)n;
}

/* Words that announce a cause are an intro; every part behind them that has subject and predicate is one. */
void cause_read(struct reading *r, uint32_t sentence)
{
    const struct sentence *s = &r->outline->sentences[sentence];
    size_t i = 0;
    const struct rule_match *m = reading_next(r, sentence, RULE_CAUSE, &i);
    if (m == NULL || s->question)
        return;
    uint32_t from = m->where.end, depth = 0;
    for (uint32_t k = from; k <= s->where.end; k++) {
        char16_t u = k < s->where.end ? r->clean.at[k] : u'。';
        depth += u == u'“' || u == u'《' || u == u'（';
        depth -= depth > 0 && (u == u'”' || u == u'》' || u == u'）');
        if ((depth > 0 && k < s->where.end) || (u != u'、' && u != u'，' && u != u'。' && u != u'；'))
            continue;
        /* 不担当、不作为 goes on with the subject before; 、 parts only what has a predicate of its own */
        bool parts = u != u'、' || (reading_hit_inside(r, sentence, RULE_FINDING, (struct span){ from, k }) != NULL && k - from >= 4);
        if (!parts)
            continue;
        struct span where = reading_trim(r, (struct span){ from, k });
        const struct rule_match *intro = reading_hit_at(r, sentence, RULE_INTRO, where.start);
        if (intro != NULL && intro->where.end < where.end)
            where.start = intro->where.end;
        where = reading_trim(r, where);
        if (span_len(where) >= 4)
            reading_add(r, ITEM_CAUSE, where, sentence, m->rule);
        from = k + 1;
    }
}

void commitment_read(struct reading *r, uint32_t sentence)
{
    const struct sentence *s = &r->outline->sentences[sentence];
    if (s->question || s->label != NULL)
        return;
    size_t i = 0;
    const struct rule_match *m = reading_next(r, sentence, RULE_COMMITMENT, &i);
    if (s->zone != ZONE_COMMITMENT && (m == NULL || !reading_is(m->rule, "anywhere", "true")))
        return;
    struct span where = s->where;
    for (uint32_t c = 0; c < s->clause_count; c++) {        /* 某某表示，is not what was promised */
        struct span clause = r->outline->clauses[s->first_clause + c].where;
        const struct rule_match *intro = reading_hit_at(r, sentence, RULE_INTRO, clause.start);
        if (intro == NULL || intro->where.end < clause.end)
            break;
        where.start = clause.end;
    }
    where = reading_trim(r, where);
    if (span_len(where) >= 4 && (s->heading < 0 || r->outline->headings[s->heading].inner))
        reading_add(r, ITEM_COMMITMENT, where, sentence, m != NULL ? m->rule : s->zone_rule);
}
