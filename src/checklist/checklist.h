/*
 * checklist: what a document comes to, item by item, each with its evidence.
 *
 * It carries its evidence as text and offsets, never as pointers into other shapes, so a writer needs nothing
 * else. All strings are UTF-8 in the document's arena. Places count code points of the decoded text.
 */
#ifndef QD_CHECKLIST_CHECKLIST_H
#define QD_CHECKLIST_CHECKLIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/str.h"
#include "doc/kinds.h"

#define ITEM_TYPES(X) \
    X(FINDING,        "finding",        "问题") \
    X(FOCUS,          "focus",          "监督重点") \
    X(SLOGAN,         "slogan",         "数字提法") \
    X(DEMAND,         "demand",         "要求") \
    X(MEASURE,        "measure",        "整改措施") \
    X(PROGRESS,       "progress",       "整改进展") \
    X(DEADLINE,       "deadline",       "完成时限") \
    X(RESPONSIBILITY, "responsibility", "责任") \
    X(STAT,           "stat",           "统计") \
    X(TRANSFER,       "transfer",       "线索移交") \
    X(CAUSE,          "cause",          "原因") \
    X(COMMITMENT,     "commitment",     "表态")

enum item_type {
#define ROW(id, name, zh) ITEM_##id,
    ITEM_TYPES(ROW)
#undef ROW
    ITEM_TYPE_COUNT
};

extern const char *const item_type_names[ITEM_TYPE_COUNT];
extern const char *const item_type_words[ITEM_TYPE_COUNT];

#define CATEGORIES(X) \
    X(LEADERSHIP,    "leadership",    "党的领导弱化") \
    X(BUILDING,      "building",      "党的建设缺失") \
    X(GOVERNANCE,    "governance",    "全面从严治党不力") \
    X(RECTIFICATION, "rectification", "整改落实") \
    X(OTHER,         "other",         "其他")

enum category {
#define ROW(id, name, zh) CATEGORY_##id,
    CATEGORIES(ROW)
#undef ROW
    CATEGORY_COUNT
};

extern const char *const category_names[CATEGORY_COUNT];
extern const char *const category_words[CATEGORY_COUNT];

struct strs { const struct str *at; size_t count; };

/* A point in a document. */
struct at {
    uint32_t start, end;            /* code points, end exclusive */
    uint32_t byte_start, byte_end;  /* in the file; both 0 where the text is not the file's own */
    uint32_t line;                  /* of start, from 1; 0 unknown */
};

struct section {
    uint32_t level;
    int32_t parent;                 /* index into sections, -1 */
    struct str marker, title;       /* as printed */
    struct at at;                   /* of marker and title */
    enum zone zone;
    struct str zone_rule;           /* id or empty */
};

/* Parts of a score, each 0 to 1; the score is their product. */
struct score_parts { double rule, zone, guard, context; };

/* A named number of a stat, in the order of the document. */
struct number { struct str name; double value; };

struct item {
    enum item_type type;
    struct str id;                  /* stable across runs and re-wrapped copies */
    struct str text;                /* exactly the decoded text from start to end */
    struct str clean;               /* the same, on one line, wraps and stray spaces gone: what a reader is shown */
    struct at at;
    int32_t section;                /* index into sections, -1 */
    uint32_t record;                /* the table row or numbered block it stands in, 0 none */
    enum zone zone;
    struct str rule;                /* id of the rule that nominated it */
    struct strs reasons;            /* rule ids and stage names that spoke for it, in order */
    struct score_parts parts;
    double score;
    bool masked, inferred, cut, hedged, mismatch;   /* mismatch: declared count or sum does not fit */
    int32_t link;                   /* item it belongs to (deadline or owner → demand/finding, measure/progress → finding), -1 */
    struct strs notes;              /* diag names such as "READ_NO_ANCHOR" that concern this item */

    /* by type; empty or -1 where not of the type */
    enum category category;         /* finding */
    struct str actor;               /* demand; empty: none known */
    const char *actor_source;       /* demand: "stated", "heading", "inherited", "addressee" or NULL */
    const char *modality;           /* demand: "must", "must_not" */
    const char *kind;               /* demand: "task"…; deadline: "by_date"… */
    bool actionable;                /* demand */
    struct str set;                 /* focus */
    struct str name;                /* slogan, responsibility */
    int32_t declared;               /* slogan, -1 none */
    struct strs members;            /* focus, slogan */
    struct str iso, iso_start;      /* deadline; empty: cannot be known */
    int32_t n;                      /* deadline within; with unit */
    const char *unit;               /* "day"…, NULL none */
    struct str from;                /* deadline */
    struct str recur;               /* deadline recurring: an RFC 5545 rule, empty where not derived */
    const char *role;               /* responsibility */
    const char *state;              /* progress, NULL not stated */
    struct str finding;             /* measure, progress: text of the finding */
    const char *object;             /* stat */
    const struct number *numbers;   /* stat */
    size_t number_count;
    struct str money_unit;          /* stat of money: "万元" */
    struct str to;                  /* transfer */
    int32_t count;                  /* transfer, -1 none */
};

enum verdict { VERDICT_ITEM, VERDICT_REJECTED, VERDICT_UNRESOLVED };

/* A candidate that did not become an item, kept so that nothing is silent. */
struct reject {
    enum item_type type;
    enum verdict verdict;
    struct str text, clean;
    struct at at;
    struct str rule, guard, why;    /* the guard's id and its reason in words */
    enum zone zone;
};

struct noise_span { struct at at; struct str rule; };
struct gap_span { struct at at; struct str text; uint32_t missing; };
struct quote_span { struct at at; struct str text; };   /* words at a quotation mark without its partner */

struct checklist {
    struct {
        struct str name, id, sha256;
        const char *format, *charset;
        uint32_t characters;        /* code points of the decoded text */
        size_t bad_bytes;
        enum doc_kind kind;
        struct str kind_rule, title, date, issuer, addressee;   /* empty: not stated */
        struct at title_at;
    } document;
    struct str rules_version;       /* hash of the loaded rules */
    const struct section *sections;
    size_t section_count;
    const struct item *items;       /* in the order of the document */
    size_t item_count;
    const struct reject *rejects;
    size_t reject_count;
    const struct noise_span *noise;
    size_t noise_count;
    const struct gap_span *gaps;
    size_t gap_count;
    const struct quote_span *quotes;
    size_t quote_count;
    const struct diag *diags;       /* what was noticed while reading this document */
    size_t diag_count;
};

#endif
