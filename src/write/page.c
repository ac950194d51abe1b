/* Words, places, dates and tags as every section of a page has them. */
#include "write/page.h"

#include "write/plain.h"

#define DOUBTFUL_BELOW 0.65     /* a score below it is shown as doubtful */
#define TITLE_MOST 24           /* characters of a heading in a place */
#define OUTER_TITLE_MOST 12     /* of one further out, where it has no mark */

struct str page_kept(struct page *p, struct buf *b)
{
    struct str kept = arena_keep(p->arena, buf_str(b));
    buf_release(b);
    return kept;
}

struct str fill(struct page *p, enum word w, struct str one, struct str two)
{
    struct buf b;
    buf_init(&b, BUF_NO_CEILING);
    for (const char *at = say(p, w); *at != '\0'; at++) {
        if (at[0] == '{' && (at[1] == '1' || at[1] == '2') && at[2] == '}') {
            buf_add(&b, at[1] == '1' ? one : two);
            at += 2;
        } else {
            buf_addc(&b, *at);
        }
    }
    return page_kept(p, &b);
}

struct str page_number(struct page *p, uint64_t n)
{
    struct buf b;
    buf_init(&b, BUF_NO_CEILING);
    buf_addf(&b, "%llu", (unsigned long long)n);
    return page_kept(p, &b);
}

struct str page_short(struct page *p, struct str s, size_t most)
{
    struct buf b;
    buf_init(&b, BUF_NO_CEILING);
    plain_add_short(&b, s, most);
    return page_kept(p, &b);
}

void page_counted_heading(struct page *p, int level, struct str title, size_t count)
{
    tree_heading(p->tree, level, fill(p, WORD_COUNTED, title, page_number(p, count)));
}

void facts_init(struct facts *f)
{
    buf_init(&f->line, BUF_NO_CEILING);
    f->count = 0;
}

void facts_add(struct facts *f, struct str part)
{
    facts_addf(f, "", part);
}

void facts_addf(struct facts *f, const char *head, struct str part)
{
    if (part.len == 0)
        return;
    if (f->count++ > 0)
        buf_addz(&f->line, " · ");
    buf_addz(&f->line, head);
    plain_add(&f->line, part);
}

struct str facts_kept(struct page *p, struct facts *f)
{
    return page_kept(p, &f->line);
}

void page_item(struct page *p, enum box box, struct str words, struct facts *f)
{
    struct str line = facts_kept(p, f);
    if (f->count != 1) {
        tree_item(p->tree, box, words);
        if (f->count > 0)
            tree_line(p->tree, line);
        return;
    }
    struct buf both;
    buf_init(&both, BUF_NO_CEILING);
    buf_add(&both, words);
    buf_add(&both, fill(p, WORD_PAREN, line, STR("")));
    tree_item(p->tree, box, page_kept(p, &both));
}

bool page_is_report(const struct item *item)
{
    return item->type == ITEM_DEMAND && str_is(str_of(item->kind), "report");
}

bool page_is_task(const struct item *item)
{
    return item->type == ITEM_DEMAND && (item->actionable || page_is_report(item));
}

struct str page_line(struct page *p, struct at at)
{
    if (at.line == 0)
        return STR("");
    bool hidden = str_is(str_of(p->c->document.format), "html");    /* nobody sees the lines of a web page */
    bool office = *p->c->document.charset == '\0';                           /* such a file has paragraphs, no lines */
    return fill(p, hidden ? WORD_SOURCE_LINE : office ? WORD_PARAGRAPH_AT : WORD_LINE, page_number(p, at.line), STR(""));
}

struct str page_title(struct page *p, int32_t section, size_t most)
{
    const struct section *s = &p->c->sections[section];
    struct buf b;
    buf_init(&b, BUF_NO_CEILING);
    plain_add(&b, s->marker);
    plain_add_short(&b, s->title, most);
    return page_kept(p, &b);
}

int32_t page_top(const struct page *p, int32_t section)
{
    while (section >= 0 && p->c->sections[section].parent >= 0)
        section = p->c->sections[section].parent;
    return section;
}

/* Is the item the heading itself? Then its own title is no part of its place. */
static bool is_title(const struct page *p, const struct item *item)
{
    const struct at *at = &p->c->sections[item->section].at;
    return item->at.start < at->end && item->at.end > at->start;
}

/* "二、（一）理论学习抓得不深": only the innermost heading in full, of the others the marks. */
void page_add_place(struct page *p, struct facts *f, const struct item *item, size_t from)
{
    int32_t above[32];
    size_t depth = 0;
    int32_t section = item->section;
    if (section >= 0 && is_title(p, item))
        section = p->c->sections[section].parent;
    for (; section >= 0 && depth < sizeof above / sizeof *above; section = p->c->sections[section].parent)
        above[depth++] = section;
    struct buf path;
    buf_init(&path, BUF_NO_CEILING);
    for (size_t k = depth; k-- > 0;) {
        const struct section *s = &p->c->sections[above[k]];
        if (depth - 1 - k < from)
            continue;
        if (k > 0 && s->marker.len > 0) {
            plain_add(&path, s->marker);
            continue;
        }
        buf_add(&path, page_title(p, above[k], k > 0 ? OUTER_TITLE_MOST : TITLE_MOST));
        buf_addz(&path, k > 0 ? " › " : "");
    }
    facts_add(f, page_line(p, item->at));
    facts_add(f, page_kept(p, &path));
}

static void add_tag(struct page *p, struct buf *b, const char *tag)
{
    if (tag != NULL)
        buf_add(b, fill(p, WORD_TAG, str_of(tag), STR("")));
}

struct str page_words(struct page *p, const struct item *item, const char *tag)
{
    const struct { bool on; enum word w; } tags[] = {
        { item->score > 0 && item->score < DOUBTFUL_BELOW, WORD_TAG_DOUBTFUL }, { item->hedged, WORD_TAG_HEDGED },
        { item->masked, WORD_TAG_MASKED }, { item->cut, WORD_TAG_CUT }, { item->mismatch, WORD_TAG_MISMATCH },
    };
    struct buf b;
    buf_init(&b, BUF_NO_CEILING);
    plain_add(&b, item->clean);
    buf_addz(&b, b.len == 0 ? "—" : "");
    add_tag(p, &b, tag);
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        add_tag(p, &b, tags[i].on ? say(p, tags[i].w) : NULL);
    return page_kept(p, &b);
}

struct str page_date(struct page *p, const struct item *deadline)
{
    struct str date = deadline->iso;
    if (date.len == 0)
        return date;
    if (deadline->iso_start.len > 0)
        date = fill(p, WORD_FROM_TO, deadline->iso_start, deadline->iso);
    if (!deadline->inferred)
        return date;
    return fill(p, WORD_COUNTED, date, str_of(say(p, WORD_TAG_INFERRED)));
}

/* "县委办（牵头单位）" or "6月底前（2024-06-30）"; the words alone where nothing is to be added. */
static struct str linked_words(struct page *p, const struct item *item)
{
    bool owner = item->type == ITEM_RESPONSIBILITY;
    struct str words = owner && item->name.len > 0 ? item->name : item->clean;
    struct str more = owner ? str_of(word_of(item->role, p->s->lang)) : item->iso;
    return more.len == 0 ? words : fill(p, WORD_COUNTED, words, more);
}

static struct str linked_of(struct page *p, size_t item, enum item_type type)
{
    struct buf b;
    buf_init(&b, BUF_NO_CEILING);
    for (int32_t k = p->first_linked[item]; k >= 0; k = p->next_linked[k]) {
        if (p->c->items[k].type != type)
            continue;
        if (b.len > 0)
            buf_addz(&b, say(p, WORD_COMMA));
        buf_add(&b, linked_words(p, &p->c->items[k]));
    }
    return page_kept(p, &b);
}

void page_add_linked(struct page *p, struct facts *f, size_t item)
{
    facts_addf(f, say(p, WORD_OWNER), linked_of(p, item, ITEM_RESPONSIBILITY));
    facts_addf(f, say(p, WORD_DUE), linked_of(p, item, ITEM_DEADLINE));
}

static bool has_words(const struct str *cells, size_t columns, size_t column, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (cells[i * columns + column].len > 0)
            return true;
    }
    return false;
}

void page_table(struct page *p, const enum word *heads, size_t columns, struct str *cells, size_t count)
{
    struct str *shown = arena_take(p->arena, (count + 1) * columns * sizeof *shown);
    size_t kept = 0;
    for (size_t k = 0; k < columns; k++) {
        if (!has_words(cells, columns, k, count))
            continue;
        for (size_t i = 0; i < count; i++)
            cells[i * columns + kept] = cells[i * columns + k];
        shown[kept++] = str_of(say(p, heads[k]));
    }
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < kept; k++)
            shown[(i + 1) * kept + k] = cells[i * columns + k];
    }
    tree_table(p->tree, shown, count + 1, kept);
}
