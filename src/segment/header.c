/*
 * What the document is: title, kind, date, who wrote it to whom.
 *
 * Several lines may look like a title or a date; the rule's field `weight` and the place of the line decide. A day that
 * stands in page chrome (发布时间) counts too.
 */
#include <stdio.h>

#include "segment/parts.h"
#include "zh/day.h"
#include "zh/numeral.h"

#define TITLE_PARAGRAPHS 12     /* a title stands among the first paragraphs */
#define TITLE_UNITS_MOST 80
#define HEAD_PARAGRAPHS 12      /* dates, greetings and names ahead of the body */
#define TAIL_PARAGRAPHS 6       /* signature and date behind it */

static int32_t weight(const struct rule *r)
{
    struct str v = rule_value(r, "weight");
    int32_t n = 0;
    for (size_t i = 0; i < v.len; i++)
        n = n * 10 + (v.at[i] - '0');
    return n;
}

static struct rule_matches match_words(struct parts *p, struct ustr words, enum rule_type type)
{
    struct rule_query query = {
        .types = RULE_BIT(type), .kinds = p->outline->kind_known ? 1u << p->outline->kind : UINT32_MAX, .zones = UINT32_MAX,
        .document = p->text->pages->name,
    };
    return rule_scan_text(p->scan, p->scratch, words, query, p->diags);
}

static bool ends_like_prose(struct ustr words)
{
    char16_t last = words.at[words.len - 1];
    return last == u'。' || last == u'；' || last == u'：' || last == u'，' || last == u'！';
}

/* The paragraph of the title, or -1. */
static int32_t title_find(struct parts *p)
{
    size_t n = p->text->paragraph_count < TITLE_PARAGRAPHS ? p->text->paragraph_count : TITLE_PARAGRAPHS;
    int32_t bare = -1, marked_up = -1;
    for (size_t i = 0; i < n; i++) {
        const struct paragraph *para = &p->text->paragraphs[i];
        struct ustr words = parts_text(p, para->where);
        if (words.len == 0 || words.len > TITLE_UNITS_MOST || para->cell.table != 0)
            continue;
        if (match_words(p, words, RULE_TITLE).count > 0)
            return (int32_t)i;
        struct marker m;
        if (marked_up < 0 && para->level == 1)
            marked_up = (int32_t)i;
        if (bare < 0 && words.len >= 6 && !ends_like_prose(words) && i == 0 && !marker_find(p, para->where.start, para->where.end, false, &m) &&
            labels_find(p, para->where).count == 0 && p->text->paragraph_count > 1)
            bare = (int32_t)i;
    }
    return marked_up >= 0 ? marked_up : bare;
}

static const struct rule *best_kind(struct parts *p, struct ustr words, const struct rule *best)
{
    struct rule_matches found = match_words(p, words, RULE_KIND);
    for (size_t i = 0; i < found.count; i++) {
        if (best == NULL || weight(found.at[i].rule) > weight(best))
            best = found.at[i].rule;
    }
    return best;
}

static void kind_read(struct parts *p, int wanted)
{
    struct outline *o = p->outline;
    int hinted = wanted >= 0 ? wanted : p->text->pages->kind_hint;
    const struct rule *best = NULL;
    if (hinted < 0) {
        if (span_len(o->title) > 0)
            best = best_kind(p, parts_text(p, o->title), best);
        if (best == NULL && p->text->pages->title_hint.len > 0)
            best = best_kind(p, p->text->pages->title_hint, best);
        size_t n = p->text->paragraph_count < HEAD_PARAGRAPHS ? p->text->paragraph_count : HEAD_PARAGRAPHS;
        for (size_t i = 0; i < n && best == NULL; i++)
            best = best_kind(p, parts_text(p, p->text->paragraphs[i].where), NULL);
        hinted = best == NULL ? -1 : name_find(doc_kind_names, DOC_KIND_COUNT, rule_value(best, "kind"));
    }
    o->kind = hinted < 0 ? DOC_OTHER : (enum doc_kind)hinted;
    o->kind_rule = best;
    o->kind_known = true;
}

struct found_date {
    struct day day;
    int32_t weight;
};

static bool number_group(const struct rule_match *m, const char *name, struct ustr words, int *out)
{
    struct span where;
    double n;
    if (!rule_match_group(m, name, &where) || !numeral_value(ustr_at(words, where), &n) || n > 9999)
        return false;
    *out = (int)n;
    return true;
}

static void date_consider(struct parts *p, struct ustr words, struct found_date *best)
{
    struct rule_matches found = match_words(p, words, RULE_DATE);
    for (size_t i = 0; i < found.count; i++) {
        struct found_date d = { { 0, 0, 0 }, weight(found.at[i].rule) };
        if (!number_group(&found.at[i], "y", words, &d.day.year) || !number_group(&found.at[i], "m", words, &d.day.month) ||
            !number_group(&found.at[i], "d", words, &d.day.day) || !day_valid(d.day) || d.weight < best->weight)
            continue;
        *best = d;
    }
}

/* Where the lines behind the body begin. A table there (附：责任分解表) does not count. */
static size_t tail_begin(const struct parts *p)
{
    size_t i = p->text->paragraph_count;
    for (size_t lines = 0; i > 0 && lines < TAIL_PARAGRAPHS; i--)
        lines += p->text->paragraphs[i - 1].cell.table == 0;
    return i;
}

static bool is_edge(size_t i, size_t tail)
{
    return i < HEAD_PARAGRAPHS || i >= tail;
}

static void date_read(struct parts *p, struct str wanted)
{
    struct outline *o = p->outline;
    struct found_date best = { { 0, 0, 0 }, 0 };
    if (wanted.len == 0)
        wanted = p->text->pages->date_hint;
    if (wanted.len > 0) {
        o->date = wanted;
        return;
    }
    size_t tail = tail_begin(p);
    for (size_t i = 0; i < p->text->noise_count; i++)
        date_consider(p, p->text->noise[i].words, &best);
    for (size_t i = 0; i < p->text->paragraph_count; i++) {
        if (is_edge(i, tail))
            date_consider(p, parts_text(p, p->text->paragraphs[i].where), &best);
    }
    if (best.weight > 0)
        o->date = day_iso(p->arena, best.day);
}

/* Takes the group of a match over what a weaker rule, or a later line, says. */
static void take_party(const struct rule_match *m, const char *group, struct span *party, int32_t *priority)
{
    struct span part;
    if (rule_match_group(m, group, &part) && (span_len(*party) == 0 || m->rule->priority > *priority)) {
        *party = part;
        *priority = m->rule->priority;
    }
}

static void parties_read(struct parts *p)
{
    struct outline *o = p->outline;
    size_t tail = tail_begin(p);
    int32_t of_issuer = 0, of_addressee = 0;
    for (size_t i = 0; i < p->text->paragraph_count; i++) {
        if (!is_edge(i, tail))
            continue;
        struct span where = p->text->paragraphs[i].where;
        struct rule_matches found = parts_matches(p, where, RULE_ISSUER);
        for (size_t k = 0; k < found.count; k++) {
            take_party(&found.at[k], "issuer", &o->issuer, &of_issuer);
            take_party(&found.at[k], "addressee", &o->addressee, &of_addressee);
        }
    }
}

/* A line that only dates or signs the document says nothing else. */
static bool is_dateline(struct parts *p, struct span where)
{
    struct rule_matches found = match_words(p, parts_text(p, where), RULE_DATE);
    for (size_t i = 0; i < found.count; i++) {
        if (found.at[i].whole.start == 0 && found.at[i].whole.end == span_len(where))
            return true;
    }
    return false;
}

void header_read(struct parts *p, const struct segment_settings *settings, bool *is_front)
{
    int32_t title = title_find(p);
    if (title >= 0) {
        p->outline->title = p->text->paragraphs[title].where;
        for (int32_t i = 0; i <= title; i++)
            is_front[i] = i == title || p->text->paragraphs[i].cell.table == 0;
    }
    kind_read(p, settings->kind);
    date_read(p, settings->date);
    parties_read(p);
    size_t tail = tail_begin(p);
    for (size_t i = 0; i < p->text->paragraph_count; i++) {
        if (is_edge(i, tail) && p->text->paragraphs[i].cell.table == 0 && is_dateline(p, p->text->paragraphs[i].where))
            is_front[i] = true;
    }
}
