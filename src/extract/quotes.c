/*
 * Quotation marks and book title marks that lack their partner.
 *
 * Marks are paired within a paragraph. A quotation may run over several: each of them then opens anew and only the last
 * closes, or nothing opens in between. Paragraphs beside a cut are passed over, for there the partner was cut away.
 */
#include "extract/finish.h"

#define SHOWN 24                /* units of text that show where a mark stands */
#define NESTED_MOST 16

struct marks { char16_t open, close; };

struct pairing {
    struct reading *r;
    struct marks marks;
    struct strays *strays;
    uint32_t open[NESTED_MOST];         /* places in the paragraph that wait for their partner */
    uint32_t open_count;
    uint32_t carried;                   /* one that the paragraph before left open, NO_MARK: none */
};

#define NO_MARK UINT32_MAX

/* The words of the paragraph from the mark on, or up to it. */
static void add_stray(struct pairing *p, const struct paragraph *in, uint32_t mark, bool opens)
{
    struct ustr text = p->r->clean;
    struct span words = { mark, mark + 1 };
    if (opens)
        words.end = in->where.end - mark > SHOWN ? mark + SHOWN : in->where.end;
    else
        words.start = mark - in->where.start > SHOWN ? mark + 1 - SHOWN : in->where.start;
    words.start += (text.at[words.start] & 0xFC00) == 0xDC00;           /* no half of a pair */
    words.end -= (text.at[words.end - 1] & 0xFC00) == 0xD800;
    *VEC_ADD(p->r->arena, &p->strays->list) = words;
}

static const struct paragraph *paragraph_before(const struct reading *r, uint32_t i)
{
    return &r->outline->text->paragraphs[i - 1];
}

static void settle_carried(struct pairing *p, uint32_t i)
{
    if (p->carried != NO_MARK)
        add_stray(p, paragraph_before(p->r, i), p->carried, true);
    p->carried = NO_MARK;
}

static void close_mark(struct pairing *p, uint32_t i, uint32_t at)
{
    if (p->open_count > 0)
        p->open_count--;
    else if (p->carried != NO_MARK)
        p->carried = NO_MARK;
    else
        add_stray(p, &p->r->outline->text->paragraphs[i], at, false);
}

static void pair_paragraph(struct pairing *p, uint32_t i)
{
    const struct paragraph *in = &p->r->outline->text->paragraphs[i];
    p->open_count = 0;
    if (span_len(in->where) > 0 && p->r->clean.at[in->where.start] == p->marks.open)
        p->carried = NO_MARK;           /* the quotation goes on */
    for (uint32_t at = in->where.start; at < in->where.end; at++) {
        if (p->r->clean.at[at] == p->marks.open && p->open_count < NESTED_MOST)
            p->open[p->open_count++] = at;
        else if (p->r->clean.at[at] == p->marks.close)
            close_mark(p, i, at);
    }
    settle_carried(p, i);
    for (uint32_t k = 0; k + 1 < p->open_count; k++)
        add_stray(p, in, p->open[k], true);
    if (p->open_count > 0)
        p->carried = p->open[p->open_count - 1];
}

void quotes_find(struct reading *r, struct strays *out)
{
    static const struct marks marks[] = { { u'“', u'”' }, { u'《', u'》' } };
    const struct text *t = r->outline->text;
    for (size_t m = 0; m < sizeof marks / sizeof *marks; m++) {
        struct pairing p = { .r = r, .marks = marks[m], .strays = out, .carried = NO_MARK };
        for (uint32_t i = 0; i < t->paragraph_count; i++) {
            if (t->paragraphs[i].cut_before || t->paragraphs[i].cut_after)
                p.carried = NO_MARK;
            else
                pair_paragraph(&p, i);
        }
        if (t->paragraph_count > 0)
            settle_carried(&p, (uint32_t)t->paragraph_count);
    }
}
