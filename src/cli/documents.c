/* Tastes an input, then hands out its documents. */
#include "cli/documents.h"

#include "cli/input.h"
#include "cli/pool.h"
#include "office/archives.h"

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

static bool begins(const struct documents *docs, struct document_source from)
{
    return docs->begin == NULL || docs->begin(docs->self, from);
}

struct unpacking { const struct documents *docs; const struct engine_settings *settings; bool ok; };

/* A file of an archive is a document like any other; one that fails does not stop the rest. */
static bool take_member(void *self, struct str name, struct str bytes)
{
    struct unpacking *u = self;
    struct document_source from = { name.at, false, 0 };
    if (begins(u->docs, from))
        u->ok = u->docs->take(u->docs->self, worker_read_file(u->docs->worker, bytes, name, u->settings), from) && u->ok;
    else
        u->ok = false;
    return true;
}

static bool read_archive(const struct documents *docs, struct str bytes, struct str name, const struct engine_settings *s)
{
    struct unpacking u = { docs, s, true };
    size_t errors = docs->diags->errors;
    archives_visit(bytes, name, &(struct archive_visitor){ take_member, &u }, docs->diags);
    return u.ok && docs->diags->errors == errors;
}

static bool read_file(const struct documents *docs, struct input *in, struct document_source from, const struct engine_settings *s)
{
    struct str bytes;
    if (!input_whole(in, &bytes, docs->diags))
        return false;
    if (s->as == INPUT_AUTO && archives_known(bytes))
        return read_archive(docs, bytes, str_of(from.path), s);
    return begins(docs, from) && docs->take(docs->self, worker_read_file(docs->worker, bytes, str_of(from.path), s), from);
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
    if (!from.stream)
        return read_file(docs, in, from, &s);
    return begins(docs, from) && read_stream(docs, in, from, &s);
}

bool documents_read(const struct documents *docs, const char *path)
{
    struct input in;
    bool ok = input_open(&in, path, docs->diags) && read_opened(docs, &in);
    input_close(&in);
    return ok;
}
