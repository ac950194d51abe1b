/*
 * intake: a file's bytes, or a record of a stream, to pages.
 *
 * The content decides which reader is asked, never the name alone. Bad input never stops a run: what could be read comes
 * back, what could not is told.
 */
#ifndef QD_INTAKE_INTAKE_H
#define QD_INTAKE_INTAKE_H

#include "base/diag.h"
#include "doc/pages.h"

#define INTAKE_BYTES_MOST ((size_t)64 * 1024 * 1024)    /* what callers allow a file unless told otherwise */

enum input_format {
    INPUT_AUTO, INPUT_TXT, INPUT_MD, INPUT_HTML, INPUT_JSONL,
    INPUT_DOCX, INPUT_DOC, INPUT_RTF, INPUT_ODT, INPUT_XLSX, INPUT_OFD, INPUT_PDF      /* office files, src/office */
};
#define INPUT_FORMAT_COUNT 12

extern const char *const input_format_names[INPUT_FORMAT_COUNT];    /* "auto", "txt", "md", "html", "jsonl", "docx" … */

/* What INPUT_AUTO comes to; INPUT_JSONL for a stream of records, which is read record by record. */
enum input_format intake_taste(struct str bytes, struct str name);

/*
 * The file as pages, or NULL where it is no text or of no format we read, with a diag. Pages borrow `name`. A stream
 * (as == INPUT_JSONL) is not for this function; asked for all the same, its bytes are read as plain text.
 */
const struct pages *intake_read(struct arena *a, struct str bytes, struct str name, enum input_format as, struct diags *d);

/*
 * One line of a stream: {"id", "text", "date", "name", "kind", "title"}, all strings, all but "text" optional.
 * NULL with a diag where it is malformed. *id is set either way, and empty where there is none to be had; it and all
 * strings of the pages live in the arena.
 */
const struct pages *record_read(struct arena *a, struct str line, struct str stream_name, uint32_t line_number, struct str *id,
                                struct diags *d);

#endif
