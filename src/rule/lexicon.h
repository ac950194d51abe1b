/*
 * lexicon: word lists and named fragments of patterns, and splicing them into patterns.
 *
 * {{name}} in a pattern stands for any word of the list, the longest first; in a character class for its characters, where
 * all its words are of one. {{name}} in a word stands for any word of that other list. {{name}} of a fragment stands for
 * (?:…) of what it says. Lists and fragments share one space of names.
 */
#ifndef QD_RULE_LEXICON_H
#define QD_RULE_LEXICON_H

#include "rule/draft.h"

#define LEXICON_WORDS_MOST 20000
#define LEXICON_WORD_UNITS_MOST 64
#define FRAGMENT_UNITS_MOST 20000

struct lexicon {
    struct str name;
    const struct ustr *words;           /* sorted by units, each once */
    size_t count;
};

/* A piece of pattern with a name. */
struct fragment {
    struct str name;
    const struct draft_text *draft;
    struct ustr text;                   /* (?:…), all names in it in place */
    enum { FRAGMENT_RAW, FRAGMENT_OPEN, FRAGMENT_SOUND, FRAGMENT_BAD } state;   /* BAD: told already */
};

struct lexicons {
    const struct lexicon *at;
    size_t count;
    struct fragment *fragments;         /* changed by fragments_make only */
    size_t fragment_count;
};

/* Definitions first, then changes in file order; every mistake told. */
struct lexicons lexicons_make(struct arena *a, const struct draft_lexicon *drafts, size_t count, struct diags *d);
const struct lexicon *lexicon_find(const struct lexicons *all, struct str name);    /* NULL: none */
bool lexicon_has(const struct lexicon *l, struct ustr word);

/* Puts the fragments beside the lists, each spliced and compiled once, so that a mistake is told where it was written. */
void fragments_make(struct lexicons *all, struct arena *a, const struct draft_fragment *drafts, size_t count, struct diags *d);

/*
 * The fragment of that name, made where it was not yet; NULL: none. One that refers to itself on some way is OPEN while
 * it is being made.
 */
const struct fragment *fragment_find(const struct lexicons *all, struct arena *a, struct str name, struct diags *d);

/* A pattern with its lexicons and fragments in place. */
struct spliced {
    struct ustr text;
    const uint32_t *from;               /* for each unit and the end: the byte of the draft's text it comes from */
    bool sound;                         /* false: something was told */
};
struct spliced lexicons_splice(const struct lexicons *all, struct arena *a, const struct draft_text *pattern, struct diags *d);

#endif
