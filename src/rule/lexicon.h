/*
 * lexicon: word lists of rule files, and splicing them into patterns.
 *
 * {{name}} in a pattern stands for any word of the list, the longest first; in a character class for its characters, where
 * all its words are of one. {{name}} in a word stands for any word of that other list.
 */
#ifndef QD_RULE_LEXICON_H
#define QD_RULE_LEXICON_H

#include "rule/draft.h"

#define LEXICON_WORDS_MOST 20000
#define LEXICON_WORD_UNITS_MOST 64

struct lexicon {
    struct str name;
    const struct ustr *words;           /* sorted by units, each once */
    size_t count;
};

struct lexicons { const struct lexicon *at; size_t count; };

/* Definitions first, then changes in file order; every mistake told. */
struct lexicons lexicons_make(struct arena *a, const struct draft_lexicon *drafts, size_t count, struct diags *d);
const struct lexicon *lexicon_find(const struct lexicons *all, struct str name);    /* NULL: none */
bool lexicon_has(const struct lexicon *l, struct ustr word);

/* A pattern with its lexicons in place. */
struct spliced {
    struct ustr text;
    const uint32_t *from;               /* for each unit and the end: the byte of the draft's text it comes from */
    bool sound;                         /* false: something was told */
};
struct spliced lexicons_splice(const struct lexicons *all, struct arena *a, const struct draft_text *pattern, struct diags *d);

#endif
