/* help: how commands are used, from the tables of options.h. */
#ifndef QD_CLI_HELP_H
#define QD_CLI_HELP_H

#include <stdio.h>

#include "cli/options.h"

#define HELP_OVERVIEW (-1)

/* The page of one command (enum command), or of all. */
void help_print(FILE *to, const struct options *o, int command);

#endif
