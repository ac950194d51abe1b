/* Words with boxes to pieces of lines; the rest is layout.c. */
#include "office/pdf_boxes.h"

#include "office/layout.h"
#include "office/xml.h"

#define LINE_BOX 0.75                   /* em of a box, where no Chinese character shows it */
#define EM_LEAST 0.5                    /* of the height of the box */
#define EM_MOST 1.2

struct boxes {
    struct layout layout;
    struct buf word;
    double left, top, right, bottom;
    bool in_word, too_many;
};

static double length(struct xml_attributes a, const char *name)
{
    struct str value = xml_attribute(a, name, "0");
    double n = 0;
    return layout_number(&value, &n) ? n : 0;
}

static void on_start(void *self, const char *name, struct xml_attributes a)
{
    struct boxes *b = self;
    if (strcmp(name, "page") == 0)
        b->too_many = layout_next_page(&b->layout, length(a, "width")) == NULL;
    b->in_word = strcmp(name, "word") == 0;
    if (!b->in_word)
        return;
    buf_clear(&b->word);
    b->left = length(a, "xMin");
    b->top = length(a, "yMin");
    b->right = length(a, "xMax");
    b->bottom = length(a, "yMax");
}

static void on_text(void *self, struct str words)
{
    struct boxes *b = self;
    if (b->in_word)
        buf_add(&b->word, words);
}

/* A box is as high as its font says, which may be half as much again as its characters; Chinese ones are as wide as they are high. */
static double em_of(struct str word, double width, double height)
{
    double ems = 0;
    size_t wide = 0;
    for (size_t at = 0; at < word.len;) {
        double one = layout_ems(layout_char(word, &at));
        ems += one;
        wide += one >= 1;
    }
    double em = wide > 1 ? width / ems : LINE_BOX * height;
    return em < EM_LEAST * height || em > EM_MOST * height ? LINE_BOX * height : em;
}

static void on_end(void *self, const char *name)
{
    struct boxes *b = self;
    struct str word = buf_str(&b->word);
    double width = b->right - b->left, height = b->bottom - b->top;
    if (!b->in_word || strcmp(name, "word") != 0)
        return;
    b->in_word = false;
    if (b->too_many || !(height > 0) || !(width >= 0))
        return;
    double em = em_of(word, width, height);
    layout_add(&b->layout, b->left, (b->top + b->bottom - em) / 2, width, em, word);
}

/* From <doc> to its end: what is before has a DOCTYPE and the properties. */
static struct str body_of(struct str xhtml)
{
    static const char opening[] = "<doc>";
    const size_t len = sizeof opening - 1;
    for (size_t i = 0; i + len <= xhtml.len; i++) {
        if (xhtml.at[i] == '<' && memcmp(xhtml.at + i, opening, len) == 0)
            return (struct str){ xhtml.at + i, xhtml.len - i };
    }
    return STR("");
}

/* Fonts without names for their characters yield control characters, which XML has no place for. */
static struct str cleaned(struct arena *a, struct str markup)
{
    struct str s = ustr_to_utf8(a, ustr_from_utf8(a, markup));
    char *at = arena_take(a, s.len + 1);
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];
        at[i] = c < 0x20 && c != '\n' ? ' ' : s.at[i];
        bool no_character = i >= 2 && (c == 0xBE || c == 0xBF) && (unsigned char)at[i - 1] == 0xBF && (unsigned char)at[i - 2] == 0xEF;
        if (no_character)
            at[i] = '\xBD', at[i - 1] = '\xBF';
    }
    return (struct str){ at, s.len };
}

bool pdf_boxes_read(struct str xhtml, struct flow *f)
{
    static const struct xml_events events = { .start = on_start, .end = on_end, .text = on_text };
    struct boxes b = { .left = 0 };
    if (xhtml.len > PART_BYTES_MOST)
        return flow_refuse(f, DIAG_INPUT_TOO_LARGE, "");
    layout_init(&b.layout, f->arena);
    buf_init(&b.word, PART_BYTES_MOST);
    enum package_result result = xml_memory(cleaned(f->arena, body_of(xhtml)), &events, &b);
    (void)result;                       /* what follows </doc> is not well formed, and a cut end is read as far as it goes */
    buf_release(&b.word);
    if (layout_tell(&b.layout, f))
        return true;
    return b.layout.pages.count == 0 ? flow_refuse(f, DIAG_INPUT_BROKEN, "") : flow_refuse(f, DIAG_INPUT_FORMAT, "没有文字层，可能是扫描件");
}
