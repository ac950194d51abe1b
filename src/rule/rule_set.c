/* Rule sets: folders of files read, merged, compiled and checked. */
#include "rule/body.h"
#include "rule/family.h"

#include <sha256.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/files.h"

#define FILE_BYTES_MOST ((size_t)16 * 1024 * 1024)
#define FOLDER_DEPTH_MOST 16

struct rule_set {
    struct arena *arena;
    const struct rule_schema *schema;
    struct rule *rules;
    size_t count;
    const struct rule **by_id;
    struct lexicons lexicons;
    char version[17];
    uint32_t groups;
};

/* What a load carries about. */
struct loader {
    struct rule_set *set;
    struct drafts drafts;
    struct diags *d;
};

static void read_file(struct loader *l, struct str path)
{
    struct arena *a = l->set->arena;
    struct buf bytes;
    buf_init(&bytes, FILE_BYTES_MOST);
    if (file_read(&bytes, arena_keep(a, path).at, l->d)) {
        struct rule_file *file = arena_take(a, sizeof *file);
        *file = (struct rule_file){ arena_keep(a, path), arena_keep(a, buf_str(&bytes)) };
        rule_read(&l->drafts, file, l->set->schema, l->d);
    }
    buf_release(&bytes);
}

static struct str path_join(struct arena *a, struct str folder, struct str name)
{
    char *to = arena_take(a, folder.len + name.len + 2);
    bool slash = folder.len > 0 && folder.at[folder.len - 1] == '/';
    memcpy(to, folder.at, folder.len);
    if (!slash)
        to[folder.len] = '/';
    memcpy(to + folder.len + !slash, name.at, name.len);
    return (struct str){ to, folder.len + !slash + name.len };
}

static void read_folder(struct loader *l, struct str path, unsigned depth)
{
    struct names names;
    if (depth > FOLDER_DEPTH_MOST || !dir_list(l->set->arena, path.at, &names)) {
        diags_addf(l->d, DIAG_RULE_FILE, (struct place){ .file = path }, "%s", depth > FOLDER_DEPTH_MOST ? "深" : "");
        return;
    }
    for (size_t i = 0; i < names.count; i++) {
        struct str inner = path_join(l->set->arena, path, names.at[i]);
        if (str_is(names.at[i], FAMILIES_FOLDER))
            continue;
        if (file_is_dir(inner.at))
            read_folder(l, inner, depth + 1);
        else if (str_ends(inner, ".yaml"))
            read_file(l, inner);
    }
}

static struct draft_rule *draft_find(struct loader *l, size_t before, struct str id)
{
    for (size_t i = before; i-- > 0;) {
        struct draft_rule *r = &l->drafts.rules.at[i];
        if (!r->dropped && str_eq(r->id.text, id))
            return r;
    }
    return NULL;
}

static void merge_rule(struct loader *l, size_t i)
{
    struct draft_rule *r = &l->drafts.rules.at[i];
    if (r->id.file == NULL)
        return;
    struct draft_rule *older = draft_find(l, i, r->id.text);
    if (older != NULL && r->override)
        older->dropped = true;
    else if (older != NULL)
        draft_complain(&r->id, 0, DIAG_RULE_DUPLICATE, l->d, "%.*s（%.*s:%u）", STR_ARG(r->id.text), STR_ARG(older->id.file->name),
                       (unsigned)older->id.line);
    else if (r->override)
        draft_complain(&r->id, 0, DIAG_RULE_OVERRIDE, l->d, "%.*s", STR_ARG(r->id.text));
}

/* One folder (or file) on top of what was read before. */
static void read_layer(struct loader *l, const char *path)
{
    size_t before = l->drafts.rules.count;
    l->drafts.disabled.count = 0;
    if (file_is_dir(path))
        read_folder(l, arena_keep(l->set->arena, str_of(path)), 0);
    else
        read_file(l, str_of(path));
    for (size_t i = before; i < l->drafts.rules.count; i++)
        merge_rule(l, i);
    for (size_t i = 0; i < l->drafts.disabled.count; i++) {
        const struct draft_text *id = &l->drafts.disabled.at[i];
        struct draft_rule *r = draft_find(l, l->drafts.rules.count, id->text);
        if (r == NULL)
            draft_complain(id, 0, DIAG_RULE_OVERRIDE, l->d, "%.*s", STR_ARG(id->text));
        else
            r->dropped = true;
    }
}

/* Splices and compiles one pattern; NULL, told, where it is no good. */
static struct pattern *compile(struct loader *l, const struct draft_text *t, enum pattern_use use, struct spliced *out)
{
    *out = lexicons_splice(&l->set->lexicons, l->set->arena, t, l->d);
    struct pattern_mistake why;
    struct pattern *p = out->sound ? pattern_new(out->text, use, &why) : NULL;
    if (out->sound && p == NULL)
        draft_complain(t, out->from[why.offset], DIAG_RULE_PATTERN, l->d, "%s", why.message);
    return p;
}

static enum pattern_use use_of(enum guard_side side)
{
    return side == GUARD_BEFORE ? PATTERN_ENDING : side == GUARD_AFTER ? PATTERN_HERE : PATTERN_GUARD;
}

static struct str guard_id(struct arena *a, const struct draft_rule *r, const struct draft_guard *g)
{
    struct buf id;
    buf_init(&id, BUF_NO_CEILING);
    buf_addf(&id, "%.*s#%.*s", STR_ARG(r->id.text), STR_ARG(g->name.text));
    struct str kept = arena_keep(a, buf_str(&id));
    buf_release(&id);
    return kept;
}

static void make_guards(struct loader *l, struct rule_body *b)
{
    struct arena *a = l->set->arena;
    const struct draft_rule *draft = b->draft;
    struct guard *guards = arena_take(a, (draft->guards.count + 1) * sizeof *guards);
    for (size_t i = 0; i < draft->guards.count; i++) {
        const struct draft_guard *g = &draft->guards.at[i];
        guards[i] = (struct guard){ .face = { guard_id(a, draft, g), g->why.text }, .side = g->side, .must = g->must, .draft = g };
        guards[i].pattern = compile(l, &g->pattern, use_of(g->side), &guards[i].spliced);
        guards[i].tree = syntax_read(a, guards[i].spliced.text);
        guards[i].reach = guards[i].tree.odd ? SYNTAX_MANY : syntax_most(guards[i].tree.root);
    }
    b->guards = guards;
    b->guard_count = draft->guards.count;
}

static struct span rows_named(const struct pattern_names *names, const char *name)
{
    struct span rows = { 0, 0 };
    for (uint32_t i = 0; i < names->count; i++) {
        if (!str_is(names->at[i].name, name))
            continue;
        if (rows.end == 0)
            rows.start = i;
        rows.end = i + 1;
    }
    return rows;
}

/* The group that a capture names, by name or number; -1: none such. */
static int group_of(const struct rule_body *b, struct str name)
{
    for (size_t i = 0; i < b->names.count; i++) {
        if (str_eq(b->names.at[i].name, name))
            return (int)b->names.at[i].group;
    }
    uint32_t n = 0;
    for (size_t i = 0; i < name.len && n <= RULE_GROUPS_MOST; i++) {
        if (name.at[i] < '0' || name.at[i] > '9')
            return -1;
        n = n * 10 + (uint32_t)(name.at[i] - '0');
    }
    return name.len > 0 && n <= pattern_group_count(b->pattern) ? (int)n : -1;
}

static void make_fields(struct loader *l, struct rule *r)
{
    struct arena *a = l->set->arena;
    const struct draft_rule *draft = r->body->draft;
    struct rule_field *fields = arena_take(a, (draft->fixed.count + draft->captures.count + 1) * sizeof *fields);
    size_t n = 0;
    for (size_t i = 0; i < draft->fixed.count; i++) {
        struct str value = draft->fixed.at[i].value.text;
        fields[n++] = (struct rule_field){ draft->fixed.at[i].name.text, value, ustr_from_utf8(a, value), -1 };
    }
    for (size_t i = 0; i < draft->captures.count; i++) {
        const struct draft_pair *c = &draft->captures.at[i];
        int group = group_of(r->body, c->value.text);
        if (group < 0)
            draft_complain(&c->value, 0, DIAG_RULE_VALUE, l->d, "captures: %.*s", STR_ARG(c->value.text));
        fields[n++] = (struct rule_field){ .name = c->name.text, .group = group };
    }
    r->fields = fields;
    r->field_count = n;
}

/* What only the compiled pattern can tell is wrong. */
static void check_pattern(struct loader *l, const struct rule_body *b)
{
    const struct draft_text *t = &b->draft->pattern;
    if (pattern_group_count(b->pattern) > RULE_GROUPS_MOST)
        draft_complain(t, 0, DIAG_RULE_PATTERN, l->d, "> %d ( )", RULE_GROUPS_MOST);
    if (pattern_may_be_empty(b->pattern))
        draft_complain(t, 0, DIAG_RULE_PATTERN, l->d, "%.*s: 可以匹配空串", STR_ARG(b->draft->id.text));
}

static void make_pattern(struct loader *l, struct rule *r, struct rule_body *b)
{
    struct arena *a = l->set->arena;
    b->pattern = compile(l, &b->draft->pattern, PATTERN_ANYWHERE, &b->spliced);
    b->tree = syntax_read(a, b->spliced.text);
    if (b->pattern == NULL)
        return;
    check_pattern(l, b);
    b->names = pattern_names(b->pattern, a);
    b->span_names = rows_named(&b->names, "span");
    uint32_t groups = pattern_group_count(b->pattern);
    for (size_t i = 0; i < b->guard_count; i++) {
        uint32_t of_guard = b->guards[i].pattern == NULL ? 0 : pattern_group_count(b->guards[i].pattern);
        groups = of_guard > groups ? of_guard : groups;
    }
    l->set->groups = groups > l->set->groups ? groups : l->set->groups;
    make_fields(l, r);
}

static void make_details(struct arena *a, struct rule_body *b)
{
    const struct draft_rule *draft = b->draft;
    struct rule_details *t = &b->details;
    t->first_line = draft->start.line;
    t->last_line = draft->last_line;
    t->source = text_lines(draft->start.file->text, t->first_line, t->last_line);
    t->pattern = draft->pattern.text;
    t->expanded = ustr_to_utf8(a, b->spliced.text);
    struct rule_guard_details *guards = arena_take(a, (draft->guards.count + 1) * sizeof *guards);
    for (size_t i = 0; i < draft->guards.count; i++) {
        const struct draft_guard *g = &draft->guards.at[i];
        guards[i] = (struct rule_guard_details){ g->name.text, g->why.text, g->pattern.text, g->side_name };
    }
    t->guards = guards;
    t->guard_count = draft->guards.count;
    VEC(struct rule_example) examples = { 0 };
    for (size_t i = 0; i < draft->match.count; i++)
        *VEC_ADD(a, &examples) = (struct rule_example){ draft->match.at[i].text, true, draft->match.at[i].line };
    for (size_t i = 0; i < draft->reject.count; i++)
        *VEC_ADD(a, &examples) = (struct rule_example){ draft->reject.at[i].text, false, draft->reject.at[i].line };
    t->examples = examples.at;
    t->example_count = examples.count;
    t->notes = draft->notes.text;
    VEC(struct str) references = { 0 };
    for (size_t i = 0; i < draft->references.count; i++)
        *VEC_ADD(a, &references) = draft->references.at[i].text;
    t->references = references.at;
    t->reference_count = references.count;
}

static void make_rule(struct loader *l, const struct draft_rule *draft)
{
    struct rule_set *set = l->set;
    struct rule_body *b = arena_take(set->arena, sizeof *b);
    struct rule *r = &set->rules[set->count];
    *r = (struct rule){
        .id = draft->id.text, .title = draft->title.file == NULL ? draft->id.text : draft->title.text,
        .file = draft->start.file->name, .line = draft->start.line, .type = draft->type, .status = draft->status,
        .kinds = draft->kinds, .zones = draft->zones, .priority = draft->priority, .score = draft->score,
        .overlap = draft->overlap, .body = b,
    };
    *b = (struct rule_body){ .set = set, .index = (uint32_t)set->count, .draft = draft };
    set->count++;
    make_guards(l, b);
    make_pattern(l, r, b);
    make_details(set->arena, b);
}

static void make_rules(struct loader *l)
{
    struct rule_set *set = l->set;
    set->rules = arena_take(set->arena, (l->drafts.rules.count + 1) * sizeof *set->rules);
    for (size_t i = 0; i < l->drafts.rules.count; i++) {
        const struct draft_rule *draft = &l->drafts.rules.at[i];
        if (!draft->dropped && draft->pattern.file != NULL)
            make_rule(l, draft);
    }
}

static int by_id(const void *x, const void *y)
{
    const struct rule *a = *(const struct rule *const *)x, *b = *(const struct rule *const *)y;
    size_t n = a->id.len < b->id.len ? a->id.len : b->id.len;
    int order = n == 0 ? 0 : memcmp(a->id.at, b->id.at, n);
    return order != 0 ? order : (a->id.len > b->id.len) - (a->id.len < b->id.len);
}

static void index_rules(struct rule_set *set)
{
    set->by_id = arena_take(set->arena, (set->count + 1) * sizeof *set->by_id);
    for (size_t i = 0; i < set->count; i++)
        set->by_id[i] = &set->rules[i];
    if (set->count > 1)
        qsort(set->by_id, set->count, sizeof *set->by_id, by_id);
}

/* Literals are chosen by how rare they are in texts of the kind; the examples of all rules are such texts. */
static void choose_literals(struct rule_set *set)
{
    struct letter_sample *sample = letter_sample_new();
    struct arena *a = arena_new();
    for (size_t i = 0; i < set->count; i++) {
        const struct rule_details *t = &set->rules[i].body->details;
        for (size_t k = 0; k < t->example_count; k++)
            letter_sample_add(sample, ustr_from_utf8(a, t->examples[k].text));
        arena_reset(a);
    }
    for (size_t i = 0; i < set->count; i++) {
        struct rule_body *b = (struct rule_body *)(uintptr_t)set->rules[i].body;
        b->literals = literals_of(set->arena, a, &b->tree, sample);
        arena_reset(a);
        const struct literals *first = &b->literals.first;
        struct str *written = arena_take(set->arena, (first->count + 1) * sizeof *written);
        for (size_t k = 0; k < first->count; k++)
            written[k] = ustr_to_utf8(set->arena, first->at[k]);
        b->details.literals = written;
        b->details.literal_count = first->count;
    }
    arena_free(a);
    letter_sample_free(sample);
}

/* A field of the hash: its length, so that no two lists of fields give the same bytes, then itself. */
static void hash_str(SHA2_CTX *c, struct str s)
{
    char len[24];
    int n = snprintf(len, sizeof len, "%zu:", s.len);
    SHA256Update(c, (const uint8_t *)len, (size_t)n);
    SHA256Update(c, (const uint8_t *)s.at, s.len);
}

static void hash_number(SHA2_CTX *c, double n)
{
    char text[40];
    int len = snprintf(text, sizeof text, "%.17g", n);
    hash_str(c, (struct str){ text, (size_t)len });
}

static void hash_rule(SHA2_CTX *c, const struct rule *r)
{
    const struct draft_rule *draft = r->body->draft;
    hash_str(c, r->id);
    hash_str(c, r->title);
    hash_str(c, draft->type_name.text);
    hash_str(c, r->body->details.expanded);
    const double numbers[] = { r->status, r->kinds, r->zones, r->priority, r->score, r->overlap, (double)draft->guards.count,
                               (double)r->field_count };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        hash_number(c, numbers[i]);
    for (size_t i = 0; i < r->body->guard_count; i++) {
        const struct guard *g = &r->body->guards[i];
        hash_str(c, g->face.id);
        hash_str(c, g->face.why);
        hash_str(c, str_of(g->draft->side_name));
        struct arena *a = arena_new();
        hash_str(c, ustr_to_utf8(a, g->spliced.text));
        arena_free(a);
    }
    for (size_t i = 0; i < r->field_count; i++) {
        hash_str(c, r->fields[i].name);
        hash_str(c, r->fields[i].value);
        hash_number(c, r->fields[i].group);
    }
}

/* Of what the rules do, not of how their files are laid out: comments, order and examples do not count. */
static void make_version(struct rule_set *set)
{
    SHA2_CTX c;
    uint8_t digest[SHA256_DIGEST_LENGTH];
    SHA256Init(&c);
    for (size_t i = 0; i < set->count; i++)
        hash_rule(&c, set->by_id[i]);
    SHA256Final(digest, &c);
    for (size_t i = 0; i < 8; i++)
        snprintf(set->version + 2 * i, 3, "%02x", digest[i]);
}

static void check_examples_of(struct rule_set *set, struct diags *d)
{
    struct pattern_room *room = pattern_room_new(set->groups);
    for (size_t i = 0; i < set->count; i++)
        examples_hold(&set->rules[i], room, d);
    pattern_room_free(room);
}

static struct loader loader_new(const struct rule_schema *schema, struct diags *d)
{
    struct rule_set *set = must_alloc(sizeof *set);
    *set = (struct rule_set){ .arena = arena_new(), .schema = schema };
    return (struct loader){ .set = set, .drafts = { .arena = set->arena }, .d = d };
}

/* Compiles what was read; the set, or NULL where anything was told since `errors`. */
static struct rule_set *loader_finish(struct loader *l, bool check_examples, size_t errors)
{
    struct rule_set *set = l->set;
    make_rules(l);
    index_rules(set);
    choose_literals(set);
    make_version(set);
    if (check_examples && l->d->errors == errors)
        check_examples_of(set, l->d);
    if (l->d->errors == errors)
        return set;
    rule_set_free(set);
    return NULL;
}

struct rule_set *rule_set_load(const char *const *folders, size_t count, const struct rule_schema *schema,
                               bool check_examples, struct diags *d)
{
    size_t errors = d->errors;
    struct loader l = loader_new(schema, d);
    for (size_t i = 0; i < count; i++)
        read_layer(&l, folders[i]);
    l.set->lexicons = lexicons_make(l.set->arena, l.drafts.lexicons.at, l.drafts.lexicons.count, d);
    fragments_make(&l.set->lexicons, l.set->arena, l.drafts.fragments.at, l.drafts.fragments.count, d);
    return loader_finish(&l, check_examples, errors);
}

struct rule_set *rule_set_of_pattern(const struct rule_set *with, const struct rule_schema *schema, struct str pattern,
                                     struct diags *d)
{
    size_t errors = d->errors;
    struct loader l = loader_new(schema, d);
    struct arena *a = l.set->arena;
    struct rule_file *file = arena_take(a, sizeof *file);
    *file = (struct rule_file){ STR("try"), arena_keep(a, pattern) };
    if (with != NULL)
        l.set->lexicons = with->lexicons;
    struct draft_text written = { file->text, file, 1, 1, DRAFT_LITERAL };
    written.style = DRAFT_PLAIN;
    struct draft_text name = { STR("try"), file, 1, 1, DRAFT_PLAIN };
    *VEC_ADD(a, &l.drafts.rules) = (struct draft_rule){
        .start = name, .last_line = 1, .id = name, .title = name, .type_name = name, .pattern = written, .status = RULE_STABLE,
        .overlap = RULE_OVERLAP_ALL, .kinds = UINT32_MAX, .zones = UINT32_MAX, .score = 1,
    };
    return loader_finish(&l, false, errors);
}

void rule_set_free(struct rule_set *set)
{
    if (set == NULL)
        return;
    for (size_t i = 0; i < set->count; i++) {
        const struct rule_body *b = set->rules[i].body;
        pattern_free(b->pattern);
        for (size_t k = 0; k < b->guard_count; k++)
            pattern_free(b->guards[k].pattern);
    }
    arena_free(set->arena);
    free(set);
}

size_t rule_set_count(const struct rule_set *set)
{
    return set->count;
}

const struct rule *rule_set_at(const struct rule_set *set, size_t i)
{
    return &set->rules[i];
}

const struct rule *rule_set_find(const struct rule_set *set, struct str id)
{
    struct rule wanted = { .id = id };
    const struct rule *key = &wanted;
    const struct rule **found = set->count == 0 ? NULL : bsearch(&key, set->by_id, set->count, sizeof *set->by_id, by_id);
    return found == NULL ? NULL : *found;
}

struct str rule_set_version(const struct rule_set *set)
{
    return str_of(set->version);
}

const struct rule_schema *rule_set_schema(const struct rule_set *set)
{
    return set->schema;
}

bool rule_set_word(const struct rule_set *set, const char *lexicon, struct ustr text)
{
    const struct lexicon *l = lexicon_find(&set->lexicons, str_of(lexicon));
    return l != NULL && lexicon_has(l, text);
}

uint32_t rule_set_groups(const struct rule_set *set)
{
    return set->groups;
}

const struct lexicons *rule_set_lexicons(const struct rule_set *set)
{
    return &set->lexicons;
}

const struct rule_details *rule_details_of(const struct rule *r)
{
    return &r->body->details;
}

static const struct rule_field *fixed_field(const struct rule *r, const char *name)
{
    for (size_t i = 0; i < r->field_count; i++) {
        if (r->fields[i].group < 0 && str_is(r->fields[i].name, name))
            return &r->fields[i];
    }
    return NULL;
}

struct str rule_value(const struct rule *r, const char *name)
{
    const struct rule_field *f = fixed_field(r, name);
    return f == NULL ? STR("") : f->value;
}

struct ustr rule_value_wide(const struct rule *r, const char *name)
{
    const struct rule_field *f = fixed_field(r, name);
    return f == NULL ? USTR(u"") : f->wide;
}
