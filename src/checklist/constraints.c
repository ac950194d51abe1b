/*
 * Each constraint looks over the whole checklist and complains of what breaks it.
 *
 * What belongs to a problem is what stands in its record (a table row, a numbered block), below the heading that names it,
 * or is linked to it; so first every record, heading and item is told what it has.
 */
#include "checklist/constraints.h"

#include <stdlib.h>

enum { HAS_OWNER = 1, HAS_LIMIT = 2, HAS_MEASURE = 4, HAS_STATE = 8, HAS_DONE = 16 };

struct checking {
    struct arena *arena;
    const struct checklist *list;
    const struct constraint *constraint;    /* being checked */
    VEC(struct complaint) found;
    unsigned char *by_record, *by_section, *by_item;    /* bits of what each has */
    uint32_t records;
};

const char *const constraint_level_names[CONSTRAINT_LEVEL_COUNT] = { "note", "warning", "error" };
const char *const constraint_level_words[CONSTRAINT_LEVEL_COUNT] = { "提示", "警告", "错误" };

/* ---- who has what */

/* 每季度公示 says how often a measure comes, not by when the problem is solved. */
static unsigned char brings(const struct item *item)
{
    switch (item->type) {
    case ITEM_RESPONSIBILITY: return HAS_OWNER;
    case ITEM_DEADLINE: return str_is(str_of(item->kind), "recurring") ? 0 : HAS_LIMIT;
    case ITEM_MEASURE: return HAS_MEASURE;
    case ITEM_PROGRESS: return (unsigned char)(item->state == NULL ? 0 : str_is(str_of(item->state), "done") ? HAS_STATE | HAS_DONE : HAS_STATE);
    default: return 0;
    }
}

static void spread(struct checking *c, size_t i)
{
    const struct checklist *l = c->list;
    const struct item *item = &l->items[i];
    unsigned char bits = brings(item);
    c->by_record[item->record] |= bits;
    for (int32_t s = item->section; s >= 0; s = l->sections[s].parent)
        c->by_section[s] |= bits;
    size_t steps = 0;
    for (int32_t k = item->link; k >= 0 && steps++ < l->item_count; k = l->items[k].link)
        c->by_item[k] |= bits;
}

static void survey(struct checking *c)
{
    const struct checklist *l = c->list;
    for (size_t i = 0; i < l->item_count; i++) {
        if (l->items[i].record > c->records)
            c->records = l->items[i].record;
    }
    c->by_record = arena_take(c->arena, (size_t)c->records + 1);
    c->by_section = arena_take(c->arena, l->section_count + 1);
    c->by_item = arena_take(c->arena, l->item_count + 1);
    for (size_t i = 0; i < l->item_count; i++)
        spread(c, i);
}

/* Does the heading above the item name it? */
static bool is_heading(const struct checklist *l, const struct item *item)
{
    if (item->section < 0)
        return false;
    struct at title = l->sections[item->section].at;
    return item->at.start >= title.start && item->at.end <= title.end;
}

static unsigned has(const struct checking *c, size_t i)
{
    const struct item *item = &c->list->items[i];
    unsigned bits = c->by_item[i] | c->by_record[item->record];
    return is_heading(c->list, item) ? bits | c->by_section[item->section] : bits;
}

/* ---- complaining */

static void complain(struct checking *c, struct at at, struct str quote, const struct item *item)
{
    *VEC_ADD(c->arena, &c->found) = (struct complaint){ c->constraint, at, quote, item };
}

static void complain_of_item(struct checking *c, const struct item *item)
{
    complain(c, item->at, item->clean, item);
}

/* Of the document as a whole: at its title, else at its head. */
static void complain_of_document(struct checking *c)
{
    struct at head = { .line = 1 };
    bool titled = c->list->document.title_at.end > 0;
    complain(c, titled ? c->list->document.title_at : head, c->list->document.title, NULL);
}

/* What was noticed while reading. */
static void repeat(struct checking *c, enum diag_code code)
{
    for (size_t i = 0; i < c->list->diag_count; i++) {
        const struct diag *d = &c->list->diags[i];
        if (d->code == code)
            complain(c, (struct at){ .line = d->place.line }, d->detail, NULL);
    }
}

static bool is_kind(const struct checking *c, enum doc_kind kind)
{
    return c->list->document.kind == kind;
}

/* ---- problems and what they lack */

/* Of the findings of a record the first speaks for it. */
static void lacks(struct checking *c, unsigned what)
{
    bool *told = arena_take(c->arena, (size_t)c->records + 1);
    for (size_t i = 0; i < c->list->item_count; i++) {
        const struct item *item = &c->list->items[i];
        if (item->type != ITEM_FINDING || told[item->record])
            continue;
        told[item->record] = true;
        if ((has(c, i) & what) == 0)
            complain_of_item(c, item);
    }
}

static void check_owner(struct checking *c)
{
    if (is_kind(c, DOC_PLAN) || is_kind(c, DOC_LEDGER))
        lacks(c, HAS_OWNER);
}

static void check_deadline(struct checking *c)
{
    if (is_kind(c, DOC_PLAN) || is_kind(c, DOC_LEDGER))
        lacks(c, HAS_LIMIT);
}

static void check_measure(struct checking *c)
{
    if (is_kind(c, DOC_PLAN))
        lacks(c, HAS_MEASURE);
}

/* One state speaks for its record; where there is none the first line of progress is named. */
static void check_state(struct checking *c)
{
    bool *told = arena_take(c->arena, (size_t)c->records + 1);
    for (size_t i = 0; is_kind(c, DOC_LEDGER) && i < c->list->item_count; i++) {
        const struct item *item = &c->list->items[i];
        if (item->type != ITEM_PROGRESS || told[item->record])
            continue;
        told[item->record] = true;
        if ((c->by_record[item->record] & HAS_STATE) == 0)
            complain_of_item(c, item);
    }
}

/* ---- days */

/* ISO days compare like text. A ledger or a progress report may well name the past day by which a thing was done. */
static void check_past_deadline(struct checking *c)
{
    struct str today = c->list->document.date;
    bool reports = is_kind(c, DOC_LEDGER) || is_kind(c, DOC_PROGRESS);
    for (size_t i = 0; today.len == 10 && i < c->list->item_count; i++) {
        const struct item *item = &c->list->items[i];
        if (item->type != ITEM_DEADLINE || item->iso.len != 10 || memcmp(item->iso.at, today.at, 10) >= 0)
            continue;
        if (!reports || (c->by_record[item->record] & HAS_DONE) == 0)
            complain_of_item(c, item);
    }
}

static void check_damaged_date(struct checking *c)
{
    repeat(c, DIAG_READ_DAMAGED);
}

static void check_anchor(struct checking *c)
{
    repeat(c, DIAG_READ_NO_ANCHOR);
}

/* ---- numbers */

static void check_count(struct checking *c)
{
    repeat(c, DIAG_READ_COUNT);
}

static void check_sum(struct checking *c)
{
    repeat(c, DIAG_READ_SUM);
}

static void check_sequence(struct checking *c)
{
    repeat(c, DIAG_READ_SEQUENCE);
}

/* ---- the text */

static void check_quotes(struct checking *c)
{
    for (size_t i = 0; i < c->list->quote_count; i++)
        complain(c, c->list->quotes[i].at, c->list->quotes[i].text, NULL);
}

static void check_gaps(struct checking *c)
{
    for (size_t i = 0; i < c->list->gap_count; i++)
        complain(c, c->list->gaps[i].at, c->list->gaps[i].text, NULL);
}

static void check_bytes(struct checking *c)
{
    if (c->list->document.bad_bytes > 0)
        complain_of_document(c);
}

static void check_masks(struct checking *c)
{
    for (size_t i = 0; i < c->list->item_count; i++) {
        const struct item *item = &c->list->items[i];
        if (item->masked && (item->type == ITEM_RESPONSIBILITY || item->type == ITEM_DEADLINE))
            complain_of_item(c, item);
    }
}

/* ---- the document */

static void check_date(struct checking *c)
{
    if (c->list->document.date.len == 0)
        complain_of_document(c);
}

static void check_kind(struct checking *c)
{
    if (is_kind(c, DOC_OTHER))
        complain_of_document(c);
}

/* ---- the table */

const struct constraint constraint_table[] = {
    { "no_kind", CONSTRAINT_WARNING, { "看不出是哪种文件", "the document is of no known kind" }, check_kind },
    { "no_date", CONSTRAINT_WARNING, { "文件没有日期", "the document has no date" }, check_date },
    { "bad_bytes", CONSTRAINT_ERROR, { "文件里有无法识别的字节", "the file holds undecodable bytes" }, check_bytes },
    { "gap", CONSTRAINT_WARNING, { "正文有删节", "text was cut out" }, check_gaps },
    { "quotes", CONSTRAINT_WARNING, { "引号或书名号不配对", "a quotation mark lacks its partner" }, check_quotes },
    { "sequence", CONSTRAINT_WARNING, { "标题序号不连续", "the numbering of headings has a gap" }, check_sequence },
    { "count", CONSTRAINT_WARNING, { "宣布的数目与所列不符", "an announced count differs from what is listed" }, check_count },
    { "sum", CONSTRAINT_ERROR, { "分项之和与总数不符", "the parts do not add up to the total" }, check_sum },
    { "no_owner", CONSTRAINT_WARNING, { "问题没有责任人或责任单位", "a problem nobody answers for" }, check_owner },
    { "no_deadline", CONSTRAINT_WARNING, { "问题没有完成时限", "a problem without a time limit" }, check_deadline },
    { "no_measure", CONSTRAINT_WARNING, { "问题没有整改措施", "a problem without a measure" }, check_measure },
    { "no_state", CONSTRAINT_WARNING, { "整改进展没有说明状态", "progress without a state" }, check_state },
    { "past_deadline", CONSTRAINT_WARNING, { "时限早于文件日期", "a time limit lies before the document's date" }, check_past_deadline },
    { "damaged_date", CONSTRAINT_ERROR, { "日期有缺字", "a date has lost characters" }, check_damaged_date },
    { "no_anchor", CONSTRAINT_NOTE, { "时限缺少起算日，可用 --anchor 告知", "a time limit has no day to count from; --anchor can tell it" }, check_anchor },
    { "masked", CONSTRAINT_NOTE, { "姓名、单位或日期被隐去", "a name or date is blanked out" }, check_masks },
};
const size_t constraint_count = sizeof constraint_table / sizeof *constraint_table;

static int by_line(const void *x, const void *y)
{
    const struct complaint *a = x, *b = y;
    if (a->at.line != b->at.line)
        return a->at.line < b->at.line ? -1 : 1;
    if (a->broken != b->broken)
        return a->broken < b->broken ? -1 : 1;
    return a->at.start < b->at.start ? -1 : a->at.start > b->at.start;
}

struct complaints constraints_check(struct arena *a, const struct checklist *list)
{
    struct checking c = { .arena = a, .list = list };
    survey(&c);
    for (size_t i = 0; i < constraint_count; i++) {
        c.constraint = &constraint_table[i];
        c.constraint->check(&c);
    }
    if (c.found.count > 1)
        qsort(c.found.at, c.found.count, sizeof *c.found.at, by_line);
    return (struct complaints){ c.found.at, c.found.count };
}
