/*
 * Headings and their levels.
 *
 * A rule of type heading knows one form of marker and gives it a rank; a smaller rank stands higher. The level of a heading
 * is the number of open headings above it, so a document that starts with （一） has it as its first level. A point of a
 * run such as 一是…；二是…。 is a heading too and ends with its paragraph.
 */
#include "segment/parts.h"
#include "zh/numeral.h"

#define MARKER_UNITS 16         /* no marker is longer */
#define TITLE_UNITS_MOST 48     /* a damaged title is no longer */
#define DEEP_RANK 70            /* of points below a label: lower than any form of its own */

/* A heading that is only marked up has no rule of a marker. */
static int32_t field_int(const struct rule *r, const char *name, int32_t otherwise)
{
    struct str v = r == NULL ? STR("") : rule_value(r, name);
    int32_t n = 0;
    for (size_t i = 0; i < v.len; i++)
        n = n * 10 + (v.at[i] - '0');
    return v.len == 0 ? otherwise : n;
}

static bool field_is(const struct rule *r, const char *name, const char *value)
{
    return str_is(rule_value(r, name), value);
}

struct rule_matches parts_matches(struct parts *p, struct span where, enum rule_type type)
{
    struct rule_query query = {
        .types = RULE_BIT(type),
        .kinds = p->outline->kind_known ? 1u << p->outline->kind : UINT32_MAX,
        .zones = UINT32_MAX,
        .at = where.start,
        .document = p->text->pages->name,
    };
    return rule_scan_text(p->scan, p->scratch, parts_text(p, where), query, p->diags);
}

static int32_t ordinal_of(struct ustr digits)
{
    double n = 0;
    if (digits.len == 1 && digits.at[0] >= u'①' && digits.at[0] <= u'⑳')
        return digits.at[0] - u'①' + 1;
    if (digits.len == 1 && digits.at[0] >= u'⑴' && digits.at[0] <= u'⒇')
        return digits.at[0] - u'⑴' + 1;
    return numeral_value(digits, &n) && n < 10000 ? (int32_t)n : 0;
}

/* 二切实做好…, after 一是…: the marker that counts on from `before` lost its second half. */
static bool damaged_marker(struct parts *p, uint32_t at, uint32_t end, int32_t before, const struct rule *rule, struct marker *out)
{
    if (before == 0 || end - at < 4)
        return false;
    uint32_t len = before + 1 > 10 ? 2 : 1;
    struct span where = { at, at + len };
    if (ordinal_of(parts_text(p, where)) != before + 1)
        return false;
    char16_t next = p->text->clean.at[at + len];
    double n;
    if (!unit_is_han(next) || numeral_value((struct ustr){ &p->text->clean.at[at + len], 1 }, &n))
        return false;
    if (rule_set_word(rule_scan_set(p->scan), "measure_word", (struct ustr){ &p->text->clean.at[at + len], 1 }))
        return false;                               /* 二个…, 三项…: a count, not a marker */
    *out = (struct marker){ .rule = rule, .where = where, .ordinal = before + 1 };
    return true;
}

static bool may_open_marker(char16_t u)
{
    static const char16_t opens[] = u"一二三四五六七八九十〇（第首其再另最还此问反任整0123456789—▲•◆■●☆★▶►◇△";
    if (u >= u'①' && u <= u'⒛')
        return true;
    for (size_t i = 0; opens[i] != 0; i++) {
        if (opens[i] == u)
            return true;
    }
    return false;
}

bool marker_find(struct parts *p, uint32_t at, uint32_t end, bool damaged, struct marker *out)
{
    if (at >= end || !may_open_marker(p->text->clean.at[at]))
        return false;
    struct span head = { at, end - at > MARKER_UNITS ? at + MARKER_UNITS : end };
    struct rule_matches found = parts_matches(p, head, RULE_HEADING);
    for (size_t i = 0; i < found.count; i++) {
        const struct rule_match *m = &found.at[i];
        struct span n;
        if (m->where.start != at)
            continue;
        *out = (struct marker){
            .rule = m->rule, .where = m->where,
            .ordinal = rule_match_group(m, "n", &n) ? ordinal_of(parts_text(p, n)) : field_int(m->rule, "ordinal", 0),
        };
        return true;
    }
    return damaged && damaged_marker(p, at, end, p->list_ordinal, p->list_rule, out);
}

bool marker_find_damaged_title(struct parts *p, uint32_t at, uint32_t end, struct marker *out)
{
    size_t i = p->headings.count;
    while (i > 0 && p->headings.at[i - 1].level > 1)
        i--;
    if (i == 0 || end - at > TITLE_UNITS_MOST || ustr_has(parts_text(p, (struct span){ at, end }), u'。'))
        return false;
    const struct heading *last = &p->headings.at[i - 1];
    return last->marker_rule != NULL && unit_is_han(p->text->clean.at[last->marker.start]) && last->ordinal > 0 &&
           damaged_marker(p, at, end, last->ordinal, last->marker_rule, out);
}

static void pop_to(struct parts *p, uint32_t depth)
{
    while (p->depth > depth) {
        const struct open_heading *o = &p->open[p->depth--];
        if (p->sentences.count > 0)
            p->headings.at[o->heading].body.end = p->sentences.at[p->sentences.count - 1].where.end;
    }
}

/* The depth at which a heading of this rank opens. */
static uint32_t depth_for(const struct parts *p, int32_t rank)
{
    uint32_t depth = p->depth;
    while (depth > 0 && p->open[depth].rank >= rank)
        depth--;
    return depth + 1 < HEADING_DEPTH_MOST ? depth + 1 : depth;
}

int32_t heading_open(struct parts *p, const struct marker *m, struct span title, uint32_t paragraph, bool run_in)
{
    int32_t rank = m->deep ? DEEP_RANK : field_int(m->rule, "rank", p->text->paragraphs[paragraph].level);
    uint32_t depth = depth_for(p, rank);
    pop_to(p, depth - 1);
    bool listed = m->deep || (m->rule != NULL && field_is(m->rule, "extent", "paragraph"));
    struct heading h = {
        .level = depth, .marker = m->where, .title = title, .body = { m->where.start, title.end },
        .parent = p->open[depth - 1].heading, .paragraph = paragraph, .run_in = run_in, .listed = listed,
        .inner = m->deep || (m->rule != NULL && field_is(m->rule, "inner", "true")), .marker_rule = m->rule,
        .ordinal = m->ordinal,
    };
    struct open_heading o = {
        .heading = (int32_t)p->headings.count, .rank = rank, .zone = p->open[depth - 1].zone,
        .zone_rule = p->open[depth - 1].zone_rule, .ends_with_paragraph = listed,
    };
    zone_of_heading(p, &h, &o);
    h.zone = o.zone;
    h.zone_rule = o.zone_rule;
    *VEC_ADD(p->arena, &p->headings) = h;
    p->depth = depth;
    p->open[depth] = o;
    if (listed) {
        p->list_ordinal = m->ordinal;
        p->list_rule = m->rule;
    }
    return o.heading;
}

void headings_end_paragraph(struct parts *p)
{
    uint32_t depth = p->depth;
    while (depth > 0 && p->open[depth].ends_with_paragraph)
        depth--;
    pop_to(p, depth);
}

void headings_end_sentence(struct parts *p, char16_t mark)
{
    struct open_heading *o = &p->open[p->depth];
    if (p->depth == 0 || !o->ends_with_paragraph)
        return;
    if (mark == u'；')
        o->parts_end_soft = true;
    else if (o->parts_end_soft || p->open[p->depth - 1].parts_end_soft)
        pop_to(p, p->depth - 1);
}
