/*
 * syntax: a pattern as a tree, for those who reason about it without matching: literals, lints, the nearest miss.
 *
 * It reads PCRE2's language (with white space ignored) only as far as it is sure. A construct it does not know makes the
 * whole tree `odd`, and nothing may be concluded from an odd tree. It never decides what matches; PCRE2 does.
 */
#ifndef QD_RULE_SYNTAX_H
#define QD_RULE_SYNTAX_H

#include "base/arena.h"
#include "base/ustr.h"

#define SYNTAX_MANY UINT32_MAX          /* no upper bound */
#define SYNTAX_SET_MOST 64              /* a class of more characters is SYNTAX_ANY */

enum syntax_kind {
    SYNTAX_CHAR,                        /* one character: `units` */
    SYNTAX_SET,                         /* one of few characters: children, all SYNTAX_CHAR */
    SYNTAX_ANY,                         /* one character, of many */
    SYNTAX_SEQUENCE,
    SYNTAX_CHOICE,
    SYNTAX_REPEAT,                      /* its child `least` to `most` times */
    SYNTAX_LOOK,                        /* lookahead or lookbehind; a child */
    SYNTAX_POINT,                       /* ^ $ \b …: no width, no letters */
    SYNTAX_UNKNOWN                      /* any width, any letters */
};

struct syntax {
    enum syntax_kind kind;
    struct span where;                  /* in the pattern */
    char16_t units[2];
    uint8_t unit_count;
    uint32_t least, most;
    bool negative, behind;              /* of SYNTAX_LOOK; negative also of a class */
    bool grouped;                       /* written in parentheses of its own */
    bool possessive;                    /* a repeat or a group that gives nothing back */
    bool ascii;                         /* \w \d \s \b and their like, or a class of ASCII ranges only */
    bool in_class;                      /* a character of a class */
    const struct syntax *first, *next;  /* child, sibling */
};

struct syntax_tree {
    struct ustr pattern;
    const struct syntax *root;
    bool odd;
};

struct syntax_tree syntax_read(struct arena *a, struct ustr pattern);
/* Least and greatest number of units it can match; SYNTAX_MANY: no bound known. */
uint32_t syntax_least(const struct syntax *s);
uint32_t syntax_most(const struct syntax *s);
uint32_t syntax_most_plain(const struct syntax *s);     /* in a text without surrogates */
uint32_t syntax_plus(uint32_t x, uint32_t y);           /* of such numbers; with SYNTAX_MANY it is SYNTAX_MANY */

#endif
