/*
 * Rule files to drafts: libyaml's only home.
 *
 * file:    lexicons? patterns? rules? disable?
 * Every mapping has a table of the fields it may hold, and every row the function that reads one. A field that cannot be
 * read is told and the next one is read, so a file shows all its mistakes at once.
 */
#include "rule/draft.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "rule/suggest.h"

#define NAMES_MOST 64                   /* of a vocabulary handed to suggest_name */
#define PRIORITY_MOST 1000000

struct reader {
    yaml_document_t *doc;
    const struct rule_file *file;
    const struct rule_schema *schema;
    struct drafts *to;
    struct arena *arena;
    struct diags *d;
    struct draft_rule *rule;            /* the one being read */
    struct draft_guard *guard;
    struct draft_lexicon *lexicon;
    struct draft_fragment *fragment;
};

struct field {
    const char *name;
    void (*read)(struct reader *r, yaml_node_t *value, const struct field *self);
    size_t member;                      /* offset in struct draft_rule, guard or lexicon, where `read` is a plain copy */
};

/* A scalar's text and place; of a list or a mapping only the place. */
static struct draft_text text_of(const struct reader *r, const yaml_node_t *n)
{
    struct draft_text t = { STR(""), r->file, (uint32_t)n->start_mark.line + 1, (uint32_t)n->start_mark.column + 1, DRAFT_PLAIN };
    if (n->type != YAML_SCALAR_NODE)
        return t;
    switch (n->data.scalar.style) {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: t.style = DRAFT_SINGLE; break;
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: t.style = DRAFT_DOUBLE; break;
    case YAML_LITERAL_SCALAR_STYLE: t.style = DRAFT_LITERAL; break;
    case YAML_FOLDED_SCALAR_STYLE: t.style = DRAFT_FOLDED; break;
    default: break;
    }
    t.text = arena_keep(r->arena, (struct str){ (const char *)n->data.scalar.value, n->data.scalar.length });
    return t;
}

static yaml_node_t *node(struct reader *r, int index)
{
    return yaml_document_get_node(r->doc, index);
}

/* The value as a scalar; false, told, where it is a list or a mapping. */
static bool scalar(struct reader *r, yaml_node_t *n, const char *field, struct draft_text *out)
{
    *out = text_of(r, n);
    if (n->type == YAML_SCALAR_NODE)
        return true;
    draft_complain(out, 0, DIAG_RULE_VALUE, r->d, "%s: 应为一个词或一句话", field);
    return false;
}

/* Every scalar of a list, or the one scalar that stands for a list of one. */
static void scalars(struct reader *r, yaml_node_t *n, const char *field, struct draft_texts *out)
{
    struct draft_text t;
    if (n->type != YAML_SEQUENCE_NODE) {
        if (scalar(r, n, field, &t))
            *VEC_ADD(r->arena, out) = t;
        return;
    }
    for (yaml_node_item_t *i = n->data.sequence.items.start; i < n->data.sequence.items.top; i++) {
        if (scalar(r, node(r, *i), field, &t))
            *VEC_ADD(r->arena, out) = t;
    }
}

static const struct field *field_find(const struct field *fields, size_t count, struct str name)
{
    for (size_t i = 0; i < count; i++) {
        if (str_is(name, fields[i].name))
            return &fields[i];
    }
    return NULL;
}

static void complain_field(struct reader *r, const struct draft_text *name, const struct field *fields, size_t count)
{
    const char *names[NAMES_MOST];
    for (size_t i = 0; i < count && i < NAMES_MOST; i++)
        names[i] = fields[i].name;
    const char *meant = suggest_name(names, count < NAMES_MOST ? count : NAMES_MOST, name->text);
    draft_complain(name, 0, DIAG_RULE_FIELD, r->d, meant == NULL ? "%.*s" : "%.*s → %s?", STR_ARG(name->text), meant);
}

static bool key_repeated(struct reader *r, yaml_node_t *n, const yaml_node_pair_t *pair, const struct draft_text *key)
{
    for (yaml_node_pair_t *p = n->data.mapping.pairs.start; p < pair; p++) {
        const yaml_node_t *other = node(r, p->key);
        if (other->type == YAML_SCALAR_NODE &&
            str_eq(key->text, (struct str){ (const char *)other->data.scalar.value, other->data.scalar.length })) {
            draft_complain(key, 0, DIAG_RULE_VALUE, r->d, "%.*s: 重复出现", STR_ARG(key->text));
            return true;
        }
    }
    return false;
}

/* Calls `each` with every pair of a mapping, repeated keys told and left out. */
static void pairs(struct reader *r, yaml_node_t *n, const char *what, const void *more,
                  void (*each)(struct reader *r, const struct draft_text *key, yaml_node_t *value, const void *more))
{
    struct draft_text place = text_of(r, n);
    if (n->type != YAML_MAPPING_NODE) {
        draft_complain(&place, 0, DIAG_RULE_VALUE, r->d, "%s: 应为“名称: 值”", what);
        return;
    }
    for (yaml_node_pair_t *p = n->data.mapping.pairs.start; p < n->data.mapping.pairs.top; p++) {
        struct draft_text key;
        if (scalar(r, node(r, p->key), what, &key) && !key_repeated(r, n, p, &key))
            each(r, &key, node(r, p->value), more);
    }
}

struct fields { const struct field *at; size_t count; };
#define FIELDS(table) (&(struct fields){ (table), sizeof(table) / sizeof *(table) })

static void read_field(struct reader *r, const struct draft_text *key, yaml_node_t *value, const void *more)
{
    const struct fields *fields = more;
    const struct field *f = field_find(fields->at, fields->count, key->text);
    if (f == NULL)
        complain_field(r, key, fields->at, fields->count);
    else
        f->read(r, value, f);
}

static void mapping(struct reader *r, yaml_node_t *n, const char *what, const struct fields *fields)
{
    pairs(r, n, what, fields, read_field);
}

/* The index of a scalar in a vocabulary; -1, told, where it is none of them. */
static int choice(struct reader *r, const struct draft_text *t, const char *field, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (str_is(t->text, names[i]))
            return (int)i;
    }
    const char *meant = suggest_name(names, count, t->text);
    draft_complain(t, 0, DIAG_RULE_VALUE, r->d, meant == NULL ? "%s: %.*s" : "%s: %.*s → %s?", field, STR_ARG(t->text), meant);
    return -1;
}

static void flag(struct reader *r, yaml_node_t *n, const char *field, bool *out)
{
    static const char *const words[] = { "false", "true" };
    struct draft_text t;
    int i = scalar(r, n, field, &t) ? choice(r, &t, field, words, 2) : -1;
    if (i >= 0)
        *out = i == 1;
}

/* A plain field of a rule. */
static void rule_text(struct reader *r, yaml_node_t *value, const struct field *self)
{
    scalar(r, value, self->name, (struct draft_text *)(void *)((char *)r->rule + self->member));
}

static void rule_texts(struct reader *r, yaml_node_t *value, const struct field *self)
{
    scalars(r, value, self->name, (struct draft_texts *)(void *)((char *)r->rule + self->member));
}

static void rule_type_read(struct reader *r, yaml_node_t *value, const struct field *self)
{
    if (!scalar(r, value, self->name, &r->rule->type_name))
        return;
    int i = choice(r, &r->rule->type_name, self->name, r->schema->types.names, r->schema->types.count);
    if (i >= 0)
        r->rule->type = (uint8_t)i;
}

static void rule_status_read(struct reader *r, yaml_node_t *value, const struct field *self)
{
    static const char *const words[] = { "experimental", "test", "stable" };
    struct draft_text t;
    int i = scalar(r, value, self->name, &t) ? choice(r, &t, self->name, words, 3) : -1;
    if (i >= 0)
        r->rule->status = (enum rule_status)i;
}

static void rule_overlap_read(struct reader *r, yaml_node_t *value, const struct field *self)
{
    static const char *const words[] = { "all", "longest", "leftmost", "contained" };
    struct draft_text t;
    int i = scalar(r, value, self->name, &t) ? choice(r, &t, self->name, words, 4) : -1;
    if (i >= 0)
        r->rule->overlap = (enum rule_overlap)i;
}

static bool number(struct reader *r, yaml_node_t *value, const char *field, double least, double most, double *out)
{
    struct draft_text t;
    if (!scalar(r, value, field, &t))
        return false;
    char *end;
    double n = strtod(t.text.at, &end);         /* arena_keep put a NUL behind it */
    if (t.text.len > 0 && end == t.text.at + t.text.len && n >= least && n <= most) {
        *out = n;
        return true;
    }
    draft_complain(&t, 0, DIAG_RULE_VALUE, r->d, "%s: %.*s（%g–%g）", field, STR_ARG(t.text), least, most);
    return false;
}

static void rule_priority_read(struct reader *r, yaml_node_t *value, const struct field *self)
{
    double n;
    if (number(r, value, self->name, -PRIORITY_MOST, PRIORITY_MOST, &n))
        r->rule->priority = (int32_t)n;
}

static void rule_score_read(struct reader *r, yaml_node_t *value, const struct field *self)
{
    number(r, value, self->name, 0, 1, &r->rule->score);
}

static void rule_override_read(struct reader *r, yaml_node_t *value, const struct field *self)
{
    flag(r, value, self->name, &r->rule->override);
}

static uint32_t bits_of(struct reader *r, yaml_node_t *value, const char *field, struct rule_names names)
{
    struct draft_texts words = { 0 };
    scalars(r, value, field, &words);
    uint32_t bits = 0;
    for (size_t i = 0; i < words.count; i++) {
        int n = choice(r, &words.at[i], field, names.names, names.count);
        if (n >= 0)
            bits |= UINT32_C(1) << n;
    }
    return bits;
}

static void where_kinds(struct reader *r, yaml_node_t *value, const struct field *self)
{
    r->rule->kinds = bits_of(r, value, self->name, r->schema->kinds);
}

static void where_zones(struct reader *r, yaml_node_t *value, const struct field *self)
{
    r->rule->zones = bits_of(r, value, self->name, r->schema->zones);
}

static void rule_where(struct reader *r, yaml_node_t *value, const struct field *self)
{
    static const struct field fields[] = { { "kinds", where_kinds, 0 }, { "zones", where_zones, 0 } };
    mapping(r, value, self->name, FIELDS(fields));
}

static void guard_text(struct reader *r, yaml_node_t *value, const struct field *self)
{
    scalar(r, value, self->name, (struct draft_text *)(void *)((char *)r->guard + self->member));
}

/* `member` is the side, doubled, plus one where the pattern must match. */
static void guard_pattern(struct reader *r, yaml_node_t *value, const struct field *self)
{
    struct draft_text t;
    if (!scalar(r, value, self->name, &t))
        return;
    if (r->guard->pattern.file != NULL) {
        draft_complain(&t, 0, DIAG_RULE_VALUE, r->d, "%s: 一个条件只能有一个匹配式", self->name);
        return;
    }
    r->guard->pattern = t;
    r->guard->side = (enum guard_side)(self->member / 2);
    r->guard->must = self->member % 2 == 1;
    r->guard->side_name = self->name;
}

static void guard_read(struct reader *r, yaml_node_t *n)
{
    static const struct field fields[] = {
        { "name", guard_text, offsetof(struct draft_guard, name) },
        { "why", guard_text, offsetof(struct draft_guard, why) },
        { "before", guard_pattern, GUARD_BEFORE * 2 + 1 },
        { "after", guard_pattern, GUARD_AFTER * 2 + 1 },
        { "around", guard_pattern, GUARD_AROUND * 2 + 1 },
        { "not_before", guard_pattern, GUARD_BEFORE * 2 },
        { "not_after", guard_pattern, GUARD_AFTER * 2 },
        { "not_around", guard_pattern, GUARD_AROUND * 2 },
    };
    struct draft_text place = text_of(r, n);
    struct draft_guard g = { 0 };
    r->guard = &g;
    mapping(r, n, "guards", FIELDS(fields));
    r->guard = NULL;
    if (g.name.file == NULL)
        draft_complain(&place, 0, DIAG_RULE_MISSING, r->d, "guards: name");
    for (size_t i = 0; i < r->rule->guards.count; i++) {
        if (g.name.file != NULL && str_eq(r->rule->guards.at[i].name.text, g.name.text))
            draft_complain(&g.name, 0, DIAG_RULE_VALUE, r->d, "guards: %.*s: 重复出现", STR_ARG(g.name.text));
    }
    if (g.pattern.file == NULL)
        draft_complain(&place, 0, DIAG_RULE_MISSING, r->d, "guards: before | after | around | not_before | not_after | not_around");
    else
        *VEC_ADD(r->arena, &r->rule->guards) = g;
}

static void rule_guards(struct reader *r, yaml_node_t *value, const struct field *self)
{
    struct draft_text place = text_of(r, value);
    if (value->type != YAML_SEQUENCE_NODE) {
        draft_complain(&place, 0, DIAG_RULE_VALUE, r->d, "%s: 应为列表", self->name);
        return;
    }
    for (yaml_node_item_t *i = value->data.sequence.items.start; i < value->data.sequence.items.top; i++)
        guard_read(r, node(r, *i));
}

static void capture_read(struct reader *r, const struct draft_text *key, yaml_node_t *value, const void *more)
{
    (void)more;
    struct draft_text t;
    if (scalar(r, value, "captures", &t))
        *VEC_ADD(r->arena, &r->rule->captures) = (struct draft_pair){ *key, t };
}

static void rule_captures(struct reader *r, yaml_node_t *value, const struct field *self)
{
    pairs(r, value, self->name, NULL, capture_read);
}

static void fixed_read(struct reader *r, const struct draft_text *key, yaml_node_t *value, const void *more)
{
    (void)more;
    struct draft_text t;
    if (scalar(r, value, "set", &t))
        *VEC_ADD(r->arena, &r->rule->fixed) = (struct draft_pair){ *key, t };
}

static void rule_set_fields(struct reader *r, yaml_node_t *value, const struct field *self)
{
    pairs(r, value, self->name, NULL, fixed_read);
}

static void rule_examples(struct reader *r, yaml_node_t *value, const struct field *self)
{
    static const struct field fields[] = {
        { "match", rule_texts, offsetof(struct draft_rule, match) },
        { "reject", rule_texts, offsetof(struct draft_rule, reject) },
    };
    mapping(r, value, self->name, FIELDS(fields));
}

static bool id_is_sound(struct str id)
{
    for (size_t i = 0; i < id.len; i++) {
        if ((unsigned char)id.at[i] <= ' ' || strchr("#,;:'\"[]{}", id.at[i]) != NULL)
            return false;
    }
    return id.len > 0;
}

static void check_required(struct reader *r, const struct draft_rule *rule)
{
    const struct { const char *name; const struct draft_text *t; } required[] = {
        { "id", &rule->id }, { "type", &rule->type_name }, { "pattern", &rule->pattern },
    };
    for (size_t i = 0; i < sizeof required / sizeof *required; i++) {
        if (required[i].t->file == NULL)
            draft_complain(&rule->start, 0, DIAG_RULE_MISSING, r->d, "%s", required[i].name);
    }
    if (rule->id.file != NULL && !id_is_sound(rule->id.text))
        draft_complain(&rule->id, 0, DIAG_RULE_VALUE, r->d, "id: “%.*s”", STR_ARG(rule->id.text));
}

/* The last line of a node that holds something; the mark behind a block stands at whatever comes next. */
static uint32_t last_line_of(const struct reader *r, const yaml_node_t *n)
{
    uint32_t last = (uint32_t)n->end_mark.line + (n->end_mark.column > 0 ? 1 : 0);
    for (; last > n->start_mark.line + 1; last--) {
        struct str line = text_line(r->file->text, last);
        size_t i = 0;
        while (i < line.len && (line.at[i] == ' ' || line.at[i] == '\t'))
            i++;
        bool next_item = i <= n->start_mark.column && line.at[i] == '-';
        if (i < line.len && line.at[i] != '#' && !next_item && (i >= n->start_mark.column || n->end_mark.column > n->start_mark.column))
            break;
    }
    return last;
}

static void rule_read_one(struct reader *r, yaml_node_t *n)
{
    static const struct field fields[] = {
        { "id", rule_text, offsetof(struct draft_rule, id) },
        { "title", rule_text, offsetof(struct draft_rule, title) },
        { "type", rule_type_read, 0 },
        { "status", rule_status_read, 0 },
        { "where", rule_where, 0 },
        { "pattern", rule_text, offsetof(struct draft_rule, pattern) },
        { "guards", rule_guards, 0 },
        { "captures", rule_captures, 0 },
        { "set", rule_set_fields, 0 },
        { "priority", rule_priority_read, 0 },
        { "score", rule_score_read, 0 },
        { "overlap", rule_overlap_read, 0 },
        { "override", rule_override_read, 0 },
        { "notes", rule_text, offsetof(struct draft_rule, notes) },
        { "unliteral", rule_text, offsetof(struct draft_rule, unliteral) },
        { "references", rule_texts, offsetof(struct draft_rule, references) },
        { "examples", rule_examples, 0 },
    };
    struct draft_rule rule = {
        .start = text_of(r, n), .last_line = last_line_of(r, n), .status = RULE_STABLE, .overlap = RULE_OVERLAP_LONGEST,
        .kinds = UINT32_MAX, .zones = UINT32_MAX, .score = 1,
    };
    r->rule = &rule;
    mapping(r, n, "rules", FIELDS(fields));
    r->rule = NULL;
    if (n->type != YAML_MAPPING_NODE)
        return;
    check_required(r, &rule);
    *VEC_ADD(r->arena, &r->to->rules) = rule;
}

static void file_rules(struct reader *r, yaml_node_t *value, const struct field *self)
{
    struct draft_text place = text_of(r, value);
    if (value->type != YAML_SEQUENCE_NODE) {
        if (value->type != YAML_SCALAR_NODE || value->data.scalar.length > 0)
            draft_complain(&place, 0, DIAG_RULE_VALUE, r->d, "%s: 应为列表", self->name);
        return;
    }
    for (yaml_node_item_t *i = value->data.sequence.items.start; i < value->data.sequence.items.top; i++)
        rule_read_one(r, node(r, *i));
}

static void lexicon_texts(struct reader *r, yaml_node_t *value, const struct field *self)
{
    scalars(r, value, self->name, (struct draft_texts *)(void *)((char *)r->lexicon + self->member));
}

static void lexicon_replace(struct reader *r, yaml_node_t *value, const struct field *self)
{
    r->lexicon->replace = true;
    scalars(r, value, self->name, &r->lexicon->words);
}

/* May {{name}} stand for it? */
static bool name_is_sound(struct str name)
{
    for (size_t i = 0; i < name.len; i++) {
        char c = name.at[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'))
            return false;
    }
    return name.len > 0;
}

static void lexicon_read(struct reader *r, const struct draft_text *key, yaml_node_t *value, const void *more)
{
    (void)more;
    static const struct field fields[] = {
        { "add", lexicon_texts, offsetof(struct draft_lexicon, words) },
        { "remove", lexicon_texts, offsetof(struct draft_lexicon, remove) },
        { "replace", lexicon_replace, 0 },
    };
    struct draft_lexicon l = { .name = *key };
    if (!name_is_sound(key->text)) {
        draft_complain(key, 0, DIAG_RULE_VALUE, r->d, "lexicons: “%.*s”（a–z 0–9 _）", STR_ARG(key->text));
        return;
    }
    if (value->type == YAML_MAPPING_NODE) {
        l.change = true;
        r->lexicon = &l;
        mapping(r, value, "lexicons", FIELDS(fields));
        r->lexicon = NULL;
    } else {
        scalars(r, value, "lexicons", &l.words);
    }
    *VEC_ADD(r->arena, &r->to->lexicons) = l;
}

static void file_lexicons(struct reader *r, yaml_node_t *value, const struct field *self)
{
    if (value->type != YAML_SCALAR_NODE || value->data.scalar.length > 0)
        pairs(r, value, self->name, NULL, lexicon_read);
}

static void fragment_text(struct reader *r, yaml_node_t *value, const struct field *self)
{
    scalar(r, value, self->name, &r->fragment->pattern);
}

static void fragment_read(struct reader *r, const struct draft_text *key, yaml_node_t *value, const void *more)
{
    (void)more;
    static const struct field fields[] = { { "replace", fragment_text, 0 } };
    struct draft_fragment f = { .name = *key, .change = value->type == YAML_MAPPING_NODE };
    if (!name_is_sound(key->text)) {
        draft_complain(key, 0, DIAG_RULE_VALUE, r->d, "patterns: “%.*s”（a–z 0–9 _）", STR_ARG(key->text));
        return;
    }
    if (f.change) {
        r->fragment = &f;
        mapping(r, value, "patterns", FIELDS(fields));
        r->fragment = NULL;
    } else {
        scalar(r, value, "patterns", &f.pattern);
    }
    *VEC_ADD(r->arena, &r->to->fragments) = f;
}

static void file_patterns(struct reader *r, yaml_node_t *value, const struct field *self)
{
    if (value->type != YAML_SCALAR_NODE || value->data.scalar.length > 0)
        pairs(r, value, self->name, NULL, fragment_read);
}

static void file_disable(struct reader *r, yaml_node_t *value, const struct field *self)
{
    scalars(r, value, self->name, &r->to->disabled);
}

static void document(struct reader *r, yaml_node_t *root)
{
    static const struct field fields[] = {
        { "lexicons", file_lexicons, 0 }, { "patterns", file_patterns, 0 }, { "rules", file_rules, 0 }, { "disable", file_disable, 0 },
    };
    if (root->type != YAML_SCALAR_NODE || root->data.scalar.length > 0)
        mapping(r, root, "lexicons | patterns | rules | disable", FIELDS(fields));
}

static uint32_t line_of_byte(struct str text, size_t at)
{
    uint32_t line = 1;
    for (size_t i = 0; i < at && i < text.len; i++)
        line += text.at[i] == '\n';
    return line;
}

static void complain_syntax(struct reader *r, const yaml_parser_t *p)
{
    struct place place = { r->file->name, (uint32_t)p->problem_mark.line + 1, (uint32_t)p->problem_mark.column + 1 };
    if (p->error == YAML_READER_ERROR)
        place = (struct place){ r->file->name, line_of_byte(r->file->text, p->problem_offset), 0 };
    struct buf detail;
    buf_init(&detail, 1024);
    buf_addz(&detail, p->problem == NULL ? "?" : p->problem);
    if (p->context != NULL)
        buf_addf(&detail, " (%s, %zu:%zu)", p->context, p->context_mark.line + 1, p->context_mark.column + 1);
    diags_add(r->d, DIAG_RULE_YAML, place, text_line(r->file->text, place.line), buf_str(&detail));
    buf_release(&detail);
}

/* Reads the next document of the file; false: that was the last. */
static bool read_next(struct reader *r, yaml_parser_t *parser)
{
    yaml_document_t doc;
    if (!yaml_parser_load(parser, &doc)) {
        complain_syntax(r, parser);
        return false;
    }
    r->doc = &doc;
    yaml_node_t *root = yaml_document_get_root_node(&doc);
    if (root != NULL)
        document(r, root);
    yaml_document_delete(&doc);
    return root != NULL;
}

void rule_read(struct drafts *to, const struct rule_file *file, const struct rule_schema *schema, struct diags *d)
{
    struct reader r = { .file = file, .schema = schema, .to = to, .arena = to->arena, .d = d };
    yaml_parser_t parser;
    if (!yaml_parser_initialize(&parser)) {
        diags_addf(d, DIAG_RULE_FILE, (struct place){ .file = file->name }, "libyaml");
        return;
    }
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)file->text.at, file->text.len);
    while (read_next(&r, &parser)) {
    }
    yaml_parser_delete(&parser);
}
