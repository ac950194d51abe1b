/*
 * literals: what a text must hold for a pattern to match in it.
 *
 * The answer is a set of strings one of which stands in every text that matches; of all such sets the one that is rarest
 * in the sample. An empty set says nothing is known and the rule must always be tried. How far into the match the string
 * begins tells where in the text a match can begin.
 */
#ifndef QD_RULE_LITERALS_H
#define QD_RULE_LITERALS_H

#include "rule/syntax.h"

#define LITERALS_MOST 4096              /* a larger set is no set */

/* How often units and pairs of units stand in texts like those to be read. */
struct letter_sample;
struct letter_sample *letter_sample_new(void);
void letter_sample_free(struct letter_sample *s);
void letter_sample_add(struct letter_sample *s, struct ustr text);
/* How often a string is expected in a thousand units of text. */
double letter_sample_rate(const struct letter_sample *s, struct ustr literal);

struct literals {
    const struct ustr *at;
    size_t count;
    uint32_t ahead;                     /* units of a match before the string, at most, in a text without surrogates */
    bool outside;                       /* it may begin ahead of the match (look-behind) */
};
/* The rarest set, and the rarest that is about another part of the pattern: a match holds one of each. */
struct literals_pair { struct literals first, also; };
/* Kept in `a`; what is needed on the way is taken from `scratch`. */
struct literals_pair literals_of(struct arena *a, struct arena *scratch, const struct syntax_tree *tree,
                                 const struct letter_sample *sample);

#endif
