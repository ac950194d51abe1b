/*
 * Records of a stream, one JSON object a line.
 *
 * cJSON takes ill-formed UTF-8 for text and stops a string at an escaped NUL, so a record is looked over before it is
 * parsed. The text of a record is exactly its "text": offsets count its code points.
 */
#include <cJSON.h>
#include <stdlib.h>

#include "intake/reader.h"

/* ---- is it a stream ---- */

static bool is_json_space(char16_t u)
{
    return u == u' ' || u == u'\t' || u == u'\r' || u == u'\n';
}

static struct ustr first_line(struct ustr s)
{
    uint32_t start = 0, end;
    while (start < s.len && is_json_space(s.at[start]))
        start++;
    for (end = start; end < s.len && s.at[end] != u'\n';)
        end++;
    return ustr_sub(s, start, end);
}

/* A first line that opens like an object with a member, in a file so named or with a member "text". */
unsigned jsonl_bid(struct ustr head, struct str name)
{
    struct ustr line = first_line(head);
    if (line.len < 2 || line.at[0] != u'{')
        return 0;
    uint32_t i = 1;
    while (i < line.len && is_json_space(line.at[i]))
        i++;
    if (i == line.len || (line.at[i] != u'"' && line.at[i] != u'}'))
        return 0;
    if (name_ends(name, ".jsonl") || name_ends(name, ".ndjson"))
        return 95;
    return ustr_find(line, USTR(u"\"text\""), 0) >= 0 ? 90 : 0;
}

/* ---- a record ---- */

struct record {
    struct arena *arena;
    struct diags *diags;
    struct place place;
    struct str line;
    size_t mended;              /* escapes that name no character */
    bool has_nul;
};

static void tell(const struct record *r, const char *what)
{
    diags_add(r->diags, DIAG_INPUT_RECORD, r->place, STR(""), str_of(what));
}

static struct str trimmed(struct str s)
{
    while (s.len > 0 && (unsigned char)s.at[s.len - 1] <= ' ')
        s.len--;
    return s;
}

/* The four hexadecimal digits of a \u escape whose backslash is at i, or -1. */
static long escaped_unit(struct str s, size_t i)
{
    long unit = 0;
    if (s.len - i < 6 || s.at[i] != '\\' || s.at[i + 1] != 'u')
        return -1;
    for (size_t k = i + 2; k < i + 6; k++) {
        char c = s.at[k];
        int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
        if (digit < 0)
            return -1;
        unit = unit * 16 + digit;
    }
    return unit;
}

/*
 * The line as cJSON can take it: half a surrogate pair becomes U+FFFD, an escaped NUL the noncharacter U+FDD0, which
 * text_of turns back.
 */
static struct str mend_escapes(struct record *r)
{
    struct str s = arena_keep(r->arena, r->line);
    char *at = (char *)s.at;
    for (size_t i = 0; i + 1 < s.len; i++) {
        if (at[i] != '\\')
            continue;
        long unit = escaped_unit(s, i);
        if (unit < 0) {
            i++;
            continue;
        }
        long next = s.len - i >= 12 ? escaped_unit(s, i + 6) : -1;
        bool pair = unit >= 0xD800 && unit < 0xDC00 && next >= 0xDC00 && next < 0xE000;
        if (unit == 0) {
            memcpy(at + i, "\\ufdd0", 6);
            r->has_nul = true;
        } else if (unit >= 0xD800 && unit < 0xE000 && !pair) {
            memcpy(at + i, "\\ufffd", 6);
            r->mended++;
        }
        i += pair ? 11 : 5;
    }
    return s;
}

static struct ustr text_of(const struct record *r, const cJSON *value)
{
    struct ustr s = ustr_from_utf8(r->arena, str_of(value->valuestring));
    for (uint32_t i = 0; r->has_nul && i < s.len; i++) {
        if (s.at[i] == 0xFDD0)
            ((char16_t *)s.at)[i] = 0;
    }
    return s;
}

/* The member as a string in the arena; empty where there is none or it is of another type. */
static struct str member(const struct record *r, const cJSON *object, const char *key)
{
    const cJSON *value = cJSON_GetObjectItemCaseSensitive(object, key);
    if (cJSON_IsString(value))
        return arena_keep(r->arena, str_of(value->valuestring));
    if (!cJSON_IsNumber(value))
        return STR("");
    char *printed = cJSON_PrintUnformatted(value);
    struct str kept = printed == NULL ? STR("") : arena_keep(r->arena, str_of(printed));
    cJSON_free(printed);
    return kept;
}

/* The id of a line that does not parse, if it has one that needs no parser. */
static struct str id_by_eye(struct str s)
{
    static const char key[] = "\"id\"";
    for (size_t i = 0; i + sizeof key - 1 < s.len; i++) {
        if (memcmp(s.at + i, key, sizeof key - 1) != 0)
            continue;
        size_t start = i + sizeof key - 1;
        while (start < s.len && (s.at[start] == ' ' || s.at[start] == ':'))
            start++;
        if (start == s.len || s.at[start] != '"')
            return STR("");
        size_t end = ++start;
        while (end < s.len && s.at[end] != '"' && s.at[end] != '\\')
            end++;
        return end < s.len && s.at[end] == '"' ? (struct str){ s.at + start, end - start } : STR("");
    }
    return STR("");
}

static void take_hints(const struct record *r, const cJSON *object, struct pages *p)
{
    struct str name = member(r, object, "name"), date = member(r, object, "date"), kind = member(r, object, "kind");
    const cJSON *title = cJSON_GetObjectItemCaseSensitive(object, "title");
    p->name = name.len > 0 ? name : r->place.file;
    p->kind_hint = kind.len > 0 ? name_find(doc_kind_names, DOC_KIND_COUNT, kind) : -1;
    if (cJSON_IsString(title))
        p->title_hint = ustr_from_utf8(r->arena, str_of(title->valuestring));
    if (is_iso_date(date))
        p->date_hint = date;
    else if (date.len > 0)
        diags_add(r->diags, DIAG_INPUT_HINT, r->place, STR(""), date);
    if (kind.len > 0 && p->kind_hint < 0)
        diags_add(r->diags, DIAG_INPUT_HINT, r->place, STR(""), kind);
}

static const struct pages *pages_of(const struct record *r, const cJSON *object, struct str id)
{
    const cJSON *text = cJSON_GetObjectItemCaseSensitive(object, "text");
    if (!cJSON_IsString(text)) {
        tell(r, "text");
        return NULL;
    }
    struct pages *p = arena_take(r->arena, sizeof *p);
    p->id = id;
    p->format = input_format_names[INPUT_JSONL];
    p->charset = charset_name(CHARSET_UTF8);
    p->sha256 = sha256_hex(r->arena, r->line);
    p->bad_bytes = r->mended;
    p->text = text_of(r, text);
    take_hints(r, object, p);
    txt_split(r->arena, p);
    pages_find_astral(r->arena, p);
    tell_of_text(r->diags, r->place, p, p->text);
    return p;
}

/* The parsed object, or NULL with a diag. */
static cJSON *parse(struct record *r)
{
    struct str s = mend_escapes(r);
    const char *end = NULL;
    cJSON *object = cJSON_ParseWithLengthOpts(s.at, s.len, &end, false);
    if (cJSON_IsObject(object) && trimmed((struct str){ end, s.len - (size_t)(end - s.at) }).len == 0)
        return object;
    cJSON_Delete(object);
    tell(r, "JSON");
    return NULL;
}

static bool is_utf8(struct arena *a, struct str s)
{
    struct decoded d = charset_decode(a, s, CHARSET_UTF8);
    return d.bad == 0;
}

const struct pages *record_read(struct arena *a, struct str line, struct str stream_name, uint32_t line_number, struct str *id,
                                struct diags *d)
{
    struct record r = { a, d, { stream_name, line_number, 0 }, trimmed(line), 0, false };
    if (line_number == 1 && r.line.len >= 3 && memcmp(r.line.at, "\xEF\xBB\xBF", 3) == 0)
        r.line = (struct str){ r.line.at + 3, r.line.len - 3 };
    *id = arena_keep(a, id_by_eye(r.line));
    if (!is_utf8(a, r.line)) {
        tell(&r, "UTF-8");
        return NULL;
    }
    cJSON *object = parse(&r);
    if (object == NULL)
        return NULL;
    struct str stated = member(&r, object, "id");
    *id = stated;
    const struct pages *p = pages_of(&r, object, stated);
    cJSON_Delete(object);
    return p;
}
