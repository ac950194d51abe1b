/* Measures and progress, each below the finding it belongs to. */
#include "write/page.h"

static bool has_action(const struct page *p, size_t finding, enum item_type type)
{
    for (int32_t k = p->first_linked[finding]; k >= 0; k = p->next_linked[k]) {
        if (p->c->items[k].type == type)
            return true;
    }
    return false;
}

/* A measure is open until somebody ticks it; of progress the document says whether it is done. */
static enum box box_of(const struct item *item)
{
    return str_is(str_of(item->state), "done") ? BOX_DONE : BOX_OPEN;
}

static const char *state_tag(const struct page *p, const struct item *item)
{
    if (item->type != ITEM_PROGRESS)
        return NULL;
    return item->state == NULL ? say(p, WORD_STATE_UNSTATED) : word_of(item->state, p->s->lang);
}

static void put_action(struct page *p, size_t i)
{
    const struct item *item = &p->c->items[i];
    struct facts f;
    facts_init(&f);
    page_add_linked(p, &f, i);
    facts_add(&f, page_line(p, item->at));
    page_item(p, box_of(item), page_words(p, item, state_tag(p, item)), &f);
}

static void put_finding(struct page *p, size_t finding, enum item_type type)
{
    const struct item *item = &p->c->items[finding];
    struct facts f;
    facts_init(&f);
    page_add_linked(p, &f, finding);
    facts_add(&f, page_line(p, item->at));
    page_item(p, BOX_NONE, page_words(p, item, NULL), &f);
    tree_list(p->tree);
    for (int32_t k = p->first_linked[finding]; k >= 0; k = p->next_linked[k]) {
        if (p->c->items[k].type == type)
            put_action(p, (size_t)k);
    }
    tree_list_end(p->tree);
}

/* The findings that have such actions, numbered; how many actions stand below them. */
static void put_by_finding(struct page *p, enum item_type type)
{
    bool open = false;
    for (size_t i = 0; i < p->c->item_count; i++) {
        if (p->c->items[i].type != ITEM_FINDING || !has_action(p, i, type))
            continue;
        if (!open)
            tree_list_from(p->tree, 1);
        open = true;
        put_finding(p, i, type);
    }
    if (open)
        tree_list_end(p->tree);
}

static bool stands_alone(const struct page *p, const struct item *item, enum item_type type)
{
    return item->type == type && (item->link < 0 || p->c->items[item->link].type != ITEM_FINDING);
}

/* Actions of the organisation in general, and those whose finding the document does not print. */
static void put_alone(struct page *p, enum item_type type)
{
    bool open = false;
    for (size_t i = 0; i < p->c->item_count; i++) {
        if (!stands_alone(p, &p->c->items[i], type))
            continue;
        if (!open) {
            tree_heading(p->tree, 3, str_of(say(p, WORD_NO_FINDING)));
            tree_list(p->tree);
        }
        open = true;
        put_action(p, i);
    }
    if (open)
        tree_list_end(p->tree);
}

void page_actions(struct page *p)
{
    static const struct { enum item_type type; enum word title; } kinds[] = {
        { ITEM_MEASURE, WORD_MEASURES }, { ITEM_PROGRESS, WORD_PROGRESSES },
    };
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        if (p->by_type[kinds[k].type] == 0)
            continue;
        page_counted_heading(p, 2, str_of(say(p, kinds[k].title)), p->by_type[kinds[k].type]);
        put_by_finding(p, kinds[k].type);
        put_alone(p, kinds[k].type);
    }
}
