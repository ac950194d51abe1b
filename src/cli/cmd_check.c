/* qingdan check: what cannot be right in documents, a line each. */
#include <stdio.h>
#include <unistd.h>

#include "base/json_out.h"
#include "cli/commands.h"
#include "cli/documents.h"
#include "cli/folders.h"
#include "cli/rooms.h"
#include "cli/show.h"

#define QUOTE_CHARACTERS 40     /* of a quote in a line of text */
#define CHECK_SCHEMA "1"        /* of the JSON; grows when a reader of the old one could be misled */

struct checkup {
    const struct options *o;
    struct worker *worker;
    struct diags *diags;
    struct arena *arena;        /* of one document */
    struct buf text;
    struct json_out json;       /* of one -f json text, over all documents; of each line of -f jsonl */
    size_t documents, failed;
    size_t told[CONSTRAINT_LEVEL_COUNT];        /* at whatever level was asked for */
};

enum report { REPORT_TEXT, REPORT_JSON, REPORT_JSONL };

static enum report report_of(const struct options *o)
{
    return !o->format_given ? REPORT_TEXT : o->format == WRITE_JSON ? REPORT_JSON : REPORT_JSONL;
}

static void put_out(struct checkup *c)
{
    fwrite(buf_str(&c->text).at, 1, c->text.len, stdout);
    buf_clear(&c->text);
}

/* ---- one complaint */

/* The quote on one line, and no longer than can be read at a glance. */
static void add_quote(struct buf *out, struct str s)
{
    size_t i = 0;
    for (size_t n = 0; i < s.len && n < QUOTE_CHARACTERS; n++) {
        i++;
        while (i < s.len && ((unsigned char)s.at[i] & 0xC0) == 0x80)
            i++;
    }
    show_add_safe(out, (struct str){ s.at, i });
    if (i < s.len)
        buf_addz(out, "……");
}

static void add_line(struct checkup *c, const struct checklist *list, const struct complaint *x)
{
    bool zh = c->o->lang == LANG_ZH;
    const struct constraint *broken = x->broken;
    show_add_safe(&c->text, list->document.name);
    if (list->document.id.len > 0) {
        buf_addc(&c->text, '#');
        show_add_safe(&c->text, list->document.id);
    }
    if (x->at.line > 0)
        buf_addf(&c->text, ":%u", (unsigned)x->at.line);
    buf_addf(&c->text, ": %s %s: %s", zh ? constraint_level_words[broken->level] : constraint_level_names[broken->level], broken->name,
             broken->text[c->o->lang]);
    if (x->quote.len > 0) {
        buf_addz(&c->text, zh ? "：" : ": ");
        add_quote(&c->text, x->quote);
    }
    buf_addc(&c->text, '\n');
}

static void put_offset(struct json_out *j, const char *key, bool known, uint32_t n)
{
    json_key(j, key);
    if (known)
        json_uint(j, n);
    else
        json_null(j);
}

/* A result is an object in the list of -f json, a line of its own in -f jsonl. */
static struct json_out *begin_result(struct checkup *c)
{
    if (report_of(c->o) == REPORT_JSONL)
        json_init(&c->json, &c->text, false);
    json_object(&c->json);
    return &c->json;
}

static void end_result(struct checkup *c)
{
    json_object_end(&c->json);
    if (report_of(c->o) == REPORT_JSONL)
        buf_addc(&c->text, '\n');
}

static void add_object(struct checkup *c, const struct checklist *list, const struct complaint *x)
{
    struct json_out *j = begin_result(c);
    json_put_str(j, "file", list->document.name);
    json_put_str_or_null(j, "id", list->document.id);
    put_offset(j, "line", x->at.line > 0, x->at.line);
    put_offset(j, "start", x->at.end > 0, x->at.start);
    put_offset(j, "end", x->at.end > 0, x->at.end);
    json_put_str(j, "level", str_of(constraint_level_names[x->broken->level]));
    json_put_str(j, "name", str_of(x->broken->name));
    json_put_str(j, "message", str_of(x->broken->text[c->o->lang]));
    json_put_str_or_null(j, "quote", x->quote);
    json_put_str_or_null(j, "item", x->item != NULL ? x->item->id : STR(""));
    end_result(c);
}

/* ---- what could not be read */

static void add_error_object(struct checkup *c, const struct diag *why, struct str id)
{
    struct json_out *j = begin_result(c);
    json_put_str(j, "file", why->place.file);
    json_put_str_or_null(j, "id", id);
    put_offset(j, "line", why->place.line > 0, why->place.line);
    json_key(j, "error");
    json_object(j);
    json_put_uint(j, "code", (uint64_t)why->code);
    json_put_str(j, "name", str_of(diag_name(why->code)));
    json_put_str(j, "message", str_of(diag_text(why->code, c->o->lang)));
    json_put_str_or_null(j, "detail", why->detail);
    json_object_end(j);
    end_result(c);
}

/* Told where messages are, and in JSON among the results too: a file that was not read has not passed. */
static void tell_unread(struct checkup *c, const struct diags *d, struct str id)
{
    c->failed++;
    for (size_t i = 0; i < d->list.count && report_of(c->o) != REPORT_TEXT; i++) {
        if (diag_level(d->list.at[i].code) == DIAG_LEVEL_ERROR)
            add_error_object(c, &d->list.at[i], id);
    }
    put_out(c);
    show_document_diags(d, c->o->lang, true);
}

/* ---- documents */

static bool take(void *self, struct engine_document doc, struct document_source from)
{
    struct checkup *c = self;
    if (doc.checklist == NULL) {
        tell_unread(c, doc.diags, doc.id);
        return from.stream;
    }
    arena_reset(c->arena);
    c->documents++;
    struct complaints found = constraints_check(c->arena, doc.checklist);
    for (size_t i = 0; i < found.count; i++) {
        c->told[found.at[i].broken->level]++;
        if (found.at[i].broken->level < c->o->level)
            continue;
        if (report_of(c->o) == REPORT_TEXT)
            add_line(c, doc.checklist, &found.at[i]);
        else
            add_object(c, doc.checklist, &found.at[i]);
    }
    put_out(c);
    return true;
}

static void check_file(void *self, const char *path)
{
    struct checkup *c = self;
    struct documents docs = { .options = c->o, .worker = c->worker, .diags = c->diags, .self = c, .take = take };
    documents_read(&docs, path);
    if (c->diags->errors > 0)
        tell_unread(c, c->diags, STR(""));
    diags_clear(c->diags);
}

static void check_operand(struct checkup *c, const char *path)
{
    folders_walk(path, c->diags, check_file, c);
    if (c->diags->errors > 0)
        tell_unread(c, c->diags, STR(""));
    diags_clear(c->diags);
}

/* ---- the whole */

static void begin(struct checkup *c)
{
    if (report_of(c->o) != REPORT_JSON)
        return;
    json_init(&c->json, &c->text, true);
    json_object(&c->json);
    json_put_str(&c->json, "schema", STR(CHECK_SCHEMA));
    json_key(&c->json, "results");
    json_array(&c->json);
}

static void end(struct checkup *c)
{
    if (report_of(c->o) != REPORT_JSON)
        return;
    json_array_end(&c->json);
    json_key(&c->json, "counts");
    json_object(&c->json);
    json_put_uint(&c->json, "documents", c->documents);
    json_put_uint(&c->json, "unread", c->failed);
    for (size_t level = CONSTRAINT_LEVEL_COUNT; level-- > 0;)
        json_put_uint(&c->json, constraint_level_names[level], c->told[level]);
    json_object_end(&c->json);
    json_object_end(&c->json);
    buf_addc(&c->text, '\n');
    put_out(c);
}

static void show_sum(const struct checkup *c)
{
    if (!isatty(STDERR_FILENO))
        return;
    fprintf(stderr, c->o->lang == LANG_ZH ? "查了 %zu 份：错误 %zu，警告 %zu，提示 %zu；未能读取 %zu\n"
                                          : "%zu documents: %zu errors, %zu warnings, %zu notes; %zu not read\n",
            c->documents, c->told[CONSTRAINT_ERROR], c->told[CONSTRAINT_WARNING], c->told[CONSTRAINT_NOTE], c->failed);
}

static int run(struct checkup *c, const struct engine *e)
{
    size_t breaches = 0;
    c->worker = worker_new(e);
    c->arena = arena_new();
    begin(c);
    for (size_t i = 0; i < c->o->operand_count; i++)
        check_operand(c, c->o->operands[i]);
    end(c);
    show_sum(c);
    for (size_t level = c->o->level; level < CONSTRAINT_LEVEL_COUNT; level++)
        breaches += c->told[level];
    arena_free(c->arena);
    worker_free(c->worker);
    return breaches > 0 || c->failed > 0 ? EXIT_FAILED : EXIT_OK;
}

int command_check(const struct options *o)
{
    struct checkup c = { .o = o, .diags = diags_new() };
    int status = EXIT_FAILED;
    buf_init(&c.text, BUF_NO_CEILING);
    struct engine *e = rooms_engine(o, false, c.diags);
    if (e != NULL)
        status = run(&c, e);
    show_diags(c.diags, o->lang);
    engine_free(e);
    buf_release(&c.text);
    diags_free(c.diags);
    return status;
}
