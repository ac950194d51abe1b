/* Names of HTML elements and what they do to text. */
#include "intake/tags.h"

#include <stdlib.h>

static const struct { const char *name; enum tag tag; } tags[] = {      /* sorted by name */
    { "address", TAG_BLOCK },     { "applet", TAG_HIDDEN },   { "article", TAG_ARTICLE },   { "aside", TAG_HIDDEN },
    { "audio", TAG_HIDDEN },      { "blockquote", TAG_BLOCK }, { "body", TAG_BLOCK },       { "br", TAG_BREAK },
    { "button", TAG_HIDDEN },     { "canvas", TAG_HIDDEN },   { "caption", TAG_BLOCK },     { "center", TAG_BLOCK },
    { "datalist", TAG_HIDDEN },   { "dd", TAG_BLOCK },        { "details", TAG_BLOCK },     { "dir", TAG_BLOCK },
    { "div", TAG_BLOCK },         { "dl", TAG_BLOCK },        { "dt", TAG_BLOCK },          { "embed", TAG_HIDDEN },
    { "fieldset", TAG_BLOCK },    { "figcaption", TAG_BLOCK }, { "figure", TAG_BLOCK },     { "footer", TAG_EDGE },
    { "form", TAG_BLOCK },        { "h1", TAG_HEADING },      { "h2", TAG_HEADING },        { "h3", TAG_HEADING },
    { "h4", TAG_HEADING },        { "h5", TAG_HEADING },      { "h6", TAG_HEADING },        { "header", TAG_EDGE },
    { "hr", TAG_BLOCK },          { "html", TAG_BLOCK },      { "iframe", TAG_HIDDEN },     { "legend", TAG_BLOCK },
    { "li", TAG_BLOCK },          { "main", TAG_ARTICLE },    { "map", TAG_HIDDEN },        { "menu", TAG_BLOCK },
    { "meta", TAG_META },         { "nav", TAG_HIDDEN },      { "noframes", TAG_HIDDEN },   { "noscript", TAG_HIDDEN },
    { "object", TAG_HIDDEN },     { "ol", TAG_BLOCK },        { "option", TAG_HIDDEN },     { "p", TAG_BLOCK },
    { "pre", TAG_PRE },           { "rp", TAG_HIDDEN },       { "rt", TAG_HIDDEN },         { "script", TAG_HIDDEN },
    { "section", TAG_BLOCK },     { "select", TAG_HIDDEN },   { "style", TAG_HIDDEN },      { "summary", TAG_BLOCK },
    { "svg", TAG_HIDDEN },        { "table", TAG_TABLE },     { "td", TAG_CELL },           { "template", TAG_HIDDEN },
    { "textarea", TAG_HIDDEN },   { "th", TAG_CELL },         { "title", TAG_TITLE },       { "tr", TAG_ROW },
    { "ul", TAG_BLOCK },          { "video", TAG_HIDDEN },
};

static int by_name(const void *key, const void *row)
{
    return strcmp(key, *(const char *const *)row);
}

enum tag tag_of(const char *name)
{
    const void *row = bsearch(name, tags, sizeof tags / sizeof *tags, sizeof *tags, by_name);
    return row == NULL ? TAG_INLINE : tags[((const char *)row - (const char *)tags) / (ptrdiff_t)sizeof *tags].tag;
}

const char *tag_attribute(const char *const *attributes, const char *name)
{
    for (; attributes != NULL && attributes[0] != NULL; attributes += 2) {
        if (strcmp(attributes[0], name) == 0)
            return attributes[1] == NULL ? "" : attributes[1];
    }
    return NULL;
}

/* Does the style hold "property : value", blanks and letter case aside? */
static bool style_says(const char *style, const char *what)
{
    char plain[256];
    size_t n = 0;
    for (; *style != 0 && n + 1 < sizeof plain; style++) {
        if (*style != ' ' && *style != '\t' && *style != '\n')
            plain[n++] = (char)(*style >= 'A' && *style <= 'Z' ? *style + ('a' - 'A') : *style);
    }
    plain[n] = 0;
    return strstr(plain, what) != NULL;
}

bool tag_is_hidden(const char *const *attributes)
{
    const char *style = tag_attribute(attributes, "style");
    return tag_attribute(attributes, "hidden") != NULL ||
           (style != NULL && (style_says(style, "display:none") || style_says(style, "visibility:hidden")));
}
