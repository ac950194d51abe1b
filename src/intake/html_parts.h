/*
 * html_parts: what the reader of web pages is made of. Private to intake/.
 */
#ifndef QD_INTAKE_HTML_PARTS_H
#define QD_INTAKE_HTML_PARTS_H

#include "doc/page_table.h"
#include "doc/page_text.h"
#include "intake/reader.h"

/* Makes UTF-8 markup safe for libxml2, in place. */
void html_mend(char *at, size_t len);

/* Adds the text of the markup to `text`; hints go to `out`. The markup's first line is the file's lines_above + 1. */
void html_fragment(struct intake *in, struct pages *out, struct page_text *text, struct str markup, uint32_t lines_above);

/* The date in the content of a <meta> as ISO, or an empty str. */
struct str html_date(struct arena *a, struct str content);

#endif
