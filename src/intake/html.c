/*
 * Saved web pages, by libxml2's HTML parser in its SAX form.
 *
 * The charset is found from the bytes and the page handed over as UTF-8; what <meta> says of it is wrong too often and
 * is not listened to. No tree is built: the page's text is put together as its elements open and close.
 */
#include <pthread.h>
#include <stdlib.h>

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>

#include "intake/html_parts.h"
#include "intake/reader.h"
#include "intake/tags.h"

#define DEPTH_MOST 400              /* open elements; markup nested deeper is an attack or a wreck */
#define TABLE_DEPTH_MOST 16         /* tables in tables; deeper ones are read as paragraphs */
#define TITLE_BYTES_MOST 4096

struct element { enum tag tag; bool hides, counts; };      /* counts: it opened a table of `tables` */

struct page {
    struct arena *arena;
    struct pages *out;
    htmlParserCtxtPtr parser;
    struct page_text *text;
    uint32_t lines_above;           /* of the file, ahead of the markup */
    struct buf words;               /* of the block that is open */
    struct buf title;
    bool in_title, article_title;
    uint32_t line;                  /* on which words began */
    bool space, space_is_line_end;  /* white space waits for the next word */
    bool broken;                    /* <br> ended the line before */
    uint8_t level;                  /* inside h1 to h6 */
    unsigned hidden, pre, articles; /* open elements of that nature */
    struct element open[DEPTH_MOST];
    size_t depth;
    struct page_table *tables[TABLE_DEPTH_MOST];
    size_t table_depth;
    bool too_deep;
};

static struct page_table *table_of(struct page *p)
{
    return p->table_depth == 0 ? NULL : p->tables[p->table_depth - 1];
}

static uint32_t line_now(const struct page *p)
{
    return p->lines_above + (p->parser->input == NULL || p->parser->input->line < 0 ? 0 : (uint32_t)p->parser->input->line);
}

/* ---- words ---- */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static void flush(struct page *p)
{
    struct page_table *t = table_of(p);
    struct block like = { .kind = p->level > 0 ? BLOCK_HEADING : p->broken || p->pre > 0 ? BLOCK_LINE : BLOCK_PARAGRAPH,
                          .line = p->line, .level = p->level };
    if (p->words.len > 0)
        page_text_add(p->text, t != NULL && t->in_cell ? page_table_block(t, like) : like, buf_str(&p->words));
    buf_clear(&p->words);
    p->space = p->space_is_line_end = false;
}

static void end_block(struct page *p)
{
    flush(p);
    p->broken = false;
}

/* <br>, or a line end in <pre>. A heading of two lines is one heading. */
static void end_line(struct page *p)
{
    if (p->level > 0) {
        p->space = p->space_is_line_end = true;
        return;
    }
    p->broken = true;
    flush(p);
}

/* White space is one blank, and none where a line of the source ends between two Chinese signs. */
static void settle_space(struct page *p, char next)
{
    if (p->space && p->words.len > 0) {
        bool wide = ((unsigned char)p->words.at[p->words.len - 1] & 0x80) != 0 && ((unsigned char)next & 0x80) != 0;
        if (!p->space_is_line_end || !wide)
            buf_addc(&p->words, ' ');
    }
    p->space = p->space_is_line_end = false;
}

static uint32_t count_line_ends(const char *s, size_t len)
{
    uint32_t n = 0;
    for (size_t i = 0; i < len; i++)
        n += s[i] == '\n';
    return n;
}

static void add_preformatted(struct page *p, char c)
{
    if (c == '\n')
        end_line(p);
    else if (c != '\r')
        buf_addc(&p->words, c);
}

static void add_words(struct page *p, const char *s, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (p->words.len == 0 && (p->pre > 0 || !is_blank(s[i])))
            p->line = line_now(p) - count_line_ends(s + i, len - i);
        if (p->pre > 0) {
            add_preformatted(p, s[i]);
        } else if (is_blank(s[i])) {
            p->space = true;
            p->space_is_line_end |= s[i] == '\n';
        } else {
            settle_space(p, s[i]);
            buf_addc(&p->words, s[i]);
        }
    }
}

static void on_text(void *self, const xmlChar *s, int len)
{
    struct page *p = self;
    if (p->too_deep || len <= 0)
        return;
    if (p->in_title)
        buf_add(&p->title, (struct str){ (const char *)s, (size_t)len });
    else if (p->hidden == 0)
        add_words(p, (const char *)s, (size_t)len);
}

/* ---- what the page says of itself ---- */

static bool is_any(const char *word, const char *const *words)
{
    for (; *words != NULL; words++) {
        if (name_ends(str_of(word), *words) && strlen(word) == strlen(*words))
            return true;
    }
    return false;
}

static struct ustr one_line(struct arena *a, struct str s)
{
    struct buf b;
    buf_init(&b, TITLE_BYTES_MOST);
    for (size_t i = 0; i < s.len; i++) {
        if (!is_blank(s.at[i]))
            buf_addc(&b, s.at[i]);
        else if (b.len > 0 && b.at[b.len - 1] != ' ')
            buf_addc(&b, ' ');
    }
    if (b.len > 0 && b.at[b.len - 1] == ' ')
        b.len--;
    struct ustr kept = ustr_from_utf8(a, buf_str(&b));
    buf_release(&b);
    return kept;
}

static void read_meta(struct page *p, const char *const *attributes)
{
    static const char *const dates[] = { "pubdate", "publishdate", "publish_date", "publishtime", "article:published_time", "og:release_date",
                                         "publicationdate", "firstpublishedtime", NULL };
    static const char *const titles[] = { "articletitle", NULL };
    const char *name = tag_attribute(attributes, "name"), *content = tag_attribute(attributes, "content");
    if (name == NULL)
        name = tag_attribute(attributes, "property");
    if (name == NULL || content == NULL)
        return;
    if (is_any(name, dates) && p->out->date_hint.len == 0)
        p->out->date_hint = html_date(p->arena, str_of(content));
    if (is_any(name, titles) && content[0] != 0) {
        p->out->title_hint = one_line(p->arena, str_of(content));
        p->article_title = true;
    }
}

static void end_title(struct page *p)
{
    p->in_title = false;
    if (p->out->title_hint.len == 0)
        p->out->title_hint = one_line(p->arena, buf_str(&p->title));
}

/* ---- elements ---- */

static uint32_t span_of(const char *value)
{
    long n = value == NULL ? 1 : strtol(value, NULL, 10);
    return n < 1 ? 1 : n > INT32_MAX ? INT32_MAX : (uint32_t)n;
}

static void open_table(struct page *p, struct element *e, const char *const *attributes)
{
    const char *role = tag_attribute(attributes, "role");
    if (p->table_depth > 0)
        table_of(p)->layout = true;
    if (p->table_depth == TABLE_DEPTH_MOST)
        return;
    struct page_table *t = must_alloc(sizeof *t);
    *t = (struct page_table){ .id = ++p->text->tables, .first_block = p->text->blocks.count,
                              .layout = role != NULL && strcmp(role, "presentation") == 0 };
    p->tables[p->table_depth++] = t;
    e->counts = true;
}

static void close_table(struct page *p)
{
    struct page_table *t = table_of(p);
    page_table_cell_end(t, p->text, line_now(p));
    page_table_end(t, p->text);
    free(t);
    p->table_depth--;
}

static void open_cell(struct page *p, const char *const *attributes)
{
    struct page_table *t = table_of(p);
    if (t == NULL)
        return;
    page_table_cell_end(t, p->text, line_now(p));
    page_table_cell(t, span_of(tag_attribute(attributes, "rowspan")), span_of(tag_attribute(attributes, "colspan")), p->text->blocks.count);
}

static void open_visible(struct page *p, struct element *e, const char *name, const char *const *attributes)
{
    if (e->tag != TAG_INLINE && e->tag != TAG_BREAK && e->tag != TAG_TITLE && e->tag != TAG_META)
        end_block(p);
    switch (e->tag) {
    case TAG_BREAK: end_line(p); break;
    case TAG_HEADING: p->level = (uint8_t)(name[1] - '0'); break;
    case TAG_PRE: p->pre++; break;
    case TAG_ARTICLE: p->articles++; break;
    case TAG_TABLE: open_table(p, e, attributes); break;
    case TAG_ROW:
        if (p->table_depth > 0) {
            page_table_cell_end(table_of(p), p->text, line_now(p));
            page_table_row(table_of(p));
        }
        break;
    case TAG_CELL: open_cell(p, attributes); break;
    case TAG_TITLE: p->in_title = true; break;
    default: break;
    }
}

static void close_visible(struct page *p, const struct element *e)
{
    if (e->tag != TAG_INLINE && e->tag != TAG_BREAK && e->tag != TAG_TITLE && e->tag != TAG_META)
        end_block(p);
    switch (e->tag) {
    case TAG_HEADING: p->level = 0; break;
    case TAG_PRE: p->pre--; break;
    case TAG_ARTICLE: p->articles--; break;
    case TAG_TABLE:
        if (e->counts)
            close_table(p);
        break;
    case TAG_CELL:
        if (p->table_depth > 0)
            page_table_cell_end(table_of(p), p->text, line_now(p));
        break;
    case TAG_TITLE: end_title(p); break;
    default: break;
    }
}

static void on_open(void *self, const xmlChar *name, const xmlChar **attributes)
{
    struct page *p = self;
    if (p->too_deep)
        return;
    if (p->depth == DEPTH_MOST) {
        p->too_deep = true;
        xmlStopParser(p->parser);
        return;
    }
    const char *const *with = (const char *const *)attributes;
    struct element *e = &p->open[p->depth++];
    *e = (struct element){ .tag = tag_of((const char *)name) };
    e->hides = e->tag == TAG_HIDDEN || (e->tag == TAG_EDGE && p->articles == 0) || tag_is_hidden(with);
    if (e->tag == TAG_META)
        read_meta(p, with);
    if (p->hidden == 0 && !e->hides)
        open_visible(p, e, (const char *)name, with);
    p->hidden += e->hides;
}

static void on_close(void *self, const xmlChar *name)
{
    (void)name;
    struct page *p = self;
    if (p->too_deep || p->depth == 0)
        return;
    const struct element *e = &p->open[--p->depth];
    p->hidden -= e->hides;
    if (p->hidden == 0 && !e->hides)
        close_visible(p, e);
}

/* ---- the page ---- */

static pthread_once_t libxml_once = PTHREAD_ONCE_INIT;      /* two threads must not set it up at the same time */

static void parse(struct page *p, struct str markup)
{
    pthread_once(&libxml_once, xmlInitParser);
    xmlSAXHandler on = { .startElement = on_open, .endElement = on_close, .characters = on_text, .ignorableWhitespace = on_text };
    p->parser = htmlNewParserCtxt();
    if (p->parser == NULL)
        return;
    *p->parser->sax = on;
    p->parser->userData = p;
    htmlDocPtr none = htmlCtxtReadMemory(p->parser, markup.at, (int)markup.len, NULL, "UTF-8",
                                         HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
    xmlFreeDoc(none);
    end_block(p);
    while (p->table_depth > 0)
        close_table(p);
    htmlFreeParserCtxt(p->parser);
}

void html_fragment(struct intake *in, struct pages *out, struct page_text *text, struct str markup, uint32_t lines_above)
{
    markup = arena_keep(in->arena, markup);
    html_mend((char *)markup.at, markup.len);
    struct page *p = must_alloc(sizeof *p);
    *p = (struct page){ .arena = in->arena, .out = out, .text = text, .lines_above = lines_above };
    buf_init(&p->words, BUF_NO_CEILING);
    buf_init(&p->title, TITLE_BYTES_MOST);
    parse(p, markup);
    if (p->too_deep)
        diags_addf(in->diags, DIAG_INPUT_DEEP, (struct place){ in->name, 0, 0 }, "%d", DEPTH_MOST);
    buf_release(&p->words);
    buf_release(&p->title);
    free(p);
}

void html_read(struct intake *in, struct pages *out)
{
    struct page_text text;
    page_text_init(&text, in->arena);
    html_fragment(in, out, &text, ustr_to_utf8(in->arena, in->decoded.text), 0);
    page_text_finish(&text, out);
}

/* ---- is it a page ---- */

static char16_t lower(char16_t u)
{
    return u >= u'A' && u <= u'Z' ? (char16_t)(u + 32) : u;
}

/* Does the head hold the tag, in either case, as "<p" with no further letter behind it? */
static bool holds(struct ustr head, const char *tag)
{
    for (uint32_t i = 0; i < head.len; i++) {
        if (head.at[i] != u'<')
            continue;
        uint32_t k = 1;
        while (tag[k] != 0 && i + k < head.len && lower(head.at[i + k]) == (char16_t)(unsigned char)tag[k])
            k++;
        char16_t next = i + k < head.len ? lower(head.at[i + k]) : 0;
        if (tag[k] == 0 && !(next >= u'a' && next <= u'z') && !unit_is_digit(next))
            return true;
    }
    return false;
}

static bool opens_with_tag(struct ustr head)
{
    uint32_t i = 0;
    while (i < head.len && unit_is_space(head.at[i]))
        i++;
    char16_t next = i + 1 < head.len ? lower(head.at[i + 1]) : 0;
    return next != 0 && head.at[i] == u'<' && (next == u'!' || next == u'?' || (next >= u'a' && next <= u'z'));
}

static unsigned count_tags(struct ustr head)
{
    static const char *const usual[] = { "<p", "<div", "<table", "<br", "<span", "<meta", "<td", "<a", "<h1", "<h2", "<h3", "<script", "<style", "<li", "<font" };
    unsigned n = 0;
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
        n += holds(head, usual[i]);
    return n;
}

unsigned html_bid(struct ustr head, struct str name)
{
    bool named = name_ends(name, ".html") || name_ends(name, ".htm") || name_ends(name, ".shtml") || name_ends(name, ".xhtml");
    if (!opens_with_tag(head))
        return named && (holds(head, "<html") || holds(head, "<body") || count_tags(head) >= 2) ? 60 : 0;
    if (holds(head, "<!doctype html") || holds(head, "<html") || holds(head, "<body") || holds(head, "<head"))
        return 100;
    return count_tags(head) >= (named ? 1 : 2) ? 70 : 0;
}
