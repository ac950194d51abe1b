/* The lists of a WordprocessingML document: what label each item carries. */
#include "office/docx_parts.h"

#include <stdlib.h>

#include "base/buf.h"
#include "office/ordinal.h"

#define SHAPES_MOST 10000
#define LISTS_MOST 50000
#define LINKS_MOST 4                    /* a list that takes its levels from the list of a style, and so on */

struct list_level {
    struct str text, style;             /* "%1、"; the paragraph style that stands for it */
    long start, restart;                /* restart: the level whose items begin it anew, from 1; 0 none, DOCX_UNSAID any */
    enum ordinal format;
    bool decimal, close;                /* all numbers of the label in decimals; no gap behind the label */
};

/* An abstractNum: levels and how far they have counted. Lists of one shape count on from one another. */
struct list_shape {
    long id;
    struct str style_link;              /* the style whose list has the levels */
    struct list_level levels[LIST_LEVELS];
    long counts[LIST_LEVELS];
    bool begun[LIST_LEVELS];
};

/* A num: a shape, and where it differs. */
struct list {
    long id, shape_id;
    struct list_shape *shape;
    long starts[LIST_LEVELS];           /* DOCX_UNSAID: as the shape does */
    bool restarted[LIST_LEVELS];
    struct list_level *own[LIST_LEVELS];
};

struct docx_numbers {
    VEC(struct list_shape) shapes;      /* by id */
    VEC(struct list) lists;             /* by id */
};

/* ---- reading ---- */

struct number_reader {
    struct arena *arena;
    struct docx_numbers *out;
    bool inside, in_shape, in_list;
    size_t level;                       /* of the lvl or lvlOverride that is open */
    struct list_level *open;            /* the lvl */
};

static struct list_level plain_level(void)
{
    return (struct list_level){ .text = STR(""), .style = STR(""), .start = 1, .restart = DOCX_UNSAID };
}

static void shape_begin(struct number_reader *r, long id)
{
    r->in_shape = r->out->shapes.count < SHAPES_MOST;
    r->in_list = false;
    r->open = NULL;
    if (!r->in_shape)
        return;
    struct list_shape *s = VEC_ADD(r->arena, &r->out->shapes);
    *s = (struct list_shape){ .id = id };
    for (size_t i = 0; i < LIST_LEVELS; i++)
        s->levels[i] = plain_level();
}

static void list_begin(struct number_reader *r, long id)
{
    r->in_list = r->out->lists.count < LISTS_MOST;
    r->in_shape = false;
    r->open = NULL;
    if (!r->in_list)
        return;
    struct list *l = VEC_ADD(r->arena, &r->out->lists);
    *l = (struct list){ .id = id, .shape_id = DOCX_UNSAID };
    for (size_t i = 0; i < LIST_LEVELS; i++)
        l->starts[i] = DOCX_UNSAID;
}

static void level_begin(struct number_reader *r, long level)
{
    r->open = NULL;
    if (level < 0 || level >= LIST_LEVELS)
        return;
    r->level = (size_t)level;
    if (r->in_shape) {
        r->open = &r->out->shapes.at[r->out->shapes.count - 1].levels[level];
    } else if (r->in_list) {
        struct list_level **own = &r->out->lists.at[r->out->lists.count - 1].own[level];
        if (*own == NULL)
            *own = arena_take(r->arena, sizeof **own);
        **own = plain_level();
        r->open = *own;
    }
}

static void level_property(struct number_reader *r, const char *name, struct xml_attributes a)
{
    if (strcmp(name, "start") == 0)
        r->open->start = xml_number(a, "val", 1);
    else if (strcmp(name, "numFmt") == 0 || strcmp(name, "nfc") == 0)
        r->open->format = name[1] == 'f' ? ordinal_of_number(xml_number(a, "val", 0)) : ordinal_of_name(xml_attribute(a, "val", ""));
    else if (strcmp(name, "lvlText") == 0)
        r->open->text = arena_keep(r->arena, xml_attribute(a, "val", ""));
    else if (strcmp(name, "lvlRestart") == 0)
        r->open->restart = xml_number(a, "val", DOCX_UNSAID);
    else if (strcmp(name, "isLgl") == 0)
        r->open->decimal = docx_is_on(a);
    else if (strcmp(name, "suff") == 0)
        r->open->close = str_is(xml_attribute(a, "val", ""), "nothing") || str_is(xml_attribute(a, "val", ""), "Nothing");
    else if (strcmp(name, "pStyle") == 0)
        r->open->style = arena_keep(r->arena, xml_attribute(a, "val", ""));
}

static void list_property(struct number_reader *r, const char *name, struct xml_attributes a)
{
    struct list *l = &r->out->lists.at[r->out->lists.count - 1];
    if (strcmp(name, "abstractNumId") == 0 || strcmp(name, "ilst") == 0)
        l->shape_id = xml_number(a, "val", DOCX_UNSAID);
    else if (strcmp(name, "startOverride") == 0)
        l->starts[r->level] = xml_number(a, "val", 1);
}

static void on_number(void *self, const char *name, struct xml_attributes a)
{
    struct number_reader *r = self;
    if (strcmp(name, "numbering") == 0 || strcmp(name, "lists") == 0)
        r->inside = true;
    if (!r->inside)
        return;
    if (strcmp(name, "abstractNum") == 0)
        shape_begin(r, xml_number(a, "abstractNumId", DOCX_UNSAID));
    else if (strcmp(name, "listDef") == 0)
        shape_begin(r, xml_number(a, "listDefId", DOCX_UNSAID));
    else if (strcmp(name, "num") == 0)
        list_begin(r, xml_number(a, "numId", DOCX_UNSAID));
    else if (strcmp(name, "list") == 0)
        list_begin(r, xml_number(a, "ilfo", DOCX_UNSAID));
    else if (strcmp(name, "lvlOverride") == 0)
        r->level = (size_t)xml_number(a, "ilvl", 0) % LIST_LEVELS;
    else if (strcmp(name, "lvl") == 0)
        level_begin(r, xml_number(a, "ilvl", 0));
    else if (r->open != NULL)
        level_property(r, name, a);
    else if (r->in_list)
        list_property(r, name, a);
    else if (r->in_shape && (strcmp(name, "numStyleLink") == 0 || strcmp(name, "listStyleLink") == 0))
        r->out->shapes.at[r->out->shapes.count - 1].style_link = arena_keep(r->arena, xml_attribute(a, "val", ""));
}

static void on_number_end(void *self, const char *name)
{
    struct number_reader *r = self;
    if (strcmp(name, "lvl") == 0)
        r->open = NULL;
    else if (strcmp(name, "numbering") == 0 || strcmp(name, "lists") == 0)
        r->inside = false;
}

static int by_number(const void *a, const void *b)
{
    long one = *(const long *)a, other = *(const long *)b;      /* id comes first in a shape and in a list */
    return (one > other) - (one < other);
}

static struct list *list_find(const struct docx_numbers *n, long id)
{
    return n->lists.count == 0 ? NULL : bsearch(&id, n->lists.at, n->lists.count, sizeof *n->lists.at, by_number);
}

static struct list_shape *shape_find(const struct docx_numbers *n, long id)
{
    return n->shapes.count == 0 ? NULL : bsearch(&id, n->shapes.at, n->shapes.count, sizeof *n->shapes.at, by_number);
}

static struct list_shape *linked_shape(const struct docx_numbers *n, const struct docx_styles *styles, long id)
{
    struct list_shape *s = shape_find(n, id);
    for (size_t i = 0; i < LINKS_MOST && s != NULL && s->style_link.len > 0; i++) {
        const struct docx_style *style = docx_style_find(styles, s->style_link);
        const struct list *l = style == NULL ? NULL : list_find(n, style->number);
        s = l == NULL ? NULL : shape_find(n, l->shape_id);
    }
    return s;
}

enum package_result docx_numbers_read(struct arena *a, const struct docx_source *from, const struct docx_styles *styles,
                                      struct docx_numbers **out)
{
    static const struct xml_events events = { .start = on_number, .end = on_number_end };
    struct docx_numbers *n = *out = arena_take(a, sizeof *n);
    struct number_reader r = { .arena = a, .out = n };
    enum package_result result = docx_events(from, DOCX_NUMBERING, &events, &r);
    if (n->shapes.count > 0)
        qsort(n->shapes.at, n->shapes.count, sizeof *n->shapes.at, by_number);
    if (n->lists.count > 0)
        qsort(n->lists.at, n->lists.count, sizeof *n->lists.at, by_number);
    for (size_t i = 0; i < n->lists.count; i++)
        n->lists.at[i].shape = linked_shape(n, styles, n->lists.at[i].shape_id);
    return result;
}

/* ---- labels ---- */

static const struct list_level *level_of(const struct list *l, size_t level)
{
    return l->own[level] != NULL ? l->own[level] : &l->shape->levels[level];
}

static long start_of(const struct list *l, size_t level)
{
    return l->starts[level] != DOCX_UNSAID ? l->starts[level] : level_of(l, level)->start;
}

/* A list that begins anew does so at its first item only; then it counts on. */
static void count_item(struct list *l, size_t level)
{
    struct list_shape *s = l->shape;
    bool anew = l->starts[level] != DOCX_UNSAID && !l->restarted[level];
    s->counts[level] = anew || !s->begun[level] ? start_of(l, level) : s->counts[level] + 1;
    s->begun[level] = true;
    l->restarted[level] = true;
    for (size_t upper = 0; upper < level; upper++) {
        if (!s->begun[upper])
            s->counts[upper] = start_of(l, upper);
        s->begun[upper] = true;
    }
    for (size_t lower = level + 1; lower < LIST_LEVELS; lower++) {
        long restart = level_of(l, lower)->restart;
        if (restart == DOCX_UNSAID || (long)level < restart)
            s->begun[lower] = false;
    }
}

/* A label that ends in a letter, a digit or a Chinese word needs a gap before the text; 、 and ） are one. */
static bool wants_gap(struct str label)
{
    unsigned char last = label.len == 0 ? ' ' : (unsigned char)label.at[label.len - 1];
    unsigned char lead = label.len < 3 ? 0 : (unsigned char)label.at[label.len - 3];
    return last < 0x80 ? last > ' ' : lead >= 0xE4 && lead <= 0xE9;
}

static void add_label(const struct list *l, size_t level, struct buf *out)
{
    const struct list_level *v = level_of(l, level);
    size_t before = out->len;
    for (size_t i = 0; i < v->text.len; i++) {
        bool number = v->text.at[i] == '%' && i + 1 < v->text.len && v->text.at[i + 1] >= '1' && v->text.at[i + 1] <= '9';
        if (!number) {
            buf_addc(out, v->text.at[i]);
            continue;
        }
        size_t which = (size_t)(v->text.at[++i] - '1');
        enum ordinal format = level_of(l, which)->format;
        bool decimal = v->decimal && format != ORDINAL_NONE && format != ORDINAL_BULLET;
        if (which <= level)
            ordinal_add(out, l->shape->counts[which], decimal ? ORDINAL_DECIMAL : format);
    }
    if (!v->close && wants_gap((struct str){ out->at + before, out->len - before }))
        buf_addc(out, ' ');
}

long docx_level_of_style(const struct docx_numbers *n, long number, struct str style)
{
    const struct list *l = list_find(n, number);
    for (size_t i = 0; i < LIST_LEVELS && l != NULL && l->shape != NULL && style.len > 0; i++) {
        if (str_eq(level_of(l, i)->style, style))
            return (long)i;
    }
    return 0;
}

void docx_label(struct docx_numbers *n, long number, long level, struct buf *out)
{
    struct list *l = number <= 0 ? NULL : list_find(n, number);
    if (l == NULL || l->shape == NULL || level < 0 || level >= LIST_LEVELS)
        return;
    count_item(l, (size_t)level);
    if (level_of(l, (size_t)level)->format != ORDINAL_BULLET)
        add_label(l, (size_t)level, out);
}
