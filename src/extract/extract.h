/*
 * extract: the outline in, the checklist out.
 *
 * Each sentence is scanned once for all rules of its kind and zone; each file beside this one then reads the matches of
 * its own class of items. finish.c links them, fills categories, actors and findings, and hands over a checklist that
 * stands by itself.
 */
#ifndef QD_EXTRACT_EXTRACT_H
#define QD_EXTRACT_EXTRACT_H

#include "extract/reading.h"

/* keep_rejects: also list what was rejected, with guard and reason. The result lives in the arena. */
const struct checklist *extract_checklist(struct arena *a, const struct outline *outline, const struct rule_set *rules,
                                          struct rule_scan *scan, const struct read_settings *settings, struct diags *d);

#endif
