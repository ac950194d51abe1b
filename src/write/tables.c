/* The tables of a page: who answers, what is due when, which numbered formulas are used. */
#include "write/page.h"

#include <stdlib.h>

#define MATTER_MOST 60          /* characters of the matter in a table */
#define MEMBER_MOST 24

/* An item with what decides its place in a table. */
struct row { const struct item *item; struct str key; size_t first; };

static size_t collect(struct page *p, enum item_type type, struct row **out)
{
    struct row *rows = arena_take(p->arena, (p->by_type[type] + 1) * sizeof *rows);
    size_t n = 0;
    for (size_t i = 0; i < p->c->item_count; i++) {
        if (p->c->items[i].type == type)
            rows[n++] = (struct row){ .item = &p->c->items[i], .first = n };
    }
    *out = rows;
    return n;
}

static int compare_keys(struct str a, struct str b)
{
    size_t len = a.len < b.len ? a.len : b.len;
    int order = len == 0 ? 0 : memcmp(a.at, b.at, len);
    return order != 0 ? order : a.len < b.len ? -1 : a.len > b.len;
}

static int by_key(const void *x, const void *y)
{
    const struct row *a = x, *b = y;
    int order = compare_keys(a->key, b->key);
    return order != 0 ? order : a->first < b->first ? -1 : a->first > b->first;
}

static int by_first(const void *x, const void *y)
{
    const struct row *a = x, *b = y;
    if (a->first != b->first)
        return a->first < b->first ? -1 : 1;
    return a->item < b->item ? -1 : a->item > b->item;  /* both stand in one array */
}

/* Rows of equal keys side by side, the groups in the order of their first rows. */
static void group(struct row *rows, size_t count)
{
    qsort(rows, count, sizeof *rows, by_key);
    for (size_t i = 1; i < count; i++) {
        if (compare_keys(rows[i].key, rows[i - 1].key) == 0)
            rows[i].first = rows[i - 1].first;
    }
    qsort(rows, count, sizeof *rows, by_first);
}

/* What a limit or an owner is for; its own words where it stands alone and they say more than the name. */
static struct str matter(struct page *p, const struct item *item)
{
    const struct item *of = item->link >= 0 ? &p->c->items[item->link] : item;
    if (of == item && str_eq(item->clean, item->name))
        return STR("—");
    return page_short(p, of->clean, MATTER_MOST);
}

static struct str due_of(struct page *p, const struct item *owner)
{
    struct buf b;
    buf_init(&b, BUF_NO_CEILING);
    for (int32_t k = owner->link < 0 ? -1 : p->first_linked[owner->link]; k >= 0; k = p->next_linked[k]) {
        if (p->c->items[k].type != ITEM_DEADLINE)
            continue;
        if (b.len > 0)
            buf_addz(&b, say(p, WORD_SEMICOLON));
        buf_add(&b, p->c->items[k].clean);
    }
    return page_kept(p, &b);
}

/* --- responsibilities --- */

void page_owners(struct page *p)
{
    static const enum word heads[] = { WORD_HEAD_PARTY, WORD_HEAD_ROLE, WORD_HEAD_DUE, WORD_HEAD_PLACE, WORD_HEAD_MATTER };
    enum { COLUMNS = sizeof heads / sizeof *heads };
    struct row *rows;
    size_t count = collect(p, ITEM_RESPONSIBILITY, &rows);
    if (count == 0)
        return;
    for (size_t i = 0; i < count; i++)
        rows[i].key = rows[i].item->name;
    group(rows, count);
    struct str *cells = arena_take(p->arena, count * COLUMNS * sizeof *cells), *cell = cells;
    for (size_t i = 0; i < count; i++) {
        const struct item *item = rows[i].item;
        *cell++ = item->name;
        *cell++ = str_of(word_of(item->role, p->s->lang));
        *cell++ = due_of(p, item);
        *cell++ = page_line(p, item->at);
        *cell++ = matter(p, item);
    }
    page_counted_heading(p, 2, str_of(say(p, WORD_OWNERS)), count);
    page_table(p, heads, COLUMNS, cells, count);
}

/* --- time limits --- */

/* Dated first, in the order of the days; the rest as the document has them. */
static int by_day(const void *x, const void *y)
{
    const struct row *a = x, *b = y;
    if ((a->key.len == 0) != (b->key.len == 0))
        return a->key.len == 0 ? 1 : -1;
    return by_key(x, y);
}

static struct str day_words(struct page *p, const struct item *item)
{
    struct str date = page_date(p, item);
    if (date.len > 0)
        return date;
    return item->from.len > 0 ? fill(p, WORD_COUNTED_FROM, item->from, STR("")) : STR("—");
}

void page_deadlines(struct page *p)
{
    static const enum word heads[] = { WORD_HEAD_DATE, WORD_HEAD_WORDS, WORD_HEAD_KIND, WORD_HEAD_PLACE, WORD_HEAD_MATTER };
    enum { COLUMNS = sizeof heads / sizeof *heads };
    struct row *rows;
    size_t count = collect(p, ITEM_DEADLINE, &rows);
    if (count == 0)
        return;
    for (size_t i = 0; i < count; i++)
        rows[i].key = rows[i].item->iso;
    qsort(rows, count, sizeof *rows, by_day);
    struct str *cells = arena_take(p->arena, count * COLUMNS * sizeof *cells), *cell = cells;
    for (size_t i = 0; i < count; i++) {
        const struct item *item = rows[i].item;
        *cell++ = day_words(p, item);
        *cell++ = item->clean;
        *cell++ = str_of(word_of(item->kind, p->s->lang));
        *cell++ = page_line(p, item->at);
        *cell++ = item->link >= 0 ? matter(p, item) : STR("—");
    }
    page_counted_heading(p, 2, str_of(say(p, WORD_DEADLINES)), count);
    page_table(p, heads, COLUMNS, cells, count);
}

/* --- numbered formulas --- */

static struct str listed(struct page *p, const struct item *item)
{
    struct buf b;
    buf_init(&b, BUF_NO_CEILING);
    for (size_t i = 0; i < item->members.count; i++) {
        if (i > 0)
            buf_addz(&b, say(p, WORD_COMMA));
        buf_add(&b, page_short(p, item->members.at[i], MEMBER_MOST));
    }
    return page_kept(p, &b);
}

/* The mentions of one name are one row; the one that lists most members speaks for all. */
static void put_formula(struct page *p, const struct row *rows, size_t count, struct str **cell)
{
    const struct item *best = rows[0].item;
    for (size_t i = 1; i < count; i++) {
        if (rows[i].item->members.count > best->members.count)
            best = rows[i].item;
    }
    struct str members = best->members.count > 0 ? page_number(p, best->members.count) : STR("—");
    *(*cell)++ = best->name;
    *(*cell)++ = best->declared >= 0 ? page_number(p, (uint64_t)best->declared) : STR("—");
    *(*cell)++ = best->mismatch ? fill(p, WORD_COUNTED, members, str_of(say(p, WORD_TAG_MISMATCH))) : members;
    *(*cell)++ = page_number(p, count);
    *(*cell)++ = page_line(p, best->at);
    *(*cell)++ = listed(p, best);
}

void page_slogans(struct page *p)
{
    static const enum word heads[] = {
        WORD_HEAD_NAME, WORD_HEAD_DECLARED, WORD_HEAD_LISTED, WORD_HEAD_MENTIONS, WORD_HEAD_PLACE, WORD_HEAD_MEMBERS,
    };
    enum { COLUMNS = sizeof heads / sizeof *heads };
    struct row *rows;
    size_t count = collect(p, ITEM_SLOGAN, &rows), same, formulas = 0;
    if (count == 0)
        return;
    for (size_t i = 0; i < count; i++)
        rows[i].key = rows[i].item->name;
    group(rows, count);
    struct str *cells = arena_take(p->arena, count * COLUMNS * sizeof *cells), *cell = cells;
    for (size_t i = 0; i < count; i += same, formulas++) {
        for (same = 1; i + same < count && rows[i + same].first == rows[i].first; same++)
            ;
        put_formula(p, rows + i, same, &cell);
    }
    page_counted_heading(p, 2, str_of(say(p, WORD_SLOGANS)), formulas);
    page_table(p, heads, COLUMNS, cells, formulas);
}
