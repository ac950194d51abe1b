/*
 * Slogans: named numbered formulas, and the member lists that stand for one without its name.
 *
 * The canon (rules of type slogan with a fixed name) knows names and counts; a quoted numeral names any other. Members
 * are those that the document gives, never filled in silently; the declared count is compared with them.
 */
#include "extract/reading.h"

#include "zh/numeral.h"

static int32_t int_of(struct str v)
{
    int32_t n = 0;
    for (size_t i = 0; i < v.len; i++)
        n = n * 10 + (v.at[i] - '0');
    return v.len == 0 ? -1 : n;
}

/* 三大问题: 3; 三会一课: 3 + 1; 1+6: 7. */
static int32_t declared_by_numerals(const struct reading *r, struct span name)
{
    int32_t sum = 0;
    for (uint32_t i = name.start; i < name.end;) {
        uint32_t end = i;
        double n = 0, value = 0;
        while (end < name.end && numeral_value(ustr_sub(r->clean, i, end + 1), &n)) {
            value = n;
            end++;
        }
        if (end > i && value < 1000)
            sum += (int32_t)value;
        i = end > i ? end : i + 1;
    }
    return sum > 0 ? sum : -1;
}

static struct str name_of(struct reading *r, const struct rule_match *m)
{
    struct str fixed = rule_value(m->rule, "name");
    struct span name;
    if (fixed.len > 0)
        return fixed;
    if (!rule_match_group(m, "name", &name))
        name = m->where;
    return ustr_to_utf8(r->arena, reading_text(r, name));
}

void slogan_read(struct reading *r, uint32_t sentence)
{
    uint32_t done = 0;
    size_t i = 0;
    for (const struct rule_match *m; (m = reading_next(r, sentence, RULE_SLOGAN, &i)) != NULL;) {
        struct span list;
        if (m->where.start < done)
            continue;
        const struct rule_match *veto = reading_hit(r, sentence, RULE_NOT_SLOGAN, m->where);
        if (veto != NULL) {
            reading_reject(r, ITEM_SLOGAN, m->where, sentence, m->rule, veto->rule->id, veto->rule->title);
            continue;
        }
        struct draft *d = reading_add(r, ITEM_SLOGAN, m->where, sentence, m->rule);
        done = m->where.end;
        d->item.name = name_of(r, m);
        struct span name = m->where;
        rule_match_group(m, "name", &name);
        bool unnamed = reading_is(m->rule, "unnamed", "true");
        d->item.declared = unnamed ? -1 : int_of(rule_value(m->rule, "declared"));
        if (d->item.declared < 0 && !unnamed)
            d->item.declared = declared_by_numerals(r, name);
        if (rule_match_group(m, "members", &list) || (unnamed && (list = m->where, true)))
            d->item.members = reading_members(r, list);
        d->item.mismatch = d->item.members.count > 0 && d->item.declared > 0 && (size_t)d->item.declared != d->item.members.count &&
                           !reading_is(m->rule, "counts", "false");
    }
}
