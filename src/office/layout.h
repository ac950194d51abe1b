/*
 * layout: pieces of text with places on pages, and the paragraphs they make.
 *
 * What .ofd and .pdf share. A reader hands on every page with its pieces, in any order; layout_tell finds lines, columns,
 * margins and paragraphs and tells them to a flow. Page numbers, and lines that come back at the same place of many pages,
 * are left out. Lengths are in any one unit, x to the right and y downwards.
 */
#ifndef QD_OFFICE_LAYOUT_H
#define QD_OFFICE_LAYOUT_H

#include "office/flow.h"

#define LAYOUT_RUNS_MOST 2000000        /* pieces of a document; further ones are left out, and told */
#define LAYOUT_PAGES_MOST 20000

struct layout_run {
    double x, middle, width, em;        /* left edge, middle of the height, advance, size of a character */
    struct str words;
    uint32_t page, zone, column;        /* zone and column: set by layout_tell; column 0 is the whole width */
    uint32_t order;                     /* as told */
};

struct layout_page {
    double width;                       /* 0 unknown */
    bool lost;                          /* told by the reader: nothing is said of its text */
};

struct layout {
    struct arena *arena;                /* of the document; keeps the words */
    VEC(struct layout_run) runs;
    VEC(struct layout_page) pages;
    bool full;
};

void layout_init(struct layout *l, struct arena *a);
/* The next page begins; what is known of it may be set until the next one. NULL: there are too many. */
struct layout_page *layout_next_page(struct layout *l, double width);
/* A piece of a line: `top` and `em` of the box its characters stand in. Words are copied. */
void layout_add(struct layout *l, double x, double top, double width, double em, struct str words);
/* Tells the paragraphs, and which pages have no text. False: none has. */
bool layout_tell(struct layout *l, struct flow *f);

/* For those who measure pieces. The next character of UTF-8, U+FFFD for a byte that is none; `at` moves on. */
char32_t layout_char(struct str s, size_t *at);
/* What a character takes of an em where nothing says so: 1 for Chinese, half of it for Latin. */
double layout_ems(char32_t c);
/* Takes a number off the front, whatever the locale; false: there is none. Never infinite. */
bool layout_number(struct str *rest, double *out);

#endif
