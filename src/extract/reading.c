/* What the files of extract/ share: asking for matches, adding drafts, trimming spans. */
#include "extract/reading.h"

#define SCORE_ZONE_ALONE  0.6   /* the part of a score that a rule would give */
#define SCORE_PLACE_ALONE 0.8   /* the part of a score that a rule for the zone would give */

const struct rule_match *reading_next(const struct reading *r, uint32_t sentence, enum rule_type type, size_t *i)
{
    const struct rule_matches *m = &r->matches[sentence];
    while (*i < m->count) {
        const struct rule_match *match = &m->at[(*i)++];
        if (match->rule->type == type && match->rejected_by == NULL)
            return match;
    }
    return NULL;
}

const struct rule_match *reading_hit(const struct reading *r, uint32_t sentence, enum rule_type type, struct span where)
{
    size_t i = 0;
    for (const struct rule_match *m; (m = reading_next(r, sentence, type, &i)) != NULL;) {
        if (span_overlap(m->where, where))
            return m;
    }
    return NULL;
}

const struct rule_match *reading_hit_at(const struct reading *r, uint32_t sentence, enum rule_type type, uint32_t start)
{
    size_t i = 0;
    for (const struct rule_match *m; (m = reading_next(r, sentence, type, &i)) != NULL;) {
        if (m->whole.start == start)
            return m;
    }
    return NULL;
}

const struct rule_match *reading_hit_inside(const struct reading *r, uint32_t sentence, enum rule_type type, struct span where)
{
    size_t i = 0;
    for (const struct rule_match *m; (m = reading_next(r, sentence, type, &i)) != NULL;) {
        if (span_within(m->where, where))
            return m;
    }
    return NULL;
}

bool reading_is(const struct rule *r, const char *field, const char *value)
{
    return str_is(rule_value(r, field), value);
}

/* Where no rule names an item its part of the document alone speaks for it; where no rule names the part, its place does. */
static struct score_parts first_parts(const struct sentence *s, const struct rule *why)
{
    return (struct score_parts){ why != NULL ? why->score : SCORE_ZONE_ALONE, s->zone_rule != NULL ? s->zone_rule->score : SCORE_PLACE_ALONE, 1, 1 };
}

struct draft *reading_add(struct reading *r, enum item_type type, struct span where, uint32_t sentence, const struct rule *why)
{
    const struct sentence *s = &r->outline->sentences[sentence];
    struct draft d = { .where = where, .sentence = sentence };
    d.item = (struct item){
        .type = type, .section = s->section, .zone = s->zone, .link = -1, .declared = -1, .count = -1, .score = 1,
        .parts = first_parts(s, why), .cut = (s->cut_end && where.end + 1 >= s->where.end) || (s->cut_start && where.start == s->where.start),
    };
    if (why != NULL)
        d.item.rule = why->id;
    *VEC_ADD(r->work, &r->drafts) = d;
    return &r->drafts.at[r->drafts.count - 1];
}

void reading_reject(struct reading *r, enum item_type type, struct span where, uint32_t sentence, const struct rule *why,
                    struct str guard, struct str reason)
{
    *VEC_ADD(r->work, &r->rejects) = (struct draft_reject){
        type, VERDICT_REJECTED, where, sentence, why != NULL ? why->id : STR(""), guard, reason,
    };
}

static bool is_edge(char16_t u)
{
    static const char16_t marks[] = u"，。；：、？！…—-·.•▲";
    for (size_t i = 0; marks[i] != 0; i++) {
        if (marks[i] == u)
            return true;
    }
    return unit_is_space(u);
}

struct span reading_trim(const struct reading *r, struct span where)
{
    while (where.start < where.end && is_edge(r->clean.at[where.start]))
        where.start++;
    while (where.end > where.start && is_edge(r->clean.at[where.end - 1]))
        where.end--;
    return where;
}

static bool is_one_of(char16_t u, const char16_t *marks)
{
    for (size_t i = 0; marks[i] != 0; i++) {
        if (marks[i] == u)
            return true;
    }
    return false;
}

struct strs reading_split(struct reading *r, struct span list, const char16_t *marks)
{
    VEC(struct str) members = { 0 };
    uint32_t from = list.start, depth = 0;
    for (uint32_t i = list.start; i <= list.end; i++) {
        char16_t u = i < list.end ? r->clean.at[i] : u'、';
        depth = nesting_behind(depth, u);
        bool word = is_one_of(u, u"和及与");
        if (i < list.end && (depth > 0 || !is_one_of(u, marks) || (word && (i <= from + 1 || i + 2 >= list.end))))
            continue;
        bool and_also = u == u'及' && i > from + 1 && r->clean.at[i - 1] == u'以';     /* 以及 */
        struct span part = reading_trim(r, (struct span){ from, and_also ? i - 1 : i });
        if (span_len(part) > 0)
            *VEC_ADD(r->arena, &members) = ustr_to_utf8(r->arena, reading_text(r, part));
        from = i + 1;
    }
    return (struct strs){ members.at, members.count };
}

struct strs reading_members(struct reading *r, struct span list)
{
    return reading_split(r, list, u"、，；和及与");
}
