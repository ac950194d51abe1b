/*
 * The checklist as JSON: everything that is known, each item with its evidence.
 *
 * docs/checklist.schema.json is its contract and docs/output.md its manual. Members are always there; what is not known
 * is null, never a guess and never left out.
 */
#include "base/json_out.h"
#include "write/formats.h"
#include "write/plain.h"

static void put_name(struct json_out *j, const char *key, const char *name)
{
    json_put_str_or_null(j, key, str_of(name));
}

/* Counted from 0 or 1; what is below that is not known. */
static void put_int_from(struct json_out *j, const char *key, int64_t n, int64_t least)
{
    json_key(j, key);
    if (n < least)
        json_null(j);
    else
        json_int(j, n);
}

static void put_strs(struct json_out *j, const char *key, struct strs list)
{
    json_key(j, key);
    json_array(j);
    for (size_t i = 0; i < list.count; i++)
        json_str(j, list.at[i]);
    json_array_end(j);
}

/* Members start, end, byte_start, byte_end, line of the object that is open. */
static void put_at(struct json_out *j, struct at at)
{
    bool in_file = at.byte_end > 0;
    json_put_uint(j, "start", at.start);
    json_put_uint(j, "end", at.end);
    put_int_from(j, "byte_start", in_file ? (int64_t)at.byte_start : -1, 0);
    put_int_from(j, "byte_end", in_file ? (int64_t)at.byte_end : -1, 0);
    put_int_from(j, "line", at.line, 1);
}

static void put_generator(struct json_out *j, const struct checklist *c, const struct write_settings *s)
{
    json_key(j, "generator");
    json_object(j);
    json_put_str(j, "name", s->program);
    json_put_str(j, "version", s->version);
    json_put_str(j, "rules_version", c->rules_version);
    json_put_str(j, "schema", STR(WRITE_SCHEMA));
    json_object_end(j);
}

static void put_document(struct json_out *j, const struct checklist *c)
{
    json_key(j, "document");
    json_object(j);
    json_put_str(j, "name", c->document.name);
    json_put_str_or_null(j, "id", c->document.id);
    put_name(j, "kind", doc_kind_names[c->document.kind]);
    json_put_str_or_null(j, "kind_rule", c->document.kind_rule);
    json_put_str_or_null(j, "title", c->document.title);
    json_key(j, "title_at");
    if (c->document.title_at.end == 0) {
        json_null(j);
    } else {
        json_object(j);
        put_at(j, c->document.title_at);
        json_object_end(j);
    }
    json_put_str_or_null(j, "date", c->document.date);
    json_put_str_or_null(j, "issuer", c->document.issuer);
    json_put_str_or_null(j, "addressee", c->document.addressee);
    put_name(j, "format", c->document.format);
    put_name(j, "charset", c->document.charset);
    json_put_str_or_null(j, "sha256", c->document.sha256);
    json_put_uint(j, "characters", c->document.characters);
    json_put_uint(j, "bad_bytes", c->document.bad_bytes);
    json_object_end(j);
}

static void put_outline(struct json_out *j, const struct checklist *c)
{
    json_key(j, "outline");
    json_array(j);
    for (size_t i = 0; i < c->section_count; i++) {
        const struct section *s = &c->sections[i];
        json_object(j);
        json_put_uint(j, "level", s->level);
        put_int_from(j, "parent", s->parent, 0);
        json_put_str(j, "marker", s->marker);
        json_put_str(j, "title", s->title);
        put_at(j, s->at);
        put_name(j, "zone", zone_names[s->zone]);
        json_put_str_or_null(j, "zone_rule", s->zone_rule);
        json_object_end(j);
    }
    json_array_end(j);
}

/* Headings above an item, outermost first, each on one line. */
static void put_path(struct json_out *j, const struct checklist *c, int32_t section)
{
    int32_t above[32];
    size_t depth = 0;
    for (; section >= 0 && depth < sizeof above / sizeof *above; section = c->sections[section].parent)
        above[depth++] = section;
    json_key(j, "path");
    json_array(j);
    while (depth > 0) {
        const struct section *s = &c->sections[above[--depth]];
        struct buf both;
        buf_init(&both, BUF_NO_CEILING);
        plain_add(&both, s->marker);
        plain_add(&both, s->title);
        json_str(j, buf_str(&both));
        buf_release(&both);
    }
    json_array_end(j);
}

static void put_flags(struct json_out *j, const struct item *item)
{
    const struct { const char *name; bool on; } flags[] = {
        { "masked", item->masked }, { "inferred", item->inferred }, { "cut", item->cut },
        { "hedged", item->hedged }, { "mismatch", item->mismatch },
    };
    json_key(j, "flags");
    json_array(j);
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        if (flags[i].on)
            json_str(j, str_of(flags[i].name));
    }
    json_array_end(j);
}

static void put_score(struct json_out *j, const struct item *item)
{
    const struct { const char *name; double value; } parts[] = {
        { "rule", item->parts.rule }, { "zone", item->parts.zone }, { "guard", item->parts.guard }, { "context", item->parts.context },
    };
    json_key(j, "score");
    json_number(j, item->score);
    json_key(j, "score_parts");
    json_object(j);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        json_key(j, parts[i].name);
        json_number(j, parts[i].value);
    }
    json_object_end(j);
}

static bool name_before(const struct item *item, size_t i)
{
    for (size_t k = 0; k < i; k++) {
        if (str_eq(item->numbers[k].name, item->numbers[i].name))
            return true;
    }
    return false;
}

/* A name that comes again, or none at all, is told apart by its place among the numbers. */
static void put_numbers(struct json_out *j, const struct item *item)
{
    json_key(j, "numbers");
    json_object(j);
    for (size_t i = 0; i < item->number_count; i++) {
        struct str name = item->numbers[i].name;
        struct buf key;
        buf_init(&key, BUF_NO_CEILING);
        buf_add(&key, name);
        if (name.len == 0 || name_before(item, i))
            buf_addf(&key, "#%zu", i + 1);
        buf_addc(&key, '\0');
        json_key(j, key.at);
        json_number(j, item->numbers[i].value);
        buf_release(&key);
    }
    json_object_end(j);
}

static void put_finding(struct json_out *j, const struct item *item)
{
    put_name(j, "category", category_names[item->category]);
    json_put_bool(j, "hedged", item->hedged);
}

static void put_focus(struct json_out *j, const struct item *item)
{
    json_put_str_or_null(j, "set", item->set);
    put_strs(j, "members", item->members);
}

static void put_slogan(struct json_out *j, const struct item *item)
{
    json_put_str(j, "name", item->name);
    put_int_from(j, "declared", item->declared, 0);
    put_strs(j, "members", item->members);
}

static void put_demand(struct json_out *j, const struct item *item)
{
    json_put_str_or_null(j, "actor", item->actor);
    put_name(j, "actor_source", item->actor_source);
    put_name(j, "modality", item->modality);
    put_name(j, "kind", item->kind);
    json_put_bool(j, "actionable", item->actionable);
}

static void put_measure(struct json_out *j, const struct item *item)
{
    json_put_str_or_null(j, "finding", item->finding);
}

static void put_progress(struct json_out *j, const struct item *item)
{
    put_name(j, "state", item->state);
    json_put_str_or_null(j, "finding", item->finding);
}

static void put_deadline(struct json_out *j, const struct item *item)
{
    put_name(j, "kind", item->kind);
    json_put_str_or_null(j, "iso", item->iso);
    json_put_str_or_null(j, "iso_start", item->iso_start);
    put_int_from(j, "n", item->unit != NULL ? item->n : INT64_MIN, INT64_MIN + 1);   /* 会前3天 is -3 */
    put_name(j, "unit", item->unit);
    json_put_str_or_null(j, "from", item->from);
    json_put_str_or_null(j, "recur", item->recur);
    json_put_bool(j, "inferred", item->inferred);
}

static void put_responsibility(struct json_out *j, const struct item *item)
{
    put_name(j, "role", item->role);
    json_put_str(j, "name", item->name);
}

static void put_stat(struct json_out *j, const struct item *item)
{
    put_name(j, "object", item->object);
    put_numbers(j, item);
    json_put_str_or_null(j, "money_unit", item->money_unit);
}

static void put_transfer(struct json_out *j, const struct item *item)
{
    json_put_str_or_null(j, "to", item->to);
    put_int_from(j, "count", item->count, 0);
}

static void put_nothing(struct json_out *j, const struct item *item)
{
    (void)j, (void)item;
}

static void (*const put_fields[ITEM_TYPE_COUNT])(struct json_out *j, const struct item *item) = {
    [ITEM_FINDING] = put_finding,   [ITEM_FOCUS] = put_focus,       [ITEM_SLOGAN] = put_slogan,
    [ITEM_DEMAND] = put_demand,     [ITEM_MEASURE] = put_measure,   [ITEM_PROGRESS] = put_progress,
    [ITEM_DEADLINE] = put_deadline, [ITEM_RESPONSIBILITY] = put_responsibility,
    [ITEM_STAT] = put_stat,         [ITEM_TRANSFER] = put_transfer, [ITEM_CAUSE] = put_nothing,
    [ITEM_COMMITMENT] = put_nothing,
};

static void put_item(struct json_out *j, const struct checklist *c, const struct item *item)
{
    json_object(j);
    json_put_str(j, "type", str_of(item_type_names[item->type]));
    json_put_str(j, "id", item->id);
    put_at(j, item->at);
    json_put_str(j, "text", item->text);
    json_put_str(j, "clean", item->clean);
    put_fields[item->type](j, item);
    put_int_from(j, "section", item->section, 0);
    put_path(j, c, item->section);
    put_name(j, "zone", zone_names[item->zone]);
    json_put_str_or_null(j, "rule", item->rule);
    put_strs(j, "reasons", item->reasons);
    put_score(j, item);
    put_flags(j, item);
    put_strs(j, "notes", item->notes);
    json_put_str_or_null(j, "link", item->link >= 0 ? c->items[item->link].id : STR(""));
    json_object_end(j);
}

static void put_items(struct json_out *j, const struct checklist *c)
{
    json_key(j, "items");
    json_array(j);
    for (size_t i = 0; i < c->item_count; i++)
        put_item(j, c, &c->items[i]);
    json_array_end(j);
}

static void put_rejected(struct json_out *j, const struct checklist *c)
{
    json_key(j, "rejected");
    json_array(j);
    for (size_t i = 0; i < c->reject_count; i++) {
        const struct reject *r = &c->rejects[i];
        json_object(j);
        json_put_str(j, "type", str_of(item_type_names[r->type]));
        json_put_str(j, "verdict", r->verdict == VERDICT_UNRESOLVED ? STR("unresolved") : STR("rejected"));
        put_at(j, r->at);
        json_put_str(j, "text", r->text);
        json_put_str(j, "clean", r->clean);
        put_name(j, "zone", zone_names[r->zone]);
        json_put_str_or_null(j, "rule", r->rule);
        json_put_str_or_null(j, "guard", r->guard);
        json_put_str_or_null(j, "why", r->why);
        json_object_end(j);
    }
    json_array_end(j);
}

static void put_noise(struct json_out *j, const struct checklist *c)
{
    json_key(j, "noise");
    json_array(j);
    for (size_t i = 0; i < c->noise_count; i++) {
        json_object(j);
        put_at(j, c->noise[i].at);
        json_put_str_or_null(j, "rule", c->noise[i].rule);
        json_object_end(j);
    }
    json_array_end(j);
}

static void put_gaps(struct json_out *j, const struct checklist *c)
{
    json_key(j, "gaps");
    json_array(j);
    for (size_t i = 0; i < c->gap_count; i++) {
        json_object(j);
        put_at(j, c->gaps[i].at);
        json_put_str(j, "text", c->gaps[i].text);
        put_int_from(j, "missing", c->gaps[i].missing, 1);
        json_object_end(j);
    }
    json_array_end(j);
}

static void put_warnings(struct json_out *j, const struct checklist *c, enum lang lang)
{
    json_key(j, "warnings");
    json_array(j);
    for (size_t i = 0; i < c->diag_count; i++) {
        const struct diag *d = &c->diags[i];
        json_object(j);
        json_put_uint(j, "code", (uint64_t)d->code);
        put_name(j, "name", diag_name(d->code));
        json_put_str(j, "level", diag_level(d->code) == DIAG_LEVEL_ERROR ? STR("error") : STR("warning"));
        put_name(j, "message", diag_text(d->code, lang));
        json_put_str_or_null(j, "file", d->place.file);
        put_int_from(j, "line", d->place.line, 1);
        put_int_from(j, "column", d->place.column, 1);
        json_put_str_or_null(j, "detail", d->detail);
        json_object_end(j);
    }
    json_array_end(j);
}

static void put_counts(struct json_out *j, const struct checklist *c)
{
    size_t by_type[ITEM_TYPE_COUNT] = {0}, actionable = 0, unresolved = 0;
    for (size_t i = 0; i < c->item_count; i++) {
        by_type[c->items[i].type]++;
        actionable += c->items[i].type == ITEM_DEMAND && c->items[i].actionable;
    }
    for (size_t i = 0; i < c->reject_count; i++)
        unresolved += c->rejects[i].verdict == VERDICT_UNRESOLVED;
    json_key(j, "counts");
    json_object(j);
    json_put_uint(j, "items", c->item_count);
    for (size_t t = 0; t < ITEM_TYPE_COUNT; t++)
        json_put_uint(j, item_type_names[t], by_type[t]);
    json_put_uint(j, "actionable", actionable);
    json_put_uint(j, "rejected", c->reject_count - unresolved);
    json_put_uint(j, "unresolved", unresolved);
    json_put_uint(j, "noise", c->noise_count);
    json_put_uint(j, "gaps", c->gap_count);
    json_put_uint(j, "warnings", c->diag_count);
    json_object_end(j);
}

static void put_checklist(struct buf *out, const struct checklist *c, const struct write_settings *s, bool pretty)
{
    struct json_out j;
    json_init(&j, out, pretty);
    json_object(&j);
    if (c->document.id.len > 0)
        json_put_str(&j, "id", c->document.id);
    put_generator(&j, c, s);
    put_document(&j, c);
    put_counts(&j, c);
    put_outline(&j, c);
    put_items(&j, c);
    put_rejected(&j, c);
    put_noise(&j, c);
    put_gaps(&j, c);
    put_warnings(&j, c, s->lang);
    json_object_end(&j);
    buf_addc(out, '\n');
}

void write_json(struct buf *out, const struct checklist *c, const struct write_settings *s)
{
    put_checklist(out, c, s, true);
}

void write_jsonl(struct buf *out, const struct checklist *c, const struct write_settings *s)
{
    put_checklist(out, c, s, false);
}
