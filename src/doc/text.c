/* From the cleaned text back to the decoded one. */
#include "doc/text.h"

struct span text_raw(const struct text *t, struct span clean)
{
    uint32_t last = t->raw_at[clean.end - 1];
    uint32_t end = last + 1;
    const struct ustr raw = t->pages->text;
    if (end < raw.len && (raw.at[last] & 0xFC00) == 0xD800 && (raw.at[end] & 0xFC00) == 0xDC00)
        end++;
    return (struct span){ t->raw_at[clean.start], end };
}
