/* Tastes an input, then hands out its documents. */
#include "cli/documents.h"

#include "cli/input.h"

static bool is_blank(struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] != ' ' && s.at[i] != '\t')
            return false;
    }
    return true;
}

static bool take_record(const struct documents *docs, struct document_source from, struct str line, const struct engine_settings *s)
{
    return docs->take(docs->self, worker_read_record(docs->worker, line, str_of(from.path), from.line, s), from);
}

static bool take_long_line(const struct documents *docs, struct document_source from)
{
    struct diags *d = diags_new();
    diags_addf(d, DIAG_INPUT_TOO_LARGE, (struct place){ .file = str_of(from.path), .line = from.line }, "%zu MiB", INTAKE_BYTES_MOST >> 20);
    bool more = docs->take(docs->self, (struct engine_document){ .id = STR(""), .diags = d }, from);
    diags_free(d);
    return more;
}

static bool read_stream(const struct documents *docs, struct input *in, struct document_source from, const struct engine_settings *s)
{
    bool more = true;
    for (struct str line; more;) {
        enum input_line got = input_line(in, &line, docs->diags);
        from.line = in->line;
        if (got == INPUT_END || got == INPUT_FAILED)
            return got == INPUT_END;
        if (got == INPUT_LINE_TOO_LONG)
            more = take_long_line(docs, from);
        else if (!is_blank(line))
            more = take_record(docs, from, line, s);
    }
    return false;
}

static bool read_file(const struct documents *docs, struct input *in, struct document_source from, const struct engine_settings *s)
{
    struct str bytes;
    return input_whole(in, &bytes, docs->diags) && docs->take(docs->self, worker_read_file(docs->worker, bytes, str_of(from.path), s), from);
}

static bool read_opened(const struct documents *docs, struct input *in)
{
    const struct options *o = docs->options;
    struct engine_settings s = { .as = o->as, .date = o->date, .kind = o->kind };
    struct str head = input_taste(in, docs->diags);
    if (in->failed)
        return false;
    if (s.as == INPUT_AUTO && intake_taste(head, str_of(in->path)) == INPUT_JSONL)
        s.as = INPUT_JSONL;
    struct document_source from = { in->path, s.as == INPUT_JSONL, 0 };
    if (docs->begin != NULL && !docs->begin(docs->self, from))
        return false;
    return from.stream ? read_stream(docs, in, from, &s) : read_file(docs, in, from, &s);
}

bool documents_read(const struct documents *docs, const char *path)
{
    struct input in;
    bool ok = input_open(&in, path, docs->diags) && read_opened(docs, &in);
    input_close(&in);
    return ok;
}
