/*
 * page_text: the text of a marked-up page as it is put together, one block a line.
 *
 * For readers only. Collects UTF-8; page_text_finish turns it into pages.text with the blocks in units.
 */
#ifndef QD_DOC_PAGE_TEXT_H
#define QD_DOC_PAGE_TEXT_H

#include "base/buf.h"
#include "doc/pages.h"

struct page_text {
    struct arena *arena;
    struct buf text;
    uint32_t tables;                /* numbered so far */
    VEC(struct block) blocks;       /* spans in bytes of text until the end */
};

void page_text_init(struct page_text *t, struct arena *a);
/* Adds a block; `like` says all but where. The words must be well-formed UTF-8 without a line feed. */
void page_text_add(struct page_text *t, struct block like, struct str words);
/* Sets text and blocks of `out`, and releases what was collected. */
void page_text_finish(struct page_text *t, struct pages *out);

#endif
