/* Tastes an input, then hands out its documents. */
#include "cli/documents.h"

#include "cli/input.h"
#include "cli/pool.h"

void product_init(struct product *p)
{
    buf_init(&p->text, BUF_NO_CEILING);
    buf_init(&p->messages, BUF_NO_CEILING);
    p->failed = false;
}

void product_clear(struct product *p)
{
    buf_clear(&p->text);
    buf_clear(&p->messages);
    p->failed = false;
}

void product_release(struct product *p)
{
    buf_release(&p->text);
    buf_release(&p->messages);
}

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

struct diags *documents_too_long(const struct document_source *from)
{
    struct diags *d = diags_new();
    struct place place = { .file = str_of(from->path), .line = from->line };
    diags_addf(d, DIAG_INPUT_TOO_LARGE, place, "%zu MiB", INTAKE_BYTES_MOST >> 20);
    return d;
}

static bool take_long_line(const struct documents *docs, struct document_source from)
{
    struct diags *d = documents_too_long(&from);
    bool more = docs->take(docs->self, (struct engine_document){ .id = STR(""), .diags = d }, from);
    diags_free(d);
    return more;
}

/* A record, or NULL for one whose line is too long, to the pool or straight to `take`. */
static bool hand_on(const struct documents *docs, struct pool *pool, const struct str *record, struct document_source from, const struct engine_settings *s)
{
    if (pool != NULL)
        return pool_add(pool, record, from);
    return record == NULL ? take_long_line(docs, from) : take_record(docs, from, *record, s);
}

static bool read_records(const struct documents *docs, struct pool *pool, struct input *in, struct document_source from, const struct engine_settings *s)
{
    bool more = true;
    for (struct str line; more;) {
        enum input_line got = input_line(in, &line, docs->diags);
        from.line = in->line;
        if (got == INPUT_END || got == INPUT_FAILED)
            return got == INPUT_END;
        if (got == INPUT_LINE_TOO_LONG || !is_blank(line))
            more = hand_on(docs, pool, got == INPUT_LINE ? &line : NULL, from, s);
    }
    return false;
}

static bool read_stream(const struct documents *docs, struct input *in, struct document_source from, const struct engine_settings *s)
{
    unsigned threads = docs->work.make == NULL ? 1 : pool_threads();
    struct pool *pool = threads > 1 ? pool_new(docs->engine, s, threads, docs->work, docs->self) : NULL;
    bool ok = read_records(docs, pool, in, from, s);
    return (pool == NULL || pool_finish(pool)) && ok;
}

static bool read_file(const struct documents *docs, struct input *in, struct document_source from, const struct engine_settings *s)
{
    struct str bytes;
    return input_whole(in, &bytes, docs->diags) && docs->take(docs->self, worker_read_file(docs->worker, bytes, str_of(from.path), s), from);
}

static bool read_opened(const struct documents *docs, struct input *in)
{
    const struct options *o = docs->options;
    struct engine_settings s = { .as = o->as, .date = o->date, .kind = o->kind, .anchors = { o->anchors, o->anchor_count } };
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
