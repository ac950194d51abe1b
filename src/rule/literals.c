/*
 * Which strings a pattern cannot match without.
 *
 * For each part of the tree two things are known: `exact`, all strings it can match where they are few, and `best`, the
 * rarest set of which one must occur. A sequence multiplies exact sets as long as they stay small and offers each product
 * as a set; a choice needs a set from every branch.
 */
#include "rule/literals.h"

#include <float.h>
#include <stdlib.h>
#include <string.h>

#define PRODUCT_MOST 96                 /* strings of a product of sets */
#define LITERAL_UNITS_MOST 16
#define REPEAT_MOST 4                   /* x{n} is spelled out up to here */
#define SHORTEN_MOST 512                /* a longer set is left as it is: comparing all with all would take long */
#define PAIR_SLOTS 65536

struct letter_sample {
    uint32_t single[65536], pair[PAIR_SLOTS];
    uint32_t total;
};

struct letter_sample *letter_sample_new(void)
{
    struct letter_sample *s = must_alloc(sizeof *s);
    memset(s, 0, sizeof *s);
    return s;
}

void letter_sample_free(struct letter_sample *s)
{
    free(s);
}

static uint32_t pair_slot(char16_t x, char16_t y)
{
    return (((uint32_t)x << 16 | y) * UINT32_C(2654435761)) >> 16;
}

void letter_sample_add(struct letter_sample *s, struct ustr text)
{
    for (uint32_t i = 0; i < text.len; i++) {
        s->single[text.at[i]]++;
        if (i + 1 < text.len)
            s->pair[pair_slot(text.at[i], text.at[i + 1])]++;
    }
    s->total += text.len;
}

/* An unseen unit counts for half a one, an unseen pair for much less. */
double letter_sample_rate(const struct letter_sample *s, struct ustr literal)
{
    double total = (double)s->total + 1000;
    double rate = DBL_MAX;
    for (uint32_t i = 0; i < literal.len; i++) {
        double one = (s->single[literal.at[i]] + 0.5) * 1000 / total;
        rate = one < rate ? one : rate;
        double two = i + 1 < literal.len ? (s->pair[pair_slot(literal.at[i], literal.at[i + 1])] + 0.02) * 1000 / total : rate;
        rate = two < rate ? two : rate;
    }
    return rate;
}

struct strings { struct ustr *at; size_t count, room; };

struct known {
    bool exact;                         /* `all` are all strings it can match */
    struct strings all;
    struct strings best;                /* of these one must occur; none: nothing is known */
    double cost;
    uint32_t ahead;                     /* of best, as in struct literals */
    bool outside;
};

struct finder {
    struct arena *arena;
    const struct letter_sample *sample;
};

static double cost_of(const struct finder *f, const struct strings *set)
{
    double cost = 0;
    for (size_t i = 0; i < set->count; i++) {
        if (set->at[i].len == 0)
            return DBL_MAX;
        cost += letter_sample_rate(f->sample, set->at[i]);
    }
    return set->count == 0 || set->count > LITERALS_MOST ? DBL_MAX : cost;
}

static void offer(const struct finder *f, struct known *k, const struct strings *set, uint32_t ahead, bool outside)
{
    double cost = cost_of(f, set);
    if (cost < k->cost) {
        k->best = *set;
        k->cost = cost;
        k->ahead = ahead;
        k->outside = outside;
    }
}

static struct ustr joined(struct arena *a, struct ustr x, struct ustr y)
{
    if (x.len == 0)
        return y;
    if (y.len == 0)
        return x;
    char16_t *to = arena_take(a, (size_t)(x.len + y.len) * sizeof *to);
    memcpy(to, x.at, x.len * sizeof *to);
    memcpy(to + x.len, y.at, y.len * sizeof *to);
    return (struct ustr){ to, x.len + y.len };
}

static uint32_t longest(const struct strings *s)
{
    uint32_t most = 0;
    for (size_t i = 0; i < s->count; i++)
        most = s->at[i].len > most ? s->at[i].len : most;
    return most;
}

static bool product_is_small(const struct strings *x, const struct strings *y)
{
    bool one = x->count == 1 || y->count == 1;
    size_t most = one ? LITERALS_MOST : PRODUCT_MOST;
    return x->count * y->count <= most && longest(x) + longest(y) <= LITERAL_UNITS_MOST;
}

static struct strings product(struct arena *a, const struct strings *x, const struct strings *y)
{
    struct strings out = { 0 };
    for (size_t i = 0; i < x->count; i++) {
        for (size_t j = 0; j < y->count; j++)
            *VEC_ADD(a, &out) = joined(a, x->at[i], y->at[j]);
    }
    return out;
}

static struct strings one_string(struct arena *a, struct ustr s)
{
    struct strings out = { 0 };
    *VEC_ADD(a, &out) = s;
    return out;
}

static struct known nothing(void)
{
    return (struct known){ .cost = DBL_MAX };
}

static struct known exactly(const struct finder *f, struct strings all)
{
    struct known k = { .exact = true, .all = all, .cost = DBL_MAX };
    offer(f, &k, &k.all, 0, false);
    return k;
}

static struct known look_at(const struct finder *f, const struct syntax *s);

static struct known look_at_sequence(const struct finder *f, const struct syntax *s)
{
    struct known k = nothing();
    struct strings run = one_string(f->arena, USTR(u""));
    uint32_t ahead = 0, run_ahead = 0;  /* units before the part, before the run */
    bool whole = true;
    for (const struct syntax *part = s->first; part != NULL; part = part->next) {
        struct known p = look_at(f, part);
        if (p.best.count > 0 && p.cost < k.cost) {
            k.best = p.best;
            k.cost = p.cost;
            k.ahead = syntax_plus(ahead, p.ahead);
            k.outside = p.outside;
        }
        uint32_t behind = syntax_plus(ahead, syntax_most_plain(part));
        if (p.exact && product_is_small(&run, &p.all)) {
            if (p.all.count > 1)
                offer(f, &k, &run, run_ahead, false);
            run = product(f->arena, &run, &p.all);
            ahead = behind;
            continue;
        }
        whole = false;
        offer(f, &k, &run, run_ahead, false);
        run = p.exact ? p.all : one_string(f->arena, USTR(u""));
        run_ahead = p.exact ? ahead : behind;
        ahead = behind;
    }
    offer(f, &k, &run, run_ahead, false);
    k.exact = whole;
    k.all = run;
    return k;
}

static void add_all(struct arena *a, struct strings *to, const struct strings *from)
{
    for (size_t i = 0; i < from->count; i++)
        *VEC_ADD(a, to) = from->at[i];
}

static struct known look_at_choice(const struct finder *f, const struct syntax *s)
{
    struct known k = nothing();
    struct strings needed = { 0 };
    uint32_t ahead = 0;
    bool every = true, outside = false;
    k.exact = true;
    for (const struct syntax *branch = s->first; branch != NULL; branch = branch->next) {
        struct known p = look_at(f, branch);
        k.exact = k.exact && p.exact && k.all.count + p.all.count <= LITERALS_MOST;
        if (k.exact)
            add_all(f->arena, &k.all, &p.all);
        every = every && p.best.count > 0 && needed.count + p.best.count <= LITERALS_MOST;
        if (every)
            add_all(f->arena, &needed, &p.best);
        ahead = p.ahead > ahead ? p.ahead : ahead;
        outside = outside || p.outside;
    }
    if (every)
        offer(f, &k, &needed, ahead, outside);
    if (k.exact)
        offer(f, &k, &k.all, 0, false);
    return k;
}

static struct known look_at_repeat(const struct finder *f, const struct syntax *s)
{
    struct known p = look_at(f, s->first);
    struct known k = nothing();
    if (s->least > 0) {
        k.best = p.best;
        k.cost = p.cost;
        k.ahead = p.ahead;
        k.outside = p.outside;
    }
    if (!p.exact || s->most > REPEAT_MOST)
        return k;
    struct strings run = one_string(f->arena, USTR(u""));
    k.exact = true;
    if (s->least == 0)
        add_all(f->arena, &k.all, &run);
    for (uint32_t n = 1; n <= s->most; n++) {
        if (!product_is_small(&run, &p.all) || k.all.count > LITERALS_MOST) {
            k.exact = false;
            return k;
        }
        run = product(f->arena, &run, &p.all);
        if (n >= s->least)
            add_all(f->arena, &k.all, &run);
    }
    offer(f, &k, &k.all, 0, false);
    return k;
}

static struct known look_at(const struct finder *f, const struct syntax *s)
{
    struct strings all = { 0 };
    struct known k;
    switch (s->kind) {
    case SYNTAX_CHAR:
        return exactly(f, one_string(f->arena, (struct ustr){ s->units, s->unit_count }));
    case SYNTAX_SET:
        for (const struct syntax *c = s->first; c != NULL; c = c->next)
            *VEC_ADD(f->arena, &all) = (struct ustr){ c->units, c->unit_count };
        return exactly(f, all);
    case SYNTAX_SEQUENCE: return look_at_sequence(f, s);
    case SYNTAX_CHOICE: return look_at_choice(f, s);
    case SYNTAX_REPEAT: return look_at_repeat(f, s);
    case SYNTAX_POINT:
        return exactly(f, one_string(f->arena, USTR(u"")));
    case SYNTAX_LOOK:
        k = s->negative ? nothing() : look_at(f, s->first);
        k.outside = k.outside || s->behind;
        k.exact = true;                 /* it takes no room: the letters around it stand side by side */
        k.all = one_string(f->arena, USTR(u""));
        return k;
    default: return nothing();
    }
}

static bool holds_other(const struct strings *set, size_t i)
{
    for (size_t j = 0; j < set->count; j++) {
        bool same = ustr_eq(set->at[j], set->at[i]);
        if (same ? j < i : ustr_find(set->at[i], set->at[j], 0) >= 0)
            return true;
    }
    return false;
}

/* A string that holds another of the set is not needed; the other may begin later, by `later` units at most. */
static struct strings shortened(struct arena *a, const struct strings *set, uint32_t *later)
{
    struct strings out = { 0 };
    *later = 0;
    for (size_t i = 0; i < set->count; i++) {
        if (set->count > SHORTEN_MOST || !holds_other(set, i))
            *VEC_ADD(a, &out) = ustr_keep(a, set->at[i]);
        else if (set->at[i].len > *later)
            *later = set->at[i].len;
    }
    return out;
}

struct literals literals_of(struct arena *a, const struct syntax_tree *tree, const struct letter_sample *sample)
{
    if (tree->odd)
        return (struct literals){ 0 };
    struct finder f = { arena_new(), sample };
    struct known k = look_at(&f, tree->root);
    uint32_t later;
    struct strings best = shortened(a, &k.best, &later);
    arena_free(f.arena);
    return (struct literals){ best.at, best.count, syntax_plus(k.ahead, later), k.outside };
}
