/*
 * parts: the working state while one text is being cut into an outline.
 */
#ifndef QD_SEGMENT_PARTS_H
#define QD_SEGMENT_PARTS_H

#include "doc/outline.h"
#include "doc/rule_types.h"
#include "rule/rule.h"
#include "segment/segment.h"

#define HEADING_DEPTH_MOST 24

/* One open heading and the zone that what stands below it is in. */
struct open_heading {
    int32_t heading;            /* index, -1 for the document itself */
    int32_t rank;
    enum zone zone;
    const struct rule *zone_rule;
    bool ends_with_paragraph;   /* 一是, 首先 … */
    bool parts_end_soft;        /* its points are parted by ； */
};

struct parts {
    struct arena *arena;
    struct arena *scratch;      /* what is needed no longer than the paragraph at hand */
    const struct text *text;
    struct rule_scan *scan;
    struct diags *diags;
    struct outline *outline;
    VEC(struct heading) headings;
    VEC(struct sentence) sentences;
    VEC(struct clause) clauses;
    struct open_heading open[HEADING_DEPTH_MOST];
    uint32_t depth;             /* open[depth] is innermost; open[0] is the document */
    /* zone that a formula set for the rest of the paragraph or sentence; rule NULL: none */
    struct { enum zone zone; const struct rule *rule; } paragraph_zone, sentence_zone;
    enum speaker speaker;       /* until the paragraph ends */
    int32_t list_ordinal;       /* of the newest 一是-like point, 0 none */
    const struct rule *list_rule;
    const struct rule *block_label;     /* the label that the paragraph behind this one begins with, NULL none */
    /* a label that may govern the next paragraph too (整改措施： and its points below it); bare: nothing stood behind it */
    struct { const struct rule *label; bool bare; int32_t ordinal; } carried;
};

static inline struct ustr parts_text(const struct parts *p, struct span where)
{
    return ustr_at(p->text->clean, where);
}

/* Matches of a type in a piece of the text, spans in the whole text; they last as long as the paragraph at hand. */
struct rule_matches parts_matches(struct parts *p, struct span where, enum rule_type type);

/* header.c: title, kind, date, issuer; tells which paragraphs are front matter and hold no sentences. */
void header_read(struct parts *p, const struct segment_settings *settings, bool *is_front);
/* heading.c */
/* deep: a point below a label, whatever its form */
struct marker { const struct rule *rule; struct span where; int32_t ordinal; bool deep; };
/* The marker that stands at `at`, if any; `damaged`: also a bare numeral that goes on an open list. */
bool marker_find(struct parts *p, uint32_t at, uint32_t end, bool damaged, struct marker *out);
/* 二突出监督重点 as a paragraph of its own, after 一、…: a title of the first level whose marker lost its 、. */
bool marker_find_damaged_title(struct parts *p, uint32_t at, uint32_t end, struct marker *out);
/* Opens a heading whose title is the span; returns its index. */
int32_t heading_open(struct parts *p, const struct marker *m, struct span title, uint32_t paragraph, bool run_in);
/* Closes what ends with the paragraph that has just ended. */
void headings_end_paragraph(struct parts *p);
/* After a sentence that ended in 。: a list whose points are parted by ； is over. */
void headings_end_sentence(struct parts *p, char16_t mark);
/* sentence.c */
void sentences_read(struct parts *p, uint32_t paragraph);
/* zone.c */
void zone_of_document(struct parts *p);
void zone_of_heading(struct parts *p, struct heading *h, struct open_heading *o);
void zone_of_sentence(struct parts *p, struct sentence *s);
enum zone zone_default(enum doc_kind kind);
/* label.c: labels of a paragraph, in order */
struct label { const struct rule *rule; struct span where; };
struct labels { const struct label *at; size_t count; };
struct labels labels_find(struct parts *p, struct span where);
/* The label that a paragraph (past the end: none) begins with, or NULL. */
const struct rule *label_opening(struct parts *p, uint32_t paragraph);
/* The label rule that governs a cell: its column's title. Remembers title rows as they pass. */
struct columns { uint32_t table; VEC(const struct rule *) rules; uint32_t title_row; };
const struct rule *column_label(struct parts *p, struct columns *c, uint32_t paragraph, bool *is_title);

#endif
