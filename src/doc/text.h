/*
 * text: the cleaned document, an overlay over pages.
 *
 * One canonical string: hard wraps joined, stray spaces, ruby residue and doubled punctuation gone,
 * punctuation full-width and digits and letters half-width, Traditional turned into Simplified. Rules see only
 * this. raw_at leads every unit back to the decoded text, so nothing is ever reported in other words than the
 * document's own. Noise is left out of it; a gap ends a paragraph.
 */
#ifndef QD_DOC_TEXT_H
#define QD_DOC_TEXT_H

#include "base/ustr.h"
#include "doc/pages.h"

struct gap {
    struct span raw;            /* the words that announce the cut, in pages.text */
    uint32_t missing;           /* announced number of characters, 0 where not given */
};

struct noise {
    struct span raw;
    struct str rule;            /* id of the rule or the name of the sweep that found it */
    struct ustr words;          /* its canonical text: a date may still be read from it */
};

struct paragraph {
    struct span where;          /* in text.clean, without a line end */
    uint32_t block;             /* its first block in pages */
    uint8_t level;              /* marked up as a heading: 1 to 6, else 0 */
    struct { uint32_t table, row, column, row_span, column_span; } cell;    /* from 1; zeros outside tables */
    bool indented;              /* begins with an indent in the source */
    bool cut_before, cut_after; /* a gap stands right before or after it */
};

struct text {
    const struct pages *pages;
    struct ustr clean;
    const uint32_t *raw_at;     /* for clean unit i the unit of pages.text it stands for; clean.len + 1 entries */
    const struct paragraph *paragraphs;
    size_t paragraph_count;
    const struct noise *noise;
    size_t noise_count;
    const struct gap *gaps;
    size_t gap_count;
};

/* The span of pages.text that a non-empty clean span stands for. */
struct span text_raw(const struct text *t, struct span clean);

#endif
