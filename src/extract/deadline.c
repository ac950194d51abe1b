/*
 * Deadlines: by when, within what, or how often something is due.
 *
 * A rule nominates and names the parts of a limit; its form says how a day is computed from them. In label form
 * (完成时限：…) the whole value is one limit or several, however bare; in running text a bare date that already lies in
 * the past is a fact, and so is a limit where facts are told.
 */
#include "extract/deadline_date.h"

static const char *kind_named(struct str kind)
{
    static const char *const kinds[] = { "by_date", "window", "within", "immediate", "standing", "recurring", "event", "unspecified" };
    int i = name_find(kinds, sizeof kinds / sizeof *kinds, kind);
    return i < 0 ? NULL : kinds[i];
}

static bool has(const struct limit *l, const char *group)
{
    struct span where;
    return rule_match_group(l->match, group, &where);
}

/* A period alone, without 前 or 内: a limit only where it is still to come. */
static bool is_bare(const struct limit *l)
{
    return reading_is(l->match->rule, "bare", "true") && !has(l, "before");
}

static bool zone_tells_facts(enum zone z)
{
    return z == ZONE_FINDINGS || z == ZONE_PRAISE || z == ZONE_CAUSE || z == ZONE_CASE;
}

static bool is_kind(const struct limit *l, const char *kind)
{
    return str_is(str_of(l->kind), kind);
}

/* Where facts are told only a clause with a modal or a day still to come sets a limit; what was done has a new date at most. */
static bool zone_takes(const struct limit *l, const struct sentence *s)
{
    bool commanded = reading_hit_inside(l->r, l->sentence, RULE_MODAL, (struct span){ s->where.start, l->match->where.end }) != NULL;
    bool dated = is_kind(l, "by_date") || is_kind(l, "window");
    if (commanded || (dated && deadline_is_ahead(l)))
        return true;
    if (s->zone == ZONE_PRAISE && l->r->outline->kind == DOC_OTHER)     /* a paper of no known kind: its zones are guesses */
        return dated || is_kind(l, "within");
    if (zone_tells_facts(s->zone))
        return false;
    return s->zone != ZONE_PROGRESS || is_kind(l, "by_date");
}

/* What takes the limit back: a match of not_deadline that is not merely a part of it. */
static const struct rule_match *veto_of(const struct limit *l)
{
    size_t i = 0;
    struct span own = l->match->where;
    for (const struct rule_match *m; (m = reading_next(l->r, l->sentence, RULE_NOT_DEADLINE, &i)) != NULL;) {
        bool part = span_within(m->where, own) && span_len(m->where) < span_len(own);
        if (span_overlap(m->where, own) && !part)
            return m;
    }
    return NULL;
}

static void reject(struct limit *l, struct str guard, struct str why)
{
    reading_reject(l->r, ITEM_DEADLINE, l->match->where, l->sentence, l->match->rule, guard, why);
}

/* Rejects, with the reason told, what is no limit. */
static bool stands(struct limit *l)
{
    const struct sentence *s = &l->r->outline->sentences[l->sentence];
    const struct rule_match *veto = veto_of(l);
    if (veto != NULL) {
        reject(l, veto->rule->id, veto->rule->title);
        return false;
    }
    if (!zone_takes(l, s)) {
        reject(l, STR("deadline.zone"), STR("这一部分叙述事实"));
        return false;
    }
    if (!l->anchored && deadline_is_past(l, is_bare(l) ? 0 : DEADLINE_LATE_DAYS)) {
        reject(l, STR("deadline.past"), STR("日期早于文件日期"));
        return false;
    }
    return true;
}

static void note(struct limit *l, struct draft *d, enum diag_code code)
{
    const struct pages *p = l->r->outline->text->pages;
    struct place place = { .file = p->name, .line = pages_line(p, text_raw(l->r->outline->text, d->where).start) };
    diags_add(l->r->diags, code, place, STR(""), ustr_to_utf8(l->r->arena, reading_text(l->r, d->where)));
    struct str *at = arena_take(l->r->arena, sizeof *at);
    *at = str_of(diag_name(code));
    d->item.notes = (struct strs){ at, 1 };
}

static void add(struct limit *l)
{
    struct draft *d = reading_add(l->r, ITEM_DEADLINE, reading_trim(l->r, l->match->where), l->sentence, l->match->rule);
    d->item.kind = l->kind;
    d->item.n = l->n;
    d->item.unit = l->unit;
    d->item.from = l->from;
    d->item.recur = l->recur;
    d->item.masked = reading_is(l->match->rule, "masked", "true");
    d->item.inferred = l->inferred;
    if (l->last.year > 0)
        d->item.iso = day_iso(l->r->arena, l->last);
    if (l->first.year > 0)
        d->item.iso_start = day_iso(l->r->arena, l->first);
    if (l->trouble != 0)
        note(l, d, l->trouble);
}

static bool label_only(const struct rule_match *m)
{
    return reading_is(m->rule, "label", "true");
}

static struct limit limit_of(struct reading *r, uint32_t sentence, const struct rule_match *m, bool label)
{
    struct limit l = { .r = r, .sentence = sentence, .match = m, .label = label, .kind = kind_named(rule_value(m->rule, "kind")) };
    if (l.kind != NULL)
        deadline_compute(&l);
    if (reading_is(m->rule, "damaged", "true"))
        l.trouble = DIAG_READ_DAMAGED;
    return l;
}

/* 完成时限：按计划推进: a value that no rule knows is a limit all the same. */
static void add_unknown(struct reading *r, uint32_t sentence)
{
    const struct sentence *s = &r->outline->sentences[sentence];
    struct span where = reading_trim(r, s->where);
    const struct rule_match *state = reading_hit(r, sentence, RULE_STATE, where);
    if (span_len(where) == 0 || rule_set_word(r->rules, "no_name", reading_text(r, where)) ||
        (state != NULL && span_within(where, state->where)))        /* 已完成 tells a state, not a limit */
        return;
    struct draft *d = reading_add(r, ITEM_DEADLINE, where, sentence, s->label);
    d->item.kind = kind_named(STR("unspecified"));
}

/* Rules for labels stand beside the others: of those that overlap the longer is meant, and of equals the other kind. */
static bool outdone(const struct reading *r, uint32_t sentence, const struct rule_match *m)
{
    size_t i = 0;
    for (const struct rule_match *o; (o = reading_next(r, sentence, RULE_DEADLINE, &i)) != NULL;) {
        uint32_t own = span_len(m->where), other = span_len(o->where);
        if (o != m && span_overlap(o->where, m->where) &&
            (other > own || (other == own && (label_only(m) > label_only(o) || (label_only(m) == label_only(o) && o < m)))))
            return true;
    }
    return false;
}

static void read_label(struct reading *r, uint32_t sentence)
{
    size_t i = 0, count = 0;
    for (const struct rule_match *m; (m = reading_next(r, sentence, RULE_DEADLINE, &i)) != NULL;) {
        if (outdone(r, sentence, m))
            continue;
        struct limit l = limit_of(r, sentence, m, true);
        if (l.kind == NULL)
            continue;
        add(&l);
        count++;
    }
    if (count == 0)
        add_unknown(r, sentence);
}

void deadline_read(struct reading *r, uint32_t sentence)
{
    const struct sentence *s = &r->outline->sentences[sentence];
    if (s->label != NULL && reading_is(s->label, "field", "deadline")) {
        read_label(r, sentence);
        return;
    }
    if (s->question || (s->label != NULL && s->zone == ZONE_CLOSING))     /* 公示期：…, 联系电话：… are addressed to others */
        return;
    size_t i = 0;
    for (const struct rule_match *m; (m = reading_next(r, sentence, RULE_DEADLINE, &i)) != NULL;) {
        if (label_only(m))
            continue;
        struct limit l = limit_of(r, sentence, m, false);
        if (l.kind != NULL && stands(&l))
            add(&l);
    }
}
