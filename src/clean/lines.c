/* Blocks to lines: a plain line may hold table cells between tabs, and any line may be cut by a gap. */
#include "clean/line.h"
#include "unicode/width.h"

struct rule_matches line_matches(const struct sweep *s, struct ustr words, enum rule_type type)
{
    if (s->scan == NULL || words.len == 0)
        return (struct rule_matches){ 0 };
    struct rule_query query = { .types = RULE_BIT(type), .kinds = UINT32_MAX, .zones = UINT32_MAX, .document = s->pages->name };
    return rule_scan_text(s->scan, s->arena, words, query, s->diags);
}

static bool is_indent(char16_t u)
{
    return u == 0x3000 || u == u'\t' || u == u' ';
}

static uint32_t display_columns(struct ustr raw)
{
    uint32_t columns = 0;
    for (uint32_t i = 0; i < raw.len; i++)
        columns += width_of_unit(raw.at[i]);
    return columns;
}

static struct line line_of(struct sweep *s, const struct block *block, struct span raw)
{
    struct line l = { .block = block, .raw = raw };
    uint32_t start = raw.start, end = raw.end;
    struct ustr text = s->pages->text;
    while (end > start && unit_is_space(text.at[end - 1]))
        end--;
    l.columns = display_columns(ustr_sub(text, start, end));
    l.length = end - start;
    l.indented = end - start > 1 && is_indent(text.at[start]) && is_indent(text.at[start + 1]);
    l.first_of_block = raw.start == block->where.start;
    l.cell.table = block->cell.table;
    l.cell.row = block->cell.row;
    l.cell.column = block->cell.column;
    l.cell.row_span = block->cell.row_span;
    l.cell.column_span = block->cell.column_span;
    canon_line(s, &l);
    return l;
}

static bool is_dot(char16_t u)
{
    return u == u'…' || u == u'.' || u == u'。' || u == u'-' || u == u'—' || unit_is_space(u);
}

/* A gap takes in the dots, dashes and blanks around the words that announce it. */
static struct span widened(const struct line *l, struct span gap)
{
    while (gap.start > 0 && is_dot(l->words.at[gap.start - 1]) && l->words.at[gap.start - 1] != u'。')
        gap.start--;
    while (gap.end < l->words.len && is_dot(l->words.at[gap.end]))
        gap.end++;
    return gap;
}

static uint32_t announced(const struct line *l, const struct rule_match *m)
{
    struct span digits;
    uint32_t n = 0;
    if (!rule_match_group(m, "missing", &digits))
        return 0;
    for (uint32_t i = digits.start; i < digits.end && n < 100000000; i++)
        n = n * 10 + (unit_is_digit(l->words.at[i]) ? (uint32_t)(l->words.at[i] - u'0') : 0);
    return n;
}

static struct span raw_of(const struct line *l, struct span words)
{
    return (struct span){ l->raw_at[words.start], l->raw_at[words.end - 1] + 1 };
}

/* A lone full stop is the end of a sentence that a margin broke. */
static bool only_dots(struct ustr words)
{
    if (words.len == 1 && words.at[0] != u'…')
        return false;
    for (uint32_t i = 0; i < words.len; i++) {
        if (!is_dot(words.at[i]))
            return false;
    }
    return true;
}

/* The piece of a line between two places of its words; nothing of it is copied. */
static struct line piece(struct line l, uint32_t start, uint32_t end)
{
    l.first_of_block = l.first_of_block && start == 0;
    l.words = ustr_sub(l.words, start, end);
    l.raw_at += start;
    return l;
}

/* Adds a line, cut where words announce that text is missing. */
static void add_cut(struct sweep *s, struct line l)
{
    struct rule_matches gaps = line_matches(s, l.words, RULE_GAP);
    uint32_t from = 0;
    bool cut = false;
    for (size_t i = 0; i < gaps.count; i++) {
        struct span gap = widened(&l, gaps.at[i].where);
        if (gap.start < from)
            continue;
        struct line before = piece(l, from, gap.start);
        before.cut_before = cut;
        before.cut_after = true;
        *VEC_ADD(s->arena, &s->lines) = before;
        *VEC_ADD(s->arena, &s->gaps) = (struct gap){ raw_of(&l, gap), announced(&l, &gaps.at[i]) };
        from = gap.end;
        cut = true;
    }
    l = piece(l, from, l.words.len);
    l.cut_before = cut;
    if (l.words.len > 0 && only_dots(l.words)) {        /* a lone row of dots */
        l.cut_after = true;
        l.words.len = 0;
    }
    *VEC_ADD(s->arena, &s->lines) = l;
}

/* Tabs ahead of the text indent a paragraph, unless tabs behind it make the line a row. */
static bool is_row(struct ustr text, const struct block *block)
{
    bool words = false;
    for (uint32_t i = block->where.start; i < block->where.end; i++) {
        if (words && text.at[i] == u'\t')
            return block->kind == BLOCK_LINE;
        words |= !unit_is_space(text.at[i]);
    }
    return false;
}

void lines_read(struct sweep *s)
{
    struct ustr text = s->pages->text;
    for (size_t b = 0; b < s->pages->block_count; b++) {
        const struct block *block = &s->pages->blocks[b];
        bool row = is_row(text, block);
        uint32_t from = block->where.start;
        for (uint32_t i = from; i <= block->where.end; i++) {
            if (i < block->where.end && !(row && text.at[i] == u'\t'))
                continue;
            add_cut(s, line_of(s, block, (struct span){ from, i }));
            from = i + 1;
        }
    }
}
