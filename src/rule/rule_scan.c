/*
 * One thread's matching: a text in, the matches of the rules asked for out.
 *
 * The set of types that a caller asks for is the same again and again, so the rules of each such set and their literal
 * filter are put together once and kept as a plan.
 */
#include "rule/body.h"
#include "rule/filter.h"
#include "rule/overlap.h"

#include <stdlib.h>

#define PLANS_MOST 16                   /* kept at a time */

struct plan {
    uint64_t types;
    const struct rule **rules;
    size_t count;
    struct filter *filter;
    uint64_t *may;                      /* bits: first literals that stand in the text at hand; from `half` on second ones */
    struct span *places;                /* where they stand */
    size_t half;                        /* a multiple of 64 */
};

struct rule_scan {
    const struct rule_set *set;
    struct pattern_room *room;
    struct plan plans[PLANS_MOST];
    size_t plan_count, oldest;
    struct rule_match *found;           /* of the text at hand */
    size_t found_count, found_room;
    uint8_t *told;                      /* by rule: a limit was told for this document */
    uint64_t document;                  /* hash of its name */
};

struct rule_scan *rule_scan_new(const struct rule_set *set)
{
    struct rule_scan *s = must_alloc(sizeof *s);
    *s = (struct rule_scan){ .set = set, .room = pattern_room_new(rule_set_groups(set)) };
    s->told = must_alloc(rule_set_count(set) + 1);
    memset(s->told, 0, rule_set_count(set) + 1);
    return s;
}

static void plan_release(struct plan *p)
{
    free(p->rules);
    filter_free(p->filter);
    free(p->may);
    free(p->places);
}

void rule_scan_free(struct rule_scan *s)
{
    if (s == NULL)
        return;
    for (size_t i = 0; i < s->plan_count; i++)
        plan_release(&s->plans[i]);
    pattern_room_free(s->room);
    free(s->found);
    free(s->told);
    free(s);
}

const struct rule_set *rule_scan_set(const struct rule_scan *s)
{
    return s->set;
}

static void plan_init(struct plan *p, const struct rule_set *set, uint64_t types)
{
    size_t all = rule_set_count(set);
    *p = (struct plan){ .types = types, .rules = must_alloc(all * sizeof *p->rules) };
    for (size_t i = 0; i < all; i++) {
        const struct rule *r = rule_set_at(set, i);
        if ((types >> r->type & 1) != 0)
            p->rules[p->count++] = r;
    }
    size_t half = (p->count + 63) / 64 * 64;
    struct literals *literals = must_alloc(2 * half * sizeof *literals);
    memset(literals, 0, 2 * half * sizeof *literals);
    for (size_t i = 0; i < p->count; i++) {
        literals[i] = p->rules[i]->body->literals.first;
        literals[half + i] = p->rules[i]->body->literals.also;
    }
    p->half = half;
    p->filter = filter_new(literals, 2 * half);
    p->may = must_alloc(filter_words(p->filter) * sizeof *p->may);
    p->places = must_alloc(2 * half * sizeof *p->places);
    free(literals);
}

static struct plan *plan_for(struct rule_scan *s, uint64_t types)
{
    for (size_t i = 0; i < s->plan_count; i++) {
        if (s->plans[i].types == types)
            return &s->plans[i];
    }
    struct plan *p = &s->plans[s->oldest];
    if (s->plan_count < PLANS_MOST)
        p = &s->plans[s->plan_count++];
    else
        plan_release(p);
    s->oldest = (s->oldest + 1) % PLANS_MOST;
    plan_init(p, s->set, types);
    return p;
}

static uint64_t hash_of(struct str s)
{
    uint64_t h = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < s.len; i++)
        h = (h ^ (unsigned char)s.at[i]) * UINT64_C(1099511628211);
    return h;
}

/* A limit is told once for each rule and document. */
static void tell_limit(struct rule_scan *s, const struct rule *r, enum diag_code code, const struct rule_query *q, struct diags *d)
{
    uint64_t document = hash_of(q->document);
    if (document != s->document) {
        memset(s->told, 0, rule_set_count(s->set));
        s->document = document;
    }
    if (s->told[r->body->index])
        return;
    s->told[r->body->index] = 1;
    diags_add(d, code, (struct place){ .file = q->document }, STR(""), r->id);
}

static struct rule_match *add_match(struct rule_scan *s)
{
    if (s->found_count == s->found_room) {
        s->found_room = s->found_room == 0 ? 64 : s->found_room * 2;
        s->found = must_grow(s->found, s->found_room * sizeof *s->found);
    }
    return &s->found[s->found_count++];
}

static struct span moved(struct span where, uint32_t by)
{
    return (struct span){ where.start + by, where.end + by };
}

static void keep_match(struct rule_scan *s, struct arena *a, const struct rule_run *run, uint32_t at)
{
    uint32_t *groups = arena_take(a, 2 * run->group_count * sizeof *groups);
    for (uint32_t i = 0; i < 2 * run->group_count; i++)
        groups[i] = run->groups[i] == UINT32_MAX ? UINT32_MAX : run->groups[i] + at;
    *add_match(s) = (struct rule_match){
        .rule = run->rule, .where = moved(rule_run_where(run), at), .whole = moved(run->whole, at),
        .rejected_by = run->rejected_by == NULL ? NULL : &run->rejected_by->face, .groups = groups, .group_count = run->group_count,
    };
}

/* The search goes on inside a rejected match, so much the same one is found again and again; the first is enough. */
static bool said_before(const struct rule_scan *s, size_t first, const struct rule_run *run, uint32_t at)
{
    for (size_t i = s->found_count; i-- > first;) {
        if (s->found[i].rejected_by != NULL && s->found[i].whole.end == run->whole.end + at)
            return true;
    }
    return false;
}

/* A match begins no further ahead of the first literal than it reaches, nor behind the last. */
static void narrow(struct span *begins, const struct literals *l, struct span literals)
{
    if (l->count == 0)
        return;
    uint32_t from = literals.start > l->ahead ? literals.start - l->ahead : 0;
    begins->start = from > begins->start ? from : begins->start;
    begins->end = !l->outside && literals.end < begins->end ? literals.end : begins->end;
}

/* Where in a text without surrogates a match of the plan's rule i can begin. */
static struct span beginnings(const struct plan *p, size_t i, struct ustr text)
{
    const struct literals_pair *l = &p->rules[i]->body->literals;
    struct span begins = { 0, text.len };
    narrow(&begins, &l->first, p->places[i]);
    narrow(&begins, &l->also, p->places[p->half + i]);
    return begins;
}

static void run_rule(struct rule_scan *s, struct arena *a, const struct rule *r, struct ustr text, struct span begins,
                     const struct rule_query *q, struct diags *d)
{
    struct rule_run run = { .rule = r, .text = text, .room = s->room, .from = begins.start, .until = begins.end };
    size_t first = s->found_count, tries = 0;
    while (rule_run_next(&run)) {
        if (++tries > RULE_MATCHES_MOST) {
            tell_limit(s, r, DIAG_READ_LIMIT, q, d);
            return;
        }
        if (run.rejected_by == NULL || (q->keep_rejected && !said_before(s, first, &run, q->at)))
            keep_match(s, a, &run, q->at);
    }
    if (run.limit)
        tell_limit(s, r, DIAG_RULE_LIMIT, q, d);
}

static bool asked_for(const struct rule *r, const struct rule_query *q)
{
    return (q->kinds == UINT32_MAX || (r->kinds & q->kinds) != 0) && (q->zones == UINT32_MAX || (r->zones & q->zones) != 0);
}

struct rule_matches rule_scan_text(struct rule_scan *s, struct arena *a, struct ustr text, struct rule_query q, struct diags *d)
{
    struct plan *p = plan_for(s, q.types);
    bool plain = pattern_plain(text);
    if (!plain && !pattern_sound(text))
        text = pattern_mend(a, text);
    if (q.no_filter)
        memset(p->may, 0xFF, filter_words(p->filter) * sizeof *p->may);
    else
        filter_find(p->filter, text, p->may, p->places);
    s->found_count = 0;
    bool anywhere = q.no_filter || !plain;
    for (size_t w = 0; w < p->half / 64; w++) {
        uint64_t may = p->may[w] & p->may[p->half / 64 + w];
        for (; may != 0; may &= may - 1) {
            size_t i = w * 64 + (size_t)__builtin_ctzll(may);
            if (i >= p->count || !asked_for(p->rules[i], &q))
                continue;
            struct span begins = anywhere ? (struct span){ 0, text.len } : beginnings(p, i, text);
            run_rule(s, a, p->rules[i], text, begins, &q, d);
        }
    }
    size_t count = overlap_settle(s->found, s->found_count);
    if (count == 0)
        return (struct rule_matches){ 0 };
    struct rule_match *out = arena_take(a, count * sizeof *out);
    memcpy(out, s->found, count * sizeof *out);
    return (struct rule_matches){ out, count };
}

static bool group_span(const struct rule_match *m, uint32_t g, struct span *out)
{
    if (g >= m->group_count || m->groups[2 * g] == UINT32_MAX)
        return false;
    *out = (struct span){ m->groups[2 * g], m->groups[2 * g + 1] };
    return true;
}

static bool named_group(const struct rule_match *m, struct str name, struct span *out)
{
    const struct pattern_names *names = &m->rule->body->names;
    for (size_t i = 0; i < names->count; i++) {
        if (str_eq(names->at[i].name, name) && group_span(m, names->at[i].group, out))
            return true;
    }
    return false;
}

/* The name of the group that a capture gives; of several groups of one name any may have taken part. */
static bool captured(const struct rule_match *m, const struct rule_field *f, struct span *out)
{
    const struct pattern_names *names = &m->rule->body->names;
    for (size_t i = 0; i < names->count; i++) {
        if ((int)names->at[i].group == f->group)
            return named_group(m, names->at[i].name, out);
    }
    return group_span(m, (uint32_t)f->group, out);
}

bool rule_match_group(const struct rule_match *m, const char *name, struct span *out)
{
    for (size_t i = 0; i < m->rule->field_count; i++) {
        const struct rule_field *f = &m->rule->fields[i];
        if (f->group >= 0 && str_is(f->name, name))
            return captured(m, f, out);
    }
    return named_group(m, str_of(name), out);
}
