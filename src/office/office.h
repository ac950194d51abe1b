/*
 * office: the readers of office files. Each is a function over bytes that tells a flow what the document says.
 *
 * A reader never fails as a whole for what it could read in part. False: nothing could be read, and why was told.
 */
#ifndef QD_OFFICE_OFFICE_H
#define QD_OFFICE_OFFICE_H

#include "office/flow.h"

struct office_reader {
    const char *name;                   /* of the format: "docx" */
    bool (*read)(struct str bytes, struct flow *f);
};

/* The reader whose format the bytes have, NULL where none has. The content decides, never a name. */
const struct office_reader *office_of(struct str bytes);

bool docx_read(struct str bytes, struct flow *f);       /* WordprocessingML in a package; also one flat WordML 2003 file */
bool doc_read(struct str bytes, struct flow *f);        /* Word 97 binary, which Kingsoft .wps is too */
bool rtf_read(struct str bytes, struct flow *f);
bool odt_read(struct str bytes, struct flow *f);
bool xlsx_read(struct str bytes, struct flow *f);
bool ofd_read(struct str bytes, struct flow *f);        /* GB/T 33190 */
bool pdf_read(struct str bytes, struct flow *f);        /* by the program pdftotext of poppler-utils, which is never linked */

#endif
