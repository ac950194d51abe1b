/* formats: the writers behind the table in write.c. Each adds one checklist to the buf. */
#ifndef QD_WRITE_FORMATS_H
#define QD_WRITE_FORMATS_H

#include "write/write.h"

void write_markdown(struct buf *out, const struct checklist *c, const struct write_settings *s);
void write_json(struct buf *out, const struct checklist *c, const struct write_settings *s);    /* indented */
void write_jsonl(struct buf *out, const struct checklist *c, const struct write_settings *s);   /* one line */

#endif
