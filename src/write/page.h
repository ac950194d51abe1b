/*
 * page: the work on one Markdown page, shared by the files that each write a few of its sections.
 *
 * Every section writes nothing where it has nothing to say.
 */
#ifndef QD_WRITE_PAGE_H
#define QD_WRITE_PAGE_H

#include "base/arena.h"
#include "write/tree.h"
#include "write/words.h"
#include "write/write.h"

struct page {
    struct arena *arena;
    struct tree *tree;
    const struct checklist *c;
    const struct write_settings *s;
    int32_t *first_linked, *next_linked;    /* by item: what belongs to it, in the order of the document; -1 ends */
    size_t by_type[ITEM_TYPE_COUNT];
};

/* In the order of the page. */
void page_overview(struct page *p);         /* overview.c: title, facts, warnings, overview */
void page_findings(struct page *p);         /* lists.c */
void page_focuses(struct page *p);
void page_tasks(struct page *p);
void page_actions(struct page *p);          /* actions.c: measures and progress by finding */
void page_owners(struct page *p);           /* tables.c */
void page_deadlines(struct page *p);
void page_slogans(struct page *p);
void page_short_lists(struct page *p);      /* lists.c: figures, transfers, causes, commitments */
void page_exhortations(struct page *p);
void page_doubts(struct page *p);           /* doubts.c */

/* --- page.c: what all of them use. All strings live in the page's arena. --- */

static inline const char *say(const struct page *p, enum word w)
{
    return word(w, p->s->lang);
}

/* The word with {1} and {2} filled in. */
struct str fill(struct page *p, enum word w, struct str one, struct str two);
struct str page_number(struct page *p, uint64_t n);
struct str page_kept(struct page *p, struct buf *b);        /* keeps and releases */
struct str page_short(struct page *p, struct str s, size_t most);
/* "党的领导弱化（6）" as a heading. */
void page_counted_heading(struct page *p, int level, struct str title, size_t count);

/* Parts of a line, joined by " · ". */
struct facts { struct buf line; size_t count; };
void facts_init(struct facts *f);
void facts_add(struct facts *f, struct str part);           /* nothing where empty */
void facts_addf(struct facts *f, const char *head, struct str part);
struct str facts_kept(struct page *p, struct facts *f);     /* releases */

/* A demand that somebody can act on, or a report that is due; the others are exhortations. */
bool page_is_task(const struct item *item);
bool page_is_report(const struct item *item);
/* An item of the open list: words, then its facts (released) behind them if there is but one, else on a line below. */
void page_item(struct page *p, enum box box, struct str words, struct facts *f);

/* "第12行", or empty where unknown. */
struct str page_line(struct page *p, struct at at);
/* "第12行" and "二、（一）…", without the `from` outermost headings. */
void page_add_place(struct page *p, struct facts *f, const struct item *item, size_t from);
/* The outermost heading above, -1 none. */
int32_t page_top(const struct page *p, int32_t section);
/* Marker and title on one line. */
struct str page_title(struct page *p, int32_t section, size_t most);
/* The item's words with its tags: 〔存疑〕. `tag` (may be NULL) goes first. */
struct str page_words(struct page *p, const struct item *item, const char *tag);
/* "2024-06-30", "2024-06-01 至 2024-09-30", with 推定 where inferred; empty: no date. */
struct str page_date(struct page *p, const struct item *deadline);
/* A table of `count` rows below its head; a column that is empty in every row is left out. */
void page_table(struct page *p, const enum word *heads, size_t columns, struct str *cells, size_t count);
/* Owners and limits that belong to the item. */
void page_add_linked(struct page *p, struct facts *f, size_t item);

#endif
