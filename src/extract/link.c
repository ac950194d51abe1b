/*
 * What belongs together.
 *
 * A measure or progress item belongs to the finding that leads its record (a table row, a numbered block), to the one its
 * paragraph speaks of, or to the nearest heading above it; items of a block without a state take the state its label or last sentence gives. A demand without an
 * actor takes the one of its heading or of the sentence before in the same section. A time limit or an owner belongs to the
 * demand, measure or finding of its clause, sentence or record.
 */
#include "extract/finish.h"

static const struct sentence *sentence_of(const struct reading *r, const struct draft *d)
{
    return &r->outline->sentences[d->sentence];
}

/* The first finding of each record, by record number; what stands in no record (0) has none. */
static int32_t *first_findings(const struct reading *r, uint32_t records)
{
    int32_t *first = arena_take(r->arena, ((size_t)records + 1) * sizeof *first);
    for (uint32_t i = 0; i <= records; i++)
        first[i] = -1;
    for (size_t i = r->drafts.count; i-- > 0;) {
        if (r->drafts.at[i].item.type == ITEM_FINDING)
            first[sentence_of(r, &r->drafts.at[i])->record] = (int32_t)i;
    }
    first[0] = -1;
    return first;
}

static uint32_t record_count(const struct reading *r)
{
    uint32_t most = 0;
    for (size_t i = 0; i < r->outline->sentence_count; i++) {
        if (r->outline->sentences[i].record > most)
            most = r->outline->sentences[i].record;
    }
    return most;
}

static bool is_quoted(const struct reading *r, const struct draft *d)
{
    const struct rule *why = d->item.rule.len > 0 ? rule_set_find(r->rules, d->item.rule) : NULL;
    return why != NULL && reading_is(why, "quoted", "true");
}

/* The finding that a heading names, by heading; -1 none. */
static int32_t *named_by_headings(const struct reading *r)
{
    int32_t *named = arena_take(r->arena, (r->outline->heading_count + 1) * sizeof *named);
    for (size_t h = 0; h < r->outline->heading_count; h++)
        named[h] = -1;
    for (size_t i = r->drafts.count; i-- > 0;) {
        int32_t heading = sentence_of(r, &r->drafts.at[i])->heading;
        if (r->drafts.at[i].item.type == ITEM_FINDING && heading >= 0)
            named[heading] = (int32_t)i;
    }
    return named;
}

static int32_t named_above(const struct reading *r, const int32_t *named, int32_t section)
{
    while (section >= 0 && named[section] < 0)
        section = r->outline->headings[section].parent;
    return section < 0 ? -1 : named[section];
}

static bool same_paragraph(const struct reading *r, const struct draft *d, int32_t other)
{
    return other >= 0 && sentence_of(r, &r->drafts.at[other])->paragraph == sentence_of(r, d)->paragraph;
}

/* In a record with several quoted findings an action belongs to the one quoted last; else to the first of its record. */
static void link_actions(struct reading *r, const int32_t *first)
{
    const int32_t *named = named_by_headings(r);
    int32_t quoted = -1, told = -1;             /* told: the first finding of the sentence before that has one */
    for (size_t i = 0; i < r->drafts.count; i++) {
        struct draft *d = &r->drafts.at[i];
        uint32_t record = sentence_of(r, d)->record;
        if (d->item.type == ITEM_FINDING && (told < 0 || r->drafts.at[told].sentence != d->sentence))
            told = (int32_t)i;
        if (d->item.type == ITEM_FINDING && is_quoted(r, d) &&
            (quoted < 0 || r->drafts.at[quoted].sentence != d->sentence))
            quoted = (int32_t)i;
        if (d->item.type != ITEM_MEASURE && d->item.type != ITEM_PROGRESS)
            continue;
        bool own = quoted >= 0 && sentence_of(r, &r->drafts.at[quoted])->record == record;
        int32_t finding = own ? quoted : same_paragraph(r, d, told) ? told : first[record] >= 0 ? first[record] : named_above(r, named, d->item.section);
        if (finding < 0)
            continue;
        d->item.link = finding;
        d->item.finding = ustr_to_utf8(r->arena, reading_text(r, r->drafts.at[finding].where));
    }
}

/* 该问题已整改到位: does the sentence speak for its whole block? */
static bool speaks_for_block(const struct reading *r, const struct draft *d)
{
    size_t i = 0;
    for (const struct rule_match *m; (m = reading_next(r, d->sentence, RULE_STATE, &i)) != NULL;) {
        if (reading_is(m->rule, "scope", "block"))
            return true;
    }
    return false;
}

/* The state of a record: a label's value first, else what a sentence says of the whole; where neither does, none is known. */
static void spread_states(struct reading *r, const int32_t *first, uint32_t records)
{
    const char **state = arena_take(r->arena, ((size_t)records + 1) * sizeof *state);
    bool *by_label = arena_take(r->arena, (size_t)records + 1);
    for (size_t i = 0; i < r->drafts.count; i++) {
        const struct draft *d = &r->drafts.at[i];
        const struct sentence *s = sentence_of(r, d);
        if (d->item.type != ITEM_PROGRESS || d->item.state == NULL || by_label[s->record])
            continue;
        by_label[s->record] = s->label != NULL && reading_is(s->label, "field", "state");
        if (by_label[s->record] || speaks_for_block(r, d))
            state[s->record] = d->item.state;
    }
    for (size_t i = 0; i < r->drafts.count; i++) {
        struct draft *d = &r->drafts.at[i];
        uint32_t record = sentence_of(r, d)->record;
        if (d->item.type != ITEM_PROGRESS || first[record] < 0 || d->item.state != NULL || state[record] == NULL)
            continue;
        d->item.state = state[record];
        d->item.inferred = true;
    }
}

/* 一、已完成整改的问题: the title of a section may tell the state of all that nothing nearer tells. */
static void inherit_states(struct reading *r)
{
    const struct outline *o = r->outline;
    const char **state = arena_take(r->arena, (o->heading_count + 1) * sizeof *state);
    for (uint32_t i = 0; i < o->sentence_count; i++) {
        const struct sentence *s = &o->sentences[i];
        if (s->heading >= 0 && s->zone_rule != NULL && s->zone == ZONE_PROGRESS && reading_is(s->zone_rule, "titles", "findings"))
            state[s->heading] = progress_state(r, i, s->where);
    }
    for (size_t i = 0; i < r->drafts.count; i++) {
        struct draft *d = &r->drafts.at[i];
        for (int32_t h = d->item.section; d->item.type == ITEM_PROGRESS && d->item.state == NULL && h >= 0; h = o->headings[h].parent) {
            d->item.state = state[h];
            d->item.inferred = state[h] != NULL;
        }
    }
}

/* A title opens a section of its own; a point of a run only goes on. */
static bool is_title(const struct reading *r, const struct draft *d)
{
    int32_t h = sentence_of(r, d)->heading;
    return h >= 0 && !r->outline->headings[h].inner;
}

/* Do both stand below the same heading, list points aside? */
static int32_t block(const struct reading *r, int32_t section)
{
    while (section >= 0 && r->outline->headings[section].inner)
        section = r->outline->headings[section].parent;
    return section;
}

/* 对局党组提出三点意见：, in the sentences from `from` up to `to`: whom the points that follow address; empty: nobody new. */
static struct str advised(const struct reading *r, uint32_t from, uint32_t to)
{
    struct str actor = STR("");
    for (uint32_t s = from; s <= to; s++) {
        size_t i = 0;
        for (const struct rule_match *m; (m = reading_next(r, s, RULE_ACTOR, &i)) != NULL;) {
            struct span who;
            if (reading_is(m->rule, "advises", "true") && rule_match_group(m, "actor", &who))
                actor = ustr_to_utf8(r->arena, reading_text(r, who));
        }
    }
    return actor;
}

/* The one party a letter goes to does what it demands of nobody else. Several, or a general address (各单位), stay open. */
static struct str addressed_party(const struct reading *r)
{
    const struct outline *o = r->outline;
    bool letter = o->kind == DOC_FEEDBACK || o->kind == DOC_OTHER;
    struct ustr name = reading_text(r, o->addressee);
    if (!letter || name.len == 0 || ustr_has(name, u'、') || ustr_has(name, u'，') || name.at[0] == u'各')
        return STR("");
    return ustr_to_utf8(r->arena, name);
}

static void inherit_actors(struct reading *r)
{
    struct str actor = STR("");
    struct str addressed = addressed_party(r);
    int32_t at_block = -2;
    uint32_t asked = 0;
    for (size_t i = 0; i < r->drafts.count; i++) {
        struct draft *d = &r->drafts.at[i];
        if (d->item.type != ITEM_DEMAND && d->item.type != ITEM_RESPONSIBILITY)
            continue;
        int32_t now = block(r, d->item.section);
        if (now != at_block)
            actor = STR("");
        at_block = now;
        struct str told = d->sentence >= asked ? advised(r, asked, d->sentence) : STR("");
        asked = d->sentence + 1;
        if (told.len > 0)
            actor = told;
        if (d->item.type == ITEM_RESPONSIBILITY) {
            if (d->item.role != NULL && sentence_of(r, d)->label == NULL)
                actor = d->item.name;
            continue;
        }
        if (d->item.actor.len > 0) {
            actor = d->item.actor;
        } else if (actor.len > 0 && !is_title(r, d)) {
            d->item.actor = actor;
            d->item.actor_source = "inherited";
        }
        if (d->item.actor.len == 0 && d->item.actionable && addressed.len > 0) {
            d->item.actor = addressed;
            d->item.actor_source = "addressee";
        }
        if (d->item.actor.len == 0)
            d->item.actionable = false;
    }
}

static bool may_own(enum item_type t)
{
    return t == ITEM_DEMAND || t == ITEM_MEASURE || t == ITEM_PROGRESS || t == ITEM_COMMITMENT || t == ITEM_FINDING || t == ITEM_TRANSFER;
}

/* 针对“…”问题。1.…2.…此项工作由镇长牵头: what the measure before it in the paragraph answers; -1 none. */
static int32_t answered_before(const struct reading *r, size_t i)
{
    const struct draft *d = &r->drafts.at[i];
    for (size_t k = i; k-- > 0 && same_paragraph(r, d, (int32_t)k);) {
        const struct item *item = &r->drafts.at[k].item;
        if (item->type == ITEM_FINDING)
            return (int32_t)k;
        if ((item->type == ITEM_MEASURE || item->type == ITEM_PROGRESS) && item->link >= 0)
            return item->link;
    }
    return -1;
}

/* The smallest action around the span, else the nearest one before it in its sentence, else the finding of its record or paragraph. */
static int32_t owner_of(const struct reading *r, size_t i, const int32_t *first)
{
    const struct draft *d = &r->drafts.at[i];
    int32_t around = -1, before = -1;
    for (size_t k = i > 40 ? i - 40 : 0; k < r->drafts.count && r->drafts.at[k].where.start <= d->where.end; k++) {
        const struct draft *other = &r->drafts.at[k];
        if (k == i || !may_own(other->item.type) || other->item.type == ITEM_FINDING)
            continue;
        if (span_within(d->where, other->where)) {
            if (around < 0 || span_len(other->where) < span_len(r->drafts.at[around].where))
                around = (int32_t)k;
        } else if (other->sentence == d->sentence && other->where.start < d->where.start) {
            before = (int32_t)k;
        }
    }
    return around >= 0 ? around : before >= 0 ? before : first[sentence_of(r, d)->record] >= 0 ? first[sentence_of(r, d)->record] : answered_before(r, i);
}

void link_drafts(struct reading *r)
{
    uint32_t records = record_count(r);
    const int32_t *first = first_findings(r, records);
    link_actions(r, first);
    spread_states(r, first, records);
    inherit_states(r);
    inherit_actors(r);
    for (size_t i = 0; i < r->drafts.count; i++) {
        struct draft *d = &r->drafts.at[i];
        if (d->item.type == ITEM_DEADLINE || d->item.type == ITEM_RESPONSIBILITY)
            d->item.link = owner_of(r, i, first);
    }
}
