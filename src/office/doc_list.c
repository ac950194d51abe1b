/*
 * Labels that a Word 97 document computes for the paragraphs of its lists: 一、 （二） 1.2 ③.
 *
 * A list has nine levels, each with its way of counting and a text with places for the numbers. Paragraphs name a use of a
 * list; uses of one list count on together unless they say where to start.
 */
#include "office/doc_parts.h"
#include "office/ordinal.h"

#define LIST_BYTES 28
#define USE_BYTES 16
#define LEVEL_BYTES 28
#define LABEL_UNITS_MOST 64
#define LISTS_MOST 4096                 /* twice as many as Word makes */
#define COUNT_MOST 0x7FFF               /* Word's own limit */

struct level {
    uint32_t start;
    uint8_t way;                        /* of writing the number */
    bool decimal;                       /* all numbers of the label, whatever their ways */
    bool own_restart;                   /* counts anew only behind a level above restart_below, else behind any above it */
    uint8_t restart_below;
    struct str text;                    /* UTF-16; a unit below 9 is the number of that level */
};

struct doc_list {
    uint32_t id;
    struct level levels[DOC_LEVELS];
    uint32_t counts[DOC_LEVELS];
    bool counting[DOC_LEVELS];
};

struct doc_list_use {
    struct doc_list *list;              /* NULL: there is none of that id */
    struct level *own[DOC_LEVELS];      /* NULL: as the list has it */
    bool starts[DOC_LEVELS];            /* anew at its first paragraph of that level */
    uint32_t start[DOC_LEVELS];
};

/* ---- reading */

/* Reads a level and moves *at behind it; false where it is not all there. */
static bool level_read(struct str s, size_t *at, struct level *out)
{
    struct str head = str_part(s, *at, LEVEL_BYTES);
    size_t text = *at + LEVEL_BYTES + byte_at(head, 24) + byte_at(head, 25);
    size_t len = 2u * le16(s, text);
    if (head.len < LEVEL_BYTES || text + 2 > s.len || len > s.len - text - 2)
        return false;
    uint8_t flags = byte_at(head, 5);
    *out = (struct level){ .start = le32(head, 0), .way = byte_at(head, 4), .restart_below = byte_at(head, 26),
                           .decimal = (flags >> 2 & 1) != 0, .own_restart = (flags >> 3 & 1) != 0, .text = { s.at + text + 2, len } };
    *at = text + 2 + len;
    return true;
}

/* The heads of all lists stand ahead; the levels follow outside of the length that the file states for this part. */
static void lists_read(struct doc *d)
{
    struct str s = str_part(d->table, le32(d->main, FC_LISTS), SIZE_MAX);
    size_t n = le32(d->main, FC_LISTS + 4) < 2 ? 0 : le16(s, 0);
    size_t at = 2 + n * LIST_BYTES;
    if (n == 0 || n > LISTS_MOST || at > s.len)
        return;
    d->lists = arena_take(d->arena, n * sizeof *d->lists);
    for (d->list_count = 0; d->list_count < n; d->list_count++) {
        struct doc_list *l = &d->lists[d->list_count];
        struct str head = str_part(s, 2 + d->list_count * LIST_BYTES, LIST_BYTES);
        l->id = le32(head, 0);
        size_t levels = (byte_at(head, 26) & 1) != 0 ? 1 : DOC_LEVELS;
        for (size_t i = 0; i < levels; i++) {
            if (!level_read(s, &at, &l->levels[i]))
                return;
        }
        for (size_t i = levels; i < DOC_LEVELS; i++)
            l->levels[i] = l->levels[0];
    }
}

static struct doc_list *list_of(struct doc *d, uint32_t id)
{
    for (size_t i = 0; i < d->list_count; i++) {
        if (d->lists[i].id == id)
            return &d->lists[i];
    }
    return NULL;
}

/* What a use says of one level; false where it is not all there. */
static bool own_level_read(struct doc *d, struct str s, size_t *at, struct doc_list_use *use)
{
    if (*at + 8 > s.len)
        return false;
    uint32_t start = le32(s, *at), flags = le32(s, *at + 4);
    *at += 8;
    struct level own = { 0 };
    bool has_level = (flags >> 5 & 1) != 0;
    if (has_level && !level_read(s, at, &own))
        return false;
    size_t n = flags & 0xF;
    if (n >= DOC_LEVELS)
        return true;
    if (has_level) {
        use->own[n] = arena_take(d->arena, sizeof own);
        *use->own[n] = own;
    }
    use->starts[n] = (flags >> 4 & 1) != 0;
    use->start[n] = has_level ? own.start : start;
    return true;
}

static void uses_read(struct doc *d)
{
    struct str s = doc_part(d, FC_LIST_USES);
    size_t n = le32(s, 0);
    if (s.len < 4 || n > (s.len - 4) / USE_BYTES || n > COUNT_MOST)
        return;
    d->uses = arena_take(d->arena, n * sizeof *d->uses);
    d->use_count = n;
    size_t at = 4 + n * USE_BYTES;
    for (size_t i = 0; i < n; i++) {
        struct str head = str_part(s, 4 + i * USE_BYTES, USE_BYTES);
        d->uses[i].list = list_of(d, le32(head, 0));
        at += 4;                        /* a character position, without use */
        for (size_t k = 0; k < byte_at(head, 12); k++) {
            if (!own_level_read(d, s, &at, &d->uses[i]))
                return;
        }
    }
}

void doc_lists_read(struct doc *d)
{
    lists_read(d);
    uses_read(d);
}

/* ---- counting */

static const struct level *level_of(const struct doc_list_use *use, size_t n)
{
    return use->own[n] != NULL ? use->own[n] : &use->list->levels[n];
}

static uint32_t start_of(const struct doc_list_use *use, size_t n)
{
    uint32_t start = level_of(use, n)->start;
    return start > COUNT_MOST ? 0 : start;
}

static void count(struct doc_list_use *use, size_t n)
{
    struct doc_list *l = use->list;
    if (use->starts[n]) {
        l->counts[n] = use->start[n] > COUNT_MOST ? 0 : use->start[n];
        use->starts[n] = false;
    } else if (!l->counting[n]) {
        l->counts[n] = start_of(use, n);
    } else if (l->counts[n] < COUNT_MOST) {
        l->counts[n]++;
    }
    l->counting[n] = true;
    for (size_t i = n + 1; i < DOC_LEVELS; i++) {
        const struct level *below = level_of(use, i);
        if (!below->own_restart || n < below->restart_below)
            l->counting[i] = false;
    }
    for (size_t i = 0; i < n; i++) {            /* a level that no paragraph had yet stands at its start */
        if (!l->counting[i])
            l->counts[i] = start_of(use, i);
        l->counting[i] = true;
    }
}

/* Characters of fonts of symbols, which bullets mostly are, mean nothing elsewhere. */
static bool is_private(uint16_t unit)
{
    return unit >= 0xD800 && unit < 0xF900;
}

static void add_label(struct buf *b, const struct doc_list_use *use, const struct level *level)
{
    for (size_t i = 0; i + 2 <= level->text.len && i < 2 * LABEL_UNITS_MOST; i += 2) {
        uint16_t unit = le16(level->text, i);
        if (unit < DOC_LEVELS)
            ordinal_add(b, use->list->counts[unit], level->decimal ? ORDINAL_DECIMAL : ordinal_of_number(level_of(use, unit)->way));
        else if (unit >= 0x20 && !is_private(unit))
            buf_add_ustr(b, (struct ustr){ (const char16_t[]){ unit }, 1 });
    }
}

struct str doc_label(struct doc *d, const struct doc_pap *pap)
{
    if (pap->list < 1 || (size_t)pap->list > d->use_count || pap->list_level >= DOC_LEVELS)
        return STR("");
    struct doc_list_use *use = &d->uses[pap->list - 1];
    if (use->list == NULL)
        return STR("");
    count(use, pap->list_level);
    struct buf b;
    buf_init(&b, BUF_NO_CEILING);
    add_label(&b, use, level_of(use, pap->list_level));
    struct str label = arena_keep(d->arena, buf_str(&b));
    buf_release(&b);
    return label;
}
