/*
 * Overlap policies, among accepted matches of one type:
 *
 *   all        stays, and drives nothing out
 *   longest    of overlapping ones the one of higher priority stays, then the longer, then the earlier
 *   leftmost   of overlapping ones the earlier stays, then the one of higher priority, then the longer
 *   contained  goes where it lies within another of its type that is longer, or as long and of higher priority
 *
 * longest and leftmost each look only at matches under the same policy. Matches come in reading order, so what may overlap
 * one stands near it: no further ahead than the longest reaches, no further behind than its own end.
 */
#include "rule/overlap.h"

#include <stdlib.h>

static int by_number(int64_t x, int64_t y)
{
    return (x > y) - (x < y);
}

static int by_priority(const struct rule_match *a, const struct rule_match *b)
{
    return by_number(b->rule->priority, a->rule->priority);
}

static int by_start(const struct rule_match *a, const struct rule_match *b)
{
    return by_number(a->where.start, b->where.start);
}

static int by_length(const struct rule_match *a, const struct rule_match *b)
{
    return by_number(span_len(b->where), span_len(a->where));
}

static int by_id(const struct rule_match *a, const struct rule_match *b)
{
    struct str x = a->rule->id, y = b->rule->id;
    int order = memcmp(x.at, y.at, x.len < y.len ? x.len : y.len);
    return order != 0 ? order : by_number((int64_t)x.len, (int64_t)y.len);
}

/* The first order that tells them apart. */
static int first_of(int a, int b, int c, int d)
{
    return a != 0 ? a : b != 0 ? b : c != 0 ? c : d;
}

static int reading_order(const void *x, const void *y)
{
    const struct rule_match *a = x, *b = y;
    return first_of(by_start(a, b), by_priority(a, b), by_length(a, b), by_id(a, b));
}

/* The order in which two matches under `longest` are served; the first one served stays. */
static int longest_order(const struct rule_match *a, const struct rule_match *b)
{
    return first_of(by_priority(a, b), by_length(a, b), by_start(a, b), by_id(a, b));
}

enum fate { FATE_OPEN, FATE_STAYS, FATE_GOES };

static bool rivals(const struct rule_match *a, const struct rule_match *b)
{
    return a->rejected_by == NULL && b->rejected_by == NULL && a->rule->type == b->rule->type &&
           a->rule->overlap == b->rule->overlap && span_overlap(a->where, b->where);
}

static bool served_before(const struct rule_match *a, const struct rule_match *b)
{
    return a->rule->overlap == RULE_OVERLAP_LONGEST ? longest_order(a, b) < 0 : reading_order(a, b) < 0;
}

struct field {
    const struct rule_match *m;         /* in reading order */
    size_t count;
    uint32_t longest;
    enum fate *fate;
};

/* The matches that may overlap match i, itself among them. */
static void neighbours(const struct field *f, size_t i, size_t *first, size_t *end)
{
    struct span where = f->m[i].where;
    for (*first = i; *first > 0 && f->m[*first - 1].where.start + f->longest >= where.start;)
        --*first;
    for (*end = i + 1; *end < f->count && f->m[*end].where.start <= where.end;)
        ++*end;
}

/* Is every rival that would be served before m already settled as going? Then m stays. */
static bool settle_one(const struct field *f, size_t i)
{
    const struct rule_match *m = f->m;
    enum fate *fate = f->fate;
    size_t first, end;
    neighbours(f, i, &first, &end);
    for (size_t k = first; k < end; k++) {
        if (k == i || fate[k] == FATE_GOES || !rivals(&m[i], &m[k]) || !served_before(&m[k], &m[i]))
            continue;
        if (fate[k] == FATE_OPEN)
            return false;
        fate[i] = FATE_GOES;
        return true;
    }
    fate[i] = FATE_STAYS;
    return true;
}

static bool competes(const struct rule_match *m)
{
    return m->rejected_by == NULL && (m->rule->overlap == RULE_OVERLAP_LONGEST || m->rule->overlap == RULE_OVERLAP_LEFTMOST);
}

static void settle_rivals(const struct field *f)
{
    bool open = true;
    while (open) {
        open = false;
        for (size_t i = 0; i < f->count; i++) {
            if (f->fate[i] == FATE_OPEN && !settle_one(f, i))
                open = true;
        }
    }
}

static bool covered(const struct rule_match *m, const struct rule_match *by)
{
    if (by->rejected_by != NULL || by->rule->type != m->rule->type || !span_within(m->where, by->where))
        return false;
    return span_len(by->where) > span_len(m->where) || by->rule->priority > m->rule->priority;
}

static void settle_contained(const struct field *f)
{
    for (size_t i = 0; i < f->count; i++) {
        if (f->m[i].rejected_by != NULL || f->m[i].rule->overlap != RULE_OVERLAP_CONTAINED)
            continue;
        size_t first, end;
        neighbours(f, i, &first, &end);
        for (size_t k = first; k < end; k++) {
            if (k != i && f->fate[k] != FATE_GOES && covered(&f->m[i], &f->m[k]))
                f->fate[i] = FATE_GOES;
        }
    }
}

static uint32_t longest_of(const struct rule_match *m, size_t count)
{
    uint32_t most = 0;
    for (size_t i = 0; i < count; i++)
        most = span_len(m[i].where) > most ? span_len(m[i].where) : most;
    return most;
}

size_t overlap_settle(struct rule_match *m, size_t count)
{
    if (count < 2)
        return count;
    qsort(m, count, sizeof *m, reading_order);
    enum fate *fate = must_alloc(count * sizeof *fate);
    for (size_t i = 0; i < count; i++)
        fate[i] = competes(&m[i]) ? FATE_OPEN : FATE_STAYS;
    struct field field = { m, count, longest_of(m, count), fate };
    settle_rivals(&field);
    settle_contained(&field);
    size_t left = 0;
    for (size_t i = 0; i < count; i++) {
        if (fate[i] != FATE_GOES)
            m[left++] = m[i];
    }
    free(fate);
    return left;
}
