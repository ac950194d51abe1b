/*
 * rule: rule files in, matches out. Knows no word of the domain.
 *
 * A rule set is loaded once from folders of YAML (shipped rules first, an office's overlays after), checked, compiled
 * with PCRE2-16 JIT and never changed, so any number of threads may read it. What changes while matching is a rule_scan,
 * one a thread. A file with a mistake is read to its end and every mistake told; what comes back is then NULL, so no run
 * starts on half a set. The language of rule files is docs/rules.md.
 */
#ifndef QD_RULE_RULE_H
#define QD_RULE_RULE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"
#include "base/ustr.h"

#define RULE_TYPES_MOST 64
#define RULE_GROUPS_MOST 32
#define RULE_MATCHES_MOST 4096      /* of one rule in one text; more is a READ_LIMIT diag */

/* A closed vocabulary; a name's index is its value. */
struct rule_names { const char *const *names; size_t count; };

/* What the loader must know of the program that uses it. */
struct rule_schema {
    struct rule_names types;        /* at most RULE_TYPES_MOST */
    struct rule_names kinds;        /* values of where.kinds, at most 32 */
    struct rule_names zones;        /* values of where.zones, at most 32 */
};

enum rule_status { RULE_EXPERIMENTAL, RULE_TEST, RULE_STABLE };
enum rule_overlap { RULE_OVERLAP_ALL, RULE_OVERLAP_LONGEST, RULE_OVERLAP_LEFTMOST, RULE_OVERLAP_CONTAINED };

/* A fixed field (`set:`) or a captured one (`captures:`). */
struct rule_field {
    struct str name;
    struct str value;               /* of a fixed field, UTF-8 */
    struct ustr wide;               /* the same, UTF-16 */
    int group;                      /* captured: the group's number, else -1 */
};

struct rule {
    struct str id, title, file;
    uint32_t line;
    uint8_t type;                   /* index into the schema's types */
    enum rule_status status;
    uint32_t kinds, zones;          /* bit sets; all ones where the rule says nothing */
    int32_t priority;               /* higher goes first */
    double score;                   /* 0 to 1 */
    enum rule_overlap overlap;
    const struct rule_field *fields;
    size_t field_count;
    const struct rule_body *body;   /* private to rule/ */
};

/* The fixed field of that name, or an empty str / ustr. */
struct str rule_value(const struct rule *r, const char *name);
struct ustr rule_value_wide(const struct rule *r, const char *name);

struct rule_guard {
    struct str id;                  /* "rule.id#name" */
    struct str why;                 /* in words, for explain */
};

struct rule_set;

/*
 * Loads every *.yaml below the folders, in order; a later folder adds, overrides (`override: true`) or disables
 * (`disable: [id…]`). check_examples: a rule whose examples fail is a mistake. NULL after any mistake.
 */
struct rule_set *rule_set_load(const char *const *folders, size_t count, const struct rule_schema *schema,
                               bool check_examples, struct diags *d);
void rule_set_free(struct rule_set *set);                   /* NULL is fine */
size_t rule_set_count(const struct rule_set *set);
const struct rule *rule_set_at(const struct rule_set *set, size_t i);       /* in file order */
const struct rule *rule_set_find(const struct rule_set *set, struct str id);/* NULL: none */
struct str rule_set_version(const struct rule_set *set);    /* 16 hexadecimal digits, a hash of all rules as loaded */
const struct rule_schema *rule_set_schema(const struct rule_set *set);
/* Is the text, as a whole, a word of the lexicon? False where no such lexicon. */
bool rule_set_word(const struct rule_set *set, const char *lexicon, struct ustr text);

struct rule_match {
    const struct rule *rule;
    struct span where;              /* in the text that was scanned, plus query.at; of the group `span` where the pattern has one */
    struct span whole;              /* of the whole match */
    const struct rule_guard *rejected_by;   /* NULL: accepted */
    const uint32_t *groups;         /* start, end of each group; UINT32_MAX unset */
    uint32_t group_count;
};

/* The span of a captured field (`captures:`) or, where there is none of that name, of a named group; false: took no part. */
bool rule_match_group(const struct rule_match *m, const char *name, struct span *out);

struct rule_scan;

struct rule_scan *rule_scan_new(const struct rule_set *set);
void rule_scan_free(struct rule_scan *scan);                /* NULL is fine */
const struct rule_set *rule_scan_set(const struct rule_scan *scan);

struct rule_query {
    uint64_t types;                 /* bit set of types asked for */
    uint32_t kinds, zones;          /* bit sets: a rule is tried if it shares a bit of each; UINT32_MAX: do not ask */
    uint32_t at;                    /* where the text begins in a larger one: spans of matches count from there */
    bool keep_rejected;             /* also matches that a guard rejected */
    bool no_filter;                 /* try every rule: for the test that the literal filter changes nothing */
    struct str document;            /* named in a warning when a match limit is reached */
};

struct rule_matches { const struct rule_match *at; size_t count; };

/*
 * All matches in the text of the rules asked for, overlap policies applied among accepted matches of one type,
 * sorted by start, then priority (high first), then length (long first). They live in the arena.
 */
struct rule_matches rule_scan_text(struct rule_scan *scan, struct arena *a, struct ustr text, struct rule_query query,
                                   struct diags *d);

/* What comes near in a text without matching, for explain. */
struct rule_miss {
    const struct rule *rule;
    struct span furthest;           /* what the parts ahead of the failed one cover */
    struct str failed_part;         /* of the pattern with lexicons spliced in; of a guard, its pattern */
    const struct rule_guard *guard; /* the guard that rejected it, or NULL */
};

/* Of the rules asked for that accepted nothing in the text, the one that got furthest. False: none got anywhere. */
bool rule_set_nearest(const struct rule_set *set, struct arena *a, struct ustr text, struct rule_query query,
                      struct rule_miss *out);

/*
 * A set of one rule with the id "try", type 0 and this pattern, for `rules try`; it may use the lexicons of `with` (may be
 * NULL), which must outlive it. NULL with a diag where the pattern is no good. Free it like any other set.
 */
struct rule_set *rule_set_of_pattern(const struct rule_set *with, const struct rule_schema *schema, struct str pattern,
                                     struct diags *d);

/* Warns (RULE_LINT) of what is allowed but likely a slip; docs/rules.md lists the lints. True: nothing to say. */
bool rule_set_lint(const struct rule_set *set, struct diags *d);

/* A rule as its file has it, for `rules show`. Borrowed from the set. */
struct rule_guard_details {
    struct str name, why, pattern;
    const char *side;               /* "not_before", … as in the file */
};
struct rule_example {
    struct str text;                /* with its marks */
    bool match;                     /* false: a text to reject */
    uint32_t line;
};
struct rule_details {
    struct str source;              /* its lines of the file */
    uint32_t first_line, last_line;
    struct str pattern;             /* as written */
    struct str expanded;            /* with lexicons spliced in */
    const struct rule_guard_details *guards;
    size_t guard_count;
    const struct rule_example *examples;
    size_t example_count;
    const struct str *literals;     /* a text that holds none of these is not tried; none: always tried */
    size_t literal_count;
    struct str notes;
    const struct str *references;
    size_t reference_count;
};
const struct rule_details *rule_details_of(const struct rule *r);

#endif
