/* The matches of one rule in one text, one after the other, each judged by the rule's guards. */
#include "rule/body.h"

static bool guard_matches(const struct guard *g, struct pattern_room *room, struct ustr text, struct span whole, bool *limit)
{
    uint32_t from = 0;
    if (g->side == GUARD_BEFORE) {
        text.len = whole.start;
        from = g->reach < whole.start ? whole.start - g->reach : 0;
        if (from > 0 && (text.at[from] & 0xFC00) == 0xDC00)
            from--;                     /* never into the middle of a character */
    } else if (g->side == GUARD_AFTER) {
        from = whole.end;
    }
    enum pattern_result found = pattern_find(g->pattern, room, text, (struct span){ from, text.len });
    *limit = *limit || found == PATTERN_LIMIT;
    return found == PATTERN_FOUND;
}

const struct guard *guards_reject(const struct rule_body *b, struct pattern_room *room, struct ustr text, struct span whole,
                                  bool *limit)
{
    for (size_t i = 0; i < b->guard_count; i++) {
        if (guard_matches(&b->guards[i], room, text, whole, limit) != b->guards[i].must)
            return &b->guards[i];
    }
    return NULL;
}

static void keep_groups(struct rule_run *r)
{
    for (uint32_t g = 0; g < r->group_count; g++) {
        struct span s = pattern_group(r->room, g);
        r->groups[2 * g] = s.start;
        r->groups[2 * g + 1] = s.end;
    }
}

/* Behind an accepted match; one character on where a guard said no, so that a later start inside is not lost. */
static void move_on(struct rule_run *r)
{
    uint32_t next = r->rejected_by == NULL && r->whole.end > r->from ? r->whole.end : r->whole.start + 1;
    if (next <= r->from)
        next = r->from + 1;
    if (next < r->text.len && (r->text.at[next] & 0xFC00) == 0xDC00 && (r->text.at[next - 1] & 0xFC00) == 0xD800)
        next++;
    r->from = next;
}

bool rule_run_next(struct rule_run *r)
{
    const struct rule_body *b = r->rule->body;
    if (r->from > r->until || r->limit)
        return false;
    enum pattern_result found = pattern_find(b->pattern, r->room, r->text, (struct span){ r->from, r->until });
    r->limit = found == PATTERN_LIMIT;
    if (found != PATTERN_FOUND)
        return false;
    r->group_count = pattern_group_count(b->pattern) + 1;
    keep_groups(r);
    r->whole = (struct span){ r->groups[0], r->groups[1] };
    r->rejected_by = guards_reject(b, r->room, r->text, r->whole, &r->limit);
    move_on(r);
    return true;
}

struct span rule_run_where(const struct rule_run *r)
{
    const struct rule_body *b = r->rule->body;
    for (uint32_t i = b->span_names.start; i < b->span_names.end; i++) {
        uint32_t g = b->names.at[i].group;
        if (r->groups[2 * g] != UINT32_MAX && r->groups[2 * g] < r->groups[2 * g + 1])
            return (struct span){ r->groups[2 * g], r->groups[2 * g + 1] };
    }
    return r->whole;
}
