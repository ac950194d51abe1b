/* qingdan extract: files and streams in, checklists out. */
#include "cli/commands.h"

#include <unistd.h>

#include "base/json_out.h"
#include "cli/documents.h"
#include "cli/output.h"
#include "cli/rooms.h"
#include "cli/show.h"

#define PROGRESS_RECORDS 64     /* of a stream, from one sign of life to the next */

struct extraction {
    const struct options *o;
    const struct engine *engine;
    struct worker *worker;
    struct output out;
    struct diags *diags;        /* of opening and reading; a document's own come with it */
    struct diags *out_diags;    /* of writing, which may go on in another thread while the next record is read */
    struct product product;     /* of one document */
    enum write_format format;   /* of the input being read */
    size_t written;             /* into the same file so far */
    bool progress;              /* shown on a terminal that nothing else is written to */
    bool failed;
};

/* A record that could not be read has its place in the output too. */
static void add_error_record(struct buf *out, enum lang lang, struct str id, const struct diag *why, uint32_t line)
{
    struct json_out j;
    json_init(&j, out, false);
    json_object(&j);
    json_put_str_or_null(&j, "id", id);
    json_key(&j, "error");
    json_object(&j);
    json_put_uint(&j, "code", (uint64_t)why->code);
    json_put_str(&j, "name", str_of(diag_name(why->code)));
    json_put_str(&j, "message", str_of(diag_text(why->code, lang)));
    json_put_str_or_null(&j, "detail", why->detail);
    json_put_uint(&j, "line", line);
    json_object_end(&j);
    json_object_end(&j);
    buf_addc(out, '\n');
}

static const struct diag *first_error(const struct diags *d)
{
    static const struct diag unknown = { .code = DIAG_INPUT_RECORD };
    for (size_t i = 0; i < d->list.count; i++) {
        if (diag_level(d->list.at[i].code) == DIAG_LEVEL_ERROR)
            return &d->list.at[i];
    }
    return &unknown;
}

/* Of a stream only errors are told; each checklist carries its own warnings. */
static void make(const void *self, const struct engine_document *doc, const struct document_source *from, struct product *out)
{
    const struct extraction *x = self;
    struct write_settings s = { .lang = x->o->lang, .all = x->o->all, .program = STR("qingdan"), .version = STR(QINGDAN_VERSION) };
    show_add_document_diags(&out->messages, doc->diags, x->o->lang, from->stream);
    if (doc->checklist != NULL)
        write_checklist(&out->text, doc->checklist, x->format, &s);
    else if (from->stream && x->format != WRITE_MD)
        add_error_record(&out->text, x->o->lang, doc->id, first_error(doc->diags), from->line);
    out->failed = doc->checklist == NULL;
}

/* Between two Markdown checklists in one file stands a rule. */
static bool put(void *self, const struct document_source *from, const struct product *product)
{
    struct extraction *x = self;
    show_messages(&product->messages);
    x->failed |= product->failed;
    if (product->text.len == 0)
        return !x->out.failed;
    if (x->format == WRITE_MD && x->written > 0)
        output_put(&x->out, STR("\n---\n\n"), x->out_diags);
    output_put(&x->out, buf_str(&product->text), x->out_diags);
    x->written++;
    if (x->progress && from->stream && x->written % PROGRESS_RECORDS == 0)
        show_progress(x->written, 0, from->path);
    return !x->out.failed;
}

static bool take(void *self, struct engine_document doc, struct document_source from)
{
    struct extraction *x = self;
    product_clear(&x->product);
    make(x, &doc, &from, &x->product);
    return put(x, &from, &x->product) && (from.stream || !x->product.failed);
}

static bool begin(void *self, struct document_source from)
{
    struct extraction *x = self;
    x->format = from.stream && !x->o->format_given ? WRITE_JSONL : x->o->format;
    if (from.stream && x->format == WRITE_JSON) {
        static const char *const text[2] = { "流的结果不能写成一份 JSON", "a stream makes no one JSON text" };
        options_complain(x->o, x->diags, text, NULL, "-f jsonl");
        return false;
    }
    bool ended = output_end(&x->out, x->written > 0, x->out_diags);     /* of the file before it in an archive */
    if (x->out.folder)
        x->written = 0;
    return ended && output_begin(&x->out, from.path, write_suffix(x->format), x->out_diags);
}

static void extract_input(struct extraction *x, const char *path)
{
    struct documents docs = { x->o, x->engine, x->worker, x->diags, x, begin, take, { make, put } };
    bool ok = documents_read(&docs, path);
    ok = output_end(&x->out, x->written > 0, x->out_diags) && ok;
    x->failed |= !ok || x->out.failed;
    show_diags(x->diags, x->o->lang);
    show_diags(x->out_diags, x->o->lang);
}

static bool can_write(const struct options *o, struct diags *d)
{
    static const char *const text[2] = { "多份文件不能写成一份 JSON", "several files make no one JSON text" };
    if (o->format != WRITE_JSON || o->operand_count == 1 || (o->output != NULL && output_is_folder(o->output)))
        return true;
    options_complain(o, d, text, NULL, "-f jsonl, -o DIR/");
    return false;
}

static int extract_inputs(struct extraction *x)
{
    const struct options *o = x->o;
    bool ok = output_init(&x->out, o->output, x->out_diags);
    x->progress = o->output != NULL || !isatty(STDOUT_FILENO);
    for (size_t i = 0; ok && i < o->operand_count; i++) {
        if (x->progress && o->operand_count > 1)
            show_progress(i + 1, o->operand_count, o->operands[i]);
        extract_input(x, o->operands[i]);
    }
    if (x->progress)
        show_progress_end();
    ok = output_finish(&x->out, x->written > 0 || !x->failed, x->out_diags) && ok;
    return ok && !x->failed ? EXIT_OK : EXIT_FAILED;
}

static int run(struct extraction *x, struct engine *e)
{
    x->engine = e;
    x->worker = worker_new(e);
    product_init(&x->product);
    int status = extract_inputs(x);
    product_release(&x->product);
    worker_free(x->worker);
    return status;
}

int command_extract(const struct options *o)
{
    struct extraction x = { .o = o, .diags = diags_new(), .out_diags = diags_new() };
    int status = EXIT_USE;
    if (can_write(o, x.diags)) {
        struct engine *e = rooms_engine(o, false, x.diags);
        status = e == NULL ? EXIT_FAILED : run(&x, e);
        engine_free(e);
    }
    show_diags(x.diags, o->lang);
    show_diags(x.out_diags, o->lang);
    diags_free(x.out_diags);
    diags_free(x.diags);
    return status;
}
