/* Markdown. */
#include "intake/reader.h"
unsigned markdown_bid(struct ustr head, struct str name)
{
    (void)head;
    (void)name;
    return 0;
}
void markdown_read(struct intake *in, struct pages *out)
{
    txt_read(in, out);
}
