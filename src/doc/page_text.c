/* Blocks of a page, joined by line feeds. */
#include "doc/page_text.h"

void page_text_init(struct page_text *t, struct arena *a)
{
    *t = (struct page_text){ .arena = a };
    buf_init(&t->text, BUF_NO_CEILING);
}

void page_text_add(struct page_text *t, struct block like, struct str words)
{
    if (t->blocks.count > 0)
        buf_addc(&t->text, '\n');
    like.where.start = (uint32_t)t->text.len;
    buf_add(&t->text, words);
    like.where.end = (uint32_t)t->text.len;
    *VEC_ADD(t->arena, &t->blocks) = like;
}

/* UTF-16 units of well-formed UTF-8. */
static uint32_t units_of(struct str s)
{
    uint32_t n = 0;
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];
        n += (uint32_t)((c & 0xC0) != 0x80) + (uint32_t)(c >= 0xF0);
    }
    return n;
}

void page_text_finish(struct page_text *t, struct pages *out)
{
    out->text = ustr_from_utf8(t->arena, buf_str(&t->text));
    uint32_t unit = 0;
    for (size_t i = 0; i < t->blocks.count; i++) {
        struct span *where = &t->blocks.at[i].where;
        struct str words = { buf_str(&t->text).at + where->start, span_len(*where) };
        where->start = unit + (i > 0);
        where->end = unit = where->start + units_of(words);
    }
    out->blocks = t->blocks.at;
    out->block_count = t->blocks.count;
    buf_release(&t->text);
}
