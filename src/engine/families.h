/*
 * Does the whole reader do what the families of examples show? Each paragraph is read in the document its family gives.
 */
#ifndef QD_ENGINE_FAMILIES_H
#define QD_ENGINE_FAMILIES_H

#include "engine/engine.h"
#include "rule/family.h"

struct families_count { size_t examples, open; };

/*
 * Tells each example that fails, and each open one that holds by now (a lint). `own`: the families stand beside the last
 * folder of rules, so one that fails is a mistake; of an earlier folder it only shows what the later rules changed (a lint).
 */
struct families_count families_check(const struct engine *e, const struct families *families, bool own, struct diags *d);

#endif
