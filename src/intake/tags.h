/*
 * tags: what an HTML element means to a reader of text, by its name and attributes. Private to intake/.
 */
#ifndef QD_INTAKE_TAGS_H
#define QD_INTAKE_TAGS_H

#include <stdbool.h>

#include "base/str.h"

enum tag {
    TAG_INLINE,         /* its text runs on; also every name we do not know */
    TAG_BLOCK,          /* begins and ends a paragraph */
    TAG_HEADING,
    TAG_BREAK,          /* <br> */
    TAG_PRE,            /* line ends count */
    TAG_TABLE, TAG_ROW, TAG_CELL,
    TAG_ARTICLE,        /* a block whose own header and footer are text */
    TAG_EDGE,           /* header, footer: of the page unless in an article */
    TAG_TITLE, TAG_META,
    TAG_HIDDEN          /* no text of the page */
};

enum tag tag_of(const char *name);                              /* lower case, as libxml2 gives it */
const char *tag_attribute(const char *const *attributes, const char *name);     /* NULL: not there; "" without a value */
bool tag_is_hidden(const char *const *attributes);              /* hidden, or so by its style */

#endif
