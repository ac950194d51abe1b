/*
 * Does the whole reader do what the families of examples show? Each paragraph is read in the document its family gives.
 */
#ifndef QD_ENGINE_FAMILIES_H
#define QD_ENGINE_FAMILIES_H

#include "engine/engine.h"
#include "rule/family.h"

/* Tells each example that fails (DIAG_RULE_EXAMPLE). The number of examples read. */
size_t families_check(const struct engine *e, const struct families *families, struct diags *d);

#endif
