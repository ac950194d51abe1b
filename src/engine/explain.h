/*
 * explain: all that was thought about one sentence.
 *
 * Asked after a document has been read and before the worker's next one. Everything lives in the worker until then.
 */
#ifndef QD_ENGINE_EXPLAIN_H
#define QD_ENGINE_EXPLAIN_H

#include "engine/engine.h"

struct explanation {
    const struct sentence *sentence;
    struct str words;               /* the sentence as rules see it */
    struct at at;
    uint32_t last_line;             /* line of its end; at.line is that of its start */
    struct rule_matches matches;    /* of all rules of its kind and zone, rejected ones too; spans within `wide` */
    struct ustr wide;               /* the same words for the matches' spans */
    const struct item **items;      /* that begin in it */
    size_t item_count;
    const struct reject **rejects;  /* that begin in it */
    size_t reject_count;
};

struct explanation worker_explain(struct worker *w, const struct engine_document *doc, uint32_t sentence);
/* Of the rules that nominate items, the one that came nearest in the sentence without matching; false: none. Slow. */
bool worker_nearest(struct worker *w, const struct engine_document *doc, const struct explanation *e, struct rule_miss *out);

#endif
