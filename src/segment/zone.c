/*
 * Zones: in which part of the document a sentence stands.
 *
 * A heading's words open a zone for all below it (scope heading); a formula in a sentence opens one for the rest of the
 * section (onward), of the paragraph or of the sentence. The zone named "default" goes back to what the heading said. A title
 * of the first level that says nothing by itself may be told by the section before it (scope behind).
 */
#include "segment/parts.h"

enum zone zone_default(enum doc_kind kind)
{
    static const enum zone zones[DOC_KIND_COUNT] = {
        [DOC_SPEECH] = ZONE_DEMAND, [DOC_FEEDBACK] = ZONE_OPENING, [DOC_PLAN] = ZONE_DEMAND,
        [DOC_PROGRESS] = ZONE_PROGRESS, [DOC_LEDGER] = ZONE_TABLE, [DOC_OTHER] = ZONE_DEMAND,
    };
    return zones[kind];
}

/* The zone that the next sentence is in unless its own words say otherwise. */
static enum zone zone_now(const struct parts *p)
{
    return p->paragraph_zone.rule != NULL ? p->paragraph_zone.zone : p->open[p->depth].zone;
}

/* Is the word one of a list parted by spaces? */
static bool list_has(struct str list, const char *word)
{
    size_t length = strlen(word);
    for (size_t i = 0; i + length <= list.len; i++) {
        bool starts = i == 0 || list.at[i - 1] == ' ', ends = i + length == list.len || list.at[i + length] == ' ';
        if (starts && ends && memcmp(list.at + i, word, length) == 0)
            return true;
    }
    return false;
}

/* The match of highest priority with the scope; of several, the last. A rule may speak of some zones alone (`inside`). */
static const struct rule *best_in(const struct rule_matches *found, const char *scope, enum zone now)
{
    const struct rule *chosen = NULL;
    for (size_t i = 0; i < found->count; i++) {
        const struct rule *r = found->at[i].rule;
        struct str inside = rule_value(r, "inside");
        if (inside.len > 0 && !list_has(inside, zone_names[now]))
            continue;
        if (str_is(rule_value(r, "scope"), scope) && (chosen == NULL || r->priority >= chosen->priority))
            chosen = r;
    }
    return chosen;
}

static const struct rule *best(const struct parts *p, const struct rule_matches *found, const char *scope)
{
    return best_in(found, scope, zone_now(p));
}

static int zone_named(const struct rule *r)
{
    return name_find(zone_names, ZONE_COUNT, rule_value(r, "zone"));
}

/* A title such as 表态发言 opens a zone for the whole document. */
void zone_of_document(struct parts *p)
{
    p->open[0] = (struct open_heading){ .heading = -1, .rank = -1, .zone = zone_default(p->outline->kind) };
    if (span_len(p->outline->title) == 0)
        return;
    struct rule_matches found = parts_matches(p, p->outline->title, RULE_ZONE);
    const struct rule *r = best(p, &found, "document");
    if (r != NULL && zone_named(r) >= 0) {
        p->open[0].zone = (enum zone)zone_named(r);
        p->open[0].zone_rule = r;
    }
}

/* 一、已完成整改的问题 1.采购围标屡禁不绝。查实违规6个…: below such a section each title states a problem and what follows
   answers it; a title that only names an area (党的领导方面) leaves that to those below it. */
static bool titled_by_findings(struct parts *p, const struct heading *h, struct open_heading *o)
{
    const struct rule *above = o->zone_rule;
    if (above == NULL || !str_is(rule_value(above, "titles"), "findings") || h->inner || parts_matches(p, h->title, RULE_NOT_FINDING).count > 0)
        return false;
    p->sentence_zone.zone = ZONE_FINDINGS;
    p->sentence_zone.rule = above;
    o->zone_rule = NULL;
    return true;
}

/* 1.…2.…3.…: what the point before it in the list said of its zone, where its rule says so of the whole list. */
static const struct rule *of_list(const struct parts *p, const struct heading *h)
{
    for (size_t i = p->headings.count; i-- > 0 && p->headings.at[i].level >= h->level;) {
        const struct heading *before = &p->headings.at[i];
        if (before->level == h->level && before->parent == h->parent)
            return before->marker_rule == h->marker_rule && before->zone_rule != NULL && str_is(rule_value(before->zone_rule, "list"), "true") ? before->zone_rule : NULL;
    }
    return NULL;
}

/* A title that says nothing by itself may do so behind a section of a certain zone: 压实责任，全面整改 behind the findings. */
static const struct rule *best_behind(const struct parts *p, const struct rule_matches *found, const struct heading *h)
{
    size_t i = p->headings.count;
    while (i > 0 && p->headings.at[i - 1].level > 1)
        i--;
    return h->level == 1 && i > 0 ? best_in(found, "behind", p->headings.at[i - 1].zone) : NULL;
}

void zone_of_heading(struct parts *p, struct heading *h, struct open_heading *o)
{
    if (h->listed || span_len(h->title) == 0 || titled_by_findings(p, h, o))
        return;
    struct rule_matches found = parts_matches(p, h->title, RULE_ZONE);
    const struct rule *r = best(p, &found, "heading");
    if (r == NULL)
        r = of_list(p, h);
    if (r == NULL)
        r = best_behind(p, &found, h);
    if (r != NULL && zone_named(r) >= 0) {
        o->zone = (enum zone)zone_named(r);
        o->zone_rule = r;
    } else if (p->block_label != NULL && !h->inner && p->paragraph_zone.rule == NULL) {
        p->paragraph_zone.zone = ZONE_FINDINGS;     /* 3.矿坑违规填埋。 above 责任单位：… is the problem they answer for */
        p->paragraph_zone.rule = p->block_label;
    }
}

/* The innermost open heading that does not end with its paragraph: the section a formula speaks for. */
static struct open_heading *section(struct parts *p)
{
    uint32_t depth = p->depth;
    while (depth > 0 && p->open[depth].ends_with_paragraph)
        depth--;
    return &p->open[depth];
}

static void set_onward(struct parts *p, const struct rule *r)
{
    struct open_heading *o = section(p);
    int zone = zone_named(r);
    if (zone >= 0) {
        o->zone = (enum zone)zone;
    } else {
        o->zone = o->heading >= 0 ? p->headings.at[o->heading].zone : zone_default(p->outline->kind);
        p->paragraph_zone.rule = NULL;
    }
    o->zone_rule = r;
    for (struct open_heading *below = o + 1; below <= &p->open[p->depth]; below++) {
        below->zone = o->zone;
        below->zone_rule = r;
    }
}

static void read_speaker(struct parts *p, const struct sentence *s)
{
    static const char *const names[] = { "author", "finds", "demands", "promises" };
    struct rule_matches found = parts_matches(p, s->where, RULE_SPEAKER);
    for (size_t i = 0; i < found.count; i++) {
        int speaker = name_find(names, sizeof names / sizeof *names, rule_value(found.at[i].rule, "speaker"));
        int zone = zone_named(found.at[i].rule);
        if (speaker >= 0)
            p->speaker = (enum speaker)speaker;
        if (zone >= 0) {
            p->paragraph_zone.zone = (enum zone)zone;
            p->paragraph_zone.rule = found.at[i].rule;
        }
    }
}

void zone_of_sentence(struct parts *p, struct sentence *s)
{
    read_speaker(p, s);
    struct rule_matches found = parts_matches(p, s->where, RULE_ZONE);
    const struct rule *onward = best(p, &found, "onward"), *paragraph = best(p, &found, "paragraph"), *sentence = best(p, &found, "sentence");
    if (onward != NULL)
        set_onward(p, onward);
    if (onward != NULL)
        p->paragraph_zone.rule = NULL;
    if (paragraph != NULL) {
        int zone = zone_named(paragraph);
        p->paragraph_zone.rule = zone < 0 ? NULL : paragraph;
        p->paragraph_zone.zone = zone < 0 ? p->open[p->depth].zone : (enum zone)zone;
    }
    if (sentence != NULL && zone_named(sentence) >= 0) {
        p->sentence_zone.zone = (enum zone)zone_named(sentence);
        p->sentence_zone.rule = sentence;
    }
    s->zone = p->open[p->depth].zone;
    s->zone_rule = p->open[p->depth].zone_rule;
    if (p->paragraph_zone.rule != NULL) {
        s->zone = p->paragraph_zone.zone;
        s->zone_rule = p->paragraph_zone.rule;
    }
    if (p->sentence_zone.rule != NULL) {
        s->zone = p->sentence_zone.zone;
        s->zone_rule = p->sentence_zone.rule;
    }
    s->speaker = p->speaker;
}
