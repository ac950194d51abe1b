/*
 * reading: the work on one document while its items are being found.
 *
 * Each file of extract/ knows one class of items. It looks at one sentence at a time, asks for the matches of its types
 * of rules, and adds drafts. A draft is an item whose place is still a span of the cleaned text; finish.c turns drafts
 * into a checklist.
 */
#ifndef QD_EXTRACT_READING_H
#define QD_EXTRACT_READING_H

#include "checklist/checklist.h"
#include "doc/anchor.h"
#include "doc/outline.h"
#include "doc/rule_types.h"
#include "rule/rule.h"
#include "zh/calendar.h"

/* What the user set for all documents. */
struct read_settings {
    struct str date;                    /* ISO day that replaces the document's, or empty */
    int kind;                           /* enum doc_kind, or -1: find out */
    struct anchors anchors;             /* days of events; of one event told twice the later holds */
    const struct calendar *calendar;    /* never NULL */
};

struct draft {
    struct item item;                   /* without at, text, clean, id: finish.c fills them */
    struct span where;                  /* in the cleaned text */
    struct span list;                   /* of a slogan that is shown with the members it falls short by: these, else empty */
    uint32_t sentence;
};

struct draft_reject {
    enum item_type type;
    enum verdict verdict;
    struct span where;
    uint32_t sentence;
    struct str rule, guard, why;
};

struct reading {
    struct arena *arena;                /* the document's: for what goes into the checklist */
    struct arena *work;                 /* for matches, drafts and rejects; ends with the reading */
    const struct outline *outline;
    struct ustr clean;                  /* outline->text->clean */
    const struct rule_set *rules;
    struct rule_scan *scan;
    const struct read_settings *settings;
    struct diags *diags;
    struct rule_matches *matches;       /* by sentence, spans in the cleaned text, rejected ones included */
    VEC(struct draft) drafts;
    VEC(struct draft_reject) rejects;
};

/* The text of a span. */
static inline struct ustr reading_text(const struct reading *r, struct span where)
{
    return ustr_at(r->clean, where);
}

/* The next accepted match of a type in a sentence at or after index *i (start with 0), which moves past it; NULL at the end. */
const struct rule_match *reading_next(const struct reading *r, uint32_t sentence, enum rule_type type, size_t *i);
/* Does an accepted match of the type overlap the span? Returns the first, or NULL. */
const struct rule_match *reading_hit(const struct reading *r, uint32_t sentence, enum rule_type type, struct span where);

/* The same, for a match whose whole pattern starts at the unit, and for one inside the span. */
const struct rule_match *reading_hit_at(const struct reading *r, uint32_t sentence, enum rule_type type, uint32_t start);
const struct rule_match *reading_hit_inside(const struct reading *r, uint32_t sentence, enum rule_type type, struct span where);
/* Has the rule this value in its fixed field? */
bool reading_is(const struct rule *r, const char *field, const char *value);

/* A new draft, zeroed but for type, place, sentence, zone, section and the -1 fields. `why` (may be NULL) is the rule that nominated it. */
struct draft *reading_add(struct reading *r, enum item_type type, struct span where, uint32_t sentence, const struct rule *why);
void reading_reject(struct reading *r, enum item_type type, struct span where, uint32_t sentence, const struct rule *why,
                    struct str guard, struct str reason);
/* Drops edge punctuation, spaces and list marks from both ends; may come back empty. */
struct span reading_trim(const struct reading *r, struct span where);
/* The members of a list: parts between 、 ， ； 和 及 outside quotes and brackets. */
struct strs reading_members(struct reading *r, struct span list);
/* The same, between these marks only; 和 及 与 at the edge of a part are no marks. */
struct strs reading_split(struct reading *r, struct span list, const char16_t *marks);

/* The state of progress named in words of the sentence (目前，…已取得阶段性成效), of several the last; NULL: none. */
const char *progress_state(const struct reading *r, uint32_t sentence, struct span where);

/* One file each: what it finds in one sentence. */
void deadline_read(struct reading *r, uint32_t sentence);
void slogan_read(struct reading *r, uint32_t sentence);
void focus_read(struct reading *r, uint32_t sentence);
void finding_read(struct reading *r, uint32_t sentence);
void demand_read(struct reading *r, uint32_t sentence);
void responsibility_read(struct reading *r, uint32_t sentence);
void stat_read(struct reading *r, uint32_t sentence);
void transfer_read(struct reading *r, uint32_t sentence);
void cause_read(struct reading *r, uint32_t sentence);
void commitment_read(struct reading *r, uint32_t sentence);
void measure_read(struct reading *r, uint32_t sentence);
void progress_read(struct reading *r, uint32_t sentence);

#endif
