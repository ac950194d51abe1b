/*
 * The rule that came nearest in a text without matching, and what it lacked.
 *
 * A rule that a guard rejected came all the way but for the guard. Of another its pattern is taken apart at the top level,
 * and the longest run of parts from its beginning, or to its end, that is found in the text tells how far it got. Only
 * parts with letters of their own count, so that .{0,20} gets nobody anywhere.
 */
#include "rule/body.h"

#define PARTS_MOST 64

struct parts {
    const struct syntax *at[PARTS_MOST];
    uint32_t weight[PARTS_MOST];
    size_t count;
    uint32_t total;
};

struct near {
    const struct rule *rule;
    struct span furthest;
    struct span failed;                 /* in the pattern */
    const struct guard *guard;
    uint32_t weight, total;             /* letters found, of all */
};

struct search {
    struct arena *arena;
    struct pattern_room *room;
    struct ustr text;
    struct near best;
};

/* How many letters of its own the part asks for. */
static uint32_t letters(const struct syntax *s)
{
    uint32_t n = 0, least = UINT32_MAX;
    switch (s->kind) {
    case SYNTAX_CHAR: return 2;
    case SYNTAX_SET: return 1;
    case SYNTAX_SEQUENCE:
        for (const struct syntax *k = s->first; k != NULL; k = k->next)
            n += letters(k);
        return n;
    case SYNTAX_CHOICE:
        for (const struct syntax *k = s->first; k != NULL; k = k->next)
            least = letters(k) < least ? letters(k) : least;
        return least;
    case SYNTAX_REPEAT: return s->least == 0 ? 0 : letters(s->first);
    default: return 0;
    }
}

static struct parts parts_of(const struct syntax *sequence)
{
    struct parts p = { 0 };
    for (const struct syntax *k = sequence->first; k != NULL && p.count < PARTS_MOST; k = k->next) {
        p.at[p.count] = k;
        p.weight[p.count] = letters(k);
        p.total += p.weight[p.count++];
    }
    return p;
}

/* Are parts from..to-1, taken alone, found in the text? */
static bool run_found(struct search *s, const struct rule_body *b, const struct parts *p, size_t from, size_t to, struct span *where)
{
    struct span piece = { p->at[from]->where.start, p->at[to - 1]->where.end };
    struct pattern_mistake why;
    struct pattern *pattern = pattern_new(ustr_at(b->tree.pattern, piece), PATTERN_ONCE, &why);
    if (pattern == NULL)                /* it refers to a group that is not in this run */
        return false;
    bool found = pattern_find(pattern, s->room, s->text, (struct span){ 0, s->text.len }) == PATTERN_FOUND;
    if (found)
        *where = pattern_group(s->room, 0);
    pattern_free(pattern);
    return found;
}

static uint32_t weight_of(const struct parts *p, size_t from, size_t to)
{
    uint32_t n = 0;
    for (size_t i = from; i < to; i++)
        n += p->weight[i];
    return n;
}

/* Compared as shares of the whole; of equal shares the longer text wins. */
static bool is_nearer(const struct near *a, const struct near *b)
{
    uint64_t x = (uint64_t)a->weight * b->total, y = (uint64_t)b->weight * a->total;
    return b->rule == NULL || x > y || (x == y && span_len(a->furthest) > span_len(b->furthest));
}

static void offer(struct search *s, struct near n)
{
    if (n.weight > 0 && is_nearer(&n, &s->best))
        s->best = n;
}

static void try_sequence(struct search *s, const struct rule *r, const struct syntax *sequence)
{
    struct parts p = parts_of(sequence);
    struct span where;
    for (size_t to = p.count; to-- > 1;) {
        if (weight_of(&p, 0, to) > 0 && run_found(s, r->body, &p, 0, to, &where)) {
            offer(s, (struct near){ r, where, p.at[to]->where, NULL, weight_of(&p, 0, to), p.total });
            break;
        }
    }
    for (size_t from = 1; from < p.count; from++) {
        if (weight_of(&p, from, p.count) > 0 && run_found(s, r->body, &p, from, p.count, &where)) {
            offer(s, (struct near){ r, where, p.at[from - 1]->where, NULL, weight_of(&p, from, p.count), p.total });
            break;
        }
    }
}

/* The branches of the pattern, out of any parentheses around the whole. */
static void try_pattern(struct search *s, const struct rule *r, const struct syntax *t)
{
    while (t->kind == SYNTAX_SEQUENCE && t->first != NULL && t->first->next == NULL &&
           (t->first->kind == SYNTAX_SEQUENCE || t->first->kind == SYNTAX_CHOICE))
        t = t->first;
    if (t->kind == SYNTAX_CHOICE) {
        for (const struct syntax *branch = t->first; branch != NULL; branch = branch->next)
            try_pattern(s, r, branch);
    } else if (t->kind == SYNTAX_SEQUENCE) {
        try_sequence(s, r, t);
    }
}

/* Did the rule accept something? If not, what a guard rejected is offered. */
static bool accepted(struct search *s, const struct rule *r, bool *rejected)
{
    struct rule_run run = { .rule = r, .text = s->text, .room = s->room, .until = s->text.len };
    struct near n = { 0 };
    for (size_t i = 0; i < RULE_MATCHES_MOST && rule_run_next(&run); i++) {
        if (run.rejected_by == NULL)
            return true;
        if (n.rule == NULL)
            n = (struct near){ r, run.whole, { 0, 0 }, run.rejected_by, 1, 1 };
    }
    *rejected = n.rule != NULL;
    offer(s, n);
    return false;
}

static bool asked_for(const struct rule *r, const struct rule_query *q)
{
    return (q->types >> r->type & 1) != 0 && (q->kinds == UINT32_MAX || (r->kinds & q->kinds) != 0) &&
           (q->zones == UINT32_MAX || (r->zones & q->zones) != 0);
}

bool rule_set_nearest(const struct rule_set *set, struct arena *a, struct ustr text, struct rule_query q, struct rule_miss *out)
{
    struct search s = { .arena = a, .text = pattern_sound(text) ? text : pattern_mend(a, text) };
    s.room = pattern_room_new(rule_set_groups(set));
    for (size_t i = 0; i < rule_set_count(set); i++) {
        const struct rule *r = rule_set_at(set, i);
        bool rejected = false;
        if (asked_for(r, &q) && !accepted(&s, r, &rejected) && !rejected && !r->body->tree.odd)
            try_pattern(&s, r, r->body->tree.root);
    }
    pattern_room_free(s.room);
    if (s.best.rule == NULL)
        return false;
    const struct guard *g = s.best.guard;
    *out = (struct rule_miss){
        .rule = s.best.rule, .furthest = s.best.furthest, .guard = g == NULL ? NULL : &g->face,
        .failed_part = g != NULL ? g->draft->pattern.text : ustr_to_utf8(a, ustr_at(s.best.rule->body->tree.pattern, s.best.failed)),
    };
    return true;
}
