/* What did not become an item and why, what is masked or cut, which numbers differ: folded, but never silent. */
#include "write/page.h"

static size_t count_verdict(const struct page *p, bool unresolved)
{
    size_t n = 0;
    for (size_t i = 0; i < p->c->reject_count; i++)
        n += (p->c->rejects[i].verdict == VERDICT_UNRESOLVED) == unresolved;
    return n;
}

static void put_reject(struct page *p, const struct reject *r)
{
    struct facts f;
    facts_init(&f);
    facts_add(&f, str_of(word_of(item_type_names[r->type], p->s->lang)));
    facts_add(&f, r->why.len > 0 ? fill(p, WORD_DOUBT_WHY, r->why, STR("")) : r->guard);
    facts_add(&f, r->rule.len > 0 ? fill(p, WORD_DOUBT_RULE, r->rule, STR("")) : STR(""));
    facts_add(&f, page_line(p, r->at));
    page_item(p, BOX_NONE, r->clean.len > 0 ? r->clean : r->text, &f);
}

static void put_rejects(struct page *p, bool unresolved, enum word title)
{
    size_t count = count_verdict(p, unresolved);
    if (count == 0)
        return;
    page_counted_heading(p, 3, str_of(say(p, title)), count);
    tree_list(p->tree);
    for (size_t i = 0; i < p->c->reject_count; i++) {
        if ((p->c->rejects[i].verdict == VERDICT_UNRESOLVED) == unresolved)
            put_reject(p, &p->c->rejects[i]);
    }
    tree_list_end(p->tree);
}

static bool is_masked(const struct item *item)
{
    return item->masked;
}

static bool is_mismatch(const struct item *item)
{
    return item->mismatch;
}

static size_t count_items(const struct page *p, bool (*wanted)(const struct item *))
{
    size_t n = 0;
    for (size_t i = 0; i < p->c->item_count; i++)
        n += wanted(&p->c->items[i]);
    return n;
}

static void put_items(struct page *p, bool (*wanted)(const struct item *), enum word title)
{
    size_t count = count_items(p, wanted);
    if (count == 0)
        return;
    page_counted_heading(p, 3, str_of(say(p, title)), count);
    tree_list(p->tree);
    for (size_t i = 0; i < p->c->item_count; i++) {
        const struct item *item = &p->c->items[i];
        if (!wanted(item))
            continue;
        struct facts f;
        facts_init(&f);
        facts_add(&f, str_of(word_of(item_type_names[item->type], p->s->lang)));
        if (item->type == ITEM_SLOGAN && item->mismatch)
            facts_add(&f, fill(p, WORD_DECLARED_LISTED, page_number(p, (uint64_t)item->declared), page_number(p, item->members.count)));
        facts_add(&f, page_line(p, item->at));
        page_item(p, BOX_NONE, item->clean, &f);
    }
    tree_list_end(p->tree);
}

static void put_gaps(struct page *p)
{
    if (p->c->gap_count == 0)
        return;
    page_counted_heading(p, 3, str_of(say(p, WORD_DOUBT_GAPS)), p->c->gap_count);
    tree_list(p->tree);
    for (size_t i = 0; i < p->c->gap_count; i++) {
        const struct gap_span *gap = &p->c->gaps[i];
        struct facts f;
        facts_init(&f);
        if (gap->missing > 0)
            facts_add(&f, fill(p, WORD_SHORTENED, page_number(p, gap->missing), STR("")));
        facts_add(&f, page_line(p, gap->at));
        page_item(p, BOX_NONE, gap->text, &f);
    }
    tree_list_end(p->tree);
}

void page_doubts(struct page *p)
{
    size_t count = p->c->reject_count + p->c->gap_count + count_items(p, is_masked) + count_items(p, is_mismatch);
    if (count == 0 && p->c->noise_count == 0)
        return;
    page_counted_heading(p, 2, str_of(say(p, WORD_DOUBTS)), count);
    tree_fold(p->tree, fill(p, WORD_FOLDED, str_of(say(p, WORD_DOUBTS)), page_number(p, count)));
    put_rejects(p, true, WORD_DOUBT_UNRESOLVED);
    put_gaps(p);
    put_items(p, is_masked, WORD_DOUBT_MASKED);
    put_items(p, is_mismatch, WORD_DOUBT_COUNTS);
    put_rejects(p, false, WORD_DOUBT_REJECTED);
    if (p->c->noise_count > 0)
        tree_paragraph(p->tree, fill(p, WORD_DOUBT_NOISE, page_number(p, p->c->noise_count), STR("")));
    tree_fold_end(p->tree);
}
