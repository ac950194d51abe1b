/*
 * body: what rule/ knows of a rule beyond the public part. Private to this folder.
 */
#ifndef QD_RULE_BODY_H
#define QD_RULE_BODY_H

#include "rule/draft.h"
#include "rule/lexicon.h"
#include "rule/literals.h"
#include "rule/pattern.h"
#include "rule/syntax.h"

struct guard {
    struct rule_guard face;
    struct pattern *pattern;
    enum guard_side side;
    bool must;
    uint32_t reach;                     /* units a guard before can look back over, SYNTAX_MANY: all */
    struct syntax_tree tree;
    const struct draft_guard *draft;
    struct spliced spliced;
};

struct rule_body {
    const struct rule_set *set;
    uint32_t index;                     /* in the set */
    struct pattern *pattern;
    struct pattern_names names;
    struct span span_names;             /* the rows of `names` that are called span */
    const struct guard *guards;
    size_t guard_count;
    struct literals_pair literals;
    struct syntax_tree tree;
    struct spliced spliced;
    const struct draft_rule *draft;
    struct rule_details details;
};

/* The first guard that rejects the match, NULL: accepted. *limit is set where one could not be decided. */
const struct guard *guards_reject(const struct rule_body *b, struct pattern_room *room, struct ustr text, struct span whole,
                                  bool *limit);

/* All matches of one rule in sound text, in order. Private to scan and examples. */
struct rule_run {
    const struct rule *rule;
    struct ustr text;
    struct pattern_room *room;
    uint32_t from, until;               /* the next match begins no earlier and no later; start with 0 and the text's length */
    bool limit;                         /* a step limit was reached; the run ends */
    /* of the match found */
    struct span whole;
    const struct guard *rejected_by;
    uint32_t groups[2 * (RULE_GROUPS_MOST + 1)];
    uint32_t group_count;
};
bool rule_run_next(struct rule_run *r); /* false: no more */
struct span rule_run_where(const struct rule_run *r);

uint32_t rule_set_groups(const struct rule_set *set);   /* most groups of any rule */
const struct lexicons *rule_set_lexicons(const struct rule_set *set);

/* Runs the examples of a rule; false, told, where one fails. */
bool examples_hold(const struct rule *r, struct pattern_room *room, struct diags *d);

#endif
