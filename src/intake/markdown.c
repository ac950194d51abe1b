/*
 * Markdown by cmark, tables by our own scan of the lines.
 *
 * Offices write Markdown as they write plain text: many a paragraph ends at a mere line end. So the lines of a paragraph
 * stay apart as BLOCK_LINE and cleaning decides which of them a margin broke. The number of an ordered item is text, for
 * the page shows it.
 */
#include <stdlib.h>

#include <cmark.h>

#include "intake/html_parts.h"
#include "intake/pipe_table.h"
#include "intake/reader.h"

#define FRONT_MATTER_LINES 50
#define COLUMNS_MOST 256        /* a row with more is no table */

struct markdown {
    struct intake *in;
    struct pages *out;
    struct page_text text;
    struct buf words;           /* of the block that is open */
    struct block like;          /* what it will be */
    bool broken;                /* a line of this paragraph has ended */
    uint32_t lines_above;       /* lines of the file ahead of the part that cmark reads */
    bool dotted;                /* the words begin with the dot that read_cell_markup put there */
    unsigned images;            /* open ones; what stands in for a picture is no text */
    struct buf marker;          /* of the list item that was just opened */
};

/* ---- blocks ---- */

static void flush(struct markdown *m)
{
    struct block like = m->like;
    if (like.kind == BLOCK_PARAGRAPH && m->broken)
        like.kind = BLOCK_LINE;
    size_t skip = m->dotted && m->words.len > 0;
    if (m->words.len > skip)
        page_text_add(&m->text, like, (struct str){ m->words.at + skip, m->words.len - skip });
    m->dotted = false;
    buf_clear(&m->words);
}

static void open_block(struct markdown *m, cmark_node *node, enum block_kind kind)
{
    int line = cmark_node_get_start_line(node);
    m->like = (struct block){ .kind = kind, .line = m->lines_above + (uint32_t)(line > 0 ? line : 0) };
    if (kind == BLOCK_HEADING)
        m->like.level = (uint8_t)cmark_node_get_heading_level(node);
    m->broken = false;
    buf_clear(&m->words);
    buf_add(&m->words, buf_str(&m->marker));
    buf_clear(&m->marker);
}

static void end_line(struct markdown *m)
{
    if (m->like.kind == BLOCK_HEADING)
        return;
    m->broken = true;
    flush(m);
    m->like.line += m->like.kind != BLOCK_CELL;
}

static void add_words(struct markdown *m, const char *literal)
{
    if (literal != NULL && m->images == 0)
        buf_addz(&m->words, literal);
}

/* Indented text is no code in an office; each of its lines is one. */
static void add_code_block(struct markdown *m, cmark_node *node)
{
    struct str code = str_of(cmark_node_get_literal(node));
    int lines = cmark_node_get_end_line(node) - cmark_node_get_start_line(node) + 1;
    for (size_t i = 0; i < code.len; i++)
        lines -= code.at[i] == '\n';
    open_block(m, node, BLOCK_LINE);
    m->like.line += lines > 0;          /* the fence is a line, too */
    for (size_t at = 0; at < code.len;) {
        buf_add(&m->words, pipe_line(code, &at));
        flush(m);
        m->like.line++;
    }
}

/* The list itself remembers how many of its items have passed. */
static void open_item(struct markdown *m, cmark_node *item)
{
    cmark_node *list = cmark_node_parent(item);
    if (cmark_node_get_list_type(list) != CMARK_ORDERED_LIST)
        return;
    uintptr_t passed = (uintptr_t)cmark_node_get_user_data(list);
    cmark_node_set_user_data(list, (void *)(passed + 1));
    buf_clear(&m->marker);
    buf_addf(&m->marker, cmark_node_get_list_delim(list) == CMARK_PAREN_DELIM ? "%llu) " : "%llu. ",
             (unsigned long long)passed + (unsigned long long)cmark_node_get_list_start(list));
}

/* ---- the tree ---- */

static void enter(struct markdown *m, cmark_node *node)
{
    const char *literal = cmark_node_get_literal(node);
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_PARAGRAPH: open_block(m, node, BLOCK_PARAGRAPH); break;
    case CMARK_NODE_HEADING: open_block(m, node, BLOCK_HEADING); break;
    case CMARK_NODE_ITEM: open_item(m, node); break;
    case CMARK_NODE_CODE_BLOCK: add_code_block(m, node); break;
    case CMARK_NODE_HTML_BLOCK:
        html_fragment(m->in, m->out, &m->text, str_of(literal), m->lines_above + (uint32_t)cmark_node_get_start_line(node) - 1);
        break;
    case CMARK_NODE_TEXT:
    case CMARK_NODE_CODE: add_words(m, literal); break;
    case CMARK_NODE_SOFTBREAK:
    case CMARK_NODE_LINEBREAK: end_line(m); break;
    case CMARK_NODE_HTML_INLINE:
        if (literal != NULL && (strncmp(literal, "<br", 3) == 0 || strncmp(literal, "<BR", 3) == 0))
            end_line(m);
        break;
    case CMARK_NODE_IMAGE: m->images++; break;
    default: break;
    }
}

static void leave(struct markdown *m, cmark_node *node)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_PARAGRAPH:
    case CMARK_NODE_HEADING: flush(m); break;
    case CMARK_NODE_IMAGE: m->images--; break;
    default: break;
    }
}

static void read_part(struct markdown *m, struct str part)
{
    cmark_node *document = cmark_parse_document(part.at, part.len, CMARK_OPT_DEFAULT);
    cmark_iter *walk = cmark_iter_new(document);
    for (cmark_event_type event; (event = cmark_iter_next(walk)) != CMARK_EVENT_DONE;) {
        if (event == CMARK_EVENT_ENTER)
            enter(m, cmark_iter_get_node(walk));
        else
            leave(m, cmark_iter_get_node(walk));
    }
    cmark_iter_free(walk);
    cmark_node_free(document);
    buf_clear(&m->marker);
}

/* ---- tables ---- */

/* The inline markup of a cell. A dot ahead of it keeps cmark from taking "1." or "- " for a list. */
static void read_cell_markup(struct markdown *m, struct str cell)
{
    struct buf source;
    buf_init(&source, BUF_NO_CEILING);
    buf_addc(&source, '.');
    m->dotted = true;
    for (size_t i = 0; i < cell.len; i++) {
        if (cell.at[i] != '\\' || i + 1 == cell.len || cell.at[i + 1] != '|')
            buf_addc(&source, cell.at[i]);
    }
    cmark_node *document = cmark_parse_document(source.at, source.len, CMARK_OPT_DEFAULT);
    cmark_iter *walk = cmark_iter_new(document);
    for (cmark_event_type event; (event = cmark_iter_next(walk)) != CMARK_EVENT_DONE;) {
        cmark_node *node = cmark_iter_get_node(walk);
        if (event == CMARK_EVENT_ENTER && cmark_node_get_type(node) != CMARK_NODE_PARAGRAPH)
            enter(m, node);
        else if (cmark_node_get_type(node) == CMARK_NODE_IMAGE)
            leave(m, node);
    }
    cmark_iter_free(walk);
    cmark_node_free(document);
    buf_release(&source);
}

static void add_cell(struct markdown *m, struct str cell, struct block like)
{
    size_t before = m->text.blocks.count;
    m->like = like;
    buf_clear(&m->words);
    bool plain = true;
    for (size_t i = 0; i < cell.len; i++)
        plain &= memchr("\\`*_[]<>&!", cell.at[i], 10) == NULL;
    if (plain)
        buf_add(&m->words, cell);
    else
        read_cell_markup(m, cell);
    flush(m);
    if (m->text.blocks.count == before)
        page_text_add(&m->text, like, STR(""));
}

static void add_row(struct markdown *m, struct str line, uint32_t number, uint32_t row, size_t columns)
{
    size_t cells = pipe_cells(line);
    for (size_t c = 0; c < columns || (c < cells && c < COLUMNS_MOST); c++) {
        struct block like = { .kind = BLOCK_CELL, .line = number };
        like.cell.table = m->text.tables;
        like.cell.row = row;
        like.cell.column = (uint32_t)c + 1;
        like.cell.row_span = like.cell.column_span = 1;
        add_cell(m, pipe_cell(line, c), like);
    }
}

/* Does a table begin with the line at `at`, whose titles it is? */
static bool table_begins(struct str text, size_t at)
{
    struct str titles = pipe_line(text, &at);
    if (at >= text.len || !pipe_is_row(titles))
        return false;
    struct str dashes = pipe_line(text, &at);
    size_t columns = pipe_cells(titles);
    return columns <= COLUMNS_MOST && pipe_is_dashes(dashes) && pipe_cells(dashes) == columns;
}

/* Reads the table at *at, which moves behind it; *number is the line there. */
static void read_table(struct markdown *m, struct str text, size_t *at, uint32_t *number)
{
    size_t columns = 0;
    uint32_t row = 0;
    m->text.tables++;
    while (*at < text.len) {
        size_t next = *at;
        struct str line = pipe_line(text, &next);
        if (!pipe_is_row(line))
            break;
        if (row == 0)
            columns = pipe_cells(line);
        if (row != 1 || !pipe_is_dashes(line))
            add_row(m, line, *number, row == 0 ? 1 : row, columns);
        row++;
        (*number)++;
        *at = next;
    }
}

static bool is_fence(struct str line)
{
    size_t i = 0;
    while (i < line.len && i < 3 && line.at[i] == ' ')
        i++;
    return line.len - i >= 3 && (memcmp(line.at + i, "```", 3) == 0 || memcmp(line.at + i, "~~~", 3) == 0);
}

/* The parts between tables go to cmark, the tables to read_table. */
static void read_parts(struct markdown *m, struct str text, size_t at, uint32_t number)
{
    size_t part = at;
    bool fenced = false;
    m->lines_above = number - 1;
    while (at < text.len) {
        if (!fenced && table_begins(text, at)) {
            read_part(m, (struct str){ text.at + part, at - part });
            read_table(m, text, &at, &number);
            part = at;
            m->lines_above = number - 1;
            continue;
        }
        fenced ^= is_fence(pipe_line(text, &at));
        number++;
    }
    read_part(m, (struct str){ text.at + part, text.len - part });
}

/* ---- front matter ---- */

static struct str unquoted(struct str s)
{
    while (s.len > 0 && (s.at[0] == ' ' || s.at[0] == '"' || s.at[0] == '\''))
        s = (struct str){ s.at + 1, s.len - 1 };
    while (s.len > 0 && (s.at[s.len - 1] == ' ' || s.at[s.len - 1] == '"' || s.at[s.len - 1] == '\''))
        s.len--;
    return s;
}

static bool is_rule_line(struct str line)
{
    return str_is(line, "---") || str_is(line, "...");
}

static void read_front_line(struct markdown *m, struct str line)
{
    static const char title[] = "title:", date[] = "date:";
    if (line.len > sizeof title - 1 && memcmp(line.at, title, sizeof title - 1) == 0)
        m->out->title_hint = ustr_from_utf8(m->in->arena, unquoted((struct str){ line.at + sizeof title - 1, line.len - sizeof title + 1 }));
    if (line.len > sizeof date - 1 && memcmp(line.at, date, sizeof date - 1) == 0)
        m->out->date_hint = html_date(m->in->arena, unquoted((struct str){ line.at + sizeof date - 1, line.len - sizeof date + 1 }));
}

/* Passes over a head of "key: value" lines between two "---": the place behind it, and its lines in *lines. */
static size_t read_front_matter(struct markdown *m, struct str text, uint32_t *lines)
{
    size_t at = 0, end = 0;
    uint32_t n = 1;
    if (!str_is(pipe_line(text, &at), "---"))
        return 0;
    for (size_t i = at; i < text.len && n < FRONT_MATTER_LINES; n++) {
        struct str line = pipe_line(text, &i);
        if (is_rule_line(line)) {
            end = i;
            break;
        }
        if (line.len == 0 || memchr(line.at, ':', line.len) == NULL)
            return 0;
    }
    if (end == 0)
        return 0;
    for (size_t i = at; i < end;)
        read_front_line(m, pipe_line(text, &i));
    *lines = n + 1;
    return end;
}

void markdown_read(struct intake *in, struct pages *out)
{
    struct str text = ustr_to_utf8(in->arena, in->decoded.text);
    struct markdown m = { .in = in, .out = out };
    page_text_init(&m.text, in->arena);
    buf_init(&m.words, BUF_NO_CEILING);
    buf_init(&m.marker, BUF_NO_CEILING);
    uint32_t lines = 0;
    size_t at = read_front_matter(&m, text, &lines);
    read_parts(&m, text, at, lines + 1);
    page_text_finish(&m.text, out);
    buf_release(&m.words);
    buf_release(&m.marker);
}

/* ---- is it Markdown ---- */

struct signs { unsigned headings, tables, others; };

static bool has(struct str s, const char *what)
{
    size_t n = strlen(what);
    for (size_t i = 0; i + n <= s.len; i++) {
        if (memcmp(s.at + i, what, n) == 0)
            return true;
    }
    return false;
}

static bool is_heading(struct str line)
{
    size_t marks = 0;
    while (marks < line.len && line.at[marks] == '#')
        marks++;
    return marks >= 1 && marks <= 6 && marks + 1 < line.len && line.at[marks] == ' ';
}

static bool is_list_item(struct str line)
{
    return line.len > 2 && memchr("-*+>", line.at[0], 4) != NULL && line.at[1] == ' ';
}

static struct signs signs_of(struct str text)
{
    struct signs s = { 0, 0, 0 };
    for (size_t at = 0; at < text.len;) {
        s.tables += table_begins(text, at);
        struct str line = pipe_line(text, &at);
        s.headings += is_heading(line);
        s.others += is_list_item(line) || is_fence(line) || has(line, "**") || has(line, "](");
    }
    return s;
}

/* A name that says plain text is believed: read so, every offset leads to its byte. */
unsigned markdown_bid(struct ustr head, struct str name)
{
    if (name_ends(name, ".txt") || name_ends(name, ".text"))
        return 0;
    struct arena *a = arena_new();
    struct signs s = signs_of(ustr_to_utf8(a, head));
    arena_free(a);
    if (name_ends(name, ".md") || name_ends(name, ".markdown"))
        return s.headings + s.tables + s.others > 0 ? 50 : 0;
    return s.tables > 0 || s.headings >= 2 ? 40 : 0;
}
