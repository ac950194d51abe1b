/*
 * options: what may stand on the command line, and what did.
 *
 * One table of commands and one of options. Parsing, --help, the manual page and the completions of the shells are all
 * made from them (help.h, generate.h), so none can say what another does not.
 */
#ifndef QD_CLI_OPTIONS_H
#define QD_CLI_OPTIONS_H

#include "base/diag.h"
#include "checklist/constraints.h"
#include "doc/anchor.h"
#include "intake/intake.h"
#include "write/write.h"

enum command {
    COMMAND_EXTRACT, COMMAND_EXPLAIN, COMMAND_CHECK, COMMAND_RULES_CHECK, COMMAND_RULES_LIST, COMMAND_RULES_SHOW, COMMAND_RULES_TRY,
    COMMAND_VERIFY, COMMAND_HELP, COMMAND_GENERATE, COMMAND_COUNT
};

enum completion { COMPLETE_NOTHING, COMPLETE_FILES, COMPLETE_FOLDERS };

struct command_row {
    const char *name;               /* "rules check" */
    const char *operands;           /* "FILE..." */
    const char *text[2];            /* what it does, by enum lang */
    size_t least, most;             /* operands */
    enum completion complete;       /* its operands */
    bool hidden;
};

extern const struct command_row command_table[COMMAND_COUNT];

struct options {
    enum command command;
    bool named;                     /* the command stands on the line; else it is the default one */
    enum lang lang;
    bool help, version;
    bool format_given;
    enum write_format format;
    const char *output;             /* NULL: standard output */
    enum input_format as;
    struct str date;
    int kind;                       /* enum doc_kind or -1 */
    struct anchor *anchors;         /* in order */
    size_t anchor_count;
    enum constraint_level level;
    bool all;
    uint32_t line;                  /* 0: not given */
    const char *text;
    const char **rules;             /* folders, in order */
    size_t rules_count;
    const char **operands;
    const char **operands_owned;    /* the same, from its beginning */
    size_t operand_count;
};

/* Rows of the same name serve different commands, and both take a value or neither does. */
struct option_row {
    const char *name;               /* without -- */
    char letter;                    /* 0: none */
    const char *value;              /* "FILE"; NULL: takes none */
    const char *choices;            /* "md|json|jsonl": all it may be; NULL: anything */
    enum completion complete;       /* its value */
    unsigned commands;              /* bit set */
    const char *text[2];            /* by enum lang */
    bool (*take)(struct options *o, const char *value);     /* false: not a value for it */
};

extern const struct option_row option_table[];
extern const size_t option_count;

bool option_serves(const struct option_row *row, enum command c);

/* False, told with a suggestion, where the line is not understood; `o` then still knows the language. */
bool options_read(struct options *o, int argc, char **argv, struct diags *d);
/* Tells of wrong use: what is wrong, with the thing, and what may be tried instead (NULL: nothing). */
void options_complain(const struct options *o, struct diags *d, const char *const what[2], const char *thing, const char *hint);
void options_release(struct options *o);

#endif
