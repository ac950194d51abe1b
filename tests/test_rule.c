/* The rule engine: what a rule file may not say, which of overlapping matches stay, and that the literal filter hides none. */
#include "check.h"

#include <stdlib.h>

#include "base/files.h"
#include "doc/kinds.h"
#include "doc/rule_types.h"
#include "rule/rule.h"

static const char *const kinds[] = { "speech", "feedback", "other" };
static const char *const zones[] = { "findings", "demand", "other" };
static const struct rule_schema schema = { { rule_type_names, RULE_TYPE_COUNT }, { kinds, 3 }, { zones, 3 } };

static char folder[4096];               /* beside this program: one file, rules.yaml, written anew by each case */

static struct rule_set *load(const char *yaml, bool check_examples, struct diags *d)
{
    char path[4200];
    snprintf(path, sizeof path, "%s/rules.yaml", folder);
    const char *folders[] = { folder };
    if (!file_write(path, str_of(yaml), d))
        return NULL;
    return rule_set_load(folders, 1, &schema, check_examples, d);
}

/* ---- mistakes: what is told first, and where */

static const struct mistake { const char *name, *yaml; enum diag_code code; uint32_t line, column; const char *in_detail; } mistakes[] = {
    { "a pattern that does not compile", "rules:\n  - id: a\n    type: finding\n    pattern: '整改(不到位'\n", DIAG_RULE_PATTERN, 4, 21, "" },
    { "a pattern that matches nothing at all", "rules:\n  - {id: a, type: finding, pattern: '(?:不力)?'}\n", DIAG_RULE_PATTERN, 2, 0, "a" },
    { "a lexicon name in characters", "lexicons: {单位: [县委]}\n", DIAG_RULE_VALUE, 1, 12, "单位" },
    { "an unknown type, with the nearest one", "rules:\n  - id: a\n    type: findng\n    pattern: '整改'\n", DIAG_RULE_VALUE, 3, 11, "finding" },
    { "an unknown field, with the nearest one", "rules:\n  - id: a\n    type: finding\n    patern: '整改'\n", DIAG_RULE_FIELD, 4, 5, "pattern" },
    { "no pattern", "rules:\n  - id: a\n    type: finding\n", DIAG_RULE_MISSING, 2, 5, "pattern" },
    { "no id", "rules:\n  - type: finding\n    pattern: '整改'\n", DIAG_RULE_MISSING, 2, 5, "id" },
    { "the same id twice", "rules:\n  - {id: a, type: finding, pattern: '整改'}\n  - {id: a, type: finding, pattern: '问题'}\n", DIAG_RULE_DUPLICATE, 3, 10, "a" },
    { "a lexicon nobody defined", "rules:\n  - {id: a, type: finding, pattern: '{{unit}}不力'}\n", DIAG_RULE_LEXICON, 2, 0, "unit" },
    { "a fragment that does not compile, told at the fragment", "patterns:\n  count: '\\d+(?:个|件'\nrules:\n  - {id: a, type: stat, pattern: '问题{{count}}'}\n",
      DIAG_RULE_PATTERN, 2, 20, "" },
    { "a fragment that only compiles between others", "patterns: {odd: '甲)(乙'}\n", DIAG_RULE_PATTERN, 1, 0, "" },
    { "a fragment that ends in a comment", "patterns: {odd: '甲 # 乙'}\n", DIAG_RULE_PATTERN, 1, 23, "" },
    { "a fragment named like a lexicon", "lexicons: {unit: [县委]}\npatterns:\n  unit: '县委'\n", DIAG_RULE_DUPLICATE, 3, 3, "unit" },
    { "a fragment defined twice", "patterns: {n: '\\d'}\n---\npatterns: {n: '\\d+'}\n", DIAG_RULE_DUPLICATE, 3, 12, "n" },
    { "fragments in a circle", "patterns:\n  count: '{{number}}个'\n  number: '约{{count}}'\n", DIAG_RULE_LEXICON, 3, 13, "count" },
    { "a fragment that refers to itself", "patterns: {n: '一{{n}}'}\n", DIAG_RULE_LEXICON, 1, 17, "n" },
    { "a name nobody defined, in a fragment", "patterns:\n  count: '{{number}}个'\n", DIAG_RULE_LEXICON, 2, 11, "number" },
    { "a fragment in a class", "patterns: {n: '\\d'}\nrules:\n  - {id: a, type: stat, pattern: '[{{n}}]'}\n", DIAG_RULE_LEXICON, 3, 0, "n" },
    { "a fragment in a word", "patterns: {n: '\\d'}\nlexicons: {unit: ['{{n}}组']}\n", DIAG_RULE_LEXICON, 2, 0, "n" },
    { "a fragment that is a list", "patterns: {n: [一, 二]}\n", DIAG_RULE_VALUE, 1, 15, "patterns" },
    { "a fragment name in characters", "patterns: {数: '\\d'}\n", DIAG_RULE_VALUE, 1, 12, "数" },
    { "a fragment replaced that is not there", "patterns: {n: {replace: '\\d'}}\n", DIAG_RULE_LEXICON, 1, 12, "n" },
    { "an example that does not match", "rules:\n  - id: a\n    type: finding\n    pattern: '不力'\n    examples: {match: ['落实到位']}\n", DIAG_RULE_EXAMPLE, 5, 0, "落实到位" },
    { "an example that matches elsewhere", "rules:\n  - id: a\n    type: finding\n    pattern: '不力'\n    examples: {match: ['〖落实〗不力']}\n", DIAG_RULE_EXAMPLE, 5, 0, "落实" },
    { "an example that is not rejected", "rules:\n  - id: a\n    type: finding\n    pattern: '不力'\n    examples: {reject: ['落实不力']}\n", DIAG_RULE_EXAMPLE, 5, 0, "落实不力" },
    { "an override of nothing", "rules:\n  - {id: a, type: finding, pattern: '不力', override: true}\n", DIAG_RULE_OVERRIDE, 2, 0, "a" },
    { "a rule disabled that is not there", "disable: [a]\n", DIAG_RULE_OVERRIDE, 1, 0, "a" },
    { "a score above one", "rules:\n  - {id: a, type: finding, pattern: '不力', score: 2}\n", DIAG_RULE_VALUE, 2, 0, "" },
    { "an unknown kind of document", "rules:\n  - {id: a, type: finding, pattern: '不力', where: {kinds: [speach]}}\n", DIAG_RULE_VALUE, 2, 0, "speech" },
    { "YAML that ends too early", "rules:\n  - {id: a, type: finding\n", DIAG_RULE_YAML, 0, 0, "" },
};

static bool has(struct str text, struct str part)
{
    for (size_t i = 0; part.len <= text.len && i <= text.len - part.len; i++) {
        if (memcmp(text.at + i, part.at, part.len) == 0)
            return true;
    }
    return false;
}

static void check_mistake(const struct mistake *m)
{
    struct diags *d = diags_new();
    struct rule_set *set = load(m->yaml, true, d);
    check_true(m->name, set == NULL && d->list.count > 0);
    if (d->list.count > 0) {
        const struct diag *first = &d->list.at[0];
        check_str(m->name, str_of(diag_name(m->code)), str_of(diag_name(first->code)));
        if (m->line > 0)
            check_int(m->name, m->line, first->place.line);
        if (m->column > 0)
            check_int(m->name, m->column, first->place.column);
        if (!has(first->detail, str_of(m->in_detail)))
            check_str(m->name, str_of(m->in_detail), first->detail);
    }
    rule_set_free(set);
    diags_free(d);
}

/* ---- matches: "rule start-end" of each accepted one, in order */

static const struct overlap_case { const char *name, *yaml, *text, *want; } overlaps[] = {
    { "all stay", "rules:\n  - {id: a, type: finding, pattern: '整改不力', overlap: all}\n  - {id: b, type: finding, pattern: '不力', overlap: all}\n",
      "整改不力", "a 0-4, b 2-4" },
    { "the longer one stays", "rules:\n  - {id: a, type: finding, pattern: '改不', overlap: longest}\n  - {id: b, type: finding, pattern: '整改不力', overlap: longest}\n",
      "整改不力", "b 0-4" },
    { "of longest, priority goes before length", "rules:\n  - {id: a, type: finding, pattern: '改不', overlap: longest, priority: 1}\n  - {id: b, type: finding, pattern: '整改不力', overlap: longest}\n",
      "整改不力", "a 1-3" },
    { "the earlier one stays", "rules:\n  - {id: a, type: finding, pattern: '不力问题', overlap: leftmost}\n  - {id: b, type: finding, pattern: '整改不', overlap: leftmost}\n",
      "整改不力问题", "b 0-3" },
    { "what a loser overlapped is free", "rules:\n  - {id: a, type: finding, pattern: '甲乙', overlap: leftmost}\n  - {id: b, type: finding, pattern: '乙丙', overlap: leftmost}\n"
      "  - {id: c, type: finding, pattern: '丙丁', overlap: leftmost}\n", "甲乙丙丁", "a 0-2, c 2-4" },
    { "a contained one goes", "rules:\n  - {id: a, type: finding, pattern: '不力', overlap: contained}\n  - {id: b, type: finding, pattern: '整改不力', overlap: all}\n",
      "整改不力", "b 0-4" },
    { "another type is no rival", "rules:\n  - {id: a, type: finding, pattern: '改不', overlap: longest}\n  - {id: b, type: modal, pattern: '整改不力', overlap: longest}\n",
      "整改不力", "b 0-4, a 1-3" },
    { "a guard before", "rules:\n  - {id: a, type: finding, pattern: '不力', guards: [{name: prevent, not_before: '防止[^，]*', why: 目标}]}\n",
      "整改不力，防止整改不力", "a 2-4" },
    { "a guard after", "rules:\n  - {id: a, type: finding, pattern: '不力', guards: [{name: those, not_after: '的', why: 条件}]}\n",
      "对不力的问责，整改不力", "a 9-11" },
    { "a guard around", "rules:\n  - {id: a, type: finding, pattern: '不力', guards: [{name: asked, not_around: '？', why: 问句}]}\n", "整改不力？", "" },
    { "the group span is the match", "rules:\n  - {id: a, type: finding, pattern: '存在(?<span>[^，]+)问题'}\n", "存在不力问题", "a 2-4" },
    { "a lexicon word, longest first", "lexicons: {unit: [县委, 县委办]}\nrules:\n  - {id: a, type: actor, pattern: '{{unit}}'}\n", "由县委办牵头", "a 1-4" },
    { "fragments in fragments, lexicons in them", "lexicons: {unit: [个, 件]}\npatterns: {count: '{{number}}{{unit}}', number: '\\d+|[一二两]'}\n"
      "rules:\n  - {id: a, type: stat, pattern: '问题{{count}}(?!月)'}\n", "问题两个，问题12件，问题3", "a 0-4, a 5-10" },
    { "a fragment may be repeated", "patterns: {part: '，已\\d件'}\nrules:\n  - {id: a, type: stat, pattern: '\\d件{{part}}*'}\n", "9件，已3件，已6件", "a 0-10" },
    { "a fragment replaced", "patterns: {n: '\\d'}\n---\npatterns: {n: {replace: '[一二]'}}\n---\nrules:\n  - {id: a, type: stat, pattern: '{{n}}件'}\n",
      "3件，二件", "a 3-5" },
    { "an astral character counts two units", "rules:\n  - {id: a, type: finding, pattern: '不力'}\n", "𠮷不力", "a 2-4" },
};

static const struct rule_query everything = { .types = UINT64_MAX, .kinds = UINT32_MAX, .zones = UINT32_MAX };

static struct str told(struct arena *a, struct rule_matches found)
{
    struct buf text;
    buf_init(&text, BUF_NO_CEILING);
    for (size_t i = 0; i < found.count; i++) {
        const struct rule_match *m = &found.at[i];
        buf_addf(&text, "%s%.*s %u-%u%s", i > 0 ? ", " : "", STR_ARG(m->rule->id), (unsigned)m->where.start, (unsigned)m->where.end,
                 m->rejected_by != NULL ? "!" : "");
    }
    struct str kept = arena_keep(a, buf_str(&text));
    buf_release(&text);
    return kept;
}

static void check_overlap(const struct overlap_case *c)
{
    struct diags *d = diags_new();
    struct arena *a = arena_new();
    struct rule_set *set = load(c->yaml, true, d);
    if (set == NULL) {
        struct buf why;
        buf_init(&why, BUF_NO_CEILING);
        if (d->list.count > 0)
            diag_write(&why, &d->list.at[0], LANG_ZH);
        check_str(c->name, STR("a rule set"), buf_str(&why));
        buf_release(&why);
    } else {
        struct rule_scan *scan = rule_scan_new(set);
        struct ustr text = ustr_from_utf8(a, str_of(c->text));
        check_str(c->name, str_of(c->want), told(a, rule_scan_text(scan, a, text, everything, d)));
        rule_scan_free(scan);
    }
    rule_set_free(set);
    arena_free(a);
    diags_free(d);
}

/* ---- the filter over the shipped rules and the documents of the corpus */

static uint32_t dice = 20240607;

static uint32_t roll(uint32_t below)
{
    dice = dice * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)dice * below) >> 32);
}

/* A copy with some units dropped, doubled, swapped for punctuation or followed by an astral character. */
static struct ustr mutated(struct arena *a, struct ustr text)
{
    static const char16_t signs[] = u"，。；：“”（）、1一";
    char16_t *at = arena_take(a, (3 * (size_t)text.len + 1) * sizeof *at);
    uint32_t n = 0;
    for (uint32_t i = 0; i < text.len; i++) {
        uint32_t what = roll(40);
        if (what == 0)
            continue;
        at[n++] = what == 1 ? signs[roll(sizeof signs / sizeof *signs - 1)] : text.at[i];
        if (what == 2)
            at[n++] = text.at[i];
        if (what == 3) {
            at[n++] = 0xD842;
            at[n++] = 0xDFB7;
        }
    }
    return (struct ustr){ at, n };
}

struct comparison { struct rule_scan *scan; struct arena *arena; struct diags *diags; size_t lines, matches, differ; };

static void compare(struct comparison *c, struct ustr line)
{
    struct rule_query query = everything;
    query.keep_rejected = true;
    struct rule_matches with = rule_scan_text(c->scan, c->arena, line, query, c->diags);
    query.no_filter = true;
    struct rule_matches without = rule_scan_text(c->scan, c->arena, line, query, c->diags);
    c->lines++;
    c->matches += without.count;
    if (!str_eq(told(c->arena, with), told(c->arena, without)) && c->differ++ == 0)
        check_str("the filter hides no match", told(c->arena, without), told(c->arena, with));
}

static void compare_file(struct comparison *c, const char *path)
{
    struct buf bytes;
    buf_init(&bytes, BUF_NO_CEILING);
    if (!file_read(&bytes, path, c->diags))
        check_str("the document is there", STR(""), str_of(path));
    struct ustr text = ustr_from_utf8(c->arena, buf_str(&bytes));
    for (uint32_t from = 0, i = 0; i <= text.len; i++) {
        if (i < text.len && text.at[i] != u'\n' && text.at[i] != u'。')
            continue;
        compare(c, ustr_sub(text, from, i));
        compare(c, mutated(c->arena, ustr_sub(text, from, i)));
        from = i + 1;
    }
    buf_release(&bytes);
}

static void check_filter(const char *const *documents, size_t count)
{
    const char *folders[] = { "rules" };
    struct comparison c = { .arena = arena_new(), .diags = diags_new() };
    struct rule_schema shipped = { { rule_type_names, RULE_TYPE_COUNT }, { doc_kind_names, DOC_KIND_COUNT }, { zone_names, ZONE_COUNT } };
    struct rule_set *set = rule_set_load(folders, 1, &shipped, false, c.diags);
    check_true("the shipped rules load", set != NULL);
    if (set != NULL) {
        c.scan = rule_scan_new(set);
        for (size_t i = 0; i < count; i++)
            compare_file(&c, documents[i]);
        check_int("lines whose matches differ with the filter", 0, (long long)c.differ);
        check_true("there was something to compare", c.lines > 200 && c.matches > 1000);
        rule_scan_free(c.scan);
    }
    rule_set_free(set);
    arena_free(c.arena);
    diags_free(c.diags);
}

int main(int argc, char **argv)
{
    static const char *const documents[] = { "corpus/speech/s01.txt", "corpus/feedback/f01.txt", "corpus/plan/p01.txt", "corpus/progress/g01.txt" };
    snprintf(folder, sizeof folder, "%s.rules", argc > 0 ? argv[0] : "test_rule");
    check_true("a folder for rule files", dir_make(folder));
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++)
        check_mistake(&mistakes[i]);
    for (size_t i = 0; i < sizeof overlaps / sizeof *overlaps; i++)
        check_overlap(&overlaps[i]);
    check_filter(documents, sizeof documents / sizeof *documents);
    return check_done();
}
