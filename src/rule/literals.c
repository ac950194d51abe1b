/*
 * Which strings a pattern cannot match without.
 *
 * For each part of the tree two things are known: `exact`, all strings it can match where they are few, and `best`, the
 * rarest sets of which one must occur. A sequence multiplies exact sets as long as they stay small and offers each product
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
#define ALSO_RATE_MOST 12               /* a second set that stands in nearly every sentence tells nothing */
#define ALSO_COUNT_MOST 400

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

/* A set of strings of which one must occur; an empty one says nothing. */
struct need {
    struct strings set;
    double cost;
    struct span where;                  /* the part of the pattern that it is about */
    uint32_t ahead;                     /* as in struct literals */
    bool outside;
};

struct known {
    bool exact;                         /* `all` are all strings it can match */
    struct strings all;
    struct need best, also;             /* the rarest, and the rarest about another part */
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

static void offer(struct known *k, struct need n)
{
    bool same = k->best.set.count > 0 && span_overlap(n.where, k->best.where);
    if (n.set.count == 0 || n.cost == DBL_MAX)
        return;
    if (n.cost < k->best.cost) {
        if (!same)
            k->also = k->best;
        else if (span_overlap(n.where, k->also.where))
            k->also = (struct need){ .cost = DBL_MAX };
        k->best = n;
    } else if (!same && n.cost < k->also.cost) {
        k->also = n;
    }
}

static void offer_set(const struct finder *f, struct known *k, const struct strings *set, struct span where, uint32_t ahead)
{
    offer(k, (struct need){ *set, cost_of(f, set), where, ahead, false });
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
    return (struct known){ .best = { .cost = DBL_MAX }, .also = { .cost = DBL_MAX } };
}

static struct known exactly(const struct finder *f, struct strings all, struct span where)
{
    struct known k = nothing();
    k.exact = true;
    k.all = all;
    offer_set(f, &k, &k.all, where, 0);
    return k;
}

static struct known look_at(const struct finder *f, const struct syntax *s);

/* What a part of a sequence needs, the sequence needs `ahead` units later. */
static void offer_part(struct known *k, struct need n, uint32_t ahead)
{
    n.ahead = syntax_plus(ahead, n.ahead);
    offer(k, n);
}

static struct known look_at_sequence(const struct finder *f, const struct syntax *s)
{
    struct known k = nothing();
    struct strings run = one_string(f->arena, USTR(u""));
    struct span where = { s->where.start, s->where.start };     /* of the run */
    uint32_t ahead = 0, run_ahead = 0;                          /* units before the part, before the run */
    bool whole = true;
    for (const struct syntax *part = s->first; part != NULL; part = part->next) {
        struct known p = look_at(f, part);
        offer_part(&k, p.best, ahead);
        offer_part(&k, p.also, ahead);
        uint32_t behind = syntax_plus(ahead, syntax_most_plain(part));
        if (p.exact && product_is_small(&run, &p.all)) {
            if (p.all.count > 1)
                offer_set(f, &k, &run, where, run_ahead);
            run = product(f->arena, &run, &p.all);
        } else {
            whole = false;
            offer_set(f, &k, &run, where, run_ahead);
            run = p.exact ? p.all : one_string(f->arena, USTR(u""));
            run_ahead = p.exact ? ahead : behind;
            where.start = p.exact ? part->where.start : part->where.end;
        }
        where.end = part->where.end;
        ahead = behind;
    }
    offer_set(f, &k, &run, where, run_ahead);
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
    struct need needed = { .where = s->where };
    bool every = true;
    k.exact = true;
    for (const struct syntax *branch = s->first; branch != NULL; branch = branch->next) {
        struct known p = look_at(f, branch);
        k.exact = k.exact && p.exact && k.all.count + p.all.count <= LITERALS_MOST;
        if (k.exact)
            add_all(f->arena, &k.all, &p.all);
        every = every && p.best.set.count > 0 && needed.set.count + p.best.set.count <= LITERALS_MOST;
        if (every)
            add_all(f->arena, &needed.set, &p.best.set);
        needed.ahead = p.best.ahead > needed.ahead ? p.best.ahead : needed.ahead;
        needed.outside = needed.outside || p.best.outside;
    }
    needed.cost = cost_of(f, &needed.set);
    if (every)
        offer(&k, needed);
    if (k.exact)
        offer_set(f, &k, &k.all, s->where, 0);
    return k;
}

static struct known look_at_repeat(const struct finder *f, const struct syntax *s)
{
    struct known p = look_at(f, s->first);
    struct known k = nothing();
    if (s->least > 0) {
        k.best = p.best;
        k.also = p.also;
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
    offer_set(f, &k, &k.all, s->where, 0);
    return k;
}

static struct known look_at(const struct finder *f, const struct syntax *s)
{
    struct strings all = { 0 };
    struct known k;
    switch (s->kind) {
    case SYNTAX_CHAR:
        return exactly(f, one_string(f->arena, (struct ustr){ s->units, s->unit_count }), s->where);
    case SYNTAX_SET:
        for (const struct syntax *c = s->first; c != NULL; c = c->next)
            *VEC_ADD(f->arena, &all) = (struct ustr){ c->units, c->unit_count };
        return exactly(f, all, s->where);
    case SYNTAX_SEQUENCE: return look_at_sequence(f, s);
    case SYNTAX_CHOICE: return look_at_choice(f, s);
    case SYNTAX_REPEAT: return look_at_repeat(f, s);
    case SYNTAX_POINT:
        return exactly(f, one_string(f->arena, USTR(u"")), s->where);
    case SYNTAX_LOOK:
        k = s->negative ? nothing() : look_at(f, s->first);
        k.best.outside = k.best.outside || s->behind;
        k.also.outside = k.also.outside || s->behind;
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

/* A string that holds another of the set is not needed; the other may begin later. */
static struct literals shortened(struct arena *a, const struct need *n)
{
    struct strings out = { 0 };
    uint32_t later = 0;
    for (size_t i = 0; i < n->set.count; i++) {
        struct ustr s = n->set.at[i];
        if (n->set.count > SHORTEN_MOST || !holds_other(&n->set, i))
            *VEC_ADD(a, &out) = ustr_keep(a, s);
        else
            later = s.len > later ? s.len : later;
    }
    return (struct literals){ out.at, out.count, syntax_plus(n->ahead, later), n->outside };
}

struct literals_pair literals_of(struct arena *a, struct arena *scratch, const struct syntax_tree *tree,
                                 const struct letter_sample *sample)
{
    struct literals_pair out = { 0 };
    if (tree->odd)
        return out;
    struct finder f = { scratch, sample };
    struct known k = look_at(&f, tree->root);
    out.first = shortened(a, &k.best);
    if (k.also.cost <= ALSO_RATE_MOST && k.also.set.count <= ALSO_COUNT_MOST)
        out.also = shortened(a, &k.also);
    return out;
}
