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
        if (ustr_has(USTR(u"*×某X_〇□■●▲"), s.at[i]))
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

/* Does the span end in a word of the lexicon? */
static bool ends_in(const struct reading *r, const char *lexicon, struct span where)
{
    for (uint32_t n = 1; n <= 4 && n <= span_len(where); n++) {
        if (rule_set_word(r->rules, lexicon, reading_text(r, (struct span){ where.end - n, where.end })))
            return true;
    }
    return false;
}

/* 镇长张某某: a post with a name behind it. */
static bool post_with_name(const struct reading *r, struct span where)
{
    for (uint32_t n = 2; n <= 4 && n + 1 < span_len(where); n++) {
        if (ends_in(r, "post_word", (struct span){ where.start, where.end - n }))
            return true;
    }
    return false;
}

/* A blank stands before the unit in the source, and what it parts may be names: 张某某 李某某, but not 张 三, not 镇长 张某. */
static bool blank_parts(const struct reading *r, struct span value, uint32_t i, uint32_t from)
{
    const struct text *t = r->outline->text;
    if (i >= value.end || i < from + 2 || value.end - i < 2 || ends_in(r, "post_word", (struct span){ from, i }))
        return false;
    bool blank = false;
    for (uint32_t k = t->raw_at[i - 1] + 1; k < t->raw_at[i]; k++) {
        if (t->pages->text.at[k] == u'\n')
            return false;                       /* a hard wrap parts nothing */
        blank |= unit_is_space(t->pages->text.at[k]);
    }
    return blank && t->raw_at[i + 1] == t->raw_at[i] + 1;
}

/* 财政局和审计局 are two units, 人力资源和社会保障局 is one. */
static bool and_parts(const struct reading *r, struct span value, uint32_t i, uint32_t from)
{
    char16_t u = r->clean.at[i];
    if ((u != u'和' && u != u'及' && u != u'与') || i < from + 3 || value.end < i + 4)
        return false;
    return ends_in(r, "unit_word", (struct span){ from, i });
}

static bool separates(char16_t u)
{
    return u == u'、' || u == u'，' || u == u'；' || u == u'。' || u == u'/' || u == u' ' || u == u'：';
}

/* Where the bracket opens that the name ends with, or the name's end: 各村（社区）支部 keeps its bracket. */
static uint32_t last_bracket(const struct reading *r, struct span name)
{
    uint32_t open = name.end;
    bool closed = true;
    for (uint32_t i = name.start; i < name.end; i++) {
        open = r->clean.at[i] == u'（' ? i : open;
        closed = r->clean.at[i] == u'（' ? false : closed || r->clean.at[i] == u'）';
    }
    bool ends = !closed || (name.end > name.start && r->clean.at[name.end - 1] == u'）');
    if (ends && open == name.end)               /* …，责任人：王某）: the bracket opens ahead of the label */
        return name.end - 1;
    return ends && open > name.start ? open : name.end;
}

/* The name in one part of a label's value: without the post in brackets, without 等. */
static struct span bare_name(const struct reading *r, struct span part)
{
    struct span name = reading_trim(r, part);
    name.end = last_bracket(r, name);
    if (span_len(name) > 3 && r->clean.at[name.end - 1] == u'等')
        name.end--;
    return name;
}

/* The value goes on from the sentence before: 责任单位：党政办；镇纪委. */
static bool goes_on(const struct reading *r, uint32_t sentence)
{
    const struct sentence *s = &r->outline->sentences[sentence];
    return sentence > 0 && s[-1].label == s->label && s[-1].paragraph == s->paragraph && s[-1].where.end == s->where.start &&
           r->clean.at[s->where.start - 1] == u'；';
}

struct names { VEC(struct span) list; };

/* The parts of the value: names, blanks among them. */
static void split_names(const struct reading *r, struct span value, struct names *names)
{
    uint32_t from = value.start, depth = 0;
    for (uint32_t i = value.start; i <= value.end; i++) {
        char16_t u = i < value.end ? r->clean.at[i] : u'、';
        depth += u == u'（';
        depth -= depth > 0 && u == u'）';       /* 吴某某（镇党委副书记）: the post is not the name */
        bool blank = depth == 0 && blank_parts(r, value, i, from);
        bool parts = i == value.end || (depth == 0 && (separates(u) || and_parts(r, value, i, from)));
        if (!parts && !blank)
            continue;
        *VEC_ADD(r->arena, &names->list) = bare_name(r, (struct span){ from, i });
        from = blank ? i : i + 1;
    }
}

/* 党委书记、镇长张某某 is one person. */
static void join_posts(const struct reading *r, struct names *names)
{
    for (size_t i = names->list.count; i-- > 1;) {
        struct span *before = &names->list.at[i - 1], *name = &names->list.at[i];
        if (span_len(*before) > 0 && ends_in(r, "post_word", *before) && post_with_name(r, *name)) {
            name->start = before->start;
            before->end = before->start;
        }
    }
}

static void read_names(struct reading *r, uint32_t sentence, const char *role)
{
    const struct sentence *s = &r->outline->sentences[sentence];
    struct names names = { 0 };
    split_names(r, s->where, &names);
    if (str_is(str_of(role), "lead_official") || str_is(str_of(role), "person"))
        join_posts(r, &names);
    bool first = !goes_on(r, sentence);
    for (size_t i = 0; i < names.list.count; i++) {
        struct span name = names.list.at[i];
        if (span_len(name) == 0 || rule_set_word(r->rules, "no_name", reading_text(r, name)))
            continue;
        const char *own = !first && str_is(str_of(role), "lead_unit") ? role_named(STR("support_unit")) : role;
        add(r, name, sentence, s->label, own, name);
        first = false;
    }
}

void responsibility_read(struct reading *r, uint32_t sentence)
{
    const struct sentence *s = &r->outline->sentences[sentence];
    if (s->label != NULL) {
        const char *role = role_named(rule_value(s->label, "field"));
        if (role != NULL)
            read_names(r, sentence, role);
        if (role != NULL || !reading_is(s->label, "field", "measure"))
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
