/* HTML. */
#include "intake/reader.h"
unsigned html_bid(struct ustr head, struct str name)
{
    (void)head;
    (void)name;
    return 0;
}
void html_read(struct intake *in, struct pages *out)
{
    txt_read(in, out);
}
