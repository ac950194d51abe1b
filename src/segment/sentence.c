/*
 * Paragraphs to sentences, sentences to clauses.
 *
 * A sentence ends at 。！？； outside quotes and brackets, before a label, and after a colon that a list marker follows.
 * A clause ends at ， and ： outside them. A quote or bracket that is not closed soon is no quote. Text that goes on and on
 * without a full stop is cut at a pause: no office wrote it, and what looks around in a sentence must not look through a book.
 */
#include "segment/parts.h"

#define QUOTE_UNITS_MOST 160    /* a longer quotation is text like any other */
#define OPEN_MOST 16            /* quotes within brackets within quotes … */
#define SENTENCE_UNITS_MOST 2048        /* then the next pause ends it; where twice as many hold none, it ends anywhere */

struct cutter {
    struct parts *p;
    struct span paragraph;
    uint32_t index;             /* of the paragraph */
    uint32_t *closes;           /* for a unit that opens a quote or bracket, the place of its end; else 0 */
    struct labels labels;
    size_t next_label;
    const struct rule *label;   /* governs the text from here on */
    bool first;                 /* nothing of the paragraph has been cut yet */
    bool bare;                  /* nothing stands behind the newest label yet */
};

static char16_t closing(char16_t u)
{
    static const char16_t pairs[] = u"“”‘’《》（）【】[]";
    for (size_t i = 0; pairs[i] != 0; i += 2) {
        if (pairs[i] == u)
            return pairs[i + 1];
    }
    return 0;
}

/* One pass with a small stack; what is opened deeper than the stack is not paired. */
static uint32_t *pair_marks(struct arena *a, struct ustr s)
{
    uint32_t *closes = arena_take(a, ((size_t)s.len + 1) * sizeof *closes);
    uint32_t open[OPEN_MOST];
    size_t depth = 0;
    for (uint32_t i = 0; i < s.len; i++) {
        if (closing(s.at[i]) != 0) {
            if (depth == OPEN_MOST) {
                memmove(open, open + 1, (OPEN_MOST - 1) * sizeof *open);
                depth--;
            }
            open[depth++] = i;
            continue;
        }
        for (size_t k = depth; k > 0; k--) {
            if (closing(s.at[open[k - 1]]) == s.at[i]) {
                if (i - open[k - 1] <= QUOTE_UNITS_MOST)
                    closes[open[k - 1]] = i;
                depth = k - 1;
                break;
            }
        }
    }
    return closes;
}

static bool ends_sentence(char16_t u)
{
    return u == u'。' || u == u'！' || u == u'？' || u == u'；' || u == u'…';
}

static char16_t unit_at(const struct cutter *c, uint32_t i)
{
    return c->p->text->clean.at[i];
}

static bool is_inner(const struct rule *marker)
{
    return str_is(rule_value(marker, "inner"), "true");
}

/* Does a list marker follow a pause? Only forms that live inside paragraphs may. */
static bool inner_marker(struct cutter *c, uint32_t at)
{
    struct marker m;
    return marker_find(c->p, at, c->paragraph.end, false, &m) && is_inner(m.rule);
}

/* Is a sentence of that many units too long to go on behind the unit u? */
static bool is_endless(uint32_t units, char16_t u)
{
    bool pause = u == u'，' || u == u'、' || u == u'：';
    return units >= SENTENCE_UNITS_MOST && (pause || (units >= 2 * SENTENCE_UNITS_MOST && (u & 0xFC00) != 0xD800));
}

/* The end of the sentence that starts at `from`, its end mark included. */
static uint32_t sentence_end(struct cutter *c, uint32_t from)
{
    uint32_t stop = c->next_label < c->labels.count ? c->labels.at[c->next_label].where.start : c->paragraph.end;
    for (uint32_t i = from; i < stop; i++) {
        uint32_t close = c->closes[i - c->paragraph.start];
        if (close > 0 && c->paragraph.start + close < stop) {
            /* a quotation that ends with its own full stop ends the sentence too */
            i = c->paragraph.start + close;
            char16_t last = unit_at(c, i - 1);
            if (unit_at(c, i) == u'”' && (last == u'。' || last == u'！' || last == u'？') && i + 1 < stop && unit_is_han(unit_at(c, i + 1)) && i - from > QUOTE_UNITS_MOST / 2)
                return i + 1;
            continue;
        }
        char16_t u = unit_at(c, i);
        if (ends_sentence(u)) {
            while (i + 1 < stop && (unit_at(c, i + 1) == u || unit_at(c, i + 1) == u'”' || unit_at(c, i + 1) == u'）'))
                i++;
            return i + 1;
        }
        if (is_endless(i - from, u) || ((u == u'：' || u == u'，') && i + 3 < stop && inner_marker(c, i + 1)))
            return i + 1;
    }
    return stop;
}

static void add_clauses(struct cutter *c, struct sentence *s)
{
    struct parts *p = c->p;
    s->first_clause = (uint32_t)p->clauses.count;
    uint32_t from = s->where.start;
    for (uint32_t i = from; i <= s->where.end; i++) {
        char16_t mark = i < s->where.end ? unit_at(c, i) : 0;
        if (i < s->where.end) {
            uint32_t close = c->closes[i - c->paragraph.start];
            if (close > 0 && c->paragraph.start + close < s->where.end) {
                i = c->paragraph.start + close;
                continue;
            }
            if (mark != u'，' && mark != u'：' && !ends_sentence(mark))
                continue;
        }
        if (i > from)
            *VEC_ADD(p->arena, &p->clauses) = (struct clause){ { from, i }, mark };
        from = i + 1;
    }
    s->clause_count = (uint32_t)p->clauses.count - s->first_clause;
}

static bool only_marks(const struct cutter *c, struct span where)
{
    for (uint32_t i = where.start; i < where.end; i++) {
        if (unit_is_han(unit_at(c, i)) || unit_is_digit(unit_at(c, i)) || unit_at(c, i) == u'*' || (unit_at(c, i) >= u'A' && unit_at(c, i) <= u'z'))
            return false;
    }
    return true;
}

/* A title has no end mark and stops at its first 。 or ；. */
static struct span title_of(const struct cutter *c, struct span sentence)
{
    while (sentence.end > sentence.start && (ends_sentence(unit_at(c, sentence.end - 1)) || unit_at(c, sentence.end - 1) == u'：' || unit_at(c, sentence.end - 1) == u'，'))
        sentence.end--;
    return sentence;
}

static void add_sentence(struct cutter *c, struct span where, int32_t heading)
{
    struct parts *p = c->p;
    const struct paragraph *para = &p->text->paragraphs[c->index];
    if (only_marks(c, where))
        return;
    char16_t last = unit_at(c, where.end - 1);
    struct sentence s = {
        .where = where, .paragraph = c->index, .heading = heading, .section = p->open[p->depth].heading, .label = c->label,
        .question = last == u'？',
        .cut_start = c->first && para->cut_before, .cut_end = where.end == para->where.end && para->cut_after,
    };
    add_clauses(c, &s);
    zone_of_sentence(p, &s);
    if (c->label != NULL) {
        int zone = name_find(zone_names, ZONE_COUNT, rule_value(c->label, "zone"));
        if (zone >= 0) {
            s.zone = (enum zone)zone;
            s.zone_rule = c->label;
        }
    }
    *VEC_ADD(p->arena, &p->sentences) = s;
    c->first = false;
    c->bare = false;
    if (last != u'；')
        p->sentence_zone.rule = NULL;
}

/* The label that stands at `at`, if one does: it is passed over and governs what follows. */
static bool take_label(struct cutter *c, uint32_t *at)
{
    if (c->next_label >= c->labels.count || c->labels.at[c->next_label].where.start != *at)
        return false;
    c->label = c->labels.at[c->next_label].rule;
    *at = c->labels.at[c->next_label++].where.end;
    c->bare = true;
    return true;
}

/* A bare heading of HTML or Markdown has no marker but a level. */
static bool markup_heading(struct cutter *c, uint32_t at)
{
    return c->first && at == c->paragraph.start && c->p->text->paragraphs[c->index].level > 0;
}

/* Do the points below this label have what they are in common with it? */
static bool lists_actions(const struct rule *label)
{
    int zone = label == NULL ? -1 : name_find(zone_names, ZONE_COUNT, rule_value(label, "zone"));
    return zone == ZONE_MEASURES || zone == ZONE_PROGRESS;
}

/* 整改措施：1.…；2.…: a digit that elsewhere counts findings counts the points of the label. */
static bool is_deep(const struct cutter *c, const struct marker *m)
{
    return lists_actions(c->label) && !is_inner(m->rule) && unit_is_digit(unit_at(c, m->where.start)) &&
           (m->ordinal == 1 || m->ordinal == c->p->carried.ordinal + 1);
}

/* The label of the paragraph before, where this one goes on below it. */
static const struct rule *carried_label(struct cutter *c, bool in_cell)
{
    struct parts *p = c->p;
    const struct rule *label = p->carried.label;
    bool labelled = c->labels.count > 0 && c->labels.at[0].where.start == c->paragraph.start;
    if (label == NULL || in_cell || labelled)
        return NULL;
    struct marker m;
    if (!marker_find(p, c->paragraph.start, c->paragraph.end, false, &m))
        return p->carried.bare ? label : NULL;
    c->label = label;
    bool goes_on = is_inner(m.rule) || is_deep(c, &m);
    c->label = NULL;
    return goes_on && lists_actions(label) ? label : NULL;
}

/* Cuts what stands behind a marker: its title, and a label in it (7.反馈问题：…), which governs the title alone. */
static uint32_t read_marked(struct cutter *c, struct marker *m, uint32_t at)
{
    uint32_t start = m->where.end, after = start;
    while (c->next_label < c->labels.count && c->labels.at[c->next_label].where.start < start)
        c->next_label++;
    m->deep = m->rule != NULL && is_deep(c, m);
    if (m->deep)
        c->p->carried.ordinal = m->ordinal;
    const struct rule *outer = c->label;
    bool labelled = take_label(c, &after);
    uint32_t end = sentence_end(c, after);
    struct span title = title_of(c, (struct span){ start, end });
    if (span_len(title) == 0)
        return end > at ? end : at + 1;
    int32_t heading = heading_open(c->p, m, title, c->index, end < c->paragraph.end);
    add_sentence(c, (struct span){ after, end }, heading);
    headings_end_sentence(c->p, unit_at(c, end - 1));
    if (labelled)
        c->label = outer;
    return end;
}

void sentences_read(struct parts *p, uint32_t paragraph)
{
    struct cutter c = { .p = p, .paragraph = p->text->paragraphs[paragraph].where, .index = paragraph, .first = true };
    bool in_cell = p->text->paragraphs[paragraph].cell.table != 0;
    c.closes = pair_marks(p->scratch, parts_text(p, c.paragraph));
    c.labels = labels_find(p, c.paragraph);
    p->paragraph_zone.rule = NULL;
    p->sentence_zone.rule = NULL;
    p->speaker = SPEAKER_AUTHOR;
    if (p->text->paragraphs[paragraph].cut_before)
        p->list_ordinal = 0;
    c.label = carried_label(&c, in_cell);
    uint32_t at = c.paragraph.start;
    while (at < c.paragraph.end) {
        if (take_label(&c, &at))
            continue;
        if (unit_is_space(unit_at(&c, at))) {
            at++;
            continue;
        }
        struct marker m = { 0 };
        bool marked = !in_cell && (marker_find(p, at, c.paragraph.end, true, &m) ||
                                   (at == c.paragraph.start && marker_find_damaged_title(p, at, c.paragraph.end, &m)));
        if (!marked && markup_heading(&c, at)) {
            marked = true;
            m.where = (struct span){ at, at };
        }
        if (marked) {
            at = read_marked(&c, &m, at);
            continue;
        }
        uint32_t end = sentence_end(&c, at);
        add_sentence(&c, (struct span){ at, end }, -1);
        headings_end_sentence(p, unit_at(&c, end - 1));
        at = end > at ? end : at + 1;
    }
    p->carried.label = in_cell ? NULL : c.label;
    p->carried.bare = c.bare;
    headings_end_paragraph(p);
}
