/*
 * draft: rule files as read, before anything is compiled.
 *
 * Every text keeps its place, so that a later complaint can point at the very character. All of it lives in the arena of
 * the rule set that is being made.
 */
#ifndef QD_RULE_DRAFT_H
#define QD_RULE_DRAFT_H

#include "rule/rule.h"

struct rule_file { struct str name, text; };

enum draft_style { DRAFT_PLAIN, DRAFT_SINGLE, DRAFT_DOUBLE, DRAFT_LITERAL, DRAFT_FOLDED };

/* A scalar of a file. `file` is NULL where the file does not have it. */
struct draft_text {
    struct str text;
    const struct rule_file *file;
    uint32_t line, column;              /* of its first character, quote or block mark included */
    enum draft_style style;
};

struct draft_texts { struct draft_text *at; size_t count, room; };

struct draft_pair { struct draft_text name, value; };

enum guard_side { GUARD_BEFORE, GUARD_AFTER, GUARD_AROUND };

struct draft_guard {
    struct draft_text name, why, pattern;
    enum guard_side side;
    bool must;                          /* false: not_before, not_after, not_around */
    const char *side_name;              /* as in the file */
};

struct draft_rule {
    struct draft_text start;            /* empty text at the place where the rule begins */
    uint32_t last_line;
    struct draft_text id, title, type_name, pattern, notes, unliteral;
    uint8_t type;
    enum rule_status status;
    enum rule_overlap overlap;
    uint32_t kinds, zones;
    int32_t priority;
    double score;
    bool override, dropped;             /* dropped: overridden or disabled later */
    VEC(struct draft_guard) guards;
    VEC(struct draft_pair) captures;
    VEC(struct draft_pair) fixed;
    struct draft_texts match, reject, references;
};

struct draft_lexicon {
    struct draft_text name;
    bool change, replace;               /* change: of a lexicon that another file defines */
    struct draft_texts words, remove;
};

/* A named piece of pattern. */
struct draft_fragment {
    struct draft_text name, pattern;
    bool change;                        /* takes the place of one that stands in any layer */
};

struct drafts {
    struct arena *arena;
    VEC(struct draft_rule) rules;
    VEC(struct draft_lexicon) lexicons;
    VEC(struct draft_fragment) fragments;
    struct draft_texts disabled;        /* of the folder being read; rule_set.c takes them folder by folder */
};

/* Reads one file to its end, every mistake told (d->errors grows). */
void rule_read(struct drafts *to, const struct rule_file *file, const struct rule_schema *schema, struct diags *d);

/* Where byte `offset` of the text stands in its file. */
struct place draft_place(const struct draft_text *t, size_t offset);
/* A complaint about that byte, the line shown with it. */
void draft_complain(const struct draft_text *t, size_t offset, enum diag_code code, struct diags *d, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));
/* Line `number` (from 1) of a text, without its end. */
struct str text_line(struct str text, uint32_t number);
/* Lines first to last of a text. */
struct str text_lines(struct str text, uint32_t first, uint32_t last);

#endif
