/*
 * flow: what a reader of office files tells, in reading order, and the pages made of it.
 *
 * Every reader of this folder is a function over bytes that speaks to a flow: words, ends of paragraphs, tables. It knows
 * nothing of blocks and spans; the flow knows nothing of formats. Words are UTF-8; what is not well formed becomes U+FFFD,
 * control characters are left out, a line break within a paragraph ends a line of it.
 */
#ifndef QD_OFFICE_FLOW_H
#define QD_OFFICE_FLOW_H

#include "base/diag.h"
#include "doc/page_table.h"

#define FLOW_TEXT_MOST (64u << 20)      /* bytes of text of a document; what follows is left out, and told */
#define FLOW_CELLS_MOST 1000000         /* of a document; further ones are left out, and told */
#define FLOW_TABLE_DEPTH 8              /* tables in tables; deeper ones are read as paragraphs */

struct flow {
    struct arena *arena;                /* of the document */
    struct str name;                    /* for messages */
    struct diags *diags;
    struct page_text text;
    struct buf words;                   /* of the open paragraph */
    struct page_table *tables[FLOW_TABLE_DEPTH];
    size_t depth, too_deep;             /* open tables; those beyond the limit */
    uint32_t paragraphs, cells;         /* told so far */
    struct ustr title;                  /* what the properties say; a candidate only */
    struct str date;                    /* ISO */
    bool full;                          /* a limit was reached and told */
};

void flow_init(struct flow *f, struct arena *a, struct str name, struct diags *d);

/* Adds to the open paragraph. */
void flow_words(struct flow *f, struct str utf8);
/* A line break within the paragraph. */
void flow_break(struct flow *f);
/* Ends the open paragraph. level 1 to 9: a heading, 0: none. The label that the format computes (一、) goes ahead of its words. */
void flow_paragraph(struct flow *f, unsigned level, struct str label);

/* Tables. A row_span or column_span of 0 is 1. What is open when a cell or table ends is ended with it. */
void flow_table_begin(struct flow *f);
void flow_row(struct flow *f);
void flow_cell_begin(struct flow *f, uint32_t row_span, uint32_t column_span);
void flow_cell_end(struct flow *f);
void flow_table_end(struct flow *f);

/* Tells why nothing can be read, or that a limit was reached; false, for a reader to return. */
bool flow_refuse(struct flow *f, enum diag_code code, const char *why);
/* Tells what was passed over: 图片2幅, 隐藏工作表“备用”. Shown once for each text. */
void flow_passed_over(struct flow *f, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Ends all that is open and sets text, blocks and hints of `out`. */
void flow_finish(struct flow *f, struct pages *out);

#endif
