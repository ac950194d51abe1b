/*
 * rtf_parts: what the two halves of the RTF reader share. Private to office/rtf*.c.
 *
 * rtf.c reads braces and control words; rtf_text.c turns what they say into words, paragraphs and tables and tells the flow.
 */
#ifndef QD_OFFICE_RTF_PARTS_H
#define QD_OFFICE_RTF_PARTS_H

#include "office/flow.h"

#define RTF_FONTS_MOST 65536        /* fonts are known by number; one beyond is read in the code page of the document */
#define RTF_STYLES_MOST 4096
#define RTF_TABLES_MOST 100000      /* of a document, nested ones too */
#define RTF_GROUPS_MOST 1000        /* braces in braces; deeper ones are read as if they were not there */

enum rtf_target { TO_BODY, TO_LABEL, TO_INFO, TO_TITLE, TO_FONTS, TO_STYLES, TO_NOWHERE };

/* What an opening brace saves and its closing brace gives back. */
struct rtf_group {
    enum rtf_target to, ahead_of_upr;   /* the second: where to was ahead of \upr, for its \ud */
    uint32_t font;
    uint32_t fallback;                  /* \uc: signs behind each \u that stand in for it */
    uint32_t nesting;                   /* \itap */
    uint8_t level;                      /* of a heading */
    bool in_table, nested_row;          /* \intbl; in \nesttableprops */
    bool starred, hidden, deleted, box; /* box: in a text box */
};

/* A paragraph or, inside a cell, a table. */
struct rtf_item {
    struct rtf_item *next;
    struct str words, label;            /* a line feed in words is \line */
    const struct rtf_table *table;
    uint8_t level;
};
struct rtf_items { struct rtf_item *first, **end; };        /* end: NULL while there are none */

struct rtf_edge { int32_t right; bool joins_left, joins_above, begins_below; };     /* one \cellx */
struct rtf_row_like { VEC(struct rtf_edge) edges; bool used; };       /* since the last \trowd */
struct rtf_row {
    VEC(struct rtf_items) cells;
    const struct rtf_edge *edges;       /* rows that were declared once share them */
    size_t edge_count;
};
struct rtf_table {
    VEC(struct rtf_row) rows;
    struct rtf_row row;                 /* the open one */
    struct rtf_items cell;              /* the open one */
};

/* The words of a paragraph that is not at its end. */
struct rtf_line { struct buf words, label; };

enum rtf_passed {
    PASSED_PICTURE, PASSED_NOTE, PASSED_COMMENT, PASSED_HIDDEN, PASSED_DELETED, PASSED_DEEP, PASSED_TABLES, PASSED_KINDS
};

struct rtf {
    struct flow *flow;
    const unsigned char *at, *end;
    bool closed;                        /* the brace that ends the document was read */
    uint32_t to_skip;                   /* signs that stand in for the last \u */

    struct rtf_group groups[RTF_GROUPS_MOST];
    size_t depth, too_deep;             /* depth: of the open group in groups */

    unsigned page;                      /* code page of the document */
    uint32_t default_font, listed_font, listed_style;
    uint16_t font_pages[RTF_FONTS_MOST];
    uint8_t style_levels[RTF_STYLES_MOST];

    struct buf bytes;                   /* not decoded yet, of bytes_page */
    unsigned bytes_page;
    bool lead;                          /* the last of them is the first half of a character */
    uint32_t high;                      /* a high surrogate that waits for its low one */

    struct rtf_line lines[2];           /* of the page and of a text box that stands in that paragraph */
    struct rtf_items boxed;             /* paragraphs of text boxes; they follow the paragraph they stand in */
    struct buf title;

    struct rtf_table *tables[FLOW_TABLE_DEPTH];
    size_t table_depth;
    struct rtf_row_like row, nested_row;
    bool row_open, says_in_table;       /* \trowd without \row yet; \intbl was ever used */
    size_t cells, tables_begun;

    size_t passed[PASSED_KINDS];
    struct arena *arena, *scratch;      /* of the reader; of one decoding */
};

static inline struct rtf_group *rtf_now(struct rtf *r)
{
    return &r->groups[r->depth];
}

void rtf_text_init(struct rtf *r);
void rtf_text_release(struct rtf *r);

/* The code pages that are none: the document's own; no letters but signs of a Symbol font. */
enum { RTF_PAGE_OWN = 0, RTF_PAGE_SYMBOL = 42 };

void rtf_byte(struct rtf *r, unsigned char b);          /* in the code page of the font */
void rtf_point(struct rtf *r, uint32_t c);              /* a 16-bit unit of UTF-16, or a code point beyond */
void rtf_settle(struct rtf *r);                         /* decodes what waits; due before the target changes */

void rtf_paragraph_end(struct rtf *r);
void rtf_box_end(struct rtf *r);
void rtf_cell_end(struct rtf *r, size_t depth);         /* depth 1: a cell of the page, 2: of a table in it … */
void rtf_row_end(struct rtf *r, size_t depth);
void rtf_row_like_clear(struct rtf_row_like *like);
void rtf_text_finish(struct rtf *r);                    /* tells all that is open, and the title */

#endif
