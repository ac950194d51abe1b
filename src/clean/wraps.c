/*
 * Lines that a margin broke.
 *
 * A document is hard-wrapped when most of its wide lines are about equally wide and stop in the middle of a
 * sentence. There, a full line goes on in the next one. Elsewhere only what cannot begin a line joins the line before,
 * and a title that was broken in two.
 */
#include <stdlib.h>

#include "clean/line.h"

#define LEAST_WIDTH 36          /* columns; a narrower margin is verse or a list */
#define MOST_WIDTH 130
#define LEAST_LINES 6           /* full lines that make a habit */
#define SLACK 4                 /* a margin moves by two signs: a mark may not begin a line, a number is not broken */
#define TITLE_LINES 12
#define LABEL_UNITS 4           /* of a label that may stand above its other half */

static bool ends_sentence(struct ustr words)
{
    if (words.len == 0)
        return true;
    char16_t u = words.at[words.len - 1];
    return u == u'。' || u == u'！' || u == u'？' || u == u'；' || u == u'：';
}

/* A mark that closes, or the particle that hangs on the word before it. */
static bool cannot_begin_line(struct ustr words)
{
    static const char16_t marks[] = u"，。；：、？！）》”’的";
    for (size_t i = 0; marks[i] != 0; i++) {
        if (words.len > 0 && words.at[0] == marks[i])
            return true;
    }
    return false;
}

/* A mark that opens. */
static bool cannot_end_line(struct ustr words)
{
    char16_t u = words.len > 0 ? words.at[words.len - 1] : 0;
    return u == u'（' || u == u'(' || u == u'《' || u == u'“' || u == u'‘';
}

static int by_width(const void *x, const void *y)
{
    uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;
    return (a > b) - (a < b);
}

/* A page breaks its lines at a width, a web editor at a number of characters. */
struct ruler {
    bool by_length;
    uint32_t most;              /* the margin, in columns; 0: lines are not broken */
    size_t full;                /* lines that reach it */
    bool ragged;                /* they are broken at no one margin: any wide line that stops in the middle goes on */
};

static uint32_t measure(const struct ruler *ruler, const struct line *l)
{
    return ruler->by_length ? 2 * l->length : l->columns;
}

static bool reaches(const struct ruler *ruler, const struct line *l)
{
    return measure(ruler, l) + SLACK >= ruler->most || (ruler->ragged && measure(ruler, l) >= LEAST_WIDTH && !ends_sentence(l->words));
}

static bool is_plain(const struct line *l)
{
    return line_is_text(l) && l->cell.table == 0 && l->block->kind == BLOCK_LINE;
}

/* Fills in the margin at which this document's lines are broken, if they are. */
static void find_margin(const struct sweep *s, struct ruler *ruler)
{
    uint32_t *widths = arena_take(s->arena, (s->lines.count + 1) * sizeof *widths);
    size_t n = 0;
    for (size_t i = 0; i < s->lines.count; i++) {
        const struct line *l = &s->lines.at[i];
        if (is_plain(l) && measure(ruler, l) >= LEAST_WIDTH)
            widths[n++] = measure(ruler, l);
    }
    if (n < 2)
        return;
    qsort(widths, n, sizeof *widths, by_width);
    size_t hanging = n >= 20 ? n / 20 : n >= LEAST_LINES;       /* lines that may hang over */
    ruler->most = widths[n - 1 - hanging];
    size_t broken = 0;
    for (size_t i = 0; i < s->lines.count; i++) {
        const struct line *l = &s->lines.at[i];
        if (!is_plain(l) || !reaches(ruler, l))
            continue;
        ruler->full++;
        broken += !ends_sentence(l->words);
    }
    bool habit = ruler->full >= LEAST_LINES && ruler->full * 2 >= n && broken * 3 >= ruler->full * 2;
    bool only = n < 2 * LEAST_LINES && broken >= 2 && broken == ruler->full && ruler->full * 2 >= n;    /* notes of a few lines below a table */
    size_t stopped = 0, short_of = 0;       /* wide lines that stop in the middle; those of them that stop short of the margin */
    for (size_t i = 0; i < s->lines.count; i++) {
        const struct line *l = &s->lines.at[i];
        if (!is_plain(l) || measure(ruler, l) < LEAST_WIDTH || ends_sentence(l->words))
            continue;
        stopped++;
        short_of += !reaches(ruler, l);
    }
    ruler->ragged = n >= 2 * LEAST_LINES && stopped * 3 >= n * 2 && short_of * 5 > n;
    if (ruler->most > MOST_WIDTH || (!habit && !only && !ruler->ragged))
        ruler->most = 0;
}

/* The measure that more lines agree on. */
static struct ruler ruler_of(const struct sweep *s)
{
    struct ruler columns = { .by_length = false }, length = { .by_length = true };
    find_margin(s, &columns);
    find_margin(s, &length);
    if (columns.most == 0)
        return length;
    if (columns.ragged != length.ragged && length.most > 0)     /* the measure by which they are even is the right one */
        return columns.ragged ? length : columns;
    return length.most > 0 && length.full > columns.full ? length : columns;
}

static size_t next_text_line(const struct sweep *s, size_t i)
{
    do
        i++;
    while (i < s->lines.count && s->lines.at[i].noise_sweep != NULL);
    return i;
}

static bool starts_marked(const struct sweep *s, struct ustr words)
{
    struct rule_matches found = line_matches(s, words, RULE_HEADING);
    for (size_t i = 0; i < found.count; i++) {
        if (found.at[i].where.start == 0)
            return true;
    }
    found = line_matches(s, words, RULE_LABEL);         /* with its colon, or alone on its line; else it is a word of the text */
    uint32_t end = found.count > 0 && found.at[0].where.start == 0 ? found.at[0].where.end : 0;
    return end > 0 && (end == words.len || words.at[end] == u'：' || words.at[end - 1] == u'：');
}

static bool is_title(const struct sweep *s, struct ustr words)
{
    return line_matches(s, words, RULE_TITLE).count > 0;
}

static struct ustr joined(const struct sweep *s, struct ustr a, struct ustr b)
{
    char16_t *at = arena_take(s->arena, ((size_t)a.len + b.len) * sizeof *at);
    memcpy(at, a.at, a.len * sizeof *at);
    memcpy(at + a.len, b.at, b.len * sizeof *at);
    return (struct ustr){ at, a.len + b.len };
}

static bool title_in_two(const struct sweep *s, const struct line *a, const struct line *b)
{
    return a->words.len >= 6 && !ends_sentence(a->words) && !is_title(s, a->words) && !is_title(s, b->words) &&
           is_title(s, joined(s, a->words, b->words));
}

/* …；整改⏎时限：…: the margin went through a label, whose second half is one too. */
static bool label_in_two(const struct sweep *s, struct ustr a, struct ustr b)
{
    uint32_t ahead = a.len < LABEL_UNITS ? a.len : LABEL_UNITS;
    struct rule_matches found = line_matches(s, joined(s, ustr_sub(a, a.len - ahead, a.len), b), RULE_LABEL);
    for (size_t i = 0; i < found.count; i++) {
        if (found.at[i].where.start < ahead && found.at[i].where.end > ahead + 1)
            return true;
    }
    return false;
}

void wraps_mark(struct sweep *s)
{
    struct ruler ruler = ruler_of(s);
    size_t seen = 0;
    bool goes_on = false;       /* the line is joined to the one before it */
    for (size_t i = 0; i < s->lines.count; i++) {
        struct line *l = &s->lines.at[i];
        if (!line_is_text(l) || l->cut_after)
            continue;
        bool begins = !goes_on;
        goes_on = false;
        seen++;
        size_t k = next_text_line(s, i);
        if (k >= s->lines.count)
            break;
        const struct line *next = &s->lines.at[k];
        if (l->cell.table != 0 || next->cell.table != 0) {
            l->joins = next->cell_goes_on;
            continue;
        }
        if (next->words.len == 0 || next->cut_before || l->block->kind != BLOCK_LINE || next->block->kind != BLOCK_LINE || l->block == next->block)
            continue;
        if (seen <= TITLE_LINES && title_in_two(s, l, next))
            l->joins = true;
        else if (begins && seen <= TITLE_LINES && is_title(s, l->words) && !cannot_begin_line(next->words))
            continue;
        else if (ruler.most > 0 && reaches(&ruler, l))
            l->joins = cannot_end_line(l->words) || (!next->indented && (!starts_marked(s, next->words) || label_in_two(s, l->words, next->words)));
        else
            l->joins = cannot_begin_line(next->words) && !ends_sentence(l->words);
        goes_on = l->joins;
    }
}
