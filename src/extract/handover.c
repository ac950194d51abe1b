/* Transfers of clues, causes given for findings, and promises of the inspected side. */
#include "extract/reading.h"
#include "zh/numeral.h"

void transfer_read(struct reading *r, uint32_t sentence)
{
    const struct sentence *s = &r->outline->sentences[sentence];
    if (s->question || s->zone == ZONE_CASE || s->zone == ZONE_COMMITMENT)
        return;
    uint32_t done = 0;
    size_t i = 0;
    for (const struct rule_match *m; (m = reading_next(r, sentence, RULE_TRANSFER, &i)) != NULL;) {
        struct span where = reading_trim(r, m->where), part;
        if (where.start < done)
            continue;
        done = where.end;
        struct draft *d = reading_add(r, ITEM_TRANSFER, where, sentence, m->rule);
        double n;
        if (rule_match_group(m, "to", &part))
            d->item.to = ustr_to_utf8(r->arena, reading_text(r, part));
        if (rule_match_group(m, "count", &part) && numeral_value(reading_text(r, part), &n) && n < 1e9)
            d->item.count = (int32_t)n;
    }
}

/* The first accepted match of the type with this field, or NULL. */
static const struct rule_match *with_field(const struct reading *r, uint32_t sentence, enum rule_type type, const char *field, const char *value)
{
    size_t i = 0;
    const struct rule_match *m;
    while ((m = reading_next(r, sentence, type, &i)) != NULL && !reading_is(m->rule, field, value)) {
    }
    return m;
}

/* The words that announce reasons: a match that is neither a veto nor a part to leave out. */
static const struct rule_match *announced(const struct reading *r, uint32_t sentence)
{
    size_t i = 0;
    const struct rule_match *m;
    while ((m = reading_next(r, sentence, RULE_CAUSE, &i)) != NULL &&
           (reading_is(m->rule, "veto", "true") || rule_value(m->rule, "part").len > 0)) {
    }
    return m;
}

/* 制度执行不严: a subject of at least two characters, then a predicate of deficiency. */
static bool has_own_predicate(const struct reading *r, uint32_t sentence, struct span part)
{
    size_t i = 0;
    for (const struct rule_match *m; (m = reading_next(r, sentence, RULE_FINDING, &i)) != NULL;) {
        if (m->whole.start >= part.start + 2 && m->whole.end <= part.end)
            return true;
    }
    return false;
}

/* The end of the part that starts at `from`: a pause, or a 、 with subject and predicate on both sides of it. */
static uint32_t part_end(const struct reading *r, uint32_t sentence, uint32_t from, uint32_t stop)
{
    uint32_t depth = 0, pause = 0;
    for (uint32_t k = from; k < stop; k++) {
        char16_t u = r->clean.at[k];
        depth = nesting_behind(depth, u);
        if (depth > 0)
            continue;
        bool ends = u == u'，' || u == u'。' || u == u'；' || u == u'！';
        if (!ends && u != u'、')
            continue;
        if (pause > 0 && has_own_predicate(r, sentence, (struct span){ pause + 1, k }))
            return pause;
        if (ends)
            return k;
        pause = has_own_predicate(r, sentence, (struct span){ from, k }) ? k : 0;
    }
    return pause > 0 && has_own_predicate(r, sentence, (struct span){ pause + 1, stop }) ? pause : stop;
}

static void add_causes(struct reading *r, uint32_t sentence, uint32_t from, const struct rule *why)
{
    uint32_t stop = r->outline->sentences[sentence].where.end;
    while (from < stop) {
        uint32_t end = part_end(r, sentence, from, stop);
        struct span where = reading_trim(r, (struct span){ from, end });
        from = end + 1;
        const struct rule_match *result = reading_hit_at(r, sentence, RULE_CAUSE, where.start);
        if (result != NULL && reading_is(result->rule, "part", "result"))
            return;                             /* what the reasons led to */
        if (span_len(where) >= 4)
            reading_add(r, ITEM_CAUSE, where, sentence, why);
    }
}

static bool is_point(const struct reading *r, const struct sentence *s)
{
    return s->heading >= 0 && r->outline->headings[s->heading].inner;
}

/* 究其原因，主要是：一是……；二是……: the points behind words that announce a cause and say no more. */
static const struct rule *announced_before(const struct reading *r, uint32_t sentence)
{
    const struct sentence *s = &r->outline->sentences[sentence];
    while (sentence > 0 && is_point(r, &r->outline->sentences[sentence]) && r->outline->sentences[sentence - 1].paragraph == s->paragraph)
        sentence--;
    if (is_point(r, &r->outline->sentences[sentence]))
        return NULL;
    const struct rule_match *m = announced(r, sentence);
    uint32_t end = r->outline->sentences[sentence].where.end;
    return m == NULL || m->where.end > end || span_len(reading_trim(r, (struct span){ m->where.end, end })) > 0 ? NULL : m->rule;
}

/* Behind words that announce a cause each part is one; below a heading 原因分析 the points are. */
void cause_read(struct reading *r, uint32_t sentence)
{
    const struct sentence *s = &r->outline->sentences[sentence];
    if (s->question || s->label != NULL || with_field(r, sentence, RULE_CAUSE, "veto", "true") != NULL)
        return;
    const struct rule_match *m = announced(r, sentence);
    const struct rule *before = m == NULL && is_point(r, s) ? announced_before(r, sentence) : NULL;
    if (m != NULL)
        add_causes(r, sentence, m->where.end, m->rule);
    else if (before != NULL)
        add_causes(r, sentence, s->where.start, before);
    else if (s->zone == ZONE_CAUSE && reading_hit(r, sentence, RULE_FINDING, s->where) != NULL)
        add_causes(r, sentence, s->where.start, s->zone_rule);
}

/* 某某表示，is not what was promised. */
static uint32_t promise_start(const struct reading *r, uint32_t sentence)
{
    const struct sentence *s = &r->outline->sentences[sentence];
    uint32_t start = s->where.start;
    size_t i = 0;
    for (const struct rule_match *m; (m = reading_next(r, sentence, RULE_COMMITMENT, &i)) != NULL;) {
        if (reading_is(m->rule, "drops", "true") && m->where.start == start && m->where.end < s->where.end)
            start = m->where.end;
    }
    return start;
}

void commitment_read(struct reading *r, uint32_t sentence)
{
    const struct sentence *s = &r->outline->sentences[sentence];
    if (s->question || s->label != NULL)
        return;
    const struct rule_match *m = with_field(r, sentence, RULE_COMMITMENT, "anywhere", "true");
    if (s->zone != ZONE_COMMITMENT && m == NULL)
        return;
    struct span where = reading_trim(r, (struct span){ promise_start(r, sentence), s->where.end });
    const struct rule_match *veto = with_field(r, sentence, RULE_COMMITMENT, "veto", "true");
    if (veto != NULL) {
        reading_reject(r, ITEM_COMMITMENT, where, sentence, m != NULL ? m->rule : NULL, veto->rule->id, veto->rule->title);
        return;
    }
    if (span_len(where) >= 4 && (s->heading < 0 || r->outline->headings[s->heading].inner))
        reading_add(r, ITEM_COMMITMENT, where, sentence, m != NULL ? m->rule : s->zone_rule);
}
