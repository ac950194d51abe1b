/*
 * rule_types: every type a rule may have, and the stage that asks for it.
 *
 * A rule nominates; the stage named here decides. docs/rules.md tells a clerk what each type's fields are.
 */
#ifndef QD_DOC_RULE_TYPES_H
#define QD_DOC_RULE_TYPES_H

#define RULE_TYPES(X) \
    /* clean/: what is not the document */ \
    X(NOISE,              "noise")              /* a line that is page chrome; field `extent` */ \
    X(GAP,                "gap")                /* words that announce a cut; capture `missing` */ \
    /* segment/: what the document is and how it is built */ \
    X(KIND,               "kind")               /* a title or formula that shows the kind; field `kind` */ \
    X(TITLE,              "title")              /* a line that may be the title */ \
    X(DATE,               "date")               /* a line that dates the document; captures y, m, d */ \
    X(ISSUER,             "issuer")             /* captures `issuer`, `addressee` */ \
    X(HEADING,            "heading")            /* a marker at the start of a line or clause; field `form`, `rank` */ \
    X(LABEL,              "label")              /* a field label or column title; field `field` */ \
    X(ZONE,               "zone")               /* fields `zone`, `scope` */ \
    X(SPEAKER,            "speaker")            /* 指出、强调、表示; field `speaker` */ \
    /* extract/: what the sentences say */ \
    X(MODAL,              "modal")              /* head of a demand; field `modality` */ \
    X(FRONT,              "front")              /* a clause that belongs to the demand behind it */ \
    X(IMPERATIVE,         "imperative")         /* a clause that opens with a verb of doing */ \
    X(ACTOR,              "actor")              /* who is told; capture `actor` */ \
    X(NOT_DEMAND,         "not_demand")         /* what only looks like a demand */ \
    X(REPORT,             "report")             /* a duty to report */ \
    X(ACCOUNTABILITY,     "accountability")     /* 问责 */ \
    X(DELIVERABLE,        "deliverable")        /* a thing that can be handed in */ \
    X(FINDING,            "finding")            /* a predicate of deficiency */ \
    X(NOT_FINDING,        "not_finding")        /* what only looks like a finding */ \
    X(INTRO,              "intro")              /* words ahead of a finding that are not part of it */ \
    X(TAIL,               "tail")               /* words behind it that are not */ \
    X(CONTINUE,           "continue")           /* a clause opening that goes on with the subject before */ \
    X(HEDGE,              "hedge")              /* soft forms */ \
    X(CATEGORY,           "category")           /* field `category` */ \
    X(FOCUS,              "focus")              /* trigger and list; captures `list`, field `set` */ \
    X(NOT_FOCUS,          "not_focus") \
    X(SLOGAN,             "slogan")             /* fields `name`, `declared`, `members` */ \
    X(NOT_SLOGAN,         "not_slogan") \
    X(DEADLINE,           "deadline")           /* field `form`; captures y, m, d, n, unit, from … */ \
    X(NOT_DEADLINE,       "not_deadline") \
    X(RESPONSIBILITY,     "responsibility")     /* field `role`; capture `name` */ \
    X(NOT_RESPONSIBILITY, "not_responsibility") \
    X(STAT,               "stat")               /* field `object` */ \
    X(NUMBER,             "number")             /* one named number of a stat; field `name`, capture `n` */ \
    X(TRANSFER,           "transfer")           /* capture `to` */ \
    X(ANNOUNCE,           "announce")           /* 讲四点意见: a count of the points that follow; capture `n` */ \
    X(CAUSE,              "cause") \
    X(COMMITMENT,         "commitment") \
    X(PROGRESS,           "progress")           /* a sentence that reports an action */ \
    X(NOT_PROGRESS,       "not_progress") \
    X(STATE,              "state")              /* field `state` */

enum rule_type {
#define ROW(id, name) RULE_##id,
    RULE_TYPES(ROW)
#undef ROW
    RULE_TYPE_COUNT
};

#define RULE_BIT(type) (UINT64_C(1) << (type))

extern const char *const rule_type_names[RULE_TYPE_COUNT];

#endif
