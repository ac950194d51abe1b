/*
 * commands: each reads its options and comes back with the program's exit status.
 */
#ifndef QD_CLI_COMMANDS_H
#define QD_CLI_COMMANDS_H

#include "cli/options.h"

enum { EXIT_OK, EXIT_FAILED, EXIT_USE };    /* all read; some failed; wrong use */

int command_extract(const struct options *o);
int command_explain(const struct options *o);
int command_check(const struct options *o);
int command_rules_check(const struct options *o);
int command_rules_list(const struct options *o);
int command_rules_show(const struct options *o);
int command_rules_try(const struct options *o);
int command_verify(const struct options *o);
int command_help(const struct options *o);
int command_generate(const struct options *o);

#endif
