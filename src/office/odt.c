/*
 * Texts of OpenDocument: paragraphs with the labels that their lists compute, tables, and what stands beside the body.
 *
 * styles.xml comes first, for the lists and the outline that content.xml speaks of; one set of events reads every part. Text
 * boxes and notes stand inside of the paragraph they belong to: a box is told behind it, a note at the end of the document.
 */
#include <stdlib.h>

#include "office/office.h"
#include "office/ordinal.h"
#include "office/xml.h"

#define LEVELS_MOST 10                  /* of a list, as the format has it */
#define LISTS_LOOKED_AT 1000            /* back from a list that goes on with an earlier one */
#define STYLE_PARENTS_MOST 32
#define STYLE_BUCKETS 1024
#define OPEN_MOST 8                     /* paragraphs in paragraphs: boxes in boxes; deeper words join the last */
#define SPACES_MOST 256                 /* of one text:s */
#define REPEATED_MOST 64                /* a cell repeated more often is the empty rest of a sheet */

struct level { struct str format, prefix, suffix, pattern; long start, shown; };

struct list_style { struct level at[LEVELS_MOST]; };

struct style {
    struct str name, parent, list;
    bool has_list, hidden;              /* names a list, be it none */
    struct list_style *levels;          /* of a list style */
    struct style *next;
};

struct counters { long at[LEVELS_MOST]; bool begun[LEVELS_MOST]; };

struct list { struct str id, style; struct counters *counters; };

/* Where in lists the words in hand stand. */
struct list_place {
    struct list list;
    struct str styles[LEVELS_MOST];     /* of each level */
    unsigned level;                     /* 0: in none */
    bool due;                           /* the item's label is to come */
    long start;                         /* what the item says to begin with, or -1 */
};

struct paragraph {
    struct buf words;                   /* a line feed where a line ends */
    unsigned level;
    struct str label;
    bool behind_space;
    struct list_place outer;
};

/* Told later than where it stands. */
struct aside { struct str words, label; unsigned level; };

struct odt {
    struct flow *f;
    struct arena *arena;                /* until the document is told */
    struct str package;
    struct style *styles[STYLE_BUCKETS];
    struct style *style;                /* open */
    struct list_style *outline;
    struct counters outline_counters;
    VEC(struct list) lists;
    struct list_place place;
    struct paragraph open[OPEN_MOST];
    size_t open_count, open_beyond;
    VEC(struct aside) boxes, notes;
    size_t skipped, depth, in_note;
    bool shape[XML_DEPTH_MOST + 1];     /* is the open element at that depth a shape? */
    bool in_body, in_meta, in_title, encrypted, in_cell;
    struct buf title;
    long repeated;                      /* columns of the open cell */
    size_t pictures, annotations, deletions, hidden;
};

static bool is(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

static struct str kept(struct odt *o, struct xml_attributes a, const char *name)
{
    return arena_keep(o->arena, xml_attribute(a, name, ""));
}

/* ---- styles */

static size_t bucket_of(struct str name)
{
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < name.len; i++)
        h = (h ^ (unsigned char)name.at[i]) * 16777619u;
    return h % STYLE_BUCKETS;
}

/* List styles and others have names of their own: L1 may be both. */
static struct style *style_of(const struct odt *o, struct str name, bool list)
{
    struct style *s = name.len == 0 ? NULL : o->styles[bucket_of(name)];
    while (s != NULL && ((s->levels != NULL) != list || !str_eq(s->name, name)))
        s = s->next;
    return s;
}

static void add_style(struct odt *o, struct xml_attributes a, struct list_style *levels)
{
    struct style *s = o->style = arena_take(o->arena, sizeof *s);
    struct str none = { NULL, 0 }, list = xml_attribute(a, "list-style-name", NULL);
    *s = (struct style){ .name = kept(o, a, "name"), .parent = kept(o, a, "parent-style-name"), .levels = levels,
                         .has_list = list.at != none.at, .list = arena_keep(o->arena, list) };
    struct style **bucket = &o->styles[bucket_of(s->name)];
    s->next = *bucket;
    *bucket = s;
}

static void style_start(struct odt *o, struct xml_attributes a)
{
    add_style(o, a, NULL);
}

static void list_style_start(struct odt *o, struct xml_attributes a)
{
    add_style(o, a, arena_take(o->arena, sizeof(struct list_style)));
}

static void outline_start(struct odt *o, struct xml_attributes a)
{
    list_style_start(o, a);
    o->outline = o->style->levels;
}

static void style_end(struct odt *o)
{
    o->style = NULL;
}

static void text_properties(struct odt *o, struct xml_attributes a)
{
    if (o->style != NULL && o->style->levels == NULL && str_is(xml_attribute(a, "display", ""), "none"))
        o->style->hidden = true;
}

static void level_start(struct odt *o, struct xml_attributes a)
{
    long n = xml_number(a, "level", 0);
    if (o->style == NULL || o->style->levels == NULL || n < 1 || n > LEVELS_MOST)
        return;
    o->style->levels->at[n - 1] = (struct level){
        .format = kept(o, a, "num-format"), .prefix = kept(o, a, "num-prefix"), .suffix = kept(o, a, "num-suffix"),
        .pattern = kept(o, a, "num-list-format"), .start = xml_number(a, "start-value", 1), .shown = xml_number(a, "display-levels", 1),
    };
}

static bool is_hidden(const struct odt *o, struct str name)
{
    const struct style *s = style_of(o, name, false);
    for (size_t i = 0; s != NULL && i < STYLE_PARENTS_MOST; i++) {
        if (s->hidden)
            return true;
        s = style_of(o, s->parent, false);
    }
    return false;
}

/* The list that a style of paragraphs or its parents name; false where none does. */
static bool list_named(const struct odt *o, struct str name, struct str *out)
{
    const struct style *s = style_of(o, name, false);
    for (size_t i = 0; s != NULL && i < STYLE_PARENTS_MOST; i++) {
        if (s->has_list) {
            *out = s->list;
            return true;
        }
        s = style_of(o, s->parent, false);
    }
    return false;
}

/* ---- labels */

/* a to z, aa, ab … */
static void add_letters(struct buf *b, long n, char first)
{
    char letters[16];
    size_t count = 0;
    for (; n > 0 && count < sizeof letters; n = (n - 1) / 26)
        letters[count++] = (char)(first + (n - 1) % 26);
    while (count > 0)
        buf_addc(b, letters[--count]);
}

/* The number as the format's first characters show it: "一, 二, 三, ..." counts that way. */
static void add_number(struct buf *b, long n, struct str format)
{
    static const struct { const char *first; enum ordinal way; } samples[] = {
        { "一", ORDINAL_CHINESE }, { "壹", ORDINAL_CHINESE_LEGAL }, { "甲", ORDINAL_STEMS }, { "子", ORDINAL_BRANCHES }, { "①", ORDINAL_CIRCLE },
        { "１", ORDINAL_WIDE }, { "I", ORDINAL_UPPER_ROMAN }, { "i", ORDINAL_LOWER_ROMAN }, { "0", ORDINAL_ZERO }
    };
    if (n >= 1 && (str_is(format, "a") || str_is(format, "A"))) {
        add_letters(b, n, format.at[0]);
        return;
    }
    enum ordinal way = ORDINAL_DECIMAL;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        size_t len = strlen(samples[i].first);
        if (format.len >= len && memcmp(format.at, samples[i].first, len) == 0)
            way = samples[i].way;
    }
    ordinal_add(b, n, way);
}

static void count_on(struct counters *c, const struct list_style *s, unsigned level, long start)
{
    long *n = &c->at[level - 1];
    *n = start >= 0 ? start : c->begun[level - 1] ? *n + 1 : s->at[level - 1].start;
    c->begun[level - 1] = true;
    for (unsigned i = level; i < LEVELS_MOST; i++)
        c->begun[i] = false;
    for (unsigned i = 0; i + 1 < level; i++) {          /* a deeper item without one above stands below the first */
        if (!c->begun[i])
            c->at[i] = s->at[i].start;
        c->begun[i] = true;
    }
}

/* "%1%.%2%、": the number of each level, in words of its own. */
static void add_pattern(struct buf *b, const struct list_style *s, const struct counters *c, struct str pattern)
{
    for (size_t i = 0; i < pattern.len; i++) {
        size_t end = i + 1, n = 0;
        while (end < pattern.len && pattern.at[end] >= '0' && pattern.at[end] <= '9' && n <= LEVELS_MOST)
            n = n * 10 + (size_t)(pattern.at[end++] - '0');
        bool number = pattern.at[i] == '%' && end < pattern.len && pattern.at[end] == '%' && n >= 1 && n <= LEVELS_MOST;
        if (!number)
            buf_addc(b, pattern.at[i]);
        else if (s->at[n - 1].format.len > 0)
            add_number(b, c->at[n - 1], s->at[n - 1].format);
        i = number ? end : i;
    }
}

static void add_levels(struct buf *b, const struct list_style *s, const struct counters *c, unsigned level)
{
    const struct level *own = &s->at[level - 1];
    unsigned first = own->shown > 0 && own->shown < (long)level ? level - (unsigned)own->shown + 1 : own->shown > 1 ? 1 : level;
    bool any = false;
    buf_add(b, own->prefix);
    for (unsigned i = first; i <= level; i++) {
        if (s->at[i - 1].format.len == 0)
            continue;
        if (any)
            buf_addc(b, '.');
        add_number(b, c->at[i - 1], s->at[i - 1].format);
        any = true;
    }
    buf_add(b, own->suffix);
}

/* The label of the next item of that level; none where the level has bullets or nothing. */
static struct str label_of(struct odt *o, const struct list_style *s, struct counters *c, unsigned level, long start)
{
    const struct level *own = &s->at[level - 1];
    count_on(c, s, level, start);
    if (own->format.len == 0)
        return STR("");
    struct buf b;
    buf_init(&b, BUF_NO_CEILING);
    if (own->pattern.len > 0)
        add_pattern(&b, s, c, own->pattern);
    else
        add_levels(&b, s, c, level);
    if (b.len > 0 && (unsigned char)b.at[b.len - 1] < 0x80 && b.at[b.len - 1] != ' ')
        buf_addc(&b, ' ');              /* 1. 2024年, not 1.2024年 */
    struct str label = arena_keep(o->arena, buf_str(&b));
    buf_release(&b);
    return label;
}

/* ---- lists */

static struct counters *counters_of(struct odt *o, struct xml_attributes a, struct str style)
{
    struct str earlier = xml_attribute(a, "continue-list", "");
    bool goes_on = str_is(xml_attribute(a, "continue-numbering", ""), "true");
    size_t least = o->lists.count > LISTS_LOOKED_AT ? o->lists.count - LISTS_LOOKED_AT : 0;
    for (size_t i = o->lists.count; (earlier.len > 0 || goes_on) && i-- > least;) {
        const struct list *l = &o->lists.at[i];
        if (earlier.len > 0 ? str_eq(l->id, earlier) : str_eq(l->style, style))
            return l->counters;
    }
    return arena_take(o->arena, sizeof(struct counters));
}

static void list_start(struct odt *o, struct xml_attributes a)
{
    struct list_place *p = &o->place;
    struct str style = kept(o, a, "style-name");
    if (p->level == 0) {
        p->list = (struct list){ .id = kept(o, a, "id"), .style = style, .counters = counters_of(o, a, style) };
        *VEC_ADD(o->arena, &o->lists) = p->list;
    }
    if (p->level < LEVELS_MOST)
        p->styles[p->level] = style.len > 0 || p->level == 0 ? style : p->styles[p->level - 1];
    p->level++;
    p->due = false;
}

static void list_end(struct odt *o)
{
    o->place.level -= o->place.level > 0;
    o->place.due = false;
}

static void item_start(struct odt *o, struct xml_attributes a)
{
    o->place.due = true;
    o->place.start = xml_number(a, "start-value", -1);
}

static void item_header_start(struct odt *o, struct xml_attributes a)
{
    (void)a;
    o->place.due = false;
}

static struct str list_label(struct odt *o, struct str paragraph_style)
{
    struct list_place *p = &o->place;
    unsigned level = p->level < LEVELS_MOST ? p->level : LEVELS_MOST;
    struct str name = p->styles[level - 1];
    if (!p->due)
        return STR("");
    p->due = false;
    if (name.len == 0)
        list_named(o, paragraph_style, &name);
    const struct style *s = style_of(o, name, true);
    return s == NULL ? STR("") : label_of(o, s->levels, p->list.counters, level, p->start);
}

/* A heading outside of lists is numbered by the outline, unless its style says otherwise. */
static struct str heading_label(struct odt *o, struct xml_attributes a, unsigned level)
{
    struct str named = STR("");
    bool otherwise = list_named(o, xml_attribute(a, "style-name", ""), &named) && named.len == 0;
    if (o->outline == NULL || otherwise || level > LEVELS_MOST || str_is(xml_attribute(a, "is-list-header", ""), "true"))
        return STR("");
    bool anew = str_is(xml_attribute(a, "restart-numbering", ""), "true");
    long start = anew ? xml_number(a, "start-value", o->outline->at[level - 1].start) : -1;
    return label_of(o, o->outline, &o->outline_counters, level, start);
}

/* ---- paragraphs */

static struct paragraph *words_open(struct odt *o)
{
    return o->open_count == 0 ? NULL : &o->open[o->open_count - 1];
}

static void skip(struct odt *o)
{
    o->skipped = 1;
}

static void open_paragraph(struct odt *o, struct xml_attributes a, unsigned level)
{
    struct str style = xml_attribute(a, "style-name", "");
    if (!o->in_body)
        return;
    if (is_hidden(o, style)) {
        o->hidden++;
        skip(o);
        return;
    }
    if (o->open_count == OPEN_MOST) {
        o->open_beyond++;
        return;
    }
    struct str label = o->place.level > 0 ? list_label(o, style) : level > 0 ? heading_label(o, a, level) : STR("");
    struct paragraph *p = &o->open[o->open_count++];
    *p = (struct paragraph){ .level = level, .label = label, .behind_space = true, .outer = o->place };
    buf_init(&p->words, FLOW_TEXT_MOST);
    o->place = (struct list_place){ .level = 0 };
}

static void paragraph_start(struct odt *o, struct xml_attributes a)
{
    open_paragraph(o, a, 0);
}

static void heading_start(struct odt *o, struct xml_attributes a)
{
    long level = xml_number(a, "outline-level", 1);
    open_paragraph(o, a, level < 1 ? 1 : level > LEVELS_MOST ? LEVELS_MOST : (unsigned)level);
}

static void tell(struct flow *f, struct str words, unsigned level, struct str label)
{
    struct str none = STR("");
    bool blank = str_is_blank(words);       /* an item without words is counted, and says nothing */
    for (size_t i = 0; i < words.len && !blank;) {
        const char *end = memchr(words.at + i, '\n', words.len - i);
        size_t next = end == NULL ? words.len : (size_t)(end - words.at);
        struct str line = { words.at + i, next - i };
        if (label.len > 0 && !str_is_blank(line)) {
            flow_words(f, label);
            label = none;
        }
        flow_words(f, line);
        if (end != NULL && level == 0)
            flow_break(f);
        i = next + 1;
    }
    flow_paragraph(f, level, none);
}

static void tell_all(struct flow *f, const struct aside *at, size_t count)
{
    for (size_t i = 0; i < count; i++)
        tell(f, at[i].words, at[i].level, at[i].label);
}

static void paragraph_end(struct odt *o)
{
    struct paragraph *p = words_open(o);
    if (!o->in_body || p == NULL)
        return;
    if (o->open_beyond > 0) {
        o->open_beyond--;
        return;
    }
    o->place = p->outer;
    o->open_count--;
    if (o->open_count == 0) {
        tell(o->f, buf_str(&p->words), p->level, p->label);
        tell_all(o->f, o->boxes.at, o->boxes.count);
        o->boxes.count = 0;
    } else {
        struct aside later = { arena_keep(o->arena, buf_str(&p->words)), p->label, p->level };
        if (o->in_note > 0)
            *VEC_ADD(o->arena, &o->notes) = later;
        else
            *VEC_ADD(o->arena, &o->boxes) = later;
    }
    buf_release(&p->words);
}

/* Runs of white space are one space, and none at the head of a paragraph. */
static void add_words(struct paragraph *p, struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.at[i];
        bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
        if (!space || !p->behind_space)
            buf_addc(&p->words, space ? ' ' : c);
        p->behind_space = space;
    }
}

static void add_mark(struct odt *o, char c, long times)
{
    struct paragraph *p = words_open(o);
    for (long i = 0; p != NULL && i < times && i < SPACES_MOST; i++)
        buf_addc(&p->words, c);
    if (p != NULL)
        p->behind_space = false;
}

static void spaces(struct odt *o, struct xml_attributes a)
{
    add_mark(o, ' ', xml_number(a, "c", 1));
}

static void tab(struct odt *o, struct xml_attributes a)
{
    (void)a;
    add_mark(o, '\t', 1);
}

static void line_break(struct odt *o, struct xml_attributes a)
{
    (void)a;
    add_mark(o, '\n', 1);
}

static void span_start(struct odt *o, struct xml_attributes a)
{
    if (o->in_body && is_hidden(o, xml_attribute(a, "style-name", ""))) {
        o->hidden++;
        skip(o);
    }
}

static void section_start(struct odt *o, struct xml_attributes a)
{
    if (str_is(xml_attribute(a, "display", ""), "none")) {
        o->hidden++;
        skip(o);
    }
}

static void note_start(struct odt *o, struct xml_attributes a)
{
    (void)a;
    o->in_note++;
}

static void note_end(struct odt *o)
{
    o->in_note--;
}

/* ---- what is passed over */

static void skip_start(struct odt *o, struct xml_attributes a)
{
    (void)a;
    skip(o);
}

static void annotation_start(struct odt *o, struct xml_attributes a)
{
    (void)a;
    o->annotations++;
    skip(o);
}

static void hidden_start(struct odt *o, struct xml_attributes a)
{
    (void)a;
    o->hidden++;
    skip(o);
}

static void image_start(struct odt *o, struct xml_attributes a)
{
    (void)a;
    o->pictures += o->in_body;
}

static void shape_start(struct odt *o, struct xml_attributes a)
{
    (void)a;
    o->shape[o->depth] = true;
}

/* ---- tables; those inside of a paragraph's box are read as paragraphs */

static bool takes_tables(const struct odt *o)
{
    return o->in_body && o->open_count == 0;
}

static void table_start(struct odt *o, struct xml_attributes a)
{
    (void)a;
    if (takes_tables(o))
        flow_table_begin(o->f);
}

static void table_end(struct odt *o)
{
    if (takes_tables(o))
        flow_table_end(o->f);
}

static void row_start(struct odt *o, struct xml_attributes a)
{
    (void)a;
    if (takes_tables(o))
        flow_row(o->f);
}

static uint32_t span_of(struct xml_attributes a, const char *name)
{
    long n = xml_number(a, name, 1);
    return n < 1 ? 1 : (uint32_t)n;
}

static void cell_start(struct odt *o, struct xml_attributes a)
{
    if (!takes_tables(o))
        return;
    o->repeated = xml_number(a, "number-columns-repeated", 1);
    flow_cell_begin(o->f, span_of(a, "number-rows-spanned"), span_of(a, "number-columns-spanned"));
}

/* Repeated cells are empty ones: nobody has the same words side by side. */
static void cell_end(struct odt *o)
{
    if (!takes_tables(o))
        return;
    flow_cell_end(o->f);
    for (long i = 1; i < o->repeated && o->repeated <= REPEATED_MOST; i++) {
        flow_cell_begin(o->f, 1, 1);
        flow_cell_end(o->f);
    }
    o->repeated = 1;
}

/* ---- parts */

static void body_start(struct odt *o, struct xml_attributes a)
{
    (void)a;
    o->in_body = true;
}

static void body_end(struct odt *o)
{
    o->in_body = false;
}

static void meta_start(struct odt *o, struct xml_attributes a)
{
    (void)a;
    o->in_meta = !o->in_body;
}

static void meta_end(struct odt *o)
{
    o->in_meta = false;
}

/* Of the document, of a shape (which is not shown), or a field. */
static void title_start(struct odt *o, struct xml_attributes a)
{
    (void)a;
    o->in_title = o->in_meta;
    if (o->depth > 0 && o->shape[o->depth - 1])
        skip(o);
}

static void title_end(struct odt *o)
{
    o->in_title = false;
}

static void encryption_start(struct odt *o, struct xml_attributes a)
{
    (void)a;
    o->encrypted = true;
}

static const struct element {
    const char *name;
    void (*start)(struct odt *o, struct xml_attributes a);
    void (*end)(struct odt *o);
} elements[] = {
    { "p", paragraph_start, paragraph_end }, { "h", heading_start, paragraph_end }, { "span", span_start, NULL }, { "s", spaces, NULL },
    { "tab", tab, NULL }, { "line-break", line_break, NULL },
    { "list", list_start, list_end }, { "list-item", item_start, NULL }, { "list-header", item_header_start, NULL },
    { "table", table_start, table_end }, { "table-row", row_start, NULL }, { "table-cell", cell_start, cell_end },
    { "covered-table-cell", skip_start, NULL }, { "section", section_start, NULL }, { "note", note_start, note_end },
    { "style", style_start, style_end }, { "text-properties", text_properties, NULL }, { "list-style", list_style_start, style_end },
    { "outline-style", outline_start, style_end }, { "list-level-style-number", level_start, NULL }, { "outline-level-style", level_start, NULL },
    { "tracked-changes", skip_start, NULL }, { "annotation", annotation_start, NULL }, { "note-citation", skip_start, NULL },
    { "ruby-text", skip_start, NULL }, { "number", skip_start, NULL }, { "forms", skip_start, NULL }, { "script", skip_start, NULL },
    { "hidden-text", hidden_start, NULL }, { "binary-data", skip_start, NULL }, { "desc", skip_start, NULL }, { "image", image_start, NULL },
    { "frame", shape_start, NULL }, { "custom-shape", shape_start, NULL }, { "rect", shape_start, NULL }, { "g", shape_start, NULL },
    { "line", shape_start, NULL }, { "ellipse", shape_start, NULL }, { "circle", shape_start, NULL }, { "path", shape_start, NULL },
    { "polygon", shape_start, NULL }, { "polyline", shape_start, NULL }, { "connector", shape_start, NULL },
    { "body", body_start, body_end }, { "meta", meta_start, meta_end }, { "title", title_start, title_end },
    { "encryption-data", encryption_start, NULL },
};

static const struct element *element_of(const char *name)
{
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++) {
        if (is(elements[i].name, name))
            return &elements[i];
    }
    return NULL;
}

static void on_start(void *self, const char *name, struct xml_attributes a)
{
    struct odt *o = self;
    if (o->skipped > 0) {
        o->skipped++;
        o->deletions += is(name, "deletion");
        return;
    }
    if (o->depth < XML_DEPTH_MOST)
        o->depth++;
    o->shape[o->depth] = false;
    const struct element *e = element_of(name);
    if (e != NULL)
        e->start(o, a);
}

static void on_end(void *self, const char *name)
{
    struct odt *o = self;
    bool passed_over = o->skipped > 0;
    if (passed_over && --o->skipped > 0)
        return;
    o->depth -= o->depth > 0;
    const struct element *e = passed_over ? NULL : element_of(name);
    if (e != NULL && e->end != NULL)
        e->end(o);
}

static void on_text(void *self, struct str words)
{
    struct odt *o = self;
    struct paragraph *p = words_open(o);
    if (o->in_title)
        buf_add(&o->title, words);
    else if (o->skipped == 0 && p != NULL)
        add_words(p, words);
}

static const struct xml_events events = { on_start, on_end, on_text };

/* A part ends, be it in its midst. */
static void part_end(struct odt *o)
{
    o->in_body = true;
    o->open_beyond = 0;
    while (o->open_count > 0)
        paragraph_end(o);
    o->skipped = o->depth = o->in_note = 0;
    o->in_body = o->in_meta = o->in_title = false;
    o->style = NULL;
}

static enum package_result read_part(struct odt *o, const char *part)
{
    enum package_result r = xml_part(o->package, str_of(part), &events, o);
    part_end(o);
    return r;
}

static void tell_passed_over(struct odt *o)
{
    if (o->pictures > 0)
        flow_passed_over(o->f, "图片%zu幅", o->pictures);
    if (o->annotations > 0)
        flow_passed_over(o->f, "批注%zu条", o->annotations);
    if (o->deletions > 0)
        flow_passed_over(o->f, "修订中已删除的文字%zu处", o->deletions);
    if (o->hidden > 0)
        flow_passed_over(o->f, "隐藏文字%zu处", o->hidden);
}

static bool read_document(struct odt *o)
{
    bool flat = o->package.len > 0 && o->package.at[0] == '<';     /* the parts in one file of XML */
    enum package_result r;
    if (flat) {
        r = xml_memory(o->package, &events, o);
        part_end(o);
    } else {
        read_part(o, "META-INF/manifest.xml");
        if (!o->encrypted && read_part(o, "styles.xml") == PACKAGE_BROKEN)
            flow_passed_over(o->f, "样式有损坏，编号可能不全");
        r = o->encrypted ? PACKAGE_ENCRYPTED : read_part(o, "content.xml");
    }
    while (o->f->depth > 0 || o->f->too_deep > 0)
        flow_table_end(o->f);
    tell_all(o->f, o->notes.at, o->notes.count);
    bool some = r == PACKAGE_READ || o->f->text.blocks.count > 0;
    if (!some)
        package_tell(r, STR("content.xml"), o->f->name, o->f->diags);
    else if (r != PACKAGE_READ)
        flow_passed_over(o->f, "正文有损坏，其余未读");
    if (some && !flat)
        read_part(o, "meta.xml");
    tell_passed_over(o);
    return some;
}

bool odt_read(struct str bytes, struct flow *f)
{
    struct odt *o = must_alloc(sizeof *o);
    *o = (struct odt){ .f = f, .arena = arena_new(), .package = bytes };
    buf_init(&o->title, FLOW_TEXT_MOST);
    bool read = read_document(o);
    if (o->title.len > 0)
        f->title = ustr_from_utf8(f->arena, buf_str(&o->title));
    buf_release(&o->title);
    arena_free(o->arena);
    free(o);
    return read;
}
