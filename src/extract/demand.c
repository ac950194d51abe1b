/*
 * Demands: who is told to do, or not to do, what.
 *
 * A sentence is cut at its heads. A head is a clause with a modal (要, 必须, 不得 …) or, where nothing but demands can
 * stand, one that opens with a verb of doing or with a time limit. A demand begins at its head's clause, or at the clauses
 * before it that only lead up to it (对…的，在…中，), and runs to where the next one begins.
 */
#include "extract/reading.h"

#define HEADS_MOST 64

struct head {
    uint32_t clause;            /* index among the sentence's clauses */
    uint32_t start;             /* where the demand begins */
    const struct rule_match *modal;     /* NULL: an imperative */
    const struct rule *why;
};

struct heads {
    struct head at[HEADS_MOST];
    size_t count;
};

static const struct clause *clause_at(const struct reading *r, const struct sentence *s, uint32_t i)
{
    return &r->outline->clauses[s->first_clause + i];
}

static bool zone_commands(enum zone z)
{
    return z == ZONE_DEMAND || z == ZONE_FOCUS;
}

/* Titles of these parts tell somebody to do something, though their sentences report or assign. */
static bool title_commands(const struct reading *r, const struct sentence *s)
{
    bool plain = s->heading >= 0 && !r->outline->headings[s->heading].inner;
    return (s->zone == ZONE_MEANING && s->heading >= 0) || (s->zone == ZONE_DUTY && plain);
}

/* What stands below a table, not in it (备注：…), may demand as well. */
static bool hears_modals(const struct reading *r, const struct sentence *s)
{
    enum zone z = s->zone;
    bool in_table = r->outline->text->paragraphs[s->paragraph].cell.table != 0;
    return (z == ZONE_TABLE && !in_table) || zone_commands(z) || z == ZONE_MEANING || z == ZONE_OPENING || z == ZONE_PRAISE || z == ZONE_CASE || z == ZONE_CLOSING ||
           z == ZONE_DUTY || z == ZONE_FINDINGS || z == ZONE_CAUSE || z == ZONE_TRANSFER;
}

/* The first modal of a clause that no other rule takes back. */
static const struct rule_match *modal_in(const struct reading *r, uint32_t sentence, struct span clause)
{
    size_t i = 0;
    for (const struct rule_match *m; (m = reading_next(r, sentence, RULE_MODAL, &i)) != NULL;) {
        if (m->where.start < clause.start || m->where.start >= clause.end)
            continue;
        const struct rule_match *veto = reading_hit(r, sentence, RULE_NOT_DEMAND, m->where);
        if (veto == NULL || rule_value(veto->rule, "scope").len > 0)
            return m;
    }
    return NULL;
}

/* Is there a limit, not merely words that look like one, within the span? */
static bool is_limited(const struct reading *r, uint32_t sentence, struct span where)
{
    for (size_t i = r->drafts.count; i-- > 0 && r->drafts.at[i].sentence == sentence;) {
        const struct draft *d = &r->drafts.at[i];
        if (d->item.type == ITEM_DEADLINE && span_overlap(d->where, where))
            return true;
    }
    return false;
}

/* What may stand between the head of a clause and the limit that makes it a demand: a preposition, or who is told. */
static bool may_precede_limit(const struct reading *r, uint32_t sentence, struct span ahead)
{
    size_t i = 0;
    for (const struct rule_match *m; (m = reading_next(r, sentence, RULE_ACTOR, &i)) != NULL;) {
        if (m->whole.start == ahead.start && m->whole.end <= ahead.end)
            ahead.start = m->whole.end;
    }
    return span_len(ahead) == 0 || rule_set_word(r->rules, "before_limit", reading_text(r, ahead));
}

/* A time limit that opens the clause, or stands right behind its subject. */
static const struct rule_match *limit_opening(const struct reading *r, uint32_t sentence, struct span clause)
{
    size_t i = 0;
    for (const struct rule_match *m; (m = reading_next(r, sentence, RULE_DEADLINE, &i)) != NULL;) {
        if (m->where.start >= clause.start && m->where.end + 2 < clause.end && reading_is(m->rule, "opens", "true") &&
            may_precede_limit(r, sentence, (struct span){ clause.start, m->where.start }) && is_limited(r, sentence, m->where))
            return m;
    }
    return NULL;
}

/* Where a head's demand begins: over the clauses that lead up to it. */
static uint32_t lead_up(const struct reading *r, uint32_t sentence, uint32_t clause, uint32_t least)
{
    const struct sentence *s = &r->outline->sentences[sentence];
    uint32_t start = clause_at(r, s, clause)->where.start;
    while (clause > least) {
        const struct span before = clause_at(r, s, --clause)->where;
        const struct rule_match *front = reading_hit_at(r, sentence, RULE_FRONT, before.start);
        if (front == NULL || front->where.end < before.end)
            break;
        start = before.start;
    }
    return start;
}

/* 某中心负责拟订方案，8月底前……: the first clause assigns, the second demands. */
static bool assigns(const struct reading *r, uint32_t sentence, struct span clause)
{
    const struct rule_match *duty = reading_hit_at(r, sentence, RULE_RESPONSIBILITY, clause.start);
    return duty != NULL && duty->whole.end >= clause.end;
}

/* 对拒不整改的，点名通报: behind such words any clause is a demand. */
static const struct rule_match *condition_before(const struct reading *r, uint32_t sentence, uint32_t clause)
{
    const struct sentence *s = &r->outline->sentences[sentence];
    if (clause == 0)
        return NULL;
    const struct span before = clause_at(r, s, clause - 1)->where;
    const struct rule_match *front = reading_hit_at(r, sentence, RULE_FRONT, before.start);
    return front != NULL && front->where.end >= before.end && reading_is(front->rule, "demands", "true") ? front : NULL;
}

static void add_head(struct heads *h, struct head head)
{
    if (h->count < HEADS_MOST)
        h->at[h->count++] = head;
}

/* 会议要求，…; words that lead up, too, unless they tell to do something themselves: 对照清单逐项核验，… */
static bool is_speaker_clause(const struct reading *r, const struct sentence *s, uint32_t sentence, uint32_t i)
{
    struct span c = clause_at(r, s, i)->where;
    const struct rule_match *intro = reading_hit_at(r, sentence, RULE_INTRO, c.start);
    if (intro == NULL || intro->whole.end < c.end)
        return false;
    return rule_value(intro->rule, "drops").len > 0 || reading_hit_at(r, sentence, RULE_IMPERATIVE, c.start) == NULL;
}

/* What stands ahead of a demand's own words: who speaks, a connective; a fronted phrase (在评审环节，应当…) is its own. */
static uint32_t without_intro(const struct reading *r, uint32_t sentence, uint32_t start, uint32_t modal)
{
    const struct rule_match *intro = reading_hit_at(r, sentence, RULE_INTRO, start), *front = reading_hit_at(r, sentence, RULE_FRONT, start);
    if (intro == NULL || intro->where.end > modal || (front != NULL && front->where.end + 1 >= intro->where.end && rule_value(intro->rule, "drops").len == 0))
        return start;
    return intro->where.end;
}

/* 严禁弄虚作假、严禁瞒报: each 、 with a prohibition behind it begins one more. */
static void find_listed_prohibitions(const struct reading *r, uint32_t sentence, uint32_t clause, const struct rule_match *first, struct heads *h)
{
    const struct span c = clause_at(r, &r->outline->sentences[sentence], clause)->where;
    if (!reading_is(first->rule, "modality", "must_not"))
        return;
    size_t i = 0;
    for (const struct rule_match *m; (m = reading_next(r, sentence, RULE_MODAL, &i)) != NULL;) {
        bool listed = m->where.start > first->where.end && m->where.start < c.end && r->clean.at[m->where.start - 1] == u'、';
        if (listed && reading_is(m->rule, "modality", "must_not"))
            add_head(h, (struct head){ clause, m->where.start, m, m->rule });
    }
}

static void find_modals(const struct reading *r, uint32_t sentence, struct heads *h)
{
    const struct sentence *s = &r->outline->sentences[sentence];
    uint32_t least = 0;
    for (uint32_t i = 0; i < s->clause_count; i++) {
        struct span c = clause_at(r, s, i)->where;
        const struct rule_match *front = reading_hit_at(r, sentence, RULE_FRONT, c.start);
        if (front != NULL && front->where.end >= c.end)
            continue;                   /* 巡察要取得实效，必须…: the first 要 only leads up */
        const struct rule_match *m = modal_in(r, sentence, c);
        if (m == NULL)
            continue;
        uint32_t start = without_intro(r, sentence, lead_up(r, sentence, i, least), m->where.start);
        if (reading_is(m->rule, "from", "modal"))
            start = m->where.start;
        add_head(h, (struct head){ i, start, m, m->rule });
        find_listed_prohibitions(r, sentence, i, m, h);
        least = i + 1;
    }
}

/* No modal: the first clause that is not a lead-up opens with a verb of doing, or each clause opens with its time limit. */
static void find_imperatives(const struct reading *r, uint32_t sentence, bool anywhere, struct heads *h)
{
    const struct sentence *s = &r->outline->sentences[sentence];
    size_t modals = h->count;
    uint32_t until = modals > 0 ? h->at[0].clause : s->clause_count;
    struct heads found = { .count = 0 };
    bool assigned = false;
    for (uint32_t i = 0; i < until; i++) {
        struct span c = clause_at(r, s, i)->where;
        if (is_speaker_clause(r, s, sentence, i))
            continue;
        const struct rule_match *limit = limit_opening(r, sentence, c);
        const struct rule_match *verb = assigned ? NULL : reading_hit_at(r, sentence, RULE_IMPERATIVE, c.start);
        if (verb == NULL && found.count == 0)
            verb = condition_before(r, sentence, i);
        if (found.count == 0 && (verb != NULL || limit != NULL)) {
            uint32_t start = lead_up(r, sentence, i, 0);
            add_head(&found, (struct head){ i, anywhere ? clause_at(r, s, 0)->where.start : start, NULL, verb != NULL ? verb->rule : limit->rule });
        } else if (found.count > 0 && limit != NULL && modals == 0 && found.at[0].why->type == RULE_DEADLINE) {
            add_head(&found, (struct head){ i, lead_up(r, sentence, i, found.at[found.count - 1].clause + 1), NULL, limit->rule });
        } else if (found.count == 0 && !anywhere) {
            assigned = assigns(r, sentence, c);
            const struct rule_match *front = reading_hit_at(r, sentence, RULE_FRONT, c.start);
            if (!assigned && (front == NULL || front->where.end < c.end))
                break;
        }
    }
    if (found.count == 0 || (modals > 0 && h->at[0].start <= found.at[0].start))
        return;
    for (size_t i = 0; i < modals; i++)
        add_head(&found, h->at[i]);
    *h = found;
}

/* 要深入思考，为什么……？: what is asked stands behind the demand; any other question demands nothing. */
static bool only_asks(const struct reading *r, const struct sentence *s, uint32_t sentence)
{
    return s->question && (s->clause_count < 2 || modal_in(r, sentence, clause_at(r, s, 0)->where) == NULL);
}

/* 一要…: the modal is in the marker, and the whole title is demanded. NULL: it is not. */
static const struct rule *marker_modal(const struct reading *r, const struct sentence *s)
{
    const struct rule *marker = s->heading < 0 ? NULL : r->outline->headings[s->heading].marker_rule;
    return marker != NULL && rule_value(marker, "modality").len > 0 ? marker : NULL;
}

static void fill_actor(struct reading *r, struct draft *d, uint32_t sentence, const struct head *head, struct span where)
{
    size_t i = 0;
    struct span best = { 0, 0 };
    const struct clause *c = clause_at(r, &r->outline->sentences[sentence], head->clause);
    for (const struct rule_match *m; (m = reading_next(r, sentence, RULE_ACTOR, &i)) != NULL;) {
        struct span who;
        if (!span_within(m->whole, (struct span){ where.start, c->where.end }) || !rule_match_group(m, "actor", &who))
            continue;
        if (span_len(best) == 0)
            best = who;
    }
    if (span_len(best) > 0) {
        d->item.actor = ustr_to_utf8(r->arena, reading_text(r, best));
        d->item.actor_source = "stated";
    }
}

static void fill_kind(struct reading *r, struct draft *d, uint32_t sentence, struct span where)
{
    d->item.modality = "must";
    d->item.kind = reading_hit_inside(r, sentence, RULE_ACCOUNTABILITY, where) != NULL ? "accountability"
                   : reading_hit_inside(r, sentence, RULE_REPORT, where) != NULL       ? "report"
                                                                                       : "task";
}

static void add_demand(struct reading *r, uint32_t sentence, const struct head *head, struct span where)
{
    where = reading_trim(r, where);
    if (span_len(where) < (head->modal == NULL ? 2 : 3))       /* 一要问效: the modal is in the marker */
        return;
    struct draft *d = reading_add(r, ITEM_DEMAND, where, sentence, head->why);
    fill_kind(r, d, sentence, where);
    if (head->modal != NULL && reading_is(head->modal->rule, "modality", "must_not"))
        d->item.modality = "must_not";
    fill_actor(r, d, sentence, head, where);
    bool tangible = is_limited(r, sentence, where) || reading_hit_inside(r, sentence, RULE_DELIVERABLE, where) != NULL;
    /* who is filled in by inheritance later: finish.c takes back what has no actor */
    d->item.actionable = tangible && str_is(str_of(d->item.modality), "must") && !str_is(str_of(d->item.kind), "accountability");
}

void demand_read(struct reading *r, uint32_t sentence)
{
    const struct sentence *s = &r->outline->sentences[sentence];
    if (only_asks(r, s, sentence) || s->label != NULL || s->clause_count == 0 || !hears_modals(r, s) || s->speaker == SPEAKER_PROMISES)
        return;
    const struct rule_match *veto = NULL, *no_imperative = NULL;
    size_t v = 0;
    for (const struct rule_match *m; (m = reading_next(r, sentence, RULE_NOT_DEMAND, &v)) != NULL;) {
        if (reading_is(m->rule, "scope", "sentence"))
            veto = m;
        else if (reading_is(m->rule, "scope", "imperative"))
            no_imperative = m;
    }
    if (veto != NULL) {
        reading_reject(r, ITEM_DEMAND, s->where, sentence, veto->rule, veto->rule->id, veto->rule->title);
        return;
    }
    struct heads heads = { .count = 0 };
    find_modals(r, sentence, &heads);
    const struct rule *marker = marker_modal(r, s);
    if (marker != NULL && heads.count > 0 && heads.at[0].clause > 0)
        heads.at[0].start = clause_at(r, s, heads.at[0].clause)->where.start;   /* 一要查得准，不能大而化之: the first clause is demanded, no topic */
    if (marker != NULL && (heads.count == 0 || heads.at[0].start > s->where.start)) {
        struct heads whole = { .count = 0 };
        add_head(&whole, (struct head){ 0, s->where.start, NULL, marker });
        for (size_t i = 0; i < heads.count; i++)
            add_head(&whole, heads.at[i]);
        heads = whole;
    } else if (no_imperative != NULL) {
        if (heads.count == 0)
            reading_reject(r, ITEM_DEMAND, s->where, sentence, NULL, no_imperative->rule->id, no_imperative->rule->title);
    } else if (zone_commands(s->zone) || title_commands(r, s) || s->speaker == SPEAKER_DEMANDS) {
        find_imperatives(r, sentence, s->heading >= 0, &heads);
    }
    for (size_t i = 0; i < heads.count; i++) {
        uint32_t end = i + 1 < heads.count ? heads.at[i + 1].start : s->where.end;
        if (end > heads.at[i].start)
            add_demand(r, sentence, &heads.at[i], (struct span){ heads.at[i].start, end });
    }
}
