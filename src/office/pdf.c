/* PDF: poppler's pdftotext says where each word stands; what it is a word of is found by the layout. */
#include "office/convert.h"
#include "office/office.h"
#include "office/pdf_boxes.h"

#define BOXES_BYTES_MOST ((size_t)256 << 20)

static void tell(struct flow *f, enum convert_result r)
{
    static const struct { enum diag_code code; const char *detail; } said[] = {
        [CONVERT_NO_PROGRAM] = { DIAG_INPUT_FORMAT, "PDF（读 PDF 需要 poppler-utils 的 pdftotext）" },
        [CONVERT_FAILED] = { DIAG_INPUT_BROKEN, "PDF" },
        [CONVERT_TOO_LONG] = { DIAG_INPUT_BROKEN, "PDF（处理超时）" },
        [CONVERT_TOO_LARGE] = { DIAG_INPUT_TOO_LARGE, "PDF" },
    };
    flow_refuse(f, said[r].code, said[r].detail);
}

bool pdf_read(struct str bytes, struct flow *f)
{
    static const char *const arguments[] = { "pdftotext", "-q", "-bbox-layout", "-enc", "UTF-8", "-", "-", NULL };
    struct buf boxes;
    buf_init(&boxes, BOXES_BYTES_MOST);
    enum convert_result r = convert_run(arguments, bytes, &boxes);
    bool read = r == CONVERT_DONE && pdf_boxes_read(buf_str(&boxes), f);
    if (r != CONVERT_DONE)
        tell(f, r);
    buf_release(&boxes);
    return read;
}
