/*
 * Does a rule do what its file shows? 〖〗 in an example marks the span that a match must have, or, in a text to reject,
 * the part that no match may touch.
 */
#include "rule/body.h"

#define MARKS_MOST 16

struct example {
    struct ustr text;                   /* without marks */
    struct span marks[MARKS_MOST];
    size_t mark_count;
    bool sound;                         /* marks come in pairs */
};

static struct example example_read(struct arena *a, struct str written)
{
    struct ustr with = ustr_from_utf8(a, written);
    char16_t *to = arena_take(a, ((size_t)with.len + 1) * sizeof *to);
    struct example e = { .sound = true };
    uint32_t n = 0;
    bool open = false;
    for (uint32_t i = 0; i < with.len; i++) {
        char16_t u = with.at[i];
        if (u != u'〖' && u != u'〗') {
            to[n++] = u;
            continue;
        }
        if ((u == u'〖') == open || e.mark_count == MARKS_MOST) {
            e.sound = false;
            break;
        }
        open = !open;
        if (open)
            e.marks[e.mark_count].start = n;
        else
            e.marks[e.mark_count++].end = n;
    }
    e.sound = e.sound && !open;
    e.text = (struct ustr){ to, n };
    return e;
}

struct spans { struct span *at; size_t count, room; };

static bool has_span(const struct spans *found, struct span wanted)
{
    for (size_t i = 0; i < found->count; i++) {
        if (found->at[i].start == wanted.start && found->at[i].end == wanted.end)
            return true;
    }
    return false;
}

static bool touches(const struct spans *found, const struct example *e)
{
    if (e->mark_count == 0)
        return found->count > 0;
    for (size_t i = 0; i < found->count; i++) {
        for (size_t k = 0; k < e->mark_count; k++) {
            if (span_overlap(found->at[i], e->marks[k]))
                return true;
        }
    }
    return false;
}

static bool meets(const struct spans *found, const struct example *e)
{
    if (e->mark_count == 0)
        return found->count > 0;
    for (size_t k = 0; k < e->mark_count; k++) {
        if (!has_span(found, e->marks[k]))
            return false;
    }
    return true;
}

/* What the rule made of the text, for the complaint: the spans found, or the guard that said no, or nothing. */
static void describe(struct buf *out, const struct spans *found, const struct example *e, const struct guard *guard)
{
    if (found->count == 0)
        buf_addz(out, guard == NULL ? "未匹配" : "被条件排除：");
    if (found->count == 0 && guard != NULL)
        buf_add(out, guard->face.id);
    for (size_t i = 0; i < found->count; i++) {
        buf_addz(out, i == 0 ? "匹配到〖" : "〖");
        buf_add_ustr(out, ustr_at(e->text, found->at[i]));
        buf_addz(out, "〗");
    }
}

static bool example_holds(const struct rule *r, const struct draft_text *t, bool match, struct pattern_room *room, struct diags *d)
{
    struct arena *a = arena_new();
    struct example e = example_read(a, t->text);
    struct spans found = { 0 };
    const struct guard *guard = NULL;
    struct rule_run run = { .rule = r, .text = e.text, .room = room, .until = e.text.len };
    while (found.count < RULE_MATCHES_MOST && rule_run_next(&run)) {
        if (run.rejected_by == NULL)
            *VEC_ADD(a, &found) = rule_run_where(&run);
        else
            guard = run.rejected_by;
    }
    bool holds = e.sound && (match ? meets(&found, &e) : !touches(&found, &e));
    if (!holds) {
        struct buf detail;
        buf_init(&detail, 4096);
        describe(&detail, &found, &e, guard);
        draft_complain(t, 0, DIAG_RULE_EXAMPLE, d, "%.*s: %s: %.*s: %.*s", STR_ARG(r->id), match ? "match" : "reject", STR_ARG(t->text),
                       STR_ARG(buf_str(&detail)));
        buf_release(&detail);
    }
    arena_free(a);
    return holds;
}

bool examples_hold(const struct rule *r, struct pattern_room *room, struct diags *d)
{
    const struct draft_rule *draft = r->body->draft;
    bool hold = true;
    for (size_t i = 0; i < draft->match.count; i++)
        hold = example_holds(r, &draft->match.at[i], true, room, d) && hold;
    for (size_t i = 0; i < draft->reject.count; i++)
        hold = example_holds(r, &draft->reject.at[i], false, room, d) && hold;
    return hold;
}
