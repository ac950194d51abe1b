/*
 * Findings: a deficiency asserted of the unit the document is about.
 *
 * Where findings are reported every clause is one, unless it only leads up to one or goes on with the subject before;
 * a list of subject–predicate pairs is several. Elsewhere only a clause whose rule says it asserts by itself counts.
 */
#include "extract/reading.h"

#define BARE_PREDICATE_MOST 4   /* units of a predicate that opens a part; a longer match is a quantified clause */

/* What a clause must show to be taken for a finding. */
enum need { NEED_NOTHING, NEED_PREDICATE, NEED_ASSERTION };

struct finder {
    struct reading *r;
    uint32_t sentence;
    const struct rule *why;
    enum need need;
    struct span open;           /* the finding that may still go on, empty none */
    const struct rule *open_rule;
    bool only_lead;             /* so far `open` only leads up to a finding */
    bool over;                  /* the sentence has turned to something else for good */
};

static void close_open(struct finder *f)
{
    struct span where = reading_trim(f->r, f->open);
    bool lead = f->only_lead;
    f->open = (struct span){ 0, 0 };
    f->only_lead = false;
    if (span_len(where) < 4 || lead)
        return;
    struct draft *d = reading_add(f->r, ITEM_FINDING, where, f->sentence, f->open_rule);
    d->item.hedged = reading_hit_inside(f->r, f->sentence, RULE_HEDGE, where) != NULL;
}

/* Moves past words at the start that are not part of a finding: 经查，存在, 一是 … */
static struct span without_intro(const struct finder *f, struct span c)
{
    for (;;) {
        const struct rule_match *intro = reading_hit_at(f->r, f->sentence, RULE_INTRO, c.start);
        if (intro == NULL || intro->where.end <= c.start)
            return c;
        c.start = intro->where.end < c.end ? intro->where.end : c.end;
        if (c.start == c.end)
            return c;
    }
}

static struct span without_tail(const struct finder *f, struct span c)
{
    size_t i = 0;
    for (const struct rule_match *m; (m = reading_next(f->r, f->sentence, RULE_TAIL, &i)) != NULL;) {
        if (m->where.end == c.end && m->where.start > c.start)
            c.end = m->where.start;
    }
    return c;
}

/* A predicate of deficiency that ends the part, behind its subject: 闲置土地处置缓慢; not 不深入的问题依然突出, which goes on. */
static bool ends_with_predicate(const struct finder *f, struct span part)
{
    if (f->r->clean.at[part.start] == u'不')
        return false;
    size_t i = 0;
    for (const struct rule_match *m; (m = reading_next(f->r, f->sentence, RULE_FINDING, &i)) != NULL;) {
        if (m->where.end == part.end && m->where.start >= part.start + BARE_PREDICATE_MOST && m->whole.start >= part.start)
            return true;
    }
    return false;
}

/* A predicate of deficiency in the part that has its own subject before it. */
static bool has_subject_and_predicate(const struct finder *f, struct span part)
{
    if (ends_with_predicate(f, part))
        return true;
    size_t i = 0;
    for (const struct rule_match *m; (m = reading_next(f->r, f->sentence, RULE_FINDING, &i)) != NULL;) {
        if (m->where.start == part.start && span_len(m->where) <= BARE_PREDICATE_MOST)
            return false;               /* 围标串标: what is done, by nobody named */
        if (m->where.end > part.start + 3 && m->where.end <= part.end && m->whole.start >= part.start + 2 && m->whole.end <= part.end)
            return true;
    }
    return false;
}

/* Does the part go on with the subject before it? */
static bool starts_bare(const struct finder *f, uint32_t at)
{
    size_t i = 0;
    for (const struct rule_match *m; (m = reading_next(f->r, f->sentence, RULE_CONTINUE, &i)) != NULL;) {
        if (m->where.start == at && rule_value(m->rule, "role").len == 0)
            return true;
    }
    return false;
}

/* 有的同志站位不高、能力不强: what is told of the same people is one, however many predicates there are. */
static bool is_of_one_subject(const struct finder *f, uint32_t at)
{
    size_t i = 0;
    for (const struct rule_match *m; (m = reading_next(f->r, f->sentence, RULE_CONTINUE, &i)) != NULL;) {
        if (m->where.start == at && reading_is(m->rule, "role", "one"))
            return true;
    }
    return false;
}

/* Is every part between 、 a subject with its predicate? Then they are several findings. */
static bool is_list(const struct finder *f, struct span c)
{
    uint32_t from = c.start, parts = 0, depth = 0;
    if (is_of_one_subject(f, c.start))
        return false;
    for (uint32_t i = c.start; i <= c.end; i++) {
        char16_t u = i < c.end ? f->r->clean.at[i] : u'、';
        depth = nesting_behind(depth, u);
        if (depth > 0 || u != u'、')
            continue;
        if (!has_subject_and_predicate(f, (struct span){ from, i }) || (from > c.start && starts_bare(f, from)))
            return false;
        parts++;
        from = i + 1;
    }
    return parts > 1;
}

static void add_list(struct finder *f, struct span c)
{
    uint32_t from = c.start, depth = 0;
    for (uint32_t i = c.start; i <= c.end; i++) {
        char16_t u = i < c.end ? f->r->clean.at[i] : u'、';
        depth = nesting_behind(depth, u);
        if (depth > 0 || u != u'、')
            continue;
        close_open(f);
        f->open = (struct span){ from, i };
        from = i + 1;
    }
}

static const struct rule *predicate_of(const struct finder *f, struct span c)
{
    const struct rule_match *m = reading_hit_inside(f->r, f->sentence, RULE_FINDING, c);
    return m == NULL ? f->why : m->rule;
}

static bool vetoed(struct finder *f, struct span c)
{
    const struct rule_match *veto = reading_hit(f->r, f->sentence, RULE_NOT_FINDING, c);
    if (veto == NULL)
        return false;
    reading_reject(f->r, ITEM_FINDING, c, f->sentence, NULL, veto->rule->id, veto->rule->title);
    f->over = reading_is(veto->rule, "scope", "onward");
    return true;
}

/* Does the clause show what is needed? Else says why not. */
static bool shows_enough(struct finder *f, struct span c)
{
    const struct rule_match *m = reading_hit(f->r, f->sentence, RULE_FINDING, c);
    if (f->need == NEED_NOTHING || (m != NULL && f->need == NEED_PREDICATE))
        return true;
    size_t i = 0;
    for (const struct rule_match *a; (a = reading_next(f->r, f->sentence, RULE_FINDING, &i)) != NULL;) {
        if (reading_is(a->rule, "asserts", "true") && span_overlap(a->where, c))
            return true;
    }
    if (m != NULL)
        reading_reject(f->r, ITEM_FINDING, c, f->sentence, m->rule, STR("zone"), STR("不在报告问题的部分"));
    return false;
}

/* 对……问题，: belongs to the finding in the next clause. */
static bool leads_up(const struct finder *f, struct span c)
{
    size_t i = 0;
    for (const struct rule_match *m; (m = reading_next(f->r, f->sentence, RULE_CONTINUE, &i)) != NULL;) {
        if (m->where.start <= c.start && m->where.end == c.end && reading_is(m->rule, "role", "lead"))
            return true;
    }
    return false;
}

static void read_clause(struct finder *f, struct span clause)
{
    struct span whole = without_intro(f, clause), c = without_tail(f, whole);
    if (span_len(reading_trim(f->r, c)) < 3)
        return;
    if (f->over || vetoed(f, c)) {
        close_open(f);
        return;
    }
    if (!f->only_lead && c.start == clause.start && span_len(f->open) > 0 && starts_bare(f, c.start)) {
        f->open.end = c.end;
        return;
    }
    uint32_t start = f->only_lead ? f->open.start : c.start;
    close_open(f);
    if (leads_up(f, whole)) {
        f->open = (struct span){ start, whole.end };
        f->only_lead = true;
        return;
    }
    if (!shows_enough(f, c))
        return;
    f->open_rule = predicate_of(f, c);
    if (start == c.start && is_list(f, c))
        add_list(f, c);
    else
        f->open = (struct span){ start, c.end };
}

/* A quoted finding may be several: its pieces between ， and ； are read like clauses. */
static void read_pieces(struct finder *f, struct span quoted)
{
    uint32_t from = quoted.start, depth = 0;
    for (uint32_t i = quoted.start; i <= quoted.end; i++) {
        char16_t u = i < quoted.end ? f->r->clean.at[i] : u'，';
        depth += u == u'“' || u == u'‘' || u == u'《' || u == u'（';
        depth -= depth > 0 && (u == u'”' || u == u'’' || u == u'》' || u == u'）');
        if ((depth > 0 && i < quoted.end) || (u != u'，' && u != u'；' && u != u'。'))
            continue;
        if (i > from)
            read_clause(f, (struct span){ from, i });
        from = i + 1;
    }
    close_open(f);
}

/* 关于“…”问题的整改, 对上轮反馈的“…”问题: a heading that quotes the finding it is about. */
static bool read_quoted(struct reading *r, uint32_t sentence)
{
    size_t i = 0;
    bool found = false;
    for (const struct rule_match *m; (m = reading_next(r, sentence, RULE_FINDING, &i)) != NULL;) {
        struct span quoted;
        if (!reading_is(m->rule, "quoted", "true") || !rule_match_group(m, "finding", &quoted))
            continue;
        struct finder f = { .r = r, .sentence = sentence, .why = m->rule };
        read_pieces(&f, quoted);
        found = true;
    }
    return found;
}

/* What the sentence's part of the document asks of a clause. */
static enum need need_of(const struct reading *r, const struct sentence *s)
{
    bool announces = r->clean.at[s->where.end - 1] == u'：' && s->zone_rule != NULL && reading_is(s->zone_rule, "scope", "onward");
    bool listed = s->section >= 0 && r->outline->headings[s->section].listed;        /* 一是线索质量不高。… */
    if (s->zone == ZONE_OPENING && r->outline->kind == DOC_FEEDBACK && listed)
        return NEED_PREDICATE;                       /* news lists what was found right behind the opening */
    if (s->zone != ZONE_FINDINGS || announces)       /* 摸到的情况有四类：only leads to them */
        return NEED_ASSERTION;
    if (s->label != NULL)
        return reading_is(s->label, "strict", "true") ? NEED_PREDICATE : NEED_NOTHING;
    bool strict = !listed && s->zone_rule != NULL && reading_is(s->zone_rule, "strict", "true");
    bool title = s->heading >= 0 && !r->outline->headings[s->heading].inner &&
                 r->outline->kind != DOC_SPEECH && r->outline->kind != DOC_FEEDBACK;    /* elsewhere most titles only name a subject */
    bool answered = s->zone_rule != NULL &&             /* its owner, or what was done, stands below it */
                    (s->zone_rule->type == RULE_LABEL || reading_is(s->zone_rule, "titles", "findings"));
    return strict || (title && !answered) ? NEED_PREDICATE : NEED_NOTHING;
}

static bool zone_may_report(enum zone z)
{
    return z == ZONE_FINDINGS || z == ZONE_DEMAND || z == ZONE_MEANING || z == ZONE_OPENING || z == ZONE_PRAISE || z == ZONE_FOCUS ||
           z == ZONE_COMMITMENT || z == ZONE_PROGRESS;
}

void finding_read(struct reading *r, uint32_t sentence)
{
    const struct sentence *s = &r->outline->sentences[sentence];
    if (s->question || s->cut_start || read_quoted(r, sentence) || !zone_may_report(s->zone))
        return;
    size_t v = 0;
    for (const struct rule_match *m; (m = reading_next(r, sentence, RULE_NOT_FINDING, &v)) != NULL;) {
        if (reading_is(m->rule, "scope", "sentence")) {
            reading_reject(r, ITEM_FINDING, s->where, sentence, NULL, m->rule->id, m->rule->title);
            return;
        }
    }
    struct finder f = { .r = r, .sentence = sentence, .need = need_of(r, s) };
    for (uint32_t i = 0; i < s->clause_count; i++)
        read_clause(&f, r->outline->clauses[s->first_clause + i].where);
    close_open(&f);
}
