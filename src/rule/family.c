/* Families from their files: a small YAML of its own, read apart from the rules so that they cost a start nothing. */
#include "rule/family.h"

#include <stdio.h>
#include <yaml.h>

#include "base/files.h"

#define FILE_BYTES_MOST (4u << 20)

struct place_in {
    struct arena *arena;
    struct diags *d;
    yaml_document_t *doc;
    struct str file;
};

static struct place place_of(const struct place_in *in, const yaml_node_t *n)
{
    return (struct place){ in->file, n == NULL ? 0 : (uint32_t)n->start_mark.line + 1, 0 };
}

static struct str scalar(const struct place_in *in, const yaml_node_t *n)
{
    if (n == NULL || n->type != YAML_SCALAR_NODE)
        return STR("");
    return arena_keep(in->arena, (struct str){ (const char *)n->data.scalar.value, n->data.scalar.length });
}

static void read_examples(const struct place_in *in, const yaml_node_t *n, struct family_examples *out)
{
    if (n->type != YAML_SEQUENCE_NODE) {
        diags_addf(in->d, DIAG_RULE_VALUE, place_of(in, n), "match | reject");
        return;
    }
    for (yaml_node_item_t *i = n->data.sequence.items.start; i < n->data.sequence.items.top; i++) {
        const yaml_node_t *text = yaml_document_get_node(in->doc, *i);
        *VEC_ADD(in->arena, out) = (struct family_example){ scalar(in, text), place_of(in, text).line };
    }
}

static void read_field(const struct place_in *in, struct family *f, struct str name, const yaml_node_t *value)
{
    const struct { const char *name; struct str *text; struct family_examples *list; } fields[] = {
        { "id", &f->id, NULL }, { "title", &f->title, NULL }, { "type", &f->type, NULL }, { "before", &f->before, NULL },
        { "match", NULL, &f->match }, { "reject", NULL, &f->reject }, { "open", NULL, &f->open },
    };
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        if (!str_is(name, fields[i].name))
            continue;
        if (fields[i].text != NULL)
            *fields[i].text = scalar(in, value);
        else
            read_examples(in, value, fields[i].list);
        return;
    }
    diags_addf(in->d, DIAG_RULE_FIELD, place_of(in, value), "%.*s", STR_ARG(name));
}

static void read_family(const struct place_in *in, const yaml_node_t *n, struct families *out)
{
    struct family f = { .file = in->file };
    for (yaml_node_pair_t *p = n->data.mapping.pairs.start; n->type == YAML_MAPPING_NODE && p < n->data.mapping.pairs.top; p++)
        read_field(in, &f, scalar(in, yaml_document_get_node(in->doc, p->key)), yaml_document_get_node(in->doc, p->value));
    if (f.id.len == 0 || f.type.len == 0 || f.before.len == 0)
        diags_addf(in->d, DIAG_RULE_MISSING, place_of(in, n), "id, type, before");
    else
        *VEC_ADD(in->arena, out) = f;
}

static void read_document(const struct place_in *in, struct families *out)
{
    const yaml_node_t *root = yaml_document_get_root_node(in->doc);
    for (yaml_node_pair_t *p = root == NULL || root->type != YAML_MAPPING_NODE ? NULL : root->data.mapping.pairs.start;
         p != NULL && p < root->data.mapping.pairs.top; p++) {
        struct str key = scalar(in, yaml_document_get_node(in->doc, p->key));
        const yaml_node_t *list = yaml_document_get_node(in->doc, p->value);
        if (!str_is(key, "families") || list->type != YAML_SEQUENCE_NODE) {
            diags_addf(in->d, DIAG_RULE_FIELD, place_of(in, list), "%.*s", STR_ARG(key));
            continue;
        }
        for (yaml_node_item_t *i = list->data.sequence.items.start; i < list->data.sequence.items.top; i++)
            read_family(in, yaml_document_get_node(in->doc, *i), out);
    }
}

static void read_bytes(struct place_in in, struct str bytes, struct families *out)
{
    yaml_parser_t parser;
    yaml_document_t doc;
    if (!yaml_parser_initialize(&parser))
        memory_gone();
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)bytes.at, bytes.len);
    if (yaml_parser_load(&parser, &doc)) {
        in.doc = &doc;
        read_document(&in, out);
        yaml_document_delete(&doc);
    } else {
        diags_addf(in.d, DIAG_RULE_YAML, (struct place){ in.file, (uint32_t)parser.problem_mark.line + 1, 0 }, "%s",
                   parser.problem == NULL ? "?" : parser.problem);
    }
    yaml_parser_delete(&parser);
}

void families_read(struct arena *a, struct families *out, const char *folder, struct diags *d)
{
    struct buf path, bytes;
    struct names names;
    buf_init(&path, BUF_NO_CEILING);
    buf_init(&bytes, FILE_BYTES_MOST);
    buf_addf(&path, "%s/" FAMILIES_FOLDER, folder);
    struct str inner = arena_keep(a, buf_str(&path));
    if (file_is_dir(inner.at) && !dir_list(a, inner.at, &names))
        diags_addf(d, DIAG_RULE_FILE, (struct place){ .file = inner }, " ");
    else if (file_is_dir(inner.at)) {
        for (size_t i = 0; i < names.count; i++) {
            if (!str_ends(names.at[i], ".yaml"))
                continue;
            buf_clear(&path);
            buf_clear(&bytes);
            buf_addf(&path, "%s/%.*s", inner.at, STR_ARG(names.at[i]));
            struct str file = arena_keep(a, buf_str(&path));
            if (file_read(&bytes, file.at, d))
                read_bytes((struct place_in){ a, d, NULL, file }, buf_str(&bytes), out);
        }
    }
    buf_release(&bytes);
    buf_release(&path);
}
