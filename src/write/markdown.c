/* A checklist as a Markdown page: the sections in order. */
#include "write/formats.h"
#include "write/page.h"

/* For every item the list of those that name it as theirs. Built from the end, so that each list runs forward. */
static void gather(struct page *p)
{
    size_t count = p->c->item_count;
    p->first_linked = arena_take(p->arena, (count + 1) * sizeof *p->first_linked);
    p->next_linked = arena_take(p->arena, (count + 1) * sizeof *p->next_linked);
    for (size_t i = 0; i < count; i++)
        p->first_linked[i] = p->next_linked[i] = -1;
    for (size_t i = count; i-- > 0;) {
        int32_t owner = p->c->items[i].link;
        p->by_type[p->c->items[i].type]++;
        if (owner < 0 || (size_t)owner >= count)
            continue;
        p->next_linked[i] = p->first_linked[owner];
        p->first_linked[owner] = (int32_t)i;
    }
}

static void (*const sections[])(struct page *p) = {
    page_overview, page_findings, page_focuses, page_tasks, page_actions, page_owners, page_deadlines, page_slogans,
    page_short_lists, page_exhortations, page_doubts,
};

void write_markdown(struct buf *out, const struct checklist *c, const struct write_settings *s)
{
    struct page p = { .arena = arena_new(), .tree = tree_new(), .c = c, .s = s };
    gather(&p);
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
        sections[i](&p);
    tree_render(p.tree, out);
    tree_free(p.tree);
    arena_free(p.arena);
}
