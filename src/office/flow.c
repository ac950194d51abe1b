/* Words to blocks. */
#include "office/flow.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define HEADING_LEVEL_MOST 6
#define MESSAGE_BYTES 512

void flow_init(struct flow *f, struct arena *a, struct str name, struct diags *d)
{
    *f = (struct flow){ .arena = a, .name = name, .diags = d };
    page_text_init(&f->text, a);
    buf_init(&f->words, BUF_NO_CEILING);
}

bool flow_refuse(struct flow *f, enum diag_code code, const char *why)
{
    diags_add(f->diags, code, (struct place){ .file = f->name }, STR(""), str_of(why));
    return false;
}

static void tell_full(struct flow *f, const char *what)
{
    if (!f->full)
        flow_refuse(f, DIAG_READ_LIMIT, what);
    f->full = true;
}

void flow_words(struct flow *f, struct str s)
{
    if (f->text.text.len + f->words.len + s.len > FLOW_TEXT_MOST) {
        tell_full(f, "文字");
        return;
    }
    for (size_t i = 0; i < s.len;) {
        size_t n = str_sequence((struct str){ s.at + i, s.len - i });
        unsigned char c = (unsigned char)s.at[i];
        if (n == 0)
            buf_addz(&f->words, "\xEF\xBF\xBD");
        else if (n > 1 || c >= 0x20)
            buf_add(&f->words, (struct str){ s.at + i, n });
        else if (c == '\t' || c == '\n' || c == '\r')
            buf_addc(&f->words, c == '\t' ? '\t' : ' ');
        i += n == 0 ? 1 : n;
    }
}

static struct page_table *table_of(struct flow *f)
{
    return f->depth == 0 ? NULL : f->tables[f->depth - 1];
}

/* An unmarked paragraph may be one line of a text that a program cut at its margin; cleaning decides by all of them. */
static void add_block(struct flow *f, unsigned level, bool marked)
{
    struct page_table *t = table_of(f);
    struct block like = { .kind = level > 0 ? BLOCK_HEADING : marked ? BLOCK_PARAGRAPH : BLOCK_LINE, .line = ++f->paragraphs,
                          .level = (uint8_t)(level > HEADING_LEVEL_MOST ? HEADING_LEVEL_MOST : level) };
    if (t != NULL && t->in_cell)
        like = page_table_block(t, like);
    page_text_add(&f->text, like, buf_str(&f->words));
    buf_clear(&f->words);
}

void flow_break(struct flow *f)
{
    if (!str_is_blank(buf_str(&f->words)))
        add_block(f, 0, true);
    buf_clear(&f->words);
}

void flow_paragraph(struct flow *f, unsigned level, struct str label)
{
    struct str words = buf_str(&f->words);
    if (str_is_blank(words) && str_is_blank(label)) {
        buf_clear(&f->words);
        if (table_of(f) == NULL)
            add_block(f, 0, false);     /* an empty one parts its neighbours, and counts for the place of the others */
        else
            f->paragraphs++;
        return;
    }
    if (label.len > 0) {
        struct str kept = arena_keep(f->arena, words);
        buf_clear(&f->words);
        flow_words(f, label);
        buf_add(&f->words, kept);
    }
    add_block(f, level, label.len > 0);
}

static void end_open(struct flow *f)
{
    if (f->words.len > 0)
        flow_paragraph(f, 0, STR(""));
}

void flow_table_begin(struct flow *f)
{
    end_open(f);
    if (f->depth == FLOW_TABLE_DEPTH) {
        f->too_deep++;
        return;
    }
    struct page_table *t = must_alloc(sizeof *t);
    *t = (struct page_table){ .id = ++f->text.tables, .first_block = f->text.blocks.count };
    f->tables[f->depth++] = t;
}

void flow_row(struct flow *f)
{
    if (f->too_deep > 0 || f->depth == 0)
        return;
    flow_cell_end(f);
    page_table_row(table_of(f));
}

void flow_cell_begin(struct flow *f, uint32_t row_span, uint32_t column_span)
{
    if (f->too_deep > 0 || f->depth == 0)
        return;
    flow_cell_end(f);
    if (++f->cells > FLOW_CELLS_MOST) {
        tell_full(f, "单元格");
        return;
    }
    page_table_cell(table_of(f), row_span, column_span, f->text.blocks.count);
}

void flow_cell_end(struct flow *f)
{
    if (f->too_deep > 0 || f->depth == 0)
        return;
    end_open(f);
    page_table_cell_end(table_of(f), &f->text, f->paragraphs);
}

void flow_table_end(struct flow *f)
{
    if (f->too_deep > 0) {
        f->too_deep--;
        return;
    }
    if (f->depth == 0)
        return;
    flow_cell_end(f);
    struct page_table *t = f->tables[--f->depth];
    page_table_end(t, &f->text);
    free(t);
}

void flow_passed_over(struct flow *f, const char *fmt, ...)
{
    char message[MESSAGE_BYTES];
    va_list more;
    va_start(more, fmt);
    vsnprintf(message, sizeof message, fmt, more);
    va_end(more);
    flow_refuse(f, DIAG_INPUT_PASSED_OVER, message);
}

void flow_finish(struct flow *f, struct pages *out)
{
    while (f->too_deep > 0 || f->depth > 0)
        flow_table_end(f);
    end_open(f);
    buf_release(&f->words);
    page_text_finish(&f->text, out);
    out->title_hint = f->title;
    out->date_hint = f->date;
}
