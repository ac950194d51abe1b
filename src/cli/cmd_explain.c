/* qingdan explain: sentence by sentence, why it became what it became. */
#include <stdio.h>

#include "cli/commands.h"
#include "cli/documents.h"
#include "cli/rooms.h"
#include "cli/show.h"
#include "doc/rule_types.h"
#include "engine/explain.h"

struct explaining {
    const struct options *o;
    struct worker *worker;
    struct diags *diags;
    struct buf text;            /* of one document */
    size_t shown;
    bool failed;
};

enum word { ZONE, BY_DEFAULT, SPEAKER, LABEL, RULES, NO_RULES, REJECTED_BY, ITEMS, NO_ITEMS, REJECTS, NEAREST, MISSED, LACKING, NOISE,
            TITLE, NO_SENTENCE, KIND };

static const char *const words[][2] = {
    [ZONE] = { "所在部分", "zone" },
    [BY_DEFAULT] = { "按文种默认", "by default for the kind" },
    [SPEAKER] = { "说话人", "speaker" },
    [LABEL] = { "标签", "label" },
    [RULES] = { "规则", "rules" },
    [NO_RULES] = { "没有规则匹配", "no rule matches" },
    [REJECTED_BY] = { "被排除", "rejected by" },
    [ITEMS] = { "条目", "items" },
    [NO_ITEMS] = { "没有成为条目", "no item came of it" },
    [REJECTS] = { "未采用", "not taken" },
    [NEAREST] = { "最接近的规则", "nearest rule" },
    [MISSED] = { "已匹配", "matched so far" },
    [LACKING] = { "缺少", "lacking" },
    [NOISE] = { "不属于正文", "not part of the document" },
    [TITLE] = { "文件标题", "title of the document" },
    [NO_SENTENCE] = { "没有符合条件的句子", "no such sentence" },
    [KIND] = { "文件种类", "kind of document" },
};

static const char *word(const struct explaining *x, enum word w)
{
    return words[w][x->o->lang];
}

static const char *colon(const struct explaining *x)
{
    return x->o->lang == LANG_ZH ? "：" : ": ";
}

static void add_line_number(struct explaining *x, uint32_t line)
{
    if (x->o->lang == LANG_ZH)
        buf_addf(&x->text, "第%u行", (unsigned)line);
    else
        buf_addf(&x->text, "line %u", (unsigned)line);
}

static void add_key(struct explaining *x, enum word w)
{
    buf_addf(&x->text, "  %s%s", word(x, w), colon(x));
}

static void add_quoted(struct explaining *x, struct str s)
{
    buf_addz(&x->text, "〖");
    show_add_safe(&x->text, s);
    buf_addz(&x->text, "〗");
}

static void add_rule_name(struct explaining *x, const struct rule *r)
{
    buf_add(&x->text, r->id);
    if (!str_eq(r->id, r->title)) {
        buf_addz(&x->text, "  ");
        show_add_safe(&x->text, r->title);
    }
}

static void add_zone(struct explaining *x, const struct sentence *s)
{
    static const char *const speakers[][2] = {
        [SPEAKER_AUTHOR] = { "行文者", "the author" },
        [SPEAKER_FINDS] = { "指出问题者", "who finds" },
        [SPEAKER_DEMANDS] = { "提出要求者", "who demands" },
        [SPEAKER_PROMISES] = { "表态者", "who promises" },
    };
    add_key(x, ZONE);
    buf_addf(&x->text, "%s（", x->o->lang == LANG_ZH ? zone_words[s->zone] : zone_names[s->zone]);
    if (s->zone_rule != NULL)
        add_rule_name(x, s->zone_rule);
    else
        buf_addz(&x->text, word(x, BY_DEFAULT));
    buf_addf(&x->text, "）  %s%s%s\n", word(x, SPEAKER), colon(x), speakers[s->speaker][x->o->lang]);
    if (s->label != NULL) {
        add_key(x, LABEL);
        add_rule_name(x, s->label);
        buf_addc(&x->text, '\n');
    }
}

static void add_match(struct explaining *x, const struct explanation *e, const struct rule_match *m)
{
    struct arena *a = arena_new();
    buf_addf(&x->text, "    %s ", m->rejected_by == NULL ? "✓" : "✗");
    add_rule_name(x, m->rule);
    buf_addf(&x->text, "  [%s]  ", rule_type_names[m->rule->type]);
    add_quoted(x, ustr_to_utf8(a, ustr_at(e->wide, m->where)));
    if (m->rejected_by != NULL) {
        buf_addf(&x->text, "  %s %.*s%s", word(x, REJECTED_BY), STR_ARG(m->rejected_by->id), colon(x));
        show_add_safe(&x->text, m->rejected_by->why);
    }
    buf_addc(&x->text, '\n');
    arena_free(a);
}

static void add_matches(struct explaining *x, const struct explanation *e)
{
    buf_addf(&x->text, "  %s%s\n", word(x, e->matches.count > 0 ? RULES : NO_RULES), e->matches.count > 0 ? colon(x) : "");
    for (size_t i = 0; i < e->matches.count; i++)
        add_match(x, e, &e->matches.at[i]);
}

static const char *type_word(const struct explaining *x, enum item_type t)
{
    return x->o->lang == LANG_ZH ? item_type_words[t] : item_type_names[t];
}

static void add_items(struct explaining *x, const struct explanation *e)
{
    buf_addf(&x->text, "  %s%s\n", word(x, e->item_count > 0 ? ITEMS : NO_ITEMS), e->item_count > 0 ? colon(x) : "");
    for (size_t i = 0; i < e->item_count; i++) {
        const struct item *item = e->items[i];
        buf_addf(&x->text, "    %s ", type_word(x, item->type));
        add_quoted(x, item->clean);
        buf_addf(&x->text, "  %.*s  %.2f\n", STR_ARG(item->rule), item->score);
    }
}

static void add_rejects(struct explaining *x, const struct explanation *e)
{
    if (e->reject_count > 0)
        buf_addf(&x->text, "  %s%s\n", word(x, REJECTS), colon(x));
    for (size_t i = 0; i < e->reject_count; i++) {
        const struct reject *r = e->rejects[i];
        buf_addf(&x->text, "    %s ", type_word(x, r->type));
        add_quoted(x, r->clean);
        if (r->rule.len > 0)
            buf_addf(&x->text, "  %.*s", STR_ARG(r->rule));
        if (r->guard.len > 0)
            buf_addf(&x->text, "  %s %.*s", word(x, REJECTED_BY), STR_ARG(r->guard));
        if (r->why.len > 0) {
            buf_addz(&x->text, colon(x));
            show_add_safe(&x->text, r->why);
        }
        buf_addc(&x->text, '\n');
    }
}

static void add_nearest(struct explaining *x, const struct engine_document *doc, const struct explanation *e)
{
    struct rule_miss miss;
    if (!worker_nearest(x->worker, doc, e, &miss))
        return;
    struct arena *a = arena_new();
    add_key(x, NEAREST);
    add_rule_name(x, miss.rule);
    buf_addf(&x->text, "  %s", word(x, MISSED));
    add_quoted(x, ustr_to_utf8(a, ustr_at(e->wide, miss.furthest)));
    if (miss.guard != NULL) {
        buf_addf(&x->text, "  %s %.*s%s", word(x, REJECTED_BY), STR_ARG(miss.guard->id), colon(x));
        show_add_safe(&x->text, miss.guard->why);
    } else {
        buf_addf(&x->text, "  %s ", word(x, LACKING));
        show_add_safe(&x->text, miss.failed_part);
    }
    buf_addc(&x->text, '\n');
    arena_free(a);
}

static void add_sentence(struct explaining *x, const struct engine_document *doc, const struct explanation *e)
{
    if (x->shown++ > 0)
        buf_addc(&x->text, '\n');
    add_line_number(x, e->at.line);
    buf_addz(&x->text, colon(x));
    show_add_safe(&x->text, e->words);
    buf_addc(&x->text, '\n');
    add_zone(x, e->sentence);
    add_matches(x, e);
    add_items(x, e);
    add_rejects(x, e);
    if (x->o->line > 0 || x->o->text != NULL || e->item_count == 0)
        add_nearest(x, doc, e);
}

static bool holds(struct str s, const char *part)
{
    size_t n = strlen(part);
    for (size_t i = 0; n <= s.len && i <= s.len - n; i++) {
        if (memcmp(s.at + i, part, n) == 0)
            return true;
    }
    return false;
}

/* Is the sentence asked for? The text may be given as the document has it or as rules see it. */
static bool is_asked_for(const struct explaining *x, const struct engine_document *doc, const struct explanation *e)
{
    if (x->o->line > 0 && (x->o->line < e->at.line || x->o->line > e->last_line))
        return false;
    if (x->o->text == NULL || holds(e->words, x->o->text))
        return true;
    struct arena *a = arena_new();
    struct span raw = text_raw(doc->outline->text, e->sentence->where);
    bool found = holds(ustr_to_utf8(a, ustr_at(doc->pages->text, raw)), x->o->text);
    arena_free(a);
    return found;
}

/* What stands on the line asked for besides sentences. */
static void add_noise(struct explaining *x, const struct checklist *c)
{
    for (size_t i = 0; i < c->noise_count; i++) {
        if (c->noise[i].at.line != x->o->line)
            continue;
        x->shown++;
        add_line_number(x, x->o->line);
        buf_addf(&x->text, "%s%s（%.*s）\n", colon(x), word(x, NOISE), STR_ARG(c->noise[i].rule));
    }
}

static void add_title(struct explaining *x, const struct checklist *c)
{
    if (c->document.title.len == 0 || c->document.title_at.line == 0 || c->document.title_at.line != x->o->line)
        return;
    x->shown++;
    add_line_number(x, x->o->line);
    buf_addf(&x->text, "%s%s  ", colon(x), word(x, TITLE));
    add_quoted(x, c->document.title);
    buf_addf(&x->text, "  %s%s%s（%.*s）\n", word(x, KIND), colon(x),
             x->o->lang == LANG_ZH ? doc_kind_words[c->document.kind] : doc_kind_names[c->document.kind], STR_ARG(c->document.kind_rule));
}

static void explain_document(struct explaining *x, const struct engine_document *doc)
{
    buf_clear(&x->text);
    for (uint32_t i = 0; i < doc->outline->sentence_count; i++) {
        struct explanation e = worker_explain(x->worker, doc, i);
        if (is_asked_for(x, doc, &e))
            add_sentence(x, doc, &e);
    }
    if (x->o->line > 0) {
        add_title(x, doc->checklist);
        add_noise(x, doc->checklist);
    }
    fwrite(buf_str(&x->text).at, 1, x->text.len, stdout);
}

static bool take(void *self, struct engine_document doc, struct document_source from)
{
    struct explaining *x = self;
    if (doc.checklist == NULL)
        show_document_diags(doc.diags, x->o->lang, true);
    else
        explain_document(x, &doc);
    x->failed |= doc.checklist == NULL;
    return from.stream || doc.checklist != NULL;
}

static int explain(struct explaining *x)
{
    struct documents docs = { .options = x->o, .worker = x->worker, .diags = x->diags, .self = x, .take = take };
    bool ok = documents_read(&docs, x->o->operands[0]) && !x->failed;
    if (ok && x->shown == 0)
        fprintf(stderr, "qingdan: %s\n", word(x, NO_SENTENCE));
    return ok && x->shown > 0 ? EXIT_OK : EXIT_FAILED;
}

int command_explain(const struct options *o)
{
    struct explaining x = { .o = o, .diags = diags_new() };
    int status = EXIT_FAILED;
    buf_init(&x.text, BUF_NO_CEILING);
    struct engine *e = rooms_engine(o, false, x.diags);
    if (e != NULL) {
        x.worker = worker_new(e);
        status = explain(&x);
    }
    show_diags(x.diags, o->lang);
    worker_free(x.worker);
    engine_free(e);
    buf_release(&x.text);
    diags_free(x.diags);
    return status;
}
