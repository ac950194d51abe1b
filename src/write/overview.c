/* The head of a page: what the document is, what to beware of, and the whole in a dozen lines. */
#include "write/page.h"

#include <stdlib.h>

#define WARNINGS_SHOWN 20
#define DUE_SHOWN 5
#define SHA_SHOWN 12            /* digits; the JSON has all 64 */

static void put_title(struct page *p)
{
    const struct checklist *c = p->c;
    struct str title = c->document.title.len > 0 ? c->document.title : c->document.name;
    tree_heading(p->tree, 1, fill(p, WORD_CHECKLIST_OF, title, STR("")));
    struct buf made;
    buf_init(&made, BUF_NO_CEILING);
    buf_add(&made, p->s->program);
    if (p->s->version.len > 0)
        buf_addc(&made, ' ');
    buf_add(&made, p->s->version);
    tree_paragraph(p->tree, fill(p, WORD_MADE_BY, page_kept(p, &made), STR("")));
}

static struct str source(struct page *p)
{
    const struct checklist *c = p->c;
    struct facts f;
    facts_init(&f);
    facts_add(&f, c->document.name);
    if (c->document.id.len > 0)
        facts_add(&f, fill(p, WORD_RECORD, c->document.id, STR("")));
    facts_add(&f, str_of(*c->document.charset == '\0' ? c->document.format : c->document.charset));
    facts_add(&f, fill(p, WORD_CHARACTERS, page_number(p, c->document.characters), STR("")));
    struct str sha = c->document.sha256;
    sha.len = sha.len > SHA_SHOWN ? SHA_SHOWN : sha.len;
    facts_addf(&f, "SHA-256 ", sha);
    return facts_kept(p, &f);
}

static void put_fact(struct page *p, enum word head, struct str value)
{
    if (value.len == 0)
        return;
    struct facts f;
    facts_init(&f);
    facts_addf(&f, say(p, head), value);
    tree_item(p->tree, BOX_NONE, facts_kept(p, &f));
}

static void put_facts(struct page *p)
{
    const struct checklist *c = p->c;
    tree_list(p->tree);
    put_fact(p, WORD_KIND, str_of(word_of(doc_kind_names[c->document.kind], p->s->lang)));
    put_fact(p, WORD_DATE, c->document.date.len > 0 ? c->document.date : str_of(say(p, WORD_UNKNOWN)));
    put_fact(p, WORD_ISSUER, c->document.issuer);
    put_fact(p, WORD_ADDRESSEE, c->document.addressee);
    put_fact(p, WORD_SOURCE, source(p));
    put_fact(p, WORD_RULES_VERSION, c->rules_version);
    tree_list_end(p->tree);
}

static void put_warnings(struct page *p)
{
    size_t count = p->c->diag_count;
    if (count == 0)
        return;
    page_counted_heading(p, 2, str_of(say(p, WORD_WARNINGS)), count);
    tree_list(p->tree);
    for (size_t i = 0; i < count && i < WARNINGS_SHOWN; i++) {
        const struct diag *d = &p->c->diags[i];
        struct facts f;
        facts_init(&f);
        facts_add(&f, page_line(p, (struct at){ .line = d->place.line }));
        facts_add(&f, str_of(diag_text(d->code, p->s->lang)));
        facts_add(&f, d->detail);
        tree_item(p->tree, BOX_NONE, facts_kept(p, &f));
    }
    if (count > WARNINGS_SHOWN)
        tree_item(p->tree, BOX_NONE, fill(p, WORD_MORE, page_number(p, count - WARNINGS_SHOWN), STR("")));
    tree_list_end(p->tree);
}

/* "问题 24：党的领导弱化 6 · 党的建设缺失 5" */
static void put_counts(struct page *p, const char *what, size_t count, struct facts *parts)
{
    struct buf b;
    buf_init(&b, BUF_NO_CEILING);
    buf_addf(&b, "%s %zu", what, count);
    struct str more = facts_kept(p, parts);
    if (more.len > 0)
        buf_addz(&b, say(p, WORD_SEP));
    buf_add(&b, more);
    tree_item(p->tree, BOX_NONE, page_kept(p, &b));
}

static void add_count(struct page *p, struct facts *f, const char *what, size_t count)
{
    if (count == 0)
        return;
    struct buf b;
    buf_init(&b, BUF_NO_CEILING);
    buf_addf(&b, "%s %zu", what, count);
    facts_add(f, page_kept(p, &b));
}

static void count_findings(struct page *p)
{
    size_t by_category[CATEGORY_COUNT] = {0};
    for (size_t i = 0; i < p->c->item_count; i++) {
        if (p->c->items[i].type == ITEM_FINDING)
            by_category[p->c->items[i].category]++;
    }
    struct facts f;
    facts_init(&f);
    for (size_t k = 0; k < CATEGORY_COUNT; k++)
        add_count(p, &f, word_of(category_names[k], p->s->lang), by_category[k]);
    put_counts(p, word_of("finding", p->s->lang), p->by_type[ITEM_FINDING], &f);
}

static void count_demands(struct page *p)
{
    size_t tasks = 0, reports = 0;
    for (size_t i = 0; i < p->c->item_count; i++) {
        const struct item *item = &p->c->items[i];
        tasks += page_is_task(item);
        reports += page_is_report(item);
    }
    struct facts f;
    facts_init(&f);
    facts_add(&f, fill(p, WORD_ACTIONABLE, page_number(p, tasks), STR("")));
    facts_add(&f, reports > 0 ? fill(p, WORD_REPORTS, page_number(p, reports), STR("")) : STR(""));
    facts_add(&f, fill(p, WORD_EXHORTED, page_number(p, p->by_type[ITEM_DEMAND] - tasks), STR("")));
    put_counts(p, say(p, WORD_DEMANDS), p->by_type[ITEM_DEMAND], &f);
}

static void count_progress(struct page *p)
{
    static const char *const states[] = { "done", "stage", "ongoing", "standing", "not_done", "extended" };
    size_t by_state[sizeof states / sizeof *states + 1] = {0};
    size_t last = sizeof states / sizeof *states;
    for (size_t i = 0; i < p->c->item_count; i++) {
        int s = name_find(states, last, str_of(p->c->items[i].state));
        if (p->c->items[i].type == ITEM_PROGRESS)
            by_state[s < 0 ? last : (size_t)s]++;
    }
    struct facts f;
    facts_init(&f);
    for (size_t k = 0; k < last; k++)
        add_count(p, &f, word_of(states[k], p->s->lang), by_state[k]);
    add_count(p, &f, say(p, WORD_STATE_UNSTATED), by_state[last]);
    put_counts(p, word_of("progress", p->s->lang), p->by_type[ITEM_PROGRESS], &f);
}

static void count_deadlines(struct page *p)
{
    size_t dated = 0;
    for (size_t i = 0; i < p->c->item_count; i++)
        dated += p->c->items[i].type == ITEM_DEADLINE && p->c->items[i].iso.len > 0;
    struct facts f;
    facts_init(&f);
    facts_add(&f, fill(p, WORD_DATED, page_number(p, dated), STR("")));
    put_counts(p, word_of("deadline", p->s->lang), p->by_type[ITEM_DEADLINE], &f);
}

static void count_rest(struct page *p)
{
    static const enum item_type rest[] = {
        ITEM_FOCUS, ITEM_MEASURE, ITEM_RESPONSIBILITY, ITEM_SLOGAN, ITEM_STAT, ITEM_TRANSFER, ITEM_CAUSE, ITEM_COMMITMENT,
    };
    struct facts f;
    facts_init(&f);
    for (size_t k = 0; k < sizeof rest / sizeof *rest; k++)
        add_count(p, &f, word_of(item_type_names[rest[k]], p->s->lang), p->by_type[rest[k]]);
    struct str line = facts_kept(p, &f);
    if (line.len > 0)
        tree_item(p->tree, BOX_NONE, line);
}

static void put_count_lines(struct page *p)
{
    static const struct { enum item_type type; void (*count)(struct page *p); } lines[] = {
        { ITEM_FINDING, count_findings }, { ITEM_DEMAND, count_demands }, { ITEM_PROGRESS, count_progress },
        { ITEM_DEADLINE, count_deadlines },
    };
    for (size_t k = 0; k < sizeof lines / sizeof *lines; k++) {
        if (p->by_type[lines[k].type] > 0)
            lines[k].count(p);
    }
    count_rest(p);
}

static struct str frame_name(const struct item *item)
{
    return item->type == ITEM_FOCUS ? item->set : item->type == ITEM_SLOGAN ? item->name : STR("");
}

/* Of the focus lists and formulas of one name the one with most members; NULL unless `item` is the first of its name. */
static const struct item *fullest(const struct page *p, size_t i)
{
    const struct item *best = NULL;
    struct str name = frame_name(&p->c->items[i]);
    for (size_t k = 0; k < p->c->item_count; k++) {
        const struct item *other = &p->c->items[k];
        if (!str_eq(frame_name(other), name))
            continue;
        if (k < i)
            return NULL;
        if (best == NULL || other->members.count > best->members.count)
            best = other;
    }
    return best;
}

static bool named_as_focus(const struct page *p, struct str name)
{
    for (size_t k = 0; k < p->c->item_count; k++) {
        if (p->c->items[k].type == ITEM_FOCUS && str_eq(p->c->items[k].set, name))
            return true;
    }
    return false;
}

static struct str members_of(struct page *p, const struct item *item)
{
    struct buf b;
    buf_init(&b, BUF_NO_CEILING);
    for (size_t i = 0; i < item->members.count; i++) {
        if (i > 0)
            buf_addz(&b, say(p, WORD_COMMA));
        buf_add(&b, item->members.at[i]);
    }
    return page_kept(p, &b);
}

/* 三大问题, 三个重点 and the like, with the members this document gives them. */
static void put_frames(struct page *p)
{
    for (size_t i = 0; i < p->c->item_count; i++) {
        struct str name = frame_name(&p->c->items[i]);
        if (name.len == 0 || !named_as_focus(p, name))
            continue;
        const struct item *frame = fullest(p, i);
        if (frame == NULL || frame->members.count == 0)
            continue;
        struct buf b;
        buf_init(&b, BUF_NO_CEILING);
        buf_add(&b, name);
        buf_addz(&b, say(p, WORD_SEP));
        buf_add(&b, members_of(p, frame));
        struct str line = page_line(p, frame->at);
        if (line.len > 0)
            buf_add(&b, fill(p, WORD_PAREN, line, STR("")));
        tree_item(p->tree, BOX_NONE, page_kept(p, &b));
    }
}

static int by_date(const void *x, const void *y)
{
    const struct item *a = *(const struct item *const *)x, *b = *(const struct item *const *)y;
    size_t len = a->iso.len < b->iso.len ? a->iso.len : b->iso.len;
    int order = memcmp(a->iso.at, b->iso.at, len);
    if (order != 0)
        return order;
    return a < b ? -1 : a > b;          /* both stand in one array */
}

static void put_first_due(struct page *p)
{
    const struct item **dated = arena_take(p->arena, (p->by_type[ITEM_DEADLINE] + 1) * sizeof *dated);
    size_t count = 0;
    for (size_t i = 0; i < p->c->item_count; i++) {
        if (p->c->items[i].type == ITEM_DEADLINE && p->c->items[i].iso.len > 0)
            dated[count++] = &p->c->items[i];
    }
    if (count == 0)
        return;
    qsort(dated, count, sizeof *dated, by_date);
    struct buf b;
    buf_init(&b, BUF_NO_CEILING);
    buf_addz(&b, say(p, WORD_FIRST_DUE));
    for (size_t i = 0; i < count && i < DUE_SHOWN; i++) {
        buf_addz(&b, say(p, i == 0 ? WORD_SEP : WORD_SEMICOLON));
        buf_add(&b, dated[i]->iso);
        buf_add(&b, fill(p, WORD_PAREN, dated[i]->clean, STR("")));
    }
    tree_item(p->tree, BOX_NONE, page_kept(p, &b));
}

/* "“三大问题”宣布3项、列出2项（第8行）" */
static struct str misfit(struct page *p, const struct item *item)
{
    struct str how = str_of(say(p, WORD_SUM_MISFIT));
    if (item->type == ITEM_SLOGAN)
        how = fill(p, WORD_DECLARED_LISTED, page_number(p, (uint64_t)item->declared), page_number(p, item->members.count));
    struct str line = page_line(p, item->at);
    if (line.len > 0)
        how = fill(p, WORD_COUNTED, how, line);
    return fill(p, WORD_COUNT_MISFIT, page_short(p, item->type == ITEM_SLOGAN ? item->name : item->clean, 30), how);
}

static void put_count_check(struct page *p)
{
    size_t fits = 0;
    struct facts f;
    facts_init(&f);
    for (size_t i = 0; i < p->c->item_count; i++) {
        const struct item *item = &p->c->items[i];
        bool counted = item->type == ITEM_SLOGAN && item->declared > 0 && item->members.count > 0;
        fits += counted && !item->mismatch;
        if (item->mismatch && (counted || item->type == ITEM_STAT))
            facts_add(&f, misfit(p, item));
    }
    struct str misfits = facts_kept(p, &f);
    if (fits == 0 && misfits.len == 0)
        return;
    facts_init(&f);
    if (fits > 0)
        facts_add(&f, fill(p, WORD_COUNT_FITS, page_number(p, fits), STR("")));
    facts_add(&f, misfits);
    struct buf b;
    buf_init(&b, BUF_NO_CEILING);
    buf_addz(&b, say(p, WORD_COUNT_CHECK));
    buf_addz(&b, say(p, WORD_SEP));
    buf_add(&b, facts_kept(p, &f));
    tree_item(p->tree, BOX_NONE, page_kept(p, &b));
}

void page_overview(struct page *p)
{
    put_title(p);
    put_facts(p);
    put_warnings(p);
    if (p->c->item_count == 0)
        return;
    tree_heading(p->tree, 2, str_of(say(p, WORD_OVERVIEW)));
    tree_list(p->tree);
    put_count_lines(p);
    put_frames(p);
    put_first_due(p);
    put_count_check(p);
    tree_list_end(p->tree);
}
