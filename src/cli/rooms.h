/*
 * rooms: where the shipped rules stand, and the engine made of them and of the user's own.
 */
#ifndef QD_CLI_ROOMS_H
#define QD_CLI_ROOMS_H

#include "cli/options.h"
#include "engine/families.h"

/* The engine for a command; NULL, told, where rules are missing or have mistakes. */
struct engine *rooms_engine(const struct options *o, bool check_examples, struct diags *d);
/* Reads the families of examples beside the rules with the engine made of them; tells those that fail. */
struct families_count rooms_check_families(const struct options *o, const struct engine *e, struct diags *d);
/* Tells that there is no rule of that id, and which one was likely meant. */
void rooms_no_rule(const struct options *o, const struct rule_set *set, const char *id, struct diags *d);

#endif
