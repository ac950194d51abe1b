/*
 * qingdan verify: does every quote of a checklist still stand in its source?
 *
 * The source is read again, without rules; each object of the checklist that has start, end and text is a quote, wherever
 * in the checklist it stands. Checklists of a stream are held against its records one by one, in order.
 */
#include <cJSON.h>
#include <math.h>
#include <stdio.h>

#include "cli/commands.h"
#include "cli/input.h"
#include "cli/show.h"

#define CUT_CHARACTERS 40       /* of a quote in a message */

struct verification {
    const struct options *o;
    struct arena *arena;        /* of one checklist and its source */
    struct diags *diags;
    struct str checklist;       /* its path */
    const char *source;         /* given on the command line, or NULL */
    struct input stream;        /* source of records, open where stream.path is not NULL */
    struct buf file;            /* bytes of a source that is one document */
    uint32_t line;              /* of the checklist in a JSON Lines file, 0 in a file of one */
    size_t checklists, quotes;
};

static void complain(struct verification *v, enum diag_code code, struct str detail)
{
    diags_add(v->diags, code, (struct place){ .file = v->checklist, .line = v->line }, STR(""), detail);
}

/* ---- JSON ---- */

static struct str member(const cJSON *object, const char *name)
{
    const cJSON *m = cJSON_GetObjectItemCaseSensitive(object, name);
    return cJSON_IsString(m) ? str_of(m->valuestring) : STR("");
}

/* A whole number that an offset can be. */
static bool offset(const cJSON *object, const char *name, uint32_t *out)
{
    const cJSON *m = cJSON_GetObjectItemCaseSensitive(object, name);
    if (!cJSON_IsNumber(m) || !(m->valuedouble >= 0) || m->valuedouble > UINT32_MAX || floor(m->valuedouble) < m->valuedouble)
        return false;
    *out = (uint32_t)m->valuedouble;
    return true;
}

static bool is_checklist(const cJSON *root)
{
    const cJSON *document = cJSON_GetObjectItemCaseSensitive(root, "document");
    return cJSON_IsObject(document) && member(document, "sha256").len == 64 && member(document, "format").len > 0 &&
           cJSON_IsArray(cJSON_GetObjectItemCaseSensitive(root, "items"));
}

/* ---- quotes ---- */

/* The first characters of a quote, for a message. */
static struct str cut(struct str s)
{
    size_t i = 0, n = 0;
    while (i < s.len && n < CUT_CHARACTERS) {
        i++;
        while (i < s.len && ((unsigned char)s.at[i] & 0xC0) == 0x80)
            i++;
        n++;
    }
    return (struct str){ s.at, i };
}

/* The decoded text from start to end, exactly; points past the end of the document give false. */
static bool text_at(struct verification *v, const struct pages *p, uint32_t start, uint32_t end, struct str *out)
{
    uint32_t points = pages_points(p, p->text.len);
    if (start > end || end > points)
        return false;
    *out = ustr_to_utf8(v->arena, ustr_sub(p->text, pages_unit(p, start), pages_unit(p, end)));
    return true;
}

/* A UTF-8 file holds a quote's bytes as they are. */
static bool bytes_stand(const struct verification *v, const struct pages *p, const cJSON *quote, struct str text)
{
    uint32_t start, end;
    if (p->byte_at == NULL || strcmp(p->charset, "UTF-8") != 0 || p->bad_bytes > 0)
        return true;
    if (!offset(quote, "byte_start", &start) || !offset(quote, "byte_end", &end))
        return true;
    return start <= end && end <= v->file.len && str_eq((struct str){ v->file.at + start, end - start }, text);
}

static bool heading_stands(struct str found, struct str marker, struct str title)
{
    return found.len >= marker.len + title.len && memcmp(found.at, marker.at, marker.len) == 0 &&
           memcmp(found.at + found.len - title.len, title.at, title.len) == 0;
}

/* A quote has `text`, which must stand there as it is; a heading has `title`, behind its `marker`. */
static void check_quote(struct verification *v, const struct pages *p, const cJSON *quote)
{
    bool heading = cJSON_HasObjectItem(quote, "title");
    uint32_t start = 0, end = 0;
    struct str text = member(quote, heading ? "title" : "text"), found = STR("");
    if ((!heading && !cJSON_HasObjectItem(quote, "text")) || !cJSON_HasObjectItem(quote, "start") || !cJSON_HasObjectItem(quote, "end"))
        return;
    v->quotes++;
    bool stands = offset(quote, "start", &start) && offset(quote, "end", &end) && text_at(v, p, start, end, &found) &&
                  bytes_stand(v, p, quote, found) &&
                  (heading ? heading_stands(found, member(quote, "marker"), text) : str_eq(found, text));
    if (stands)
        return;
    struct buf detail;
    buf_init(&detail, BUF_NO_CEILING);
    buf_addf(&detail, "%u-%u “%.*s” ≠ “%.*s”", (unsigned)start, (unsigned)end, STR_ARG(cut(text)), STR_ARG(cut(found)));
    complain(v, DIAG_VERIFY_QUOTE, buf_str(&detail));
    buf_release(&detail);
}

/* cJSON has bounded the depth. */
static void check_quotes(struct verification *v, const struct pages *p, const cJSON *value)
{
    if (cJSON_IsObject(value))
        check_quote(v, p, value);
    for (const cJSON *inner = value->child; inner != NULL; inner = inner->next)
        check_quotes(v, p, inner);
}

/* ---- sources ---- */

static bool is_blank(struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] != ' ' && s.at[i] != '\t')
            return false;
    }
    return true;
}

static bool open_stream(struct verification *v, const char *path)
{
    if (v->stream.path != NULL && strcmp(v->stream.path, path) == 0)
        return true;
    if (v->stream.path != NULL)
        input_close(&v->stream);
    if (input_open(&v->stream, arena_keep(v->diags->arena, str_of(path)).at, v->diags))
        return true;
    v->stream.path = NULL;
    return false;
}

/* The next record of the stream that is not blank; false at its end. */
static bool next_record(struct verification *v, struct str *line)
{
    while (v->stream.path != NULL && input_line(&v->stream, line, v->diags) == INPUT_LINE) {
        if (!is_blank(*line))
            return true;
    }
    return false;
}

static const struct pages *record_pages(struct verification *v, const char *path)
{
    struct str line, id;
    if (!open_stream(v, path))
        return NULL;
    if (!next_record(v, &line)) {
        complain(v, DIAG_VERIFY_CHANGED, str_of(path));
        return NULL;
    }
    return record_read(v->arena, line, str_of(path), v->stream.line, &id, v->diags);
}

static const struct pages *file_pages(struct verification *v, const char *path, struct str format)
{
    struct input in;
    struct str bytes;
    int as = name_find(input_format_names, INPUT_FORMAT_COUNT, format);
    bool ok = input_open(&in, path, v->diags) && input_whole(&in, &bytes, v->diags);
    buf_clear(&v->file);
    if (ok)
        buf_add(&v->file, bytes);
    input_close(&in);
    return ok ? intake_read(v->arena, buf_str(&v->file), str_of(path), as < 0 ? INPUT_AUTO : (enum input_format)as, v->diags) : NULL;
}

static const struct pages *source_pages(struct verification *v, const cJSON *document)
{
    struct str format = member(document, "format");
    const char *path = v->source != NULL ? v->source : arena_keep(v->arena, member(document, "name")).at;
    return str_is(format, "jsonl") ? record_pages(v, path) : file_pages(v, path, format);
}

/* ---- checklists ---- */

static void check_checklist(struct verification *v, const cJSON *root)
{
    const cJSON *document = cJSON_GetObjectItemCaseSensitive(root, "document");
    size_t errors = v->diags->errors;
    const struct pages *p = source_pages(v, document);
    v->checklists++;
    if (p == NULL) {
        if (v->diags->errors == errors)
            complain(v, DIAG_VERIFY_CHANGED, member(document, "name"));
        return;
    }
    if (!str_eq(p->sha256, member(document, "sha256")))
        complain(v, DIAG_VERIFY_CHANGED, p->name);
    check_quotes(v, p, root);
}

/* A record that could not be read stands in the output as an error; its place in the stream is passed over. */
static void check_json(struct verification *v, const cJSON *root)
{
    struct str line;
    if (cJSON_IsObject(cJSON_GetObjectItemCaseSensitive(root, "error")) && v->line > 0) {
        if (v->source == NULL || open_stream(v, v->source))
            next_record(v, &line);
    } else if (is_checklist(root)) {
        check_checklist(v, root);
    } else {
        complain(v, DIAG_VERIFY_FORMAT, STR(""));
    }
}

static bool check_text(struct verification *v, struct str text)
{
    arena_reset(v->arena);
    cJSON *root = cJSON_ParseWithLength(text.at, text.len);
    if (root == NULL)
        return false;
    check_json(v, root);
    cJSON_Delete(root);
    return true;
}

/* In JSON Lines every line is an object of its own; a file of one checklist is pretty-printed over many. */
static bool is_object(struct str line)
{
    cJSON *root = cJSON_ParseWithLength(line.at, line.len);
    bool whole = cJSON_IsObject(root);
    cJSON_Delete(root);
    return whole;
}

static void check_lines(struct verification *v, struct input *in, struct str line)
{
    enum input_line got = INPUT_LINE;
    while (got != INPUT_END && got != INPUT_FAILED) {
        v->line = in->line;
        if (got == INPUT_LINE_TOO_LONG || (!is_blank(line) && !check_text(v, line)))
            complain(v, DIAG_VERIFY_FORMAT, STR("JSON"));
        got = input_line(in, &line, v->diags);
    }
    v->line = 0;
    if (next_record(v, &line))
        complain(v, DIAG_VERIFY_CHANGED, str_of(v->stream.path));
}

static void check_whole(struct verification *v, struct input *in, struct str first)
{
    struct buf all;
    struct str rest;
    buf_init(&all, BUF_NO_CEILING);
    buf_add(&all, first);
    buf_addc(&all, '\n');
    if (input_whole(in, &rest, v->diags)) {
        buf_add(&all, rest);
        if (!check_text(v, buf_str(&all)))
            complain(v, DIAG_VERIFY_FORMAT, STR("JSON"));
    }
    buf_release(&all);
}

static void check_file(struct verification *v)
{
    struct input in;
    struct str line = STR("");
    if (input_open(&in, v->o->operands[0], v->diags)) {
        enum input_line got = input_line(&in, &line, v->diags);
        if (got == INPUT_LINE && is_object(line))
            check_lines(v, &in, line);
        else if (got == INPUT_LINE)
            check_whole(v, &in, line);
        else if (got != INPUT_FAILED)
            complain(v, DIAG_VERIFY_FORMAT, STR(""));
    }
    input_close(&in);
}

static void print_sum(const struct verification *v)
{
    if (v->o->lang == LANG_ZH)
        printf("核对清单 %zu 份，引文 %zu 处：%zu 个错误\n", v->checklists, v->quotes, v->diags->errors);
    else
        printf("%zu checklists, %zu quotes: %zu errors\n", v->checklists, v->quotes, v->diags->errors);
}

int command_verify(const struct options *o)
{
    struct verification v = {
        .o = o, .arena = arena_new(), .diags = diags_new(), .checklist = str_of(o->operands[0]),
        .source = o->operand_count > 1 ? o->operands[1] : NULL,
    };
    buf_init(&v.file, BUF_NO_CEILING);
    check_file(&v);
    print_sum(&v);
    int status = v.diags->errors > 0 ? EXIT_FAILED : EXIT_OK;
    show_diags(v.diags, o->lang);
    if (v.stream.path != NULL)
        input_close(&v.stream);
    buf_release(&v.file);
    arena_free(v.arena);
    diags_free(v.diags);
    return status;
}
