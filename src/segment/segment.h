/*
 * segment: the canonical text in, its outline out.
 *
 * Kind, title and date first; then paragraph by paragraph headings, sentences, clauses and zones. What a marker, a label
 * or a formula looks like is in rules of the types kind, title, date, issuer, heading, label, zone and speaker.
 */
#ifndef QD_SEGMENT_SEGMENT_H
#define QD_SEGMENT_SEGMENT_H

#include "doc/outline.h"
#include "rule/rule.h"

struct segment_settings {
    struct str date;            /* ISO; replaces the document's, or empty */
    int kind;                   /* enum doc_kind, or -1: find out */
};

const struct outline *segment_text(struct arena *a, const struct text *text, struct rule_scan *scan,
                                   const struct segment_settings *settings, struct diags *d);

#endif
