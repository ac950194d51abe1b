/*
 * What is allowed in a rule but is likely a slip.
 *
 * Each lint has a name, which stands in the complaint and in docs/rules.md. Most look at one part of a pattern's tree.
 */
#include "rule/body.h"

#include <stdlib.h>

struct linter {
    struct arena *arena;
    const struct rule *rule;
    const struct draft_text *text;      /* the pattern being looked at */
    const struct spliced *spliced;
    bool chinese;                       /* does the pattern hold Chinese characters? */
    struct diags *d;
    size_t told;
};

static void complain(struct linter *l, uint32_t offset, const char *lint, const char *what)
{
    size_t byte = offset <= l->spliced->text.len ? l->spliced->from[offset] : 0;
    draft_complain(l->text, byte, DIAG_RULE_LINT, l->d, "%.*s: %s: %s", STR_ARG(l->rule->id), lint, what);
    l->told++;
}

static bool is_char(const struct syntax *s, char16_t unit)
{
    return s != NULL && s->kind == SYNTAX_CHAR && s->unit_count == 1 && s->units[0] == unit;
}

static bool holds_char(const struct syntax *set, char16_t unit)
{
    for (const struct syntax *c = set->first; c != NULL; c = c->next) {
        if (is_char(c, unit))
            return true;
    }
    return false;
}

static char16_t wide_form(char16_t u)
{
    static const char16_t narrow[] = u",;:()?!", wide[] = u"，；：（）？！";
    for (size_t i = 0; narrow[i] != 0; i++) {
        if (narrow[i] == u)
            return wide[i];
    }
    return 0;
}

static bool is_han(const struct syntax *s)
{
    return s != NULL && s->kind == SYNTAX_CHAR && unit_is_han(s->units[0]);
}

/* `,` and `:` stay half-width between digits and `?` `!` between letters; next to a Chinese character they never do. */
static void lint_half_width(struct linter *l, const struct syntax *before, const struct syntax *s)
{
    if (s->kind != SYNTAX_CHAR || wide_form(s->units[0]) == 0 || !(is_han(before) || is_han(s->next)))
        return;
    complain(l, s->where.start, "half-width", "正文的标点已统一为全角");
}

static void lint_class(struct linter *l, const struct syntax *s)
{
    bool han = false;
    for (const struct syntax *c = s->first; c != NULL; c = c->next)
        han = han || is_han(c) || (c->units[0] > 0x3000 && c->units[0] != 0xFFFD);
    for (const struct syntax *c = s->first; han && c != NULL; c = c->next) {
        char16_t wide = wide_form(c->units[0]);
        if (wide != 0 && !holds_char(s, wide))
            complain(l, c->where.start, "half-width", "正文的标点已统一为全角");
        if (is_char(c, u'|'))
            complain(l, c->where.start, "class-bar", "[…] 里的 | 是普通字符，不表示“或”");
    }
}

static bool has_letter_range(const struct linter *l, const struct syntax *s)
{
    return ustr_find(ustr_at(l->spliced->text, s->where), USTR(u"a-z"), 0) >= 0;
}

static void lint_ascii(struct linter *l, const struct syntax *s)
{
    if (!s->ascii || !l->chinese)
        return;
    if (s->kind == SYNTAX_POINT)
        complain(l, s->where.start, "ascii-class", "\\b 只认英文单词，汉字之间没有词界");
    else if (l->spliced->text.at[s->where.start] == u'\\')
        complain(l, s->where.start, "ascii-class", "\\w 只认英文字母和数字，不含汉字");
    else if (has_letter_range(l, s))
        complain(l, s->where.start, "ascii-class", "[a-z] 不含汉字");
}

/* Does one round of it always read some character outside of inner repeats? Then rounds cannot melt into each other. */
static bool has_fixed_part(const struct syntax *s)
{
    bool every = true;
    switch (s->kind) {
    case SYNTAX_CHAR: case SYNTAX_SET: case SYNTAX_ANY: return true;
    case SYNTAX_SEQUENCE:
        for (const struct syntax *k = s->first; k != NULL; k = k->next) {
            if (has_fixed_part(k))
                return true;
        }
        return false;
    case SYNTAX_CHOICE:
        for (const struct syntax *k = s->first; k != NULL; k = k->next)
            every = every && has_fixed_part(k);
        return every;
    default: return false;
    }
}

static bool has_open_repeat(const struct syntax *s)
{
    if (s->kind == SYNTAX_REPEAT && s->most == SYNTAX_MANY && !s->possessive)
        return true;
    for (const struct syntax *k = s->first; k != NULL; k = k->next) {
        if (has_open_repeat(k))
            return true;
    }
    return false;
}

static void lint_repeat(struct linter *l, const struct syntax *s)
{
    if (s->most == SYNTAX_MANY && !s->possessive && !s->first->possessive && has_open_repeat(s->first) && !has_fixed_part(s->first))
        complain(l, s->where.start, "nested-repeat", "重复套重复，遇到长句会极慢");
}

/* The characters something can begin (or end) with; false: not known, or it may be empty. */
struct letters { char16_t at[SYNTAX_SET_MOST]; size_t count; };

static bool letters_add(struct letters *to, char16_t u)
{
    if (to->count == SYNTAX_SET_MOST)
        return false;
    to->at[to->count++] = u;
    return true;
}

static const struct syntax *edge_child(const struct syntax *s, bool last)
{
    const struct syntax *k = s->first;
    while (last && k != NULL && k->next != NULL)
        k = k->next;
    return k;
}

static bool edge_letters(const struct syntax *s, bool last, struct letters *to)
{
    const struct syntax *edge;
    switch (s->kind) {
    case SYNTAX_CHAR: return letters_add(to, last ? s->units[s->unit_count - 1] : s->units[0]);
    case SYNTAX_SEQUENCE:
        edge = edge_child(s, last);
        return edge != NULL && edge_letters(edge, last, to);
    case SYNTAX_SET: case SYNTAX_CHOICE:
        for (const struct syntax *k = s->first; k != NULL; k = k->next) {
            if (!edge_letters(k, last, to))
                return false;
        }
        return true;
    case SYNTAX_REPEAT: return s->least > 0 && edge_letters(s->first, last, to);
    default: return false;
    }
}

static bool share_letter(const struct letters *a, const struct letters *b)
{
    for (size_t i = 0; i < a->count; i++) {
        for (size_t k = 0; k < b->count; k++) {
            if (a->at[i] == b->at[k])
                return true;
        }
    }
    return false;
}

/* (?=甲)乙 and 乙(?<=甲): what is asked for cannot be what stands there. */
static void lint_look(struct linter *l, const struct syntax *before, const struct syntax *s)
{
    const struct syntax *neighbour = s->behind ? before : s->next;
    struct letters asked = { 0 }, there = { 0 };
    if (s->kind != SYNTAX_LOOK || s->negative || neighbour == NULL || s->first == NULL)
        return;
    if (edge_letters(s->first, s->behind, &asked) && edge_letters(neighbour, s->behind, &there) && !share_letter(&asked, &there))
        complain(l, s->where.start, "never", "前后条件互相矛盾，永远不会匹配");
}

static void lint_node(struct linter *l, const struct syntax *s)
{
    lint_ascii(l, s);
    if (s->kind == SYNTAX_SET)
        lint_class(l, s);
    if (s->kind == SYNTAX_REPEAT)
        lint_repeat(l, s);
    const struct syntax *before = NULL;
    for (const struct syntax *k = s->kind == SYNTAX_SET ? NULL : s->first; k != NULL; k = k->next) {
        if (s->kind == SYNTAX_SEQUENCE) {
            lint_half_width(l, before, k);
            lint_look(l, before, k);
        }
        lint_node(l, k);
        before = k;
    }
}

static void lint_pattern(struct linter *l, const struct draft_text *text, const struct spliced *spliced, const struct syntax_tree *tree)
{
    l->text = text;
    l->spliced = spliced;
    l->chinese = false;
    for (uint32_t i = 0; i < spliced->text.len; i++)
        l->chinese = l->chinese || unit_is_han(spliced->text.at[i]);
    if (!tree->odd)
        lint_node(l, tree->root);
}

/* Examples are read as they stand, not cleaned first. */
static void lint_example(struct linter *l, const struct draft_text *t)
{
    struct ustr s = ustr_from_utf8(l->arena, t->text);
    for (uint32_t i = 0; i < s.len; i++) {
        bool by_han = (i > 0 && unit_is_han(s.at[i - 1])) || (i + 1 < s.len && unit_is_han(s.at[i + 1]));
        if (wide_form(s.at[i]) == 0 || !by_han)
            continue;
        draft_complain(t, 0, DIAG_RULE_LINT, l->d, "%.*s: example-half-width: %.*s", STR_ARG(l->rule->id), STR_ARG(t->text));
        l->told++;
        return;
    }
}

static void lint_rule(struct linter *l)
{
    const struct rule_body *b = l->rule->body;
    lint_pattern(l, &b->draft->pattern, &b->spliced, &b->tree);
    if (b->literals.first.count == 0 && b->draft->unliteral.text.len == 0)
        complain(l, 0, "no-literal", "没有必含的字词，每句都要试，较慢");
    if (b->details.example_count == 0)
        complain(l, 0, "no-example", "没有示例");
    for (size_t i = 0; i < b->draft->match.count; i++)
        lint_example(l, &b->draft->match.at[i]);
    for (size_t i = 0; i < b->draft->reject.count; i++)
        lint_example(l, &b->draft->reject.at[i]);
    for (size_t i = 0; i < b->guard_count; i++)
        lint_pattern(l, &b->guards[i].draft->pattern, &b->guards[i].spliced, &b->guards[i].tree);
}

bool rule_set_lint(const struct rule_set *set, struct diags *d)
{
    struct linter l = { .arena = arena_new(), .d = d };
    for (size_t i = 0; i < rule_set_count(set); i++) {
        l.rule = rule_set_at(set, i);
        lint_rule(&l);
        arena_reset(l.arena);
    }
    arena_free(l.arena);
    return l.told == 0;
}
