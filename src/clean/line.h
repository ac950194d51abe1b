/*
 * line: what the sweeps of clean/ pass on to each other.
 *
 * A line is one block of the source with its canonical words. Sweeps mark lines as noise, cut them at gaps, join
 * them or set them in a table; nothing is deleted before the end.
 */
#ifndef QD_CLEAN_LINE_H
#define QD_CLEAN_LINE_H

#include "doc/rule_types.h"
#include "doc/text.h"
#include "rule/rule.h"

struct line {
    const struct block *block;
    struct span raw;            /* the piece of pages.text it stands for */
    struct ustr words;          /* canonical */
    const uint32_t *raw_at;     /* words.len entries */
    uint32_t columns, length;   /* display width and number of units in the source, without trailing space */
    bool indented;
    bool first_of_block;
    const char *noise_sweep;    /* why it is noise, or NULL */
    struct str noise_rule;
    bool cut_before, cut_after; /* a gap stands at that edge */
    bool joins;                 /* goes on in the next line that is not noise */
    struct { uint32_t table, row, column, row_span, column_span; } cell;    /* zeros outside tables */
    bool cell_goes_on;          /* belongs to the same cell as the line before */
};

struct sweep {
    struct arena *arena;        /* for the lines; ends with the last sweep */
    const struct pages *pages;
    struct rule_scan *scan;     /* NULL: no rules, only what needs none */
    struct diags *diags;
    unsigned quotes;            /* straight quotes of the line before that are still open */
    bool single_open;
    VEC(struct line) lines;
    VEC(struct gap) gaps;
};

static inline bool line_is_text(const struct line *l)
{
    return l->noise_sweep == NULL && l->words.len > 0;
}

/* The canonical words of a piece of the source: see canon.c for what is made canonical. */
void canon_line(struct sweep *s, struct line *line);
/* Makes lines of all blocks, cut at tabs and gaps. */
void lines_read(struct sweep *s);
/* Marks page chrome, adverts, page numbers. */
void noise_mark(struct sweep *s);
/* Marks a title, teaser or outline that the page shows ahead of the body that repeats it. */
void repeats_mark(struct sweep *s);
/* Sets `cell` on lines that are rows of a tab-separated table. */
void rows_mark(struct sweep *s);
/* Sets `joins` where a line was broken by a margin. */
void wraps_mark(struct sweep *s);

/* Accepted matches of one type in a line's words. */
struct rule_matches line_matches(const struct sweep *s, struct ustr words, enum rule_type type);

#endif
