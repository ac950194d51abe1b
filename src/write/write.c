/* The table of formats. */
#include "write/write.h"

#include "write/formats.h"

static const struct {
    const char *name, *suffix;
    void (*write)(struct buf *out, const struct checklist *c, const struct write_settings *s);
} formats[WRITE_FORMAT_COUNT] = {
    [WRITE_MD]    = { "md",    ".md",    write_markdown },
    [WRITE_JSON]  = { "json",  ".json",  write_json },
    [WRITE_JSONL] = { "jsonl", ".jsonl", write_jsonl },
};

bool write_checklist(struct buf *out, const struct checklist *c, enum write_format f, const struct write_settings *s)
{
    formats[f].write(out, c, s);
    return !buf_over(out);
}

const char *write_name(enum write_format f)
{
    return formats[f].name;
}

const char *write_suffix(enum write_format f)
{
    return formats[f].suffix;
}

int write_find(struct str name)
{
    for (int f = 0; f < WRITE_FORMAT_COUNT; f++) {
        if (str_is(name, formats[f].name))
            return f;
    }
    return -1;
}
