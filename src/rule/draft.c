/* Where a character of a scalar stands in its file, whatever way YAML has of writing it. */
#include "rule/draft.h"

#include <stdarg.h>
#include <stdio.h>

static size_t character_len(struct str s, size_t at)
{
    size_t n = 1;
    while (at + n < s.len && ((unsigned char)s.at[at + n] & 0xC0) == 0x80)
        n++;
    return n;
}

static size_t line_end(struct str text, size_t at)
{
    const char *end = at < text.len ? memchr(text.at + at, '\n', text.len - at) : NULL;
    return end == NULL ? text.len : (size_t)(end - text.at);
}

/* The start of the line so many lines behind the one that starts at `at`. */
static size_t line_behind(struct str text, size_t at, uint32_t lines)
{
    for (; lines > 0 && at < text.len; lines--)
        at = line_end(text, at) + 1;
    return at < text.len ? at : text.len;
}

static size_t line_start(struct str text, uint32_t number)
{
    return line_behind(text, 0, number > 0 ? number - 1 : 0);
}

struct str text_lines(struct str text, uint32_t first, uint32_t last)
{
    size_t start = line_start(text, first);
    size_t end = line_end(text, line_behind(text, start, last > first ? last - first : 0));
    if (end > start && text.at[end - 1] == '\r')
        end--;
    return (struct str){ text.at + start, end > start ? end - start : 0 };
}

struct str text_line(struct str text, uint32_t number)
{
    return text_lines(text, number, number);
}

/* A place that moves through the file while the scalar's value is spelled out. */
struct pen {
    struct str text;
    size_t at;
    uint32_t line, column;
};

static char pen_char(const struct pen *p)
{
    return p->at < p->text.len ? p->text.at[p->at] : '\0';
}

static bool pen_at_blank(const struct pen *p)
{
    return pen_char(p) == ' ' || pen_char(p) == '\t' || pen_char(p) == '\r';
}

static void pen_step(struct pen *p)
{
    if (p->at >= p->text.len)
        return;
    bool line_end_passed = pen_char(p) == '\n';
    p->at += character_len(p->text, p->at);
    p->line += line_end_passed;
    p->column = line_end_passed ? 1 : p->column + 1;
}

static void pen_skip(struct pen *p, unsigned count)
{
    while (count-- > 0)
        pen_step(p);
}

/* Is the rest of the line blank? */
static bool pen_at_tail(const struct pen *p)
{
    struct pen ahead = *p;
    while (pen_at_blank(&ahead))
        pen_step(&ahead);
    return pen_char(&ahead) == '\n' && ahead.at < ahead.text.len;
}

/* Past line ends and indentation inside a flow scalar; the value has one blank or some line ends for them. */
static size_t fold_flow(struct pen *p, struct str value, size_t at)
{
    while (pen_at_blank(p) || pen_char(p) == '\n')
        pen_step(p);
    if (at < value.len && value.at[at] == ' ')
        return at + 1;
    while (at < value.len && value.at[at] == '\n')
        at++;
    return at;
}

static unsigned escape_len(const struct pen *p)
{
    char kind = p->at + 1 < p->text.len ? p->text.at[p->at + 1] : '\0';
    return kind == 'x' ? 4 : kind == 'u' ? 6 : kind == 'U' ? 10 : 2;
}

static size_t step_flow(struct pen *p, enum draft_style style, struct str value, size_t at)
{
    if (pen_at_tail(p))
        return fold_flow(p, value, at);
    bool doubled = style == DRAFT_SINGLE && pen_char(p) == '\'';
    bool escaped = style == DRAFT_DOUBLE && pen_char(p) == '\\';
    pen_skip(p, doubled ? 2 : escaped ? escape_len(p) : 1);
    return at + character_len(value, at);
}

static void skip_indent(struct pen *p, uint32_t indent)
{
    while (p->column <= indent && pen_char(p) == ' ')
        pen_step(p);
}

static size_t step_block(struct pen *p, uint32_t indent, struct str value, size_t at)
{
    bool line_end_here = pen_char(p) == '\n';
    pen_step(p);
    if (!line_end_here)
        return at + character_len(value, at);
    skip_indent(p, indent);
    return value.at[at] == '\n' || value.at[at] == ' ' ? at + 1 : at;
}

static uint32_t enter_block(struct pen *p)
{
    while (p->at < p->text.len && pen_char(p) != '\n')
        pen_step(p);
    pen_step(p);
    struct pen ahead = *p;
    while (ahead.at < ahead.text.len && (pen_at_blank(&ahead) || pen_char(&ahead) == '\n'))
        pen_step(&ahead);
    uint32_t indent = ahead.column - 1;
    skip_indent(p, indent);
    return indent;
}

struct place draft_place(const struct draft_text *t, size_t offset)
{
    if (t->file == NULL)
        return (struct place){ 0 };
    struct pen p = { t->file->text, line_start(t->file->text, t->line), t->line, 1 };
    pen_skip(&p, t->column - 1);
    if (offset > t->text.len)
        offset = t->text.len;
    bool block = t->style == DRAFT_LITERAL || t->style == DRAFT_FOLDED;
    uint32_t indent = block ? enter_block(&p) : 0;
    if (t->style == DRAFT_SINGLE || t->style == DRAFT_DOUBLE)
        pen_step(&p);
    for (size_t at = 0; at < offset && p.at < p.text.len;)
        at = block ? step_block(&p, indent, t->text, at) : step_flow(&p, t->style, t->text, at);
    return (struct place){ t->file->name, p.line, p.column };
}

void draft_complain(const struct draft_text *t, size_t offset, enum diag_code code, struct diags *d, const char *fmt, ...)
{
    char detail[1024];
    va_list args;
    va_start(args, fmt);
    int n = vsnprintf(detail, sizeof detail, fmt, args);
    va_end(args);
    size_t len = n < 0 ? 0 : (size_t)n < sizeof detail ? (size_t)n : sizeof detail - 1;
    while (n >= (int)sizeof detail && len > 0 && ((unsigned char)detail[len - 1] & 0x80) != 0)
        len--;                          /* a cut detail never ends inside a character */
    struct place place = draft_place(t, offset);
    struct str line = t->file == NULL ? STR("") : text_line(t->file->text, place.line);
    diags_add(d, code, place, line, (struct str){ detail, len });
}
