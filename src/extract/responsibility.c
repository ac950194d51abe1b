/*
 * Responsibility: who is assigned which role.
 *
 * In label form (责任领导：…) each name of the value is one item; of several units the first leads and the others support.
 * In running text a rule's group `name` is the party and its match the item.
 */
#include "extract/reading.h"

static const char *role_named(struct str role)
{
    static const char *const roles[] = { "lead_official", "lead_unit", "support_unit", "person", "supervisor" };
    int i = name_find(roles, sizeof roles / sizeof *roles, role);
    return i < 0 ? NULL : roles[i];
}

static bool is_masked(struct ustr s)
{
    for (uint32_t i = 0; i < s.len; i++) {
        if (s.at[i] == u'*' || s.at[i] == u'×' || s.at[i] == u'某' || s.at[i] == u'X' || s.at[i] == u'_' || s.at[i] == u'〇')
            return true;
    }
    return false;
}

static void add(struct reading *r, struct span where, uint32_t sentence, const struct rule *why, const char *role, struct span name)
{
    struct draft *d = reading_add(r, ITEM_RESPONSIBILITY, where, sentence, why);
    d->item.role = role;
    d->item.name = ustr_to_utf8(r->arena, reading_text(r, name));
    d->item.masked = is_masked(reading_text(r, name));
}

static void read_names(struct reading *r, uint32_t sentence, const char *role)
{
    const struct sentence *s = &r->outline->sentences[sentence];
    uint32_t from = s->where.start, count = 0, depth = 0;
    for (uint32_t i = from; i <= s->where.end; i++) {
        char16_t u = i < s->where.end ? r->clean.at[i] : u'、';
        depth += u == u'（';
        if (depth > 0) {                        /* 吴某某（镇党委副书记）: the post is not the name */
            depth -= u == u'）';
            if (i < s->where.end)
                continue;
        }
        if (u != u'、' && u != u'，' && u != u'；' && u != u'。' && u != u'/' && u != u' ' && u != u'（')
            continue;
        struct span name = reading_trim(r, (struct span){ from, i });
        from = i + 1;
        uint32_t bracket = name.start;
        while (bracket < name.end && r->clean.at[bracket] != u'（')
            bracket++;
        if (bracket > name.start)
            name.end = bracket;
        if (span_len(name) == 0 || rule_set_word(r->rules, "no_name", reading_text(r, name)))
            continue;
        const char *own = count++ > 0 && str_is(str_of(role), "lead_unit") ? role_named(STR("support_unit")) : role;
        add(r, name, sentence, s->label, own, name);
    }
}

void responsibility_read(struct reading *r, uint32_t sentence)
{
    const struct sentence *s = &r->outline->sentences[sentence];
    if (s->label != NULL) {
        const char *role = role_named(rule_value(s->label, "field"));
        if (role != NULL)
            read_names(r, sentence, role);
        return;
    }
    if (s->question || s->zone == ZONE_CASE || s->zone == ZONE_PRAISE)
        return;
    uint32_t done = 0;
    size_t i = 0;
    for (const struct rule_match *m; (m = reading_next(r, sentence, RULE_RESPONSIBILITY, &i)) != NULL;) {
        struct span name;
        const char *role = role_named(rule_value(m->rule, "role"));
        if (role == NULL || m->where.start < done || !rule_match_group(m, "name", &name))
            continue;
        const struct rule_match *veto = reading_hit(r, sentence, RULE_NOT_RESPONSIBILITY, m->where);
        if (veto != NULL) {
            reading_reject(r, ITEM_RESPONSIBILITY, m->where, sentence, m->rule, veto->rule->id, veto->rule->title);
            continue;
        }
        add(r, m->where, sentence, m->rule, role, name);
        done = m->where.end;
    }
}
