/*
 * tree: a page of headings, lists and tables, built top down and rendered as Markdown.
 *
 * Text is handed in as the document has it and never becomes structure, neither in CommonMark nor in the extensions of
 * code forges (tables, task boxes, strike-through, links, formulas). What stands open is closed by tree_render.
 */
#ifndef QD_WRITE_TREE_H
#define QD_WRITE_TREE_H

#include "base/buf.h"

struct tree;

enum box { BOX_NONE, BOX_OPEN, BOX_DONE };

struct tree *tree_new(void);
void tree_free(struct tree *t);                                 /* NULL is fine */

void tree_heading(struct tree *t, int level, struct str text);
void tree_paragraph(struct tree *t, struct str text);
void tree_list(struct tree *t);                                 /* bullets; inside an item: below it */
void tree_list_from(struct tree *t, int first);                 /* numbered */
void tree_list_end(struct tree *t);
void tree_item(struct tree *t, enum box box, struct str text);  /* ends the item before it in the same list */
void tree_line(struct tree *t, struct str text);                /* a further line of the item */
/* A block that is folded until the reader opens it; headings and lists up to tree_fold_end stand in it. */
void tree_fold(struct tree *t, struct str summary);             /* summary: our own words */
void tree_fold_end(struct tree *t);
/* Rows of `columns` cells; the first row is the head. Columns are padded for the eye, the last one is not. */
void tree_table(struct tree *t, const struct str *cells, size_t rows, size_t columns);

void tree_render(struct tree *t, struct buf *out);

#endif
