/*
 * Focus: what inspectors are told to look at or for. A rule's trigger names it, its group `list` is the item.
 */
#include "extract/reading.h"

static bool zone_points(enum zone z)
{
    return z == ZONE_DEMAND || z == ZONE_MEANING || z == ZONE_OPENING || z == ZONE_FOCUS || z == ZONE_CLOSING;
}

void focus_read(struct reading *r, uint32_t sentence)
{
    const struct sentence *s = &r->outline->sentences[sentence];
    uint32_t done = 0;
    size_t i = 0;
    for (const struct rule_match *m; (m = reading_next(r, sentence, RULE_FOCUS, &i)) != NULL;) {
        struct span list;
        if (!rule_match_group(m, "list", &list))
            continue;
        list = reading_trim(r, list);
        const struct rule_match *veto = reading_hit(r, sentence, RULE_NOT_FOCUS, list);
        if (span_len(list) < 2 || list.start < done)
            continue;
        if (!zone_points(s->zone) || s->label != NULL || veto != NULL) {
            reading_reject(r, ITEM_FOCUS, list, sentence, m->rule, veto != NULL ? veto->rule->id : STR("zone"), veto != NULL ? veto->rule->title : STR("不在布置监督的部分"));
            continue;
        }
        struct draft *d = reading_add(r, ITEM_FOCUS, list, sentence, m->rule);
        struct span members = list;
        rule_match_group(m, "members", &members);
        d->item.members = reading_members(r, members);
        d->item.set = rule_value(m->rule, "set");
        done = list.end;
    }
}
