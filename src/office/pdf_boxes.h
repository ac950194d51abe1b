/*
 * pdf_boxes: the text of a .pdf from what `pdftotext -bbox-layout` wrote of it: pages of words with their boxes.
 *
 * Running pdftotext is done elsewhere.
 */
#ifndef QD_OFFICE_PDF_BOXES_H
#define QD_OFFICE_PDF_BOXES_H

#include "office/flow.h"

/* False: no page has text, and that was told. */
bool pdf_boxes_read(struct str xhtml, struct flow *f);

#endif
