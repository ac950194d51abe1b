/* qingdan rules try: one rule, or a pattern from the command line, on files and folders. */
#include <stdio.h>

#include "cli/commands.h"
#include "cli/documents.h"
#include "cli/folders.h"
#include "cli/rooms.h"
#include "cli/show.h"
#include "doc/rule_types.h"

struct trial {
    const struct options *o;
    const struct rule_set *set;         /* that holds the rule */
    const struct rule *rule;
    struct rule_scan *scan;
    struct worker *worker;
    struct diags *diags;
    struct arena *arena;                /* of one document */
    struct buf text;
    size_t taken, rejected, elsewhere;
    bool failed;
};

/* The line of a document in which the match stands, with the match marked. */
static void add_match(struct trial *t, struct str where, struct ustr unit, const struct rule_match *m, const char *mark)
{
    show_add_safe(&t->text, where);
    buf_addf(&t->text, ": %s ", mark);
    show_add_safe(&t->text, ustr_to_utf8(t->arena, ustr_sub(unit, 0, m->where.start)));
    buf_addz(&t->text, "〖");
    show_add_safe(&t->text, ustr_to_utf8(t->arena, ustr_at(unit, m->where)));
    buf_addz(&t->text, "〗");
    show_add_safe(&t->text, ustr_to_utf8(t->arena, ustr_sub(unit, m->where.end, unit.len)));
    if (m->rejected_by != NULL) {
        buf_addf(&t->text, "  %.*s%s", STR_ARG(m->rejected_by->id), t->o->lang == LANG_ZH ? "：" : ": ");
        show_add_safe(&t->text, m->rejected_by->why);
    }
    buf_addc(&t->text, '\n');
}

/* A piece of a document that a rule sees as one text. */
struct unit {
    struct ustr words;
    uint32_t line;
    bool asked;                 /* the rule is asked for pieces of that kind and zone */
};

static struct str place_of(struct trial *t, const struct engine_document *doc, uint32_t line)
{
    struct buf place;
    buf_init(&place, BUF_NO_CEILING);
    buf_add(&place, doc->pages->name);
    if (doc->id.len > 0)
        buf_addf(&place, "#%.*s", STR_ARG(doc->id));
    buf_addf(&place, ":%u", (unsigned)line);
    struct str kept = arena_keep(t->arena, buf_str(&place));
    buf_release(&place);
    return kept;
}

static void try_unit(struct trial *t, const struct engine_document *doc, struct unit u)
{
    struct rule_query query = { .types = RULE_BIT(t->rule->type), .kinds = UINT32_MAX, .zones = UINT32_MAX, .keep_rejected = true, .document = doc->pages->name };
    struct rule_matches found = rule_scan_text(t->scan, t->arena, u.words, query, t->diags);
    for (size_t i = 0; i < found.count; i++) {
        const struct rule_match *m = &found.at[i];
        if (m->rule != t->rule)
            continue;
        bool rejected = m->rejected_by != NULL;
        add_match(t, place_of(t, doc, u.line), u.words, m, rejected ? "✗" : u.asked ? "✓" : "○");
        t->rejected += rejected;
        t->elsewhere += !rejected && !u.asked;
        t->taken += !rejected && u.asked;
    }
}

static uint32_t line_of(const struct engine_document *doc, struct span clean)
{
    return pages_line(doc->pages, text_raw(doc->outline->text, clean).start);
}

/* Rules of the first stages see lines and paragraphs, noise among them; the others see sentences of their zones. */
static bool sees_paragraphs(const struct trial *t)
{
    return t->rule->type < RULE_MODAL && !str_is(t->rule->id, "try");
}

static void try_paragraphs(struct trial *t, const struct engine_document *doc)
{
    const struct text *text = doc->outline->text;
    for (size_t i = 0; i < text->noise_count; i++)
        try_unit(t, doc, (struct unit){ text->noise[i].words, pages_line(doc->pages, text->noise[i].raw.start), true });
    for (size_t i = 0; i < text->paragraph_count; i++) {
        struct span where = text->paragraphs[i].where;
        if (span_len(where) > 0)
            try_unit(t, doc, (struct unit){ ustr_at(text->clean, where), line_of(doc, where), true });
    }
}

static void try_sentences(struct trial *t, const struct engine_document *doc)
{
    const struct outline *o = doc->outline;
    for (size_t i = 0; i < o->sentence_count; i++) {
        const struct sentence *s = &o->sentences[i];
        bool asked = (t->rule->kinds >> o->kind & 1) != 0 && (t->rule->zones >> s->zone & 1) != 0;
        try_unit(t, doc, (struct unit){ ustr_at(o->text->clean, s->where), line_of(doc, s->where), asked });
    }
}

static bool take(void *self, struct engine_document doc, struct document_source from)
{
    struct trial *t = self;
    arena_reset(t->arena);
    buf_clear(&t->text);
    if (doc.checklist == NULL)
        show_document_diags(doc.diags, t->o->lang, true);
    else if (sees_paragraphs(t))
        try_paragraphs(t, &doc);
    else
        try_sentences(t, &doc);
    t->failed |= doc.checklist == NULL;
    fwrite(buf_str(&t->text).at, 1, t->text.len, stdout);
    return from.stream || doc.checklist != NULL;
}

static void try_file(void *self, const char *path)
{
    struct trial *t = self;
    struct documents docs = { .options = t->o, .worker = t->worker, .diags = t->diags, .self = t, .take = take };
    t->failed |= !documents_read(&docs, path);
}

static void print_sum(const struct trial *t)
{
    if (t->o->lang == LANG_ZH)
        printf("✓ 匹配 %zu 处；✗ 被条件排除 %zu 处；○ 在规则不管的文种或部分 %zu 处\n", t->taken, t->rejected, t->elsewhere);
    else
        printf("✓ %zu matched; ✗ %zu rejected by a guard; ○ %zu in kinds or zones the rule is not for\n", t->taken, t->rejected, t->elsewhere);
}

static int run(struct trial *t, const struct engine *e)
{
    t->scan = rule_scan_new(t->set);
    t->worker = worker_new(e);
    t->arena = arena_new();
    buf_init(&t->text, BUF_NO_CEILING);
    for (size_t i = 1; i < t->o->operand_count; i++)
        folders_walk(t->o->operands[i], t->diags, try_file, t);
    print_sum(t);
    buf_release(&t->text);
    arena_free(t->arena);
    worker_free(t->worker);
    rule_scan_free(t->scan);
    return t->failed || t->diags->errors > 0 ? EXIT_FAILED : EXIT_OK;
}

/* Letters, digits, dots: a rule's id, which no pattern over Chinese text looks like. */
static bool looks_like_id(const char *s)
{
    return s[strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_.-")] == '\0' && strchr(s, '.') != NULL;
}

static int try_rule(struct trial *t, const struct engine *e)
{
    const char *wanted = t->o->operands[0];
    t->set = engine_rules(e);
    t->rule = rule_set_find(t->set, str_of(wanted));
    if (t->rule == NULL && (wanted[0] == '\0' || looks_like_id(wanted))) {
        rooms_no_rule(t->o, t->set, wanted, t->diags);
        return EXIT_FAILED;
    }
    struct rule_set *own = NULL;
    if (t->rule == NULL) {
        own = rule_set_of_pattern(t->set, rule_set_schema(t->set), str_of(wanted), t->diags);
        if (own == NULL)
            return EXIT_FAILED;
        t->set = own;
        t->rule = rule_set_at(own, 0);
    }
    int status = run(t, e);
    rule_set_free(own);
    return status;
}

int command_rules_try(const struct options *o)
{
    struct trial t = { .o = o, .diags = diags_new() };
    int status = EXIT_FAILED;
    struct engine *e = rooms_engine(o, false, t.diags);
    if (e != NULL)
        status = try_rule(&t, e);
    show_diags(t.diags, o->lang);
    engine_free(e);
    diags_free(t.diags);
    return status;
}
