/*
 * clean: pages in, the canonical text out.
 *
 * The sweeps stand in clean.c in their order. Rules of the types noise, gap, title, heading and label say what the words
 * are; with scan == NULL only what needs no rules is done. The result lives in the arena.
 */
#ifndef QD_CLEAN_CLEAN_H
#define QD_CLEAN_CLEAN_H

#include "doc/text.h"
#include "rule/rule.h"

const struct text *clean_pages(struct arena *a, const struct pages *pages, struct rule_scan *scan, struct diags *d);

#endif
