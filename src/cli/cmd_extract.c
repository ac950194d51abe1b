/* qingdan extract: files and streams in, checklists out. */
#include "cli/commands.h"

#include "base/json_out.h"
#include "cli/input.h"
#include "cli/output.h"
#include "cli/rooms.h"
#include "cli/show.h"

struct extraction {
    const struct options *o;
    struct worker *worker;
    struct output out;
    struct diags *diags;        /* of opening, reading and writing; a document's own come with it */
    struct buf text;            /* of one checklist */
    size_t written;             /* into the same file so far */
    bool failed;
};

static struct engine_settings settings_of(const struct options *o)
{
    return (struct engine_settings){ .as = o->as, .date = o->date, .kind = o->kind };
}

static bool use_error(struct extraction *x, const char *zh, const char *en)
{
    diags_add(x->diags, DIAG_USE_OPTION, (struct place){ .file = STR("qingdan") }, STR(""), str_of(x->o->lang == LANG_ZH ? zh : en));
    return false;
}

/* Between two Markdown checklists in one file stands a rule. */
static void put_text(struct extraction *x, enum write_format f)
{
    if (f == WRITE_MD && x->written > 0)
        output_put(&x->out, STR("\n---\n\n"), x->diags);
    output_put(&x->out, buf_str(&x->text), x->diags);
    x->written++;
}

static void put_checklist(struct extraction *x, const struct checklist *c, enum write_format f)
{
    struct write_settings s = { .lang = x->o->lang, .all = x->o->all, .program = STR("qingdan"), .version = STR(QINGDAN_VERSION) };
    buf_clear(&x->text);
    write_checklist(&x->text, c, f, &s);
    put_text(x, f);
}

static void show_document_diags(const struct extraction *x, const struct diags *d, bool errors_only)
{
    struct buf text;
    buf_init(&text, BUF_NO_CEILING);
    for (size_t i = 0; i < d->list.count; i++) {
        if (!errors_only || diag_level(d->list.at[i].code) == DIAG_LEVEL_ERROR)
            show_add_diag(&text, &d->list.at[i], x->o->lang, show_colour(stderr));
    }
    fwrite(buf_str(&text).at, 1, text.len, stderr);
    buf_release(&text);
}

/* ---- streams ---- */

/* A record that could not be read has its place in the output too. */
static void put_bad_record(struct extraction *x, struct str id, const struct diag *why, uint32_t line)
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

static void bad_record(struct extraction *x, struct str id, const struct diags *d, uint32_t line, enum write_format f)
{
    x->failed = true;
    show_document_diags(x, d, true);
    if (f == WRITE_MD)
        return;
    put_bad_record(x, id, first_error(d), line);
    put_text(x, f);
}

static bool is_blank(struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] != ' ' && s.at[i] != '\t')
            return false;
    }
    return true;
}

static void read_record(struct extraction *x, const struct input *in, struct str line, enum write_format f)
{
    struct engine_settings s = settings_of(x->o);
    struct engine_document doc = worker_read_record(x->worker, line, str_of(in->path), in->line, &s);
    if (doc.checklist != NULL)
        put_checklist(x, doc.checklist, f);
    else
        bad_record(x, doc.id, doc.diags, in->line, f);
}

static void long_record(struct extraction *x, const struct input *in, enum write_format f)
{
    struct diags *d = diags_new();
    diags_addf(d, DIAG_INPUT_TOO_LARGE, (struct place){ .file = str_of(in->path), .line = in->line }, "%zu MiB", INTAKE_BYTES_MOST >> 20);
    bad_record(x, STR(""), d, in->line, f);
    diags_free(d);
}

static bool extract_stream(struct extraction *x, struct input *in, enum write_format f)
{
    if (f == WRITE_JSON)
        return use_error(x, "流的结果请用 -f jsonl", "use -f jsonl for a stream");
    for (struct str line; !x->out.failed;) {
        switch (input_line(in, &line, x->diags)) {
        case INPUT_END: return true;
        case INPUT_FAILED: return false;
        case INPUT_LINE_TOO_LONG: long_record(x, in, f); break;
        case INPUT_LINE:
            if (!is_blank(line))
                read_record(x, in, line, f);
            break;
        }
    }
    return false;
}

/* ---- files ---- */

static bool extract_document(struct extraction *x, struct input *in, enum write_format f)
{
    struct str bytes;
    if (!input_whole(in, &bytes, x->diags))
        return false;
    struct engine_settings s = settings_of(x->o);
    struct engine_document doc = worker_read_file(x->worker, bytes, str_of(in->path), &s);
    show_document_diags(x, doc.diags, false);
    if (doc.checklist == NULL)
        return false;
    put_checklist(x, doc.checklist, f);
    return true;
}

/* What the input is; false, told, where it cannot be read at all. */
static bool taste(struct extraction *x, struct input *in, bool *stream)
{
    struct str head = input_taste(in, x->diags);
    enum input_format is = x->o->as != INPUT_AUTO ? x->o->as : intake_taste(head, str_of(in->path));
    *stream = is == INPUT_JSONL;
    return !in->failed;
}

static bool extract_opened(struct extraction *x, struct input *in)
{
    bool stream;
    if (!taste(x, in, &stream))
        return false;
    enum write_format f = stream && !x->o->format_given ? WRITE_JSONL : x->o->format;
    if (!output_begin(&x->out, in->path, write_suffix(f), x->diags))
        return false;
    if (x->out.folder)
        x->written = 0;
    bool ok = stream ? extract_stream(x, in, f) : extract_document(x, in, f);
    return output_end(&x->out, ok || x->written > 0, x->diags) && ok;
}

static void extract_input(struct extraction *x, const char *path)
{
    struct input in;
    bool ok = input_open(&in, path, x->diags) && extract_opened(x, &in);
    x->failed |= !ok || x->out.failed;
    input_close(&in);
    show_diags(x->diags, x->o->lang, false);
}

static bool can_write(struct extraction *x)
{
    const struct options *o = x->o;
    bool one = x->out.folder || o->operand_count == 1;
    if (o->format == WRITE_JSON && !one)
        return use_error(x, "多份文件的 JSON 不能连在一起；请用 -f jsonl 或 -o 文件夹/", "several files make no one JSON text; use -f jsonl or -o FOLDER/");
    return true;
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
    show_diags(x.diags, o->lang, false);
    worker_free(x.worker);
    engine_free(e);
    buf_release(&x.text);
    diags_free(x.diags);
    return status;
}
