/* words: everything a page says of its own, in both languages. */
#ifndef QD_WRITE_WORDS_H
#define QD_WRITE_WORDS_H

#include "base/diag.h"

enum word {
#define WORD(id, zh, en) WORD_##id,
#include "write/words.def"
#undef WORD
    WORD_COUNT
};

const char *word(enum word w, enum lang lang);
/* A name of the vocabularies ("must_not", "by_date", "lead_unit"…) as a reader knows it; a strange name comes back as it is. */
const char *word_of(const char *name, enum lang lang);

#endif
