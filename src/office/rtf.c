/*
 * RTF as Word, WPS and LibreOffice write it: braces, control words and bytes.
 *
 *     document = "{" "\rtf1" part* "}"
 *     part     = "{" part* "}" | "\" letters number? " "? | "\'" hex hex | "\" sign | byte
 *
 * A brace saves the state and its partner gives it back. A destination is a group whose text goes elsewhere; one that is
 * marked \* and unknown is left out, as the format demands. What words mean stands in one table below.
 */
#include <limits.h>
#include <stdlib.h>

#include "office/office.h"
#include "office/rtf_parts.h"

#define WORD_BYTES 32               /* the longest control word of the format */
#define NUMBER_MOST 100000000
#define FALLBACK_MOST 1000          /* signs for one \u */
#define PAGE_DEFAULT 1252

/* A control word as it was met: the value of its row below, and the number behind it. */
struct said { int32_t value, number; bool has_number; };

struct word {
    const char *name;
    void (*act)(struct rtf *r, const struct said *s);
    int32_t value;
    bool destination;               /* known also when marked \* */
};

/* ---- destinations ---- */

static void go_to(struct rtf *r, enum rtf_target to)
{
    rtf_settle(r);
    rtf_now(r)->to = to;
}

static void do_target(struct rtf *r, const struct said *s)
{
    go_to(r, (enum rtf_target)s->value);
}

static void do_passed(struct rtf *r, const struct said *s)
{
    r->passed[s->value]++;
    go_to(r, TO_NOWHERE);
}

static void do_label(struct rtf *r, const struct said *s)
{
    (void)s;
    if (rtf_now(r)->to == TO_BODY)
        go_to(r, TO_LABEL);
}

static void do_title(struct rtf *r, const struct said *s)
{
    (void)s;
    if (rtf_now(r)->to == TO_INFO)
        go_to(r, TO_TITLE);
}

static void do_box(struct rtf *r, const struct said *s)
{
    (void)s;
    if (rtf_now(r)->to != TO_BODY)
        return;
    rtf_settle(r);
    rtf_now(r)->box = true;
}

static void do_nested_row(struct rtf *r, const struct said *s)
{
    (void)s;
    rtf_now(r)->nested_row = true;
}

/* {\upr {bytes} {\*\ud Unicode}}: the same twice, and only the second is complete. */
static void do_upr(struct rtf *r, const struct said *s)
{
    (void)s;
    rtf_now(r)->ahead_of_upr = rtf_now(r)->to;
    go_to(r, TO_NOWHERE);
}

static void do_ud(struct rtf *r, const struct said *s)
{
    (void)s;
    go_to(r, rtf_now(r)->ahead_of_upr);
    rtf_now(r)->ahead_of_upr = TO_NOWHERE;
}

static void do_nothing(struct rtf *r, const struct said *s)
{
    (void)r, (void)s;
}

/* ---- fonts, styles and code pages ---- */

static void do_font(struct rtf *r, const struct said *s)
{
    uint32_t font = s->number < 0 ? UINT32_MAX : (uint32_t)s->number;
    if (rtf_now(r)->to == TO_FONTS)
        r->listed_font = font;
    else
        rtf_now(r)->font = font;
}

static void do_default_font(struct rtf *r, const struct said *s)
{
    r->default_font = rtf_now(r)->font = s->number < 0 ? UINT32_MAX : (uint32_t)s->number;
}

static void set_font_page(struct rtf *r, unsigned page)
{
    if (rtf_now(r)->to == TO_FONTS && r->listed_font < RTF_FONTS_MOST)
        r->font_pages[r->listed_font] = (uint16_t)page;
}

static void do_font_charset(struct rtf *r, const struct said *s)
{
    static const struct { int32_t charset; unsigned page; } pages[] = {
        { 0, 1252 }, { 2, RTF_PAGE_SYMBOL }, { 77, 10000 }, { 128, 932 }, { 129, 949 }, { 134, 936 }, { 136, 950 }, { 161, 1253 },
        { 162, 1254 }, { 163, 1258 }, { 177, 1255 }, { 178, 1256 }, { 186, 1257 }, { 204, 1251 }, { 222, 874 }, { 238, 1250 },
        { 254, 437 }, { 255, 850 },
    };
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        if (pages[i].charset == s->number)
            set_font_page(r, pages[i].page);
    }
}

static void do_font_page(struct rtf *r, const struct said *s)
{
    if (s->number > 0 && s->number <= UINT16_MAX)
        set_font_page(r, (unsigned)s->number);
}

static void do_page(struct rtf *r, const struct said *s)
{
    int32_t page = s->value != 0 ? s->value : s->number;
    if (page > 0 && page <= UINT16_MAX)
        r->page = (unsigned)page;
}

static void do_style(struct rtf *r, const struct said *s)
{
    bool known = s->number >= 0 && s->number < RTF_STYLES_MOST;
    if (rtf_now(r)->to == TO_STYLES)
        r->listed_style = known ? (uint32_t)s->number : RTF_STYLES_MOST;
    else if (known)
        rtf_now(r)->level = r->style_levels[s->number];
}

static void do_outline(struct rtf *r, const struct said *s)
{
    uint8_t level = s->has_number && s->number >= 0 && s->number < 9 ? (uint8_t)(s->number + 1) : 0;
    if (rtf_now(r)->to != TO_STYLES)
        rtf_now(r)->level = level;
    else if (r->listed_style < RTF_STYLES_MOST)
        r->style_levels[r->listed_style] = level;
}

/* ---- the state of letters and paragraphs ---- */

static void do_hidden(struct rtf *r, const struct said *s)
{
    rtf_now(r)->hidden = !s->has_number || s->number != 0;
}

static void do_deleted(struct rtf *r, const struct said *s)
{
    rtf_now(r)->deleted = !s->has_number || s->number != 0;
}

static void do_plain(struct rtf *r, const struct said *s)
{
    (void)s;
    struct rtf_group *g = rtf_now(r);
    g->hidden = g->deleted = false;
    g->font = r->default_font;
}

static void do_pard(struct rtf *r, const struct said *s)
{
    (void)s;
    struct rtf_group *g = rtf_now(r);
    g->in_table = false;
    g->nesting = 0;
    g->level = r->style_levels[0];
}

static void do_in_table(struct rtf *r, const struct said *s)
{
    rtf_now(r)->in_table = !s->has_number || s->number != 0;
    r->says_in_table = true;
}

static void do_nesting(struct rtf *r, const struct said *s)
{
    rtf_now(r)->nesting = s->number < 0 ? 0 : (uint32_t)s->number;
}

static void do_fallback(struct rtf *r, const struct said *s)
{
    int32_t signs = !s->has_number ? 1 : s->number < 0 ? 0 : s->number;
    rtf_now(r)->fallback = signs > FALLBACK_MOST ? FALLBACK_MOST : (uint32_t)signs;
}

/* ---- what stands in the text ---- */

static void do_sign(struct rtf *r, const struct said *s)
{
    rtf_point(r, (uint32_t)s->value);
}

/* The number has 16 bits with a sign; writers that count up to 65535, or beyond, are understood too. */
static void do_unicode(struct rtf *r, const struct said *s)
{
    if (!s->has_number)
        return;
    r->to_skip = rtf_now(r)->fallback;
    int32_t c = s->number < 0 ? s->number + 0x10000 : s->number;
    rtf_point(r, c < 0 || c > 0x10FFFF ? 0xFFFD : (uint32_t)c);
}

static void do_bin(struct rtf *r, const struct said *s)
{
    size_t left = (size_t)(r->end - r->at), n = s->number < 0 ? 0 : (size_t)s->number;
    r->at += n < left ? n : left;
}

/* A mark that is hidden or deleted ends no paragraph. */
static void do_paragraph(struct rtf *r, const struct said *s)
{
    (void)s;
    const struct rtf_group *g = rtf_now(r);
    if (g->to == TO_BODY && !g->hidden && !g->deleted)
        rtf_paragraph_end(r);
}

/* \cell and \row are of the outermost table, \nestcell and \nestrow of the one that \itap names, which is the second at least. */
static size_t depth_of(const struct said *s, const struct rtf_group *g)
{
    size_t depth = (size_t)s->value;
    return depth > 1 && g->nesting > depth ? g->nesting : depth;
}

/* A text box has no tables of ours: its cells are paragraphs. */
static void do_cell(struct rtf *r, const struct said *s)
{
    const struct rtf_group *g = rtf_now(r);
    if (g->to != TO_BODY)
        return;
    if (g->box)
        rtf_paragraph_end(r);
    else
        rtf_cell_end(r, depth_of(s, g));
}

static void do_row(struct rtf *r, const struct said *s)
{
    const struct rtf_group *g = rtf_now(r);
    if (g->to != TO_BODY || g->box)
        return;
    rtf_row_end(r, depth_of(s, g));
    if (s->value == 1)
        r->row_open = false;
}

/* ---- what a row is like ---- */

static struct rtf_row_like *row_like(struct rtf *r)
{
    return rtf_now(r)->nested_row ? &r->nested_row : &r->row;
}

static struct rtf_edge *open_edge(struct rtf *r)
{
    struct rtf_row_like *like = row_like(r);
    if (like->edges.count == 0)
        *VEC_ADD(r->arena, &like->edges) = (struct rtf_edge){ 0 };
    return &like->edges.at[like->edges.count - 1];      /* the last one is not at its \cellx */
}

static void do_row_like(struct rtf *r, const struct said *s)
{
    (void)s;
    if (rtf_now(r)->to != TO_BODY || rtf_now(r)->box)
        return;
    rtf_row_like_clear(row_like(r));
    if (!rtf_now(r)->nested_row)
        r->row_open = true;
}

static void do_edge(struct rtf *r, const struct said *s)
{
    struct rtf_row_like *like = row_like(r);
    if (rtf_now(r)->to != TO_BODY || rtf_now(r)->box || like->edges.count > TABLE_COLUMNS_MOST)
        return;
    open_edge(r)->right = s->number;
    *VEC_ADD(r->arena, &like->edges) = (struct rtf_edge){ 0 };
}

enum { JOINS_LEFT, JOINS_ABOVE, BEGINS_BELOW };

static void do_merge(struct rtf *r, const struct said *s)
{
    if (rtf_now(r)->to != TO_BODY || rtf_now(r)->box)
        return;
    struct rtf_edge *e = open_edge(r);
    e->joins_left |= s->value == JOINS_LEFT;
    e->joins_above |= s->value == JOINS_ABOVE;
    e->begins_below |= s->value == BEGINS_BELOW;
}

/* ---- control words ---- */

/* In the order of their bytes. What is not here says nothing about text. */
static const struct word words[] = {
    { "annotation", do_passed, PASSED_COMMENT, true },
    { "ansi", do_page, PAGE_DEFAULT, false },
    { "ansicpg", do_page, 0, false },
    { "atnauthor", do_target, TO_NOWHERE, true },
    { "atnid", do_target, TO_NOWHERE, true },
    { "bin", do_bin, 0, false },
    { "bkmkend", do_target, TO_NOWHERE, true },
    { "bkmkstart", do_target, TO_NOWHERE, true },
    { "bullet", do_sign, 0x2022, false },
    { "cell", do_cell, 1, false },
    { "cellx", do_edge, 0, false },
    { "clmrg", do_merge, JOINS_LEFT, false },
    { "clvmgf", do_merge, BEGINS_BELOW, false },
    { "clvmrg", do_merge, JOINS_ABOVE, false },
    { "colortbl", do_target, TO_NOWHERE, true },
    { "column", do_sign, '\n', false },
    { "cpg", do_font_page, 0, false },
    { "deff", do_default_font, 0, false },
    { "deleted", do_deleted, 0, false },
    { "emdash", do_sign, 0x2014, false },
    { "emspace", do_sign, 0x2003, false },
    { "endash", do_sign, 0x2013, false },
    { "enspace", do_sign, 0x2002, false },
    { "f", do_font, 0, false },
    { "fcharset", do_font_charset, 0, false },
    { "filetbl", do_target, TO_NOWHERE, true },
    { "fldinst", do_target, TO_NOWHERE, true },
    { "fonttbl", do_target, TO_FONTS, true },
    { "footer", do_target, TO_NOWHERE, true },
    { "footerf", do_target, TO_NOWHERE, true },
    { "footerl", do_target, TO_NOWHERE, true },
    { "footerr", do_target, TO_NOWHERE, true },
    { "footnote", do_passed, PASSED_NOTE, true },
    { "header", do_target, TO_NOWHERE, true },
    { "headerf", do_target, TO_NOWHERE, true },
    { "headerl", do_target, TO_NOWHERE, true },
    { "headerr", do_target, TO_NOWHERE, true },
    { "info", do_target, TO_INFO, true },
    { "intbl", do_in_table, 0, false },
    { "itap", do_nesting, 0, false },
    { "lbr", do_sign, '\n', false },
    { "ldblquote", do_sign, 0x201C, false },
    { "line", do_sign, '\n', false },
    { "listtext", do_label, 0, true },
    { "lquote", do_sign, 0x2018, false },
    { "mac", do_page, 10000, false },
    { "nestcell", do_cell, 2, false },
    { "nestrow", do_row, 2, false },
    { "nesttableprops", do_nested_row, 0, true },
    { "nonesttables", do_target, TO_NOWHERE, true },
    { "nonshppict", do_target, TO_NOWHERE, true },
    { "objdata", do_target, TO_NOWHERE, true },
    { "outlinelevel", do_outline, 0, false },
    { "page", do_sign, '\n', false },
    { "par", do_paragraph, 0, false },
    { "pard", do_pard, 0, false },
    { "pc", do_page, 437, false },
    { "pca", do_page, 850, false },
    { "pict", do_passed, PASSED_PICTURE, true },
    { "plain", do_plain, 0, false },
    { "pntext", do_label, 0, true },
    { "qmspace", do_sign, 0x2005, false },
    { "rdblquote", do_sign, 0x201D, false },
    { "revtbl", do_target, TO_NOWHERE, true },
    { "row", do_row, 1, false },
    { "rquote", do_sign, 0x2019, false },
    { "rxe", do_target, TO_NOWHERE, true },
    { "s", do_style, 0, false },
    { "sect", do_paragraph, 0, false },
    { "shpgrp", do_nothing, 0, true },
    { "shpinst", do_nothing, 0, true },
    { "shppict", do_nothing, 0, true },
    { "shprslt", do_target, TO_NOWHERE, true },
    { "shptxt", do_box, 0, true },
    { "sp", do_target, TO_NOWHERE, true },
    { "stylesheet", do_target, TO_STYLES, true },
    { "tab", do_sign, '\t', false },
    { "tc", do_target, TO_NOWHERE, true },
    { "title", do_title, 0, true },
    { "trowd", do_row_like, 0, false },
    { "txe", do_target, TO_NOWHERE, true },
    { "u", do_unicode, 0, false },
    { "uc", do_fallback, 0, false },
    { "ud", do_ud, 0, true },
    { "upr", do_upr, 0, true },
    { "v", do_hidden, 0, false },
    { "xe", do_target, TO_NOWHERE, true },
};

static int by_name(const void *name, const void *row)
{
    return strcmp(name, ((const struct word *)row)->name);
}

static const struct word *word_of(const char *name)
{
    return bsearch(name, words, sizeof words / sizeof *words, sizeof *words, by_name);
}

/* In a group that is left out only what moves the place of reading counts, and the way back in from \upr. */
static void obey(struct rtf *r, const struct word *w, struct said s)
{
    struct rtf_group *g = rtf_now(r);
    bool starred = g->starred;
    g->starred = false;
    if (starred && (w == NULL || !w->destination)) {
        go_to(r, TO_NOWHERE);
        return;
    }
    if (w == NULL || (g->to == TO_NOWHERE && w->act != do_bin && w->act != do_ud))
        return;
    if (w->act == do_sign && r->to_skip > 0)
        r->to_skip--;                   /* it stood in for the \u ahead of it */
    else
        w->act(r, &s);
}

static bool is_letter(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(unsigned char c)
{
    return c >= '0' && c <= '9';
}

/* The number behind a word; a minus without digits is text. */
static bool read_number(struct rtf *r, int32_t *number)
{
    const unsigned char *p = r->at;
    bool minus = p < r->end && *p == '-';
    p += minus;
    if (p == r->end || !is_digit(*p))
        return false;
    int32_t n = 0;
    for (; p < r->end && is_digit(*p); p++)
        n = n > NUMBER_MOST ? n : n * 10 + (*p - '0');
    r->at = p;
    *number = minus ? -n : n;
    return true;
}

static void read_word(struct rtf *r)
{
    char name[WORD_BYTES + 1];
    size_t len = 0;
    for (; r->at < r->end && is_letter(*r->at); r->at++) {
        if (len <= WORD_BYTES)
            name[len++] = (char)*r->at;
    }
    bool too_long = len > WORD_BYTES;
    name[too_long ? 0 : len] = '\0';
    const struct word *w = word_of(name);
    struct said s = { .value = w == NULL ? 0 : w->value };
    s.has_number = read_number(r, &s.number);
    if (r->at < r->end && *r->at == ' ')
        r->at++;
    obey(r, w, s);
}

/* ---- signs and bytes ---- */

static void one_sign(struct rtf *r, uint32_t c)
{
    if (r->to_skip > 0)
        r->to_skip--;
    else
        rtf_point(r, c);
}

static void one_byte(struct rtf *r, unsigned char b)
{
    if (r->to_skip > 0)
        r->to_skip--;
    else
        rtf_byte(r, b);
}

static int hex_of(unsigned char c)
{
    return is_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static void read_hex(struct rtf *r)
{
    if (r->end - r->at < 2 || hex_of(r->at[0]) < 0 || hex_of(r->at[1]) < 0)
        return;
    unsigned char b = (unsigned char)(hex_of(r->at[0]) * 16 + hex_of(r->at[1]));
    r->at += 2;
    one_byte(r, b);
}

static void read_control(struct rtf *r)
{
    if (r->at == r->end)
        return;
    if (is_letter(*r->at)) {
        read_word(r);
        return;
    }
    unsigned char c = *r->at++;
    switch (c) {
    case '\'': read_hex(r); break;
    case '*': rtf_now(r)->starred = true; break;
    case '~': one_sign(r, 0xA0); break;
    case '_': one_sign(r, '-'); break;
    case '\t': one_sign(r, '\t'); break;
    case '\\': case '{': case '}': one_byte(r, c); break;       /* each may be the second half of a character */
    case '\r': case '\n': do_paragraph(r, NULL); break;
    default: break;
    }
}

/* ---- braces ---- */

static void open_group(struct rtf *r)
{
    r->to_skip = 0;
    if (r->depth + 1 == RTF_GROUPS_MOST) {
        r->too_deep++;
        r->passed[PASSED_DEEP] = 1;
        return;
    }
    r->groups[r->depth + 1] = r->groups[r->depth];
    r->depth++;
    rtf_now(r)->starred = false;
    if (rtf_now(r)->to == TO_STYLES)
        r->listed_style = 0;
}

static void close_group(struct rtf *r)
{
    r->to_skip = 0;
    if (r->too_deep > 0) {
        r->too_deep--;
        return;
    }
    if (r->depth <= 1) {
        r->closed = true;
        return;
    }
    const struct rtf_group *from = rtf_now(r), *back = from - 1;
    if (from->to != back->to || from->box != back->box)
        rtf_settle(r);
    if (from->box && !back->box)
        rtf_box_end(r);
    r->depth--;
}

static void read_parts(struct rtf *r)
{
    while (r->at < r->end && !r->closed) {
        unsigned char c = *r->at++;
        switch (c) {
        case '{': open_group(r); break;
        case '}': close_group(r); break;
        case '\\': read_control(r); break;
        case '\r': case '\n': break;
        default: one_byte(r, c); break;
        }
    }
}

/* ---- the whole ---- */

static void tell_passed(struct rtf *r)
{
    const size_t *passed = r->passed;
    if (passed[PASSED_PICTURE] > 0)
        flow_passed_over(r->flow, "图片%zu幅", passed[PASSED_PICTURE]);
    if (passed[PASSED_NOTE] > 0)
        flow_passed_over(r->flow, "脚注%zu条", passed[PASSED_NOTE]);
    if (passed[PASSED_COMMENT] > 0)
        flow_passed_over(r->flow, "批注%zu条", passed[PASSED_COMMENT]);
    if (passed[PASSED_HIDDEN] > 0)
        flow_passed_over(r->flow, "隐藏文字");
    if (passed[PASSED_DELETED] > 0)
        flow_passed_over(r->flow, "修订中删除的文字");
    if (passed[PASSED_DEEP] > 0)
        flow_passed_over(r->flow, "嵌套过深的格式");
    if (passed[PASSED_TABLES] > 0)
        flow_passed_over(r->flow, "表格过多，其余的按段落读");
    if (!r->closed)
        flow_passed_over(r->flow, "文件不完整，末尾缺失");
}

/* Behind a byte order mark and white space, which some writers put ahead. */
static bool begins_rtf(struct str bytes, size_t *start)
{
    size_t i = bytes.len >= 3 && memcmp(bytes.at, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    while (i < bytes.len && (bytes.at[i] == ' ' || bytes.at[i] == '\r' || bytes.at[i] == '\n' || bytes.at[i] == '\t'))
        i++;
    *start = i;
    return bytes.len - i >= 5 && memcmp(bytes.at + i, "{\\rtf", 5) == 0;
}

bool rtf_read(struct str bytes, struct flow *f)
{
    size_t start = 0;
    if (!begins_rtf(bytes, &start))
        return flow_refuse(f, DIAG_INPUT_FORMAT, "RTF");
    struct rtf *r = must_alloc(sizeof *r);
    memset(r, 0, sizeof *r);
    r->flow = f;
    r->at = (const unsigned char *)bytes.at + start;
    r->end = (const unsigned char *)bytes.at + bytes.len;
    r->page = PAGE_DEFAULT;
    r->groups[0] = (struct rtf_group){ .fallback = 1, .ahead_of_upr = TO_NOWHERE };
    rtf_text_init(r);
    read_parts(r);
    rtf_text_finish(r);
    tell_passed(r);
    rtf_text_release(r);
    free(r);
    return true;
}
