/*
 * Does the whole reader do what the families of examples show? Each paragraph is read in the document its family gives.
 */
#ifndef QD_ENGINE_FAMILIES_H
#define QD_ENGINE_FAMILIES_H

#include "engine/engine.h"
#include "rule/family.h"

struct families_count { size_t examples, open; };

/* Tells each example that fails (DIAG_RULE_EXAMPLE), and each open one that holds by now (a lint). */
struct families_count families_check(const struct engine *e, const struct families *families, struct diags *d);

#endif
