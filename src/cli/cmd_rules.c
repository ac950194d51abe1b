/* qingdan rules: check, list and show the rules in force. */
#include <stdio.h>

#include "cli/commands.h"
#include "cli/rooms.h"
#include "cli/show.h"
#include "doc/rule_types.h"
#include "rule/suggest.h"
#include "unicode/width.h"

static const char *const status_names[] = { [RULE_EXPERIMENTAL] = "experimental", [RULE_TEST] = "test", [RULE_STABLE] = "stable" };

static void print(struct buf *text)
{
    fwrite(buf_str(text).at, 1, text->len, stdout);
    buf_release(text);
}

/* ---- check ---- */

static size_t example_count(const struct rule_set *set)
{
    size_t n = 0;
    for (size_t i = 0; i < rule_set_count(set); i++)
        n += rule_details_of(rule_set_at(set, i))->example_count;
    return n;
}

static void add_size(struct buf *out, const struct options *o, const struct rule_set *set, struct families_count families)
{
    struct str version = rule_set_version(set);
    if (o->lang == LANG_ZH)
        buf_addf(out, "规则 %zu 条，示例 %zu 个，家族例句 %zu 个（另有 %zu 个尚未读对），版本 %.*s：", rule_set_count(set), example_count(set),
                 families.examples, families.open, STR_ARG(version));
    else
        buf_addf(out, "%zu rules, %zu examples, %zu family examples (%zu more still open), version %.*s: ", rule_set_count(set), example_count(set),
                 families.examples, families.open, STR_ARG(version));
}

/* With failing examples no set comes back; then one without their check, so that the lints are told in the same go. */
static struct engine *checked(const struct options *o, struct diags *d)
{
    struct engine *e = rooms_engine(o, true, d);
    if (e != NULL)
        return e;
    struct diags *again = diags_new();
    e = rooms_engine(o, false, again);
    diags_free(again);
    return e;
}

int command_rules_check(const struct options *o)
{
    struct diags *d = diags_new();
    struct buf text;
    buf_init(&text, BUF_NO_CEILING);
    struct engine *e = checked(o, d);
    if (e != NULL) {
        rule_set_lint(engine_rules(e), d);
        add_size(&text, o, engine_rules(e), rooms_check_families(o, e, d));
    }
    if (o->lang == LANG_ZH)
        buf_addf(&text, "%zu 个错误，%zu 个警告\n", d->errors, d->warnings);
    else
        buf_addf(&text, "%zu errors, %zu warnings\n", d->errors, d->warnings);
    int status = d->errors > 0 ? EXIT_FAILED : EXIT_OK;
    show_diags(d, o->lang);
    print(&text);
    engine_free(e);
    diags_free(d);
    return status;
}

/* ---- list ---- */

struct counts { unsigned match, reject; };

static struct counts counts_of(const struct rule *r)
{
    const struct rule_details *t = rule_details_of(r);
    struct counts c = { 0, 0 };
    for (size_t i = 0; i < t->example_count; i++) {
        c.match += t->examples[i].match;
        c.reject += !t->examples[i].match;
    }
    return c;
}

static bool is_listed(const struct options *o, const struct rule *r)
{
    for (size_t i = 0; i < o->operand_count; i++) {
        if (strcmp(o->operands[i], rule_type_names[r->type]) == 0)
            return true;
    }
    return o->operand_count == 0;
}

static bool are_types(const struct options *o, struct diags *d)
{
    static const char *const text[2] = { "没有这类规则", "no such type of rules" };
    for (size_t i = 0; i < o->operand_count; i++) {
        struct str name = str_of(o->operands[i]);
        if (name_find(rule_type_names, RULE_TYPE_COUNT, name) < 0)
            options_complain(o, d, text, o->operands[i], suggest_name(rule_type_names, RULE_TYPE_COUNT, name));
    }
    return d->errors == 0;
}

static void add_padded(struct buf *out, struct str s, uint32_t columns)
{
    uint32_t width = width_of_utf8(s);
    buf_add(out, s);
    buf_addf(out, "%*s", width < columns ? (int)(columns - width) : 1, "");
}

static void add_listed(struct buf *out, const struct rule *r)
{
    struct counts c = counts_of(r);
    add_padded(out, r->id, 34);
    add_padded(out, str_of(rule_type_names[r->type]), 20);
    add_padded(out, str_of(status_names[r->status]), 14);
    buf_addf(out, "+%-4u-%-4u ", c.match, c.reject);
    show_add_safe(out, r->title);
    buf_addc(out, '\n');
}

static int list(const struct options *o, struct diags *d)
{
    if (!are_types(o, d))
        return EXIT_USE;
    struct engine *e = rooms_engine(o, false, d);
    if (e == NULL)
        return EXIT_FAILED;
    struct buf text;
    buf_init(&text, BUF_NO_CEILING);
    for (size_t i = 0; i < rule_set_count(engine_rules(e)); i++) {
        const struct rule *r = rule_set_at(engine_rules(e), i);
        if (is_listed(o, r))
            add_listed(&text, r);
    }
    print(&text);
    engine_free(e);
    return EXIT_OK;
}

int command_rules_list(const struct options *o)
{
    struct diags *d = diags_new();
    int status = list(o, d);
    show_diags(d, o->lang);
    diags_free(d);
    return status;
}

/* ---- show ---- */

static void add_lines(struct buf *out, struct str lines)
{
    size_t from = 0;
    for (size_t i = 0; i <= lines.len; i++) {
        if (i < lines.len && lines.at[i] != '\n')
            continue;
        show_add_safe(out, (struct str){ lines.at + from, i - from });
        buf_addc(out, '\n');
        from = i + 1;
    }
}

static void add_labelled(struct buf *out, const struct options *o, const char *zh, const char *en, struct str value)
{
    buf_addf(out, "%s%s", o->lang == LANG_ZH ? zh : en, o->lang == LANG_ZH ? "：" : ": ");
    show_add_safe(out, value);
    buf_addc(out, '\n');
}

static void add_rule(struct buf *out, const struct options *o, const struct rule *r)
{
    const struct rule_details *t = rule_details_of(r);
    show_add_safe(out, r->file);
    buf_addf(out, ":%u\n", (unsigned)t->first_line);
    add_lines(out, t->source);
    if (!str_eq(t->expanded, t->pattern))
        add_labelled(out, o, "展开后的匹配式", "pattern with lexicons spliced in", t->expanded);
    struct buf literals;
    buf_init(&literals, BUF_NO_CEILING);
    for (size_t i = 0; i < t->literal_count; i++) {
        buf_addz(&literals, i > 0 ? " | " : "");
        buf_add(&literals, t->literals[i]);
    }
    if (t->literal_count > 0)
        add_labelled(out, o, "须含其一，否则不试", "tried only where one of these stands", buf_str(&literals));
    buf_release(&literals);
}

static void show_rules(const struct options *o, const struct rule_set *set, struct diags *d)
{
    struct buf text;
    buf_init(&text, BUF_NO_CEILING);
    for (size_t i = 0; i < o->operand_count; i++) {
        const struct rule *r = rule_set_find(set, str_of(o->operands[i]));
        if (r == NULL) {
            rooms_no_rule(o, set, o->operands[i], d);
            continue;
        }
        if (text.len > 0)
            buf_addc(&text, '\n');
        add_rule(&text, o, r);
    }
    print(&text);
}

int command_rules_show(const struct options *o)
{
    struct diags *d = diags_new();
    struct engine *e = rooms_engine(o, false, d);
    if (e != NULL)
        show_rules(o, engine_rules(e), d);
    int status = d->errors > 0 ? EXIT_FAILED : EXIT_OK;
    show_diags(d, o->lang);
    engine_free(e);
    diags_free(d);
    return status;
}
