#include "office/office.h"
bool ofd_read(struct str bytes, struct flow *f)
{
    (void)bytes, (void)f;
    return false;
}
