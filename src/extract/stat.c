/*
 * Stats: counted summaries, with their numbers read and their sum checked. A mismatch is a flag, never a repair.
 */
#include <math.h>

#include "extract/reading.h"
#include "zh/numeral.h"

#define NUMBERS_MOST 24

static bool zone_counts(enum zone z)
{
    return z == ZONE_OPENING || z == ZONE_PRAISE || z == ZONE_PROGRESS || z == ZONE_TRANSFER || z == ZONE_DEMAND || z == ZONE_MEANING ||
           z == ZONE_DUTY || z == ZONE_CLOSING || z == ZONE_FOCUS || z == ZONE_MEASURES ||
           z == ZONE_TABLE;
}

static const char *object_named(struct str object)
{
    static const char *const objects[] = { "problem", "task", "clue", "petition", "measure", "system", "money", "people", "case", "meeting", "other" };
    int i = name_find(objects, sizeof objects / sizeof *objects, object);
    return i < 0 ? "other" : objects[i];
}

static void read_numbers(struct reading *r, struct draft *d, uint32_t sentence)
{
    struct number *numbers = arena_take(r->arena, NUMBERS_MOST * sizeof *numbers);
    size_t count = 0, i = 0;
    double total = 0, parts = 0, done = 0, rate = -1;
    for (const struct rule_match *m; (m = reading_next(r, sentence, RULE_NUMBER, &i)) != NULL && count < NUMBERS_MOST;) {
        struct span n, unit;
        double value;
        if (!span_within(m->where, d->where) || !rule_match_group(m, "n", &n) || !numeral_value(reading_text(r, n), &value))
            continue;
        struct str name = rule_value(m->rule, "name");
        struct span called;
        if (name.len == 0 && rule_match_group(m, "name", &called))
            name = ustr_to_utf8(r->arena, reading_text(r, called));
        if (str_is(name, "total") && total > 0)
            continue;
        numbers[count++] = (struct number){ name, value };
        total += str_is(name, "total") ? value : 0;
        rate = str_is(name, "rate") ? value : rate;
        done += str_is(name, "done") ? value : 0;
        parts += str_is(name, "done") || str_is(name, "stage") || str_is(name, "ongoing") || str_is(name, "not_done") || str_is(name, "extended") ||
                         str_is(name, "standing") ? value : 0;
        if (rule_match_group(m, "unit", &unit))
            d->item.money_unit = ustr_to_utf8(r->arena, reading_text(r, unit));
    }
    if (count == 1 && str_is(str_of(d->item.object), "people"))
        numbers[0].name = STR("total");         /* 问责8人 alone is all there is, no part */
    d->item.numbers = numbers;
    d->item.number_count = count;
    bool parted = total > 0 && parts > done && done > 0;        /* a lone 已完成 says nothing of the rest */
    d->item.mismatch = (parted && fabs(total - parts) > 0.01) || (total > 0 && done > total) ||
                       (total > 0 && rate >= 0 && done > 0 && fabs(done / total * 100 - rate) > 1);
    if (d->item.mismatch) {
        struct place place = { .file = r->outline->text->pages->name, .line = pages_line(r->outline->text->pages, text_raw(r->outline->text, d->where).start) };
        diags_add(r->diags, DIAG_READ_SUM, place, STR(""), ustr_to_utf8(r->arena, reading_text(r, d->where)));
    }
}

/* Does the sentence stand below a finding that its block names? Then its figures tell of that finding alone. */
static bool below_finding(const struct reading *r, uint32_t sentence)
{
    const struct sentence *s = &r->outline->sentences[sentence];
    if (s->zone != ZONE_PROGRESS && s->zone != ZONE_MEASURES)
        return false;
    for (size_t i = r->drafts.count; i-- > 0;) {
        const struct draft *d = &r->drafts.at[i];
        if (r->outline->sentences[d->sentence].record != s->record)
            return false;
        if (d->item.type == ITEM_FINDING)
            return true;
    }
    return false;
}

/* Beside findings only clues that are handed over are counted. */
static bool hands_over(const struct reading *r, uint32_t sentence)
{
    size_t i = 0;
    return reading_next(r, sentence, RULE_TRANSFER, &i) != NULL;
}

/* In a progress text 清退资金3万元 sums up only beside counts of problems, tasks or clues; elsewhere it is an action like any other. */
static bool sums_up(const struct reading *r, uint32_t sentence)
{
    const struct sentence *s = &r->outline->sentences[sentence];
    if (s->zone != ZONE_PROGRESS)
        return true;
    for (size_t i = r->drafts.count; i-- > 0;) {
        const struct draft *d = &r->drafts.at[i];
        if (r->outline->sentences[d->sentence].paragraph != s->paragraph)
            return false;
        if (d->item.type == ITEM_STAT)
            return true;
    }
    return false;
}

/* What came of an inspection, not what was counted in it. */
static bool is_result(const char *object)
{
    static const char *const results[] = { "money", "people", "system" };
    return name_find(results, sizeof results / sizeof *results, str_of(object)) >= 0;
}

/* What the last count of the paragraph is of, for a sentence of parts alone; NULL: nothing was counted in it. */
static const char *counted_before(const struct reading *r, uint32_t sentence)
{
    uint32_t paragraph = r->outline->sentences[sentence].paragraph;
    for (size_t i = r->drafts.count; i-- > 0 && r->outline->sentences[r->drafts.at[i].sentence].paragraph == paragraph;) {
        const struct item *item = &r->drafts.at[i].item;
        if (item->type == ITEM_STAT && !is_result(item->object))
            return item->object;
    }
    return NULL;
}

static const char *object_of(const struct reading *r, const struct rule *rule, uint32_t sentence)
{
    return reading_is(rule, "object", "before") ? counted_before(r, sentence) : object_named(rule_value(rule, "object"));
}

/* May the rule's count of this object (NULL: of nothing) stand in the sentence? `beside`: it tells of findings. */
static bool may_count(const struct reading *r, uint32_t sentence, const struct rule *rule, const char *object, bool beside)
{
    return object != NULL && (!beside || str_is(str_of(object), "clue")) &&
           (!is_result(object) || reading_is(rule, "overview", "true") || sums_up(r, sentence));
}

/* 二、发现的主要问题 本次巡察共发现问题26个。…: what stands between the title of the part and its first finding counts them all. */
static bool opens_findings(const struct reading *r, uint32_t sentence)
{
    const struct sentence *s = &r->outline->sentences[sentence];
    if (s->zone != ZONE_FINDINGS || s->heading >= 0 || s->section < 0 || r->outline->headings[s->section].level > 1)
        return false;
    for (size_t i = r->drafts.count; i-- > 0 && r->outline->sentences[r->drafts.at[i].sentence].section == s->section;) {
        if (r->drafts.at[i].item.type == ITEM_FINDING && r->drafts.at[i].sentence < sentence)
            return false;
    }
    return true;
}

void stat_read(struct reading *r, uint32_t sentence)
{
    const struct sentence *s = &r->outline->sentences[sentence];
    bool field = s->label != NULL && !reading_is(s->label, "field", "other");     /* 备注：线索1条 is no field of its own */
    bool opens = opens_findings(r, sentence);
    bool beside = field || (s->zone == ZONE_FINDINGS && !opens) || below_finding(r, sentence);
    if (s->question || (beside ? !hands_over(r, sentence) : !opens && !zone_counts(s->zone)))
        return;
    uint32_t done = 0;
    size_t i = 0;
    for (const struct rule_match *m; (m = reading_next(r, sentence, RULE_STAT, &i)) != NULL;) {
        const char *object = object_of(r, m->rule, sentence);
        if (m->where.start < done || !may_count(r, sentence, m->rule, object, beside))
            continue;
        struct span where = reading_trim(r, m->where);
        struct draft *d = reading_add(r, ITEM_STAT, where, sentence, m->rule);
        d->item.object = object;
        done = where.end;
        read_numbers(r, d, sentence);
    }
}
