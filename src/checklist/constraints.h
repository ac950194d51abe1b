/*
 * constraints: what cannot be right in a document, as its checklist tells it.
 *
 * One table of rows; adding a constraint is one row and one function. Nothing is repaired and nothing is guessed: a
 * complaint says what was missed or contradicts itself, and where.
 */
#ifndef QD_CHECKLIST_CONSTRAINTS_H
#define QD_CHECKLIST_CONSTRAINTS_H

#include "base/arena.h"
#include "checklist/checklist.h"

enum constraint_level { CONSTRAINT_NOTE, CONSTRAINT_WARNING, CONSTRAINT_ERROR, CONSTRAINT_LEVEL_COUNT };

extern const char *const constraint_level_names[CONSTRAINT_LEVEL_COUNT];    /* "note", "warning", "error" */
extern const char *const constraint_level_words[CONSTRAINT_LEVEL_COUNT];    /* 提示, 警告, 错误 */

struct checking;

struct constraint {
    const char *name;                   /* "no_owner"; lasting */
    enum constraint_level level;
    const char *text[2];                /* what is wrong, by enum lang */
    void (*check)(struct checking *c);  /* complains of every breach */
};

extern const struct constraint constraint_table[];
extern const size_t constraint_count;

struct complaint {
    const struct constraint *broken;
    struct at at;                   /* only its line where end is 0; line 0 unknown */
    struct str quote;               /* the words it is about; may be empty */
    const struct item *item;        /* NULL: about no single item */
};

struct complaints { const struct complaint *at; size_t count; };

/* All breaches by line, those of one line in the order of the table. They live in the arena and borrow from the checklist. */
struct complaints constraints_check(struct arena *a, const struct checklist *list);

#endif
