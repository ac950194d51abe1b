/* The lists of a page: findings, focus, tasks, exhortations, and the short ones. */
#include "write/page.h"

#define GROUP_TITLE_MOST 40     /* characters of a heading that heads a group */

/* --- findings --- */

static size_t count_category(const struct page *p, enum category category)
{
    size_t n = 0;
    for (size_t i = 0; i < p->c->item_count; i++)
        n += p->c->items[i].type == ITEM_FINDING && p->c->items[i].category == category;
    return n;
}

static void put_finding(struct page *p, size_t i)
{
    const struct item *item = &p->c->items[i];
    struct facts f;
    facts_init(&f);
    page_add_place(p, &f, item, 0);
    page_add_linked(p, &f, i);
    page_item(p, BOX_NONE, page_words(p, item, NULL), &f);
}

/* Numbers run on through all groups, so that a finding can be named by its number. */
void page_findings(struct page *p)
{
    int number = 1;
    if (p->by_type[ITEM_FINDING] == 0)
        return;
    page_counted_heading(p, 2, str_of(say(p, WORD_FINDINGS)), p->by_type[ITEM_FINDING]);
    for (size_t k = 0; k < CATEGORY_COUNT; k++) {
        size_t count = count_category(p, (enum category)k);
        if (count == 0)
            continue;
        page_counted_heading(p, 3, str_of(word_of(category_names[k], p->s->lang)), count);
        tree_list_from(p->tree, number);
        for (size_t i = 0; i < p->c->item_count; i++) {
            if (p->c->items[i].type == ITEM_FINDING && p->c->items[i].category == k)
                put_finding(p, i);
        }
        tree_list_end(p->tree);
        number += (int)count;
    }
}

/* --- focus --- */

void page_focuses(struct page *p)
{
    if (p->by_type[ITEM_FOCUS] == 0)
        return;
    page_counted_heading(p, 2, str_of(say(p, WORD_FOCUSES)), p->by_type[ITEM_FOCUS]);
    tree_list(p->tree);
    for (size_t i = 0; i < p->c->item_count; i++) {
        const struct item *item = &p->c->items[i];
        if (item->type != ITEM_FOCUS)
            continue;
        struct facts f;
        facts_init(&f);
        facts_add(&f, item->set);
        page_add_place(p, &f, item, 0);
        page_item(p, BOX_NONE, page_words(p, item, NULL), &f);
    }
    tree_list_end(p->tree);
}

/* --- demands --- */

static bool is_exhortation(const struct item *item)
{
    return item->type == ITEM_DEMAND && !page_is_task(item);
}

static size_t count_where(const struct page *p, bool (*wanted)(const struct item *))
{
    size_t n = 0;
    for (size_t i = 0; i < p->c->item_count; i++)
        n += wanted(&p->c->items[i]);
    return n;
}

/* Report, accountability or prohibition; a plain task has no tag. */
static const char *demand_tag(const struct page *p, const struct item *item)
{
    const char *name = str_is(str_of(item->modality), "must_not") ? item->modality : item->kind;
    return name == NULL || strcmp(name, "task") == 0 ? NULL : word_of(name, p->s->lang);
}

static struct str actor_words(struct page *p, const struct item *item)
{
    if (item->actor.len == 0 || item->actor_source == NULL || strcmp(item->actor_source, "stated") == 0)
        return item->actor;
    return fill(p, WORD_COUNTED, item->actor, str_of(word_of(item->actor_source, p->s->lang)));
}

static void put_demand(struct page *p, size_t i, enum box box)
{
    const struct item *item = &p->c->items[i];
    struct facts f;
    facts_init(&f);
    facts_addf(&f, say(p, WORD_ACTOR), actor_words(p, item));
    page_add_linked(p, &f, i);
    page_add_place(p, &f, item, 1);
    page_item(p, box, page_words(p, item, demand_tag(p, item)), &f);
}

/* The demands wanted, below the outermost headings they stand under. */
static void put_grouped(struct page *p, bool (*wanted)(const struct item *), enum box box)
{
    int32_t group = -2;
    for (size_t i = 0; i < p->c->item_count; i++) {
        const struct item *item = &p->c->items[i];
        if (!wanted(item))
            continue;
        int32_t top = page_top(p, item->section);
        if (top != group) {
            if (group != -2)
                tree_list_end(p->tree);
            tree_heading(p->tree, 3, top >= 0 ? page_title(p, top, GROUP_TITLE_MOST) : str_of(say(p, WORD_BEFORE_HEADINGS)));
            tree_list(p->tree);
            group = top;
        }
        put_demand(p, i, box);
    }
    if (group != -2)
        tree_list_end(p->tree);
}

void page_tasks(struct page *p)
{
    size_t count = count_where(p, page_is_task);
    if (count == 0)
        return;
    page_counted_heading(p, 2, str_of(say(p, WORD_TASKS)), count);
    put_grouped(p, page_is_task, BOX_OPEN);
}

void page_exhortations(struct page *p)
{
    size_t count = count_where(p, is_exhortation);
    if (count == 0)
        return;
    page_counted_heading(p, 2, str_of(say(p, WORD_EXHORTATIONS)), count);
    if (!p->s->all)
        tree_fold(p->tree, fill(p, WORD_FOLDED, str_of(say(p, WORD_EXHORTATIONS)), page_number(p, count)));
    put_grouped(p, is_exhortation, BOX_NONE);
    if (!p->s->all)
        tree_fold_end(p->tree);
}

/* --- short lists --- */

static void add_transfer(struct page *p, struct facts *f, const struct item *item)
{
    facts_addf(f, say(p, WORD_TO), item->to);
    if (item->count >= 0)
        facts_add(f, fill(p, WORD_CLUES, page_number(p, (uint64_t)item->count), STR("")));
}

static void put_short_list(struct page *p, enum item_type type, enum word title)
{
    if (p->by_type[type] == 0)
        return;
    page_counted_heading(p, 2, str_of(say(p, title)), p->by_type[type]);
    tree_list(p->tree);
    for (size_t i = 0; i < p->c->item_count; i++) {
        const struct item *item = &p->c->items[i];
        if (item->type != type)
            continue;
        struct facts f;
        facts_init(&f);
        if (type == ITEM_TRANSFER)
            add_transfer(p, &f, item);
        page_add_place(p, &f, item, 0);
        page_item(p, BOX_NONE, page_words(p, item, NULL), &f);
    }
    tree_list_end(p->tree);
}

void page_short_lists(struct page *p)
{
    put_short_list(p, ITEM_STAT, WORD_STATS);
    put_short_list(p, ITEM_TRANSFER, WORD_TRANSFERS);
    put_short_list(p, ITEM_CAUSE, WORD_CAUSES);
    put_short_list(p, ITEM_COMMITMENT, WORD_COMMITMENTS);
}
