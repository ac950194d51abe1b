/*
 * Measures and progress: in a plan the actions tied to a finding, in a progress text what was done about it.
 *
 * One item for each numbered point, sentence or ；-part. The zone decides which; a label's value that only names a state
 * (整改状态：已完成) is a progress item of its own.
 */
#include "extract/reading.h"

static bool is_plain_heading(const struct reading *r, const struct sentence *s)
{
    return s->heading >= 0 && !r->outline->headings[s->heading].inner;
}

/* 针对“…”问题，开展自查: the action begins behind the clause that quotes its finding. */
static uint32_t behind_finding(const struct reading *r, uint32_t sentence)
{
    const struct sentence *s = &r->outline->sentences[sentence];
    uint32_t start = s->where.start;
    for (size_t i = r->drafts.count; i-- > 0 && r->drafts.at[i].sentence == sentence;) {
        const struct draft *d = &r->drafts.at[i];
        for (uint32_t c = 0; d->item.type == ITEM_FINDING && c < s->clause_count; c++) {
            struct span clause = r->outline->clauses[s->first_clause + c].where;
            if (span_overlap(clause, d->where) && clause.end > start)
                start = clause.end;
        }
    }
    return start;
}

static struct span without_intro(const struct reading *r, uint32_t sentence, struct span where)
{
    const struct rule_match *intro = reading_hit_at(r, sentence, RULE_INTRO, where.start);
    if (intro != NULL && intro->where.end < where.end && reading_is(intro->rule, "drops", "progress"))
        where.start = intro->where.end;
    return reading_trim(r, where);
}

/* A title that opens the part or has points of its own below it; a bare point （1.盘点用地…） is none. */
static bool is_section_title(const struct reading *r, const struct sentence *s)
{
    const struct outline *o = r->outline;
    if (!is_plain_heading(r, s))
        return false;
    const struct heading *h = &o->headings[s->heading];
    bool point = h->zone_rule != NULL && reading_is(h->zone_rule, "list", "true");
    bool opens_zone = !point && h->zone_rule != (h->parent < 0 ? NULL : o->headings[h->parent].zone_rule);
    size_t next = (size_t)s->heading + 1;
    return opens_zone || h->marker_rule == NULL || (next < o->heading_count && o->headings[next].parent == s->heading);
}

/* 此项工作由镇长牵头: says who, not what. */
static bool only_names_owner(const struct reading *r, uint32_t sentence)
{
    const struct rule_match *m = reading_hit_at(r, sentence, RULE_NOT_PROGRESS, r->outline->sentences[sentence].where.start);
    return m != NULL && reading_is(m->rule, "scope", "owner");
}

void measure_read(struct reading *r, uint32_t sentence)
{
    const struct sentence *s = &r->outline->sentences[sentence];
    if (s->zone != ZONE_MEASURES || is_section_title(r, s) || only_names_owner(r, sentence))
        return;
    if (s->label != NULL && !reading_is(s->label, "field", "measure"))
        return;
    struct span where = { behind_finding(r, sentence), s->where.end };
    const struct rule_match *mark = reading_hit_at(r, sentence, RULE_HEADING, where.start);     /* （1） inside a cell */
    if (mark != NULL)
        where.start = mark->where.end;
    where = reading_trim(r, where);
    if (span_len(where) >= 3)
        reading_add(r, ITEM_MEASURE, where, sentence, s->zone_rule);
}

static const char *state_named(struct str state)
{
    static const char *const states[] = { "done", "stage", "ongoing", "standing", "not_done", "extended" };
    int i = name_find(states, sizeof states / sizeof *states, state);
    return i < 0 ? NULL : states[i];
}

const char *progress_state(const struct reading *r, uint32_t sentence, struct span where)
{
    const char *state = NULL;
    int32_t priority = INT32_MIN;
    size_t i = 0;
    for (const struct rule_match *m; (m = reading_next(r, sentence, RULE_STATE, &i)) != NULL;) {
        if (span_within(m->where, where) && m->rule->priority >= priority) {
            state = state_named(rule_value(m->rule, "state"));
            priority = m->rule->priority;
        }
    }
    return state;
}

/* Is the sentence nothing but counts, or clues handed over, or reasons? */
static bool tells_other(const struct reading *r, uint32_t sentence, struct span where)
{
    uint32_t counted = 0, handed_over = 0;
    for (size_t i = r->drafts.count; i-- > 0 && r->drafts.at[i].sentence == sentence;) {
        const struct draft *d = &r->drafts.at[i];
        if (d->item.type == ITEM_CAUSE)
            return true;
        counted += d->item.type == ITEM_STAT ? span_len(d->where) : 0;
        handed_over += d->item.type == ITEM_TRANSFER ? span_len(d->where) : 0;
    }
    return counted * 2 > span_len(where) || handed_over * 2 > span_len(where);
}

void progress_read(struct reading *r, uint32_t sentence)
{
    const struct sentence *s = &r->outline->sentences[sentence];
    if (s->zone != ZONE_PROGRESS || is_plain_heading(r, s) || s->question)
        return;
    if (s->label != NULL && !reading_is(s->label, "zone", "progress"))
        return;
    struct span where = without_intro(r, sentence, (struct span){ behind_finding(r, sentence), s->where.end });
    bool state = s->label != NULL && reading_is(s->label, "field", "state");
    if (span_len(where) < (state ? 1 : 2))      /* 是否销号：是 */
        return;
    const struct rule_match *veto = reading_hit_at(r, sentence, RULE_NOT_PROGRESS, s->where.start);
    if (veto == NULL) {
        size_t i = 0;
        const struct rule_match *m = reading_next(r, sentence, RULE_NOT_PROGRESS, &i);
        veto = m != NULL && reading_is(m->rule, "scope", "sentence") ? m : NULL;
    }
    if (veto != NULL || tells_other(r, sentence, where)) {
        if (veto != NULL)
            reading_reject(r, ITEM_PROGRESS, where, sentence, NULL, veto->rule->id, veto->rule->title);
        return;
    }
    struct draft *d = reading_add(r, ITEM_PROGRESS, where, sentence, s->zone_rule);
    d->item.state = progress_state(r, sentence, where);
}
