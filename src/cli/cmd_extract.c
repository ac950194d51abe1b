/* qingdan extract: files and streams in, checklists out. */
#include "cli/commands.h"

#include "base/json_out.h"
#include "cli/documents.h"
#include "cli/output.h"
#include "cli/rooms.h"
#include "cli/show.h"

struct extraction {
    const struct options *o;
    struct worker *worker;
    struct output out;
    struct diags *diags;        /* of opening, reading and writing; a document's own come with it */
    struct buf text;            /* of one checklist */
    enum write_format format;   /* of the input being read */
    size_t written;             /* into the same file so far */
    bool failed;
};

/* Between two Markdown checklists in one file stands a rule. */
static void put_text(struct extraction *x)
{
    if (x->format == WRITE_MD && x->written > 0)
        output_put(&x->out, STR("\n---\n\n"), x->diags);
    output_put(&x->out, buf_str(&x->text), x->diags);
    x->written++;
}

static void put_checklist(struct extraction *x, const struct checklist *c)
{
    struct write_settings s = { .lang = x->o->lang, .all = x->o->all, .program = STR("qingdan"), .version = STR(QINGDAN_VERSION) };
    buf_clear(&x->text);
    write_checklist(&x->text, c, x->format, &s);
    put_text(x);
}

/* A record that could not be read has its place in the output too. */
static void make_error_record(struct extraction *x, struct str id, const struct diag *why, uint32_t line)
{
    struct json_out j;
    buf_clear(&x->text);
    json_init(&j, &x->text, false);
    json_object(&j);
    json_put_str_or_null(&j, "id", id);
    json_key(&j, "error");
    json_object(&j);
    json_put_uint(&j, "code", (uint64_t)why->code);
    json_put_str(&j, "name", str_of(diag_name(why->code)));
    json_put_str(&j, "message", str_of(diag_text(why->code, x->o->lang)));
    json_put_str_or_null(&j, "detail", why->detail);
    json_put_uint(&j, "line", line);
    json_object_end(&j);
    json_object_end(&j);
    buf_addc(&x->text, '\n');
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

static bool take_bad(struct extraction *x, const struct engine_document *doc, const struct document_source *from)
{
    x->failed = true;
    if (from->stream && x->format != WRITE_MD) {
        make_error_record(x, doc->id, first_error(doc->diags), from->line);
        put_text(x);
    }
    return from->stream && !x->out.failed;
}

/* Of a stream only errors are told; each checklist carries its own warnings. */
static bool take(void *self, struct engine_document doc, struct document_source from)
{
    struct extraction *x = self;
    show_document_diags(doc.diags, x->o->lang, from.stream);
    if (doc.checklist == NULL)
        return take_bad(x, &doc, &from);
    put_checklist(x, doc.checklist);
    return !x->out.failed;
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
    if (x->out.folder)
        x->written = 0;
    return output_begin(&x->out, from.path, write_suffix(x->format), x->diags);
}

static void extract_input(struct extraction *x, const char *path)
{
    struct documents docs = { x->o, x->worker, x->diags, x, begin, take };
    bool ok = documents_read(&docs, path);
    ok = output_end(&x->out, x->written > 0, x->diags) && ok;
    x->failed |= !ok || x->out.failed;
    show_diags(x->diags, x->o->lang);
}

static bool can_write(struct extraction *x)
{
    const struct options *o = x->o;
    bool one = x->out.folder || o->operand_count == 1;
    if (o->format != WRITE_JSON || one)
        return true;
    static const char *const text[2] = { "多份文件不能写成一份 JSON", "several files make no one JSON text" };
    options_complain(o, x->diags, text, NULL, "-f jsonl, -o DIR/");
    return false;
}

static int run(struct extraction *x)
{
    const struct options *o = x->o;
    if (!output_init(&x->out, o->output, x->diags))
        return EXIT_FAILED;
    if (!can_write(x))
        return EXIT_USE;
    for (size_t i = 0; i < o->operand_count; i++) {
        if (o->operand_count > 1)
            show_progress(i + 1, o->operand_count, o->operands[i]);
        extract_input(x, o->operands[i]);
    }
    show_progress_end();
    return x->failed ? EXIT_FAILED : EXIT_OK;
}

int command_extract(const struct options *o)
{
    struct extraction x = { .o = o, .diags = diags_new() };
    int status = EXIT_FAILED;
    buf_init(&x.text, BUF_NO_CEILING);
    struct engine *e = rooms_engine(o, false, x.diags);
    if (e != NULL) {
        x.worker = worker_new(e);
        status = run(&x);
        if (!output_finish(&x.out, x.diags) && status == EXIT_OK)
            status = EXIT_FAILED;
    }
    show_diags(x.diags, o->lang);
    worker_free(x.worker);
    engine_free(e);
    buf_release(&x.text);
    diags_free(x.diags);
    return status;
}
