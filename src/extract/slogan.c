/*
 * Slogans: named numbered formulas, and the member lists that stand for one without its name.
 *
 * A rule names a mention; rules with the field `part` find a list of members beside one. The canon knows names and counts,
 * never members: those come from the document alone, and a declared count that they do not meet is a flag.
 */
#include "extract/finish.h"
#include "zh/numeral.h"

#define MEMBER_SLACK 12         /* bytes: four characters */
#define LEAD_MOST 18            /* bytes: six characters ahead of the first member proper */
#define MEMBER_AHEAD_MOST 24    /* bytes: a longer piece ahead of a name is a clause */

static const char *const count_groups[] = { "count", "count2", "count3" };

static int32_t declared_of(const struct reading *r, const struct rule_match *m)
{
    struct ustr fixed = rule_value_wide(m->rule, "declared");
    double n;
    if (fixed.len > 0)
        return numeral_value(fixed, &n) ? (int32_t)n : -1;
    int32_t sum = 0;
    for (size_t i = 0; i < sizeof count_groups / sizeof *count_groups; i++) {
        struct span digits;
        if (rule_match_group(m, count_groups[i], &digits) && numeral_value(reading_text(r, digits), &n))
            sum += (int32_t)n;
    }
    return sum > 0 ? sum : -1;
}

/* The mention without its quotes: “1+6”个专项 is called 1+6个专项. */
static struct str unquoted(struct reading *r, struct span where)
{
    char16_t *to = arena_take(r->arena, (span_len(where) + 1) * sizeof *to);
    uint32_t n = 0;
    for (uint32_t i = where.start; i < where.end; i++) {
        char16_t u = r->clean.at[i];
        if (u != u'“' && u != u'”' && u != u'‘' && u != u'’')
            to[n++] = u;
    }
    return ustr_to_utf8(r->arena, (struct ustr){ to, n });
}

static struct str name_of(struct reading *r, const struct rule_match *m)
{
    struct str fixed = rule_value(m->rule, "name");
    struct span name;
    if (fixed.len > 0)
        return fixed;
    bool whole = reading_is(m->rule, "whole", "true") || !rule_match_group(m, "name", &name);
    return unquoted(r, whole ? m->where : name);
}

static bool is_part(const struct rule_match *m, const char *part)
{
    return reading_is(m->rule, "part", part);
}

/* The piece of a list up to its first ， or ；, outside quotes and brackets. */
static struct span first_piece(const struct reading *r, struct span list)
{
    uint32_t depth = 0;
    for (uint32_t i = list.start; i < list.end; i++) {
        char16_t u = r->clean.at[i];
        depth += u == u'“' || u == u'（';
        depth -= depth > 0 && (u == u'”' || u == u'）');
        if (depth == 0 && (u == u'，' || u == u'；'))
            return (struct span){ list.start, i };
    }
    return list;
}

/* “三化”工程，即数字化、网络化、智能化工程: the word behind the name is no part of the last member. */
static struct span without_carrier(const struct reading *r, struct span list, struct span gap)
{
    uint32_t end = gap.start;
    while (end < gap.end && unit_is_han(r->clean.at[end]))
        end++;
    struct ustr carrier = ustr_sub(r->clean, gap.start, end);
    if (carrier.len >= 2 && span_len(list) > carrier.len && ustr_ends(reading_text(r, list), carrier))
        list.end -= carrier.len;
    return list;
}

/* A list whose members differ wildly in length was not cut where its author would cut it. */
static bool is_even(struct strs members)
{
    size_t least = SIZE_MAX, most = 0;
    for (size_t i = 0; i < members.count; i++) {
        least = members.at[i].len < least ? members.at[i].len : least;
        most = members.at[i].len > most ? members.at[i].len : most;
    }
    return most <= 3 * least + MEMBER_SLACK;
}

/* 并附问题、任务、责任“三张清单”: where all members but the first are of one length, the first has that length too. */
static struct strs members_ahead(struct reading *r, struct span list, int32_t declared)
{
    struct strs none = { NULL, 0 }, found = reading_members(r, list);
    if (declared < 2 || found.count != (size_t)declared)
        return none;
    size_t len = found.at[1].len;
    for (size_t i = 1; i < found.count; i++) {
        if (found.at[i].len != len || len > MEMBER_AHEAD_MOST)
            return none;
    }
    if (found.at[0].len < len)
        return none;
    struct str *members = arena_take(r->arena, found.count * sizeof *members);
    memcpy(members, found.at, found.count * sizeof *members);
    members[0] = (struct str){ found.at[0].at + found.at[0].len - len, len };
    return (struct strs){ members, found.count };
}

/* A Chinese character at the head of every member but the first, or empty. */
static struct str common_sign(struct strs members)
{
    const size_t bytes = 3;
    for (size_t i = 1; i < members.count; i++) {
        if (members.at[i].len <= bytes || memcmp(members.at[i].at, members.at[1].at, bytes) != 0)
            return STR("");
    }
    return members.count < 2 ? STR("") : (struct str){ members.at[1].at, bytes };
}

/* 巡察组不干预…，不履行…: what the first member has ahead of the sign that opens all others is not part of it. */
static struct strs without_lead(struct reading *r, struct strs members)
{
    struct str sign = common_sign(members);
    for (size_t at = 0; sign.len > 0 && at + sign.len < members.at[0].len && at <= LEAD_MOST; at += sign.len) {
        if (memcmp(members.at[0].at + at, sign.at, sign.len) != 0)
            continue;
        struct str *out = arena_take(r->arena, members.count * sizeof *out);
        memcpy(out, members.at, members.count * sizeof *out);
        out[0] = (struct str){ members.at[0].at + at, members.at[0].len - at };
        return (struct strs){ out, members.count };
    }
    return members;
}

/*
 * Members beside the mention. Lists nest: 、 and 和 may part members or stand inside one. So the list is read in several
 * ways, and the first one that meets the declared count is taken; where none does, what stands before the first comma.
 */
static struct strs members_in(struct reading *r, struct span list, struct span gap, int32_t declared)
{
    struct span first = without_carrier(r, first_piece(r, list), gap);
    const struct { struct span where; const char16_t *marks; } readings[] = {
        { first, u"、" }, { first, u"、和及与" }, { list, u"，；" }, { list, u"、，；" }, { list, u"、，；和及与" },
    };
    for (size_t i = 0; i < sizeof readings / sizeof *readings; i++) {
        struct strs members = reading_split(r, readings[i].where, readings[i].marks);
        if (declared > 0 && members.count == (size_t)declared && is_even(members))
            return without_lead(r, members);
    }
    struct strs members = reading_members(r, first);
    return members.count > 1 && is_even(members) ? members : (struct strs){ NULL, 0 };
}

/* `namely` is set to the list where the mention is defined by it (“三个重点”，即……). */
static struct strs members_beside(struct reading *r, uint32_t sentence, struct span mention, int32_t declared, struct span *namely)
{
    size_t i = 0;
    struct strs before = { NULL, 0 };
    for (const struct rule_match *m; (m = reading_next(r, sentence, RULE_SLOGAN, &i)) != NULL;) {
        struct span list;
        if (is_part(m, "behind") && m->whole.start == mention.end &&
            (rule_match_group(m, "in", &list) || rule_match_group(m, "out", &list))) {
            struct span word;
            if (rule_match_group(m, "namely", &word))
                *namely = first_piece(r, list);
            return members_in(r, list, (struct span){ mention.end, list.start }, declared);
        }
        if (is_part(m, "parallel") && m->whole.start == mention.end && rule_match_group(m, "out", &list)) {
            struct strs clauses = reading_split(r, list, u"，、；");
            if (declared > 1 && clauses.count == (size_t)declared)      /* any two clauses may begin alike */
                return clauses;
        }
        if (is_part(m, "before") && m->whole.end == mention.start) {
            struct strs found = members_ahead(r, m->where, declared);
            before = found.count > 0 ? found : before;
        }
    }
    return before;
}

static void add(struct reading *r, uint32_t sentence, const struct rule_match *m)
{
    bool unnamed = reading_is(m->rule, "unnamed", "true");
    struct draft *d = reading_add(r, ITEM_SLOGAN, m->where, sentence, m->rule);
    size_t at = r->drafts.count - 1;
    d->item.name = name_of(r, m);
    d->item.declared = unnamed ? -1 : declared_of(r, m);
    struct span namely = { 0, 0 };
    struct strs members = unnamed ? reading_members(r, m->where) : members_beside(r, sentence, m->where, d->item.declared, &namely);
    d = &r->drafts.at[at];
    d->item.members = members;
    if (span_len(namely) > 0 && d->item.declared > 0 && members.count > 0 && members.count < (size_t)d->item.declared) {
        d->list = namely;               /* what falls short of its number is shown with what there is of it */
        d->where.end = namely.end;
    }
}

/* “三张清单”——问题清单、…: a list that a name already has for its members stands for no name of its own. */
static bool is_members(const struct reading *r, uint32_t sentence, const struct rule_match *m)
{
    size_t i = 0;
    for (const struct rule_match *part; (part = reading_next(r, sentence, RULE_SLOGAN, &i)) != NULL;) {
        if (is_part(part, "behind") && span_overlap(part->whole, m->where))
            return reading_is(m->rule, "unnamed", "true");
    }
    return false;
}

void slogan_read(struct reading *r, uint32_t sentence)
{
    uint32_t done = 0;
    size_t i = 0;
    for (const struct rule_match *m; (m = reading_next(r, sentence, RULE_SLOGAN, &i)) != NULL;) {
        if (m->where.start < done || rule_value(m->rule, "part").len > 0 || is_members(r, sentence, m))
            continue;
        const struct rule_match *veto = reading_hit(r, sentence, RULE_NOT_SLOGAN, m->where);
        if (veto != NULL) {
            reading_reject(r, ITEM_SLOGAN, m->where, sentence, m->rule, veto->rule->id, veto->rule->title);
            continue;
        }
        add(r, sentence, m);
        done = m->where.end;
    }
}

/* Does the draft define the members of the name? A list that goes without the name does so only if it has the right number. */
static bool defines(const struct draft *d, struct str name, int32_t declared)
{
    if (d->item.members.count == 0)
        return false;
    if (d->item.type == ITEM_SLOGAN && str_eq(d->item.name, name))
        return d->item.declared > 0 || (size_t)declared == d->item.members.count;
    return d->item.type == ITEM_FOCUS && str_eq(d->item.set, name) && (size_t)declared == d->item.members.count;
}

/* The first draft that brings the members of that name: a mention that does so, or a list that stands for it. */
static const struct draft *definition_of(const struct reading *r, struct str name, int32_t declared)
{
    const struct draft *list = NULL;
    for (size_t i = 0; i < r->drafts.count; i++) {
        const struct draft *d = &r->drafts.at[i];
        if (!defines(d, name, declared))
            continue;
        if (d->item.type == ITEM_SLOGAN && d->item.declared > 0)
            return d;
        list = list == NULL ? d : list;
    }
    return list;
}

/* 紧扣“三大问题”: a focus that gives only a name has the members of that name. */
static void settle_focus(struct reading *r, struct draft *focus)
{
    for (size_t i = 0; i < r->drafts.count; i++) {
        const struct draft *d = &r->drafts.at[i];
        if (d->item.type == ITEM_SLOGAN && d->where.start == focus->where.start && d->where.end == focus->where.end && d->item.members.count > 0)
            focus->item.members = d->item.members;
        if (d->item.type == ITEM_SLOGAN && span_len(d->list) > 0 && d->where.start == focus->where.start && d->where.end == focus->where.end)
            focus->where = d->list;
    }
}

static void tell_mismatch(struct reading *r, const struct draft *d)
{
    const struct text *t = r->outline->text;
    struct place place = { .file = t->pages->name, .line = pages_line(t->pages, text_raw(t, d->where).start) };
    diags_addf(r->diags, DIAG_READ_COUNT, place, "%.*s（%d≠%zu）", STR_ARG(d->item.name), (int)d->item.declared, d->item.members.count);
}

void slogans_settle(struct reading *r)
{
    for (size_t i = 0; i < r->drafts.count; i++) {
        struct draft *d = &r->drafts.at[i];
        if (d->item.type != ITEM_SLOGAN)
            continue;
        const struct draft *defined = d->item.members.count == 0 ? definition_of(r, d->item.name, d->item.declared) : d;
        if (defined == NULL || defined->item.members.count == 0)
            continue;
        d->item.members = defined->item.members;
        d->item.mismatch = d->item.declared > 0 && (size_t)d->item.declared != d->item.members.count;
        if (d->item.mismatch && defined == d)
            tell_mismatch(r, d);
    }
    for (size_t i = 0; i < r->drafts.count; i++) {
        if (r->drafts.at[i].item.type == ITEM_FOCUS)
            settle_focus(r, &r->drafts.at[i]);
    }
}
