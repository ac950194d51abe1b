/* The sweeps in their order, and the text they leave. */
#include "clean/clean.h"

#include "clean/line.h"

struct builder {
    struct arena *arena;
    char16_t *at;
    uint32_t *raw_at;
    uint32_t len;
    VEC(struct paragraph) paragraphs;
    VEC(struct noise) noise;
};

static void add_words(struct builder *b, const struct line *l)
{
    memcpy(b->at + b->len, l->words.at, l->words.len * sizeof *b->at);
    memcpy(b->raw_at + b->len, l->raw_at, l->words.len * sizeof *b->raw_at);
    b->len += l->words.len;
}

static void open_paragraph(struct builder *b, const struct sweep *s, const struct line *l)
{
    struct paragraph p = {
        .where = { b->len, b->len },
        .block = (uint32_t)(l->block - s->pages->blocks),
        .level = l->block->level,
        .indented = l->indented,
        .cut_before = l->cut_before,
    };
    p.cell.table = l->cell.table;
    p.cell.row = l->cell.row;
    p.cell.column = l->cell.column;
    p.cell.row_span = l->cell.row_span;
    p.cell.column_span = l->cell.column_span;
    *VEC_ADD(b->arena, &b->paragraphs) = p;
}

static void close_paragraph(struct builder *b, const struct line *l)
{
    struct paragraph *p = &b->paragraphs.at[b->paragraphs.count - 1];
    p->where.end = b->len;
    p->cut_after = l->cut_after;
    b->at[b->len] = u'\n';              /* keeps any pattern from running into the next paragraph */
    b->raw_at[b->len] = b->len == 0 ? l->raw.start : b->raw_at[b->len - 1];
    b->len++;
}

/* Neighbouring noise lines become one span of the source. */
static void add_noise(struct builder *b, const struct line *l, const struct line *before)
{
    if (l->words.len == 0)
        return;
    struct span raw = { l->raw_at[0], l->raw_at[l->words.len - 1] + 1 };
    if (before != NULL && before->noise_sweep != NULL && before->words.len > 0 && b->noise.count > 0 && str_eq(before->noise_rule, l->noise_rule)) {
        struct noise *last = &b->noise.at[b->noise.count - 1];
        if (before->block == l->block) {
            last->raw.end = raw.end;
            return;
        }
    }
    *VEC_ADD(b->arena, &b->noise) = (struct noise){ raw, l->noise_rule, ustr_keep(b->arena, l->words) };
}

static bool is_blank_cell(const struct line *l)
{
    return l->cell.table != 0 && l->words.len == 0 && l->noise_sweep == NULL;
}

const struct text *clean_pages(struct arena *a, const struct pages *pages, struct rule_scan *scan, struct diags *d)
{
    struct sweep s = { .arena = arena_new(), .pages = pages, .scan = scan, .diags = d };
    lines_read(&s);
    noise_mark(&s);
    repeats_mark(&s);
    rows_mark(&s);
    wraps_mark(&s);

    size_t room = pages->text.len + s.lines.count + 1;
    struct builder b = { a, arena_take(a, room * sizeof(char16_t)), arena_take(a, (room + 1) * sizeof(uint32_t)), 0, { 0 }, { 0 } };
    bool open = false;
    for (size_t i = 0; i < s.lines.count; i++) {
        const struct line *l = &s.lines.at[i];
        if (l->noise_sweep != NULL) {
            add_noise(&b, l, i > 0 ? l - 1 : NULL);
            continue;
        }
        if (l->words.len == 0 && !is_blank_cell(l)) {
            if (l->cut_after && b.paragraphs.count > 0)
                b.paragraphs.at[b.paragraphs.count - 1].cut_after = true;
            continue;
        }
        if (!open)
            open_paragraph(&b, &s, l);
        add_words(&b, l);
        open = l->joins;
        if (!open)
            close_paragraph(&b, l);
    }
    if (open)
        close_paragraph(&b, &s.lines.at[s.lines.count - 1]);
    b.raw_at[b.len] = pages->text.len;

    struct gap *gaps = arena_take(a, s.gaps.count * sizeof *gaps);
    if (s.gaps.count > 0)
        memcpy(gaps, s.gaps.at, s.gaps.count * sizeof *gaps);
    struct text *t = arena_take(a, sizeof *t);
    *t = (struct text){ pages, { b.at, b.len }, b.raw_at, b.paragraphs.at, b.paragraphs.count, b.noise.at, b.noise.count, gaps, s.gaps.count };
    arena_free(s.arena);
    return t;
}
