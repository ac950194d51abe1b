/*
 * outline: what the document is and how it is built.
 *
 * Kind, title and date; its headings as a tree; its sentences and their clauses, each with the zone it stands
 * in and why. All spans are in text->clean. Made by segment/, then only read.
 */
#ifndef QD_DOC_OUTLINE_H
#define QD_DOC_OUTLINE_H

#include "doc/kinds.h"
#include "doc/text.h"

struct heading {
    uint32_t level;             /* 1 = highest used in the document */
    struct span marker;         /* "（一）", "一是", "1."; empty for a marked-up heading without one */
    struct span title;          /* without marker */
    struct span body;           /* from the marker to the last sentence below it */
    int32_t parent;             /* index, -1 at the top */
    uint32_t paragraph;
    bool run_in;                /* the text goes on behind it in the same paragraph */
    bool listed;                /* 一是…；二是…: ends with its paragraph */
    bool inner;                 /* a form that lives inside paragraphs: （1）, ①, 一是 */
    const struct rule *marker_rule;     /* the form of its marker; NULL: marked up only */
    int32_t ordinal;            /* what its marker counts, 0 unknown */
    enum zone zone;             /* of what stands below it */
    const struct rule *zone_rule;
};

enum speaker { SPEAKER_AUTHOR, SPEAKER_FINDS, SPEAKER_DEMANDS, SPEAKER_PROMISES };     /* 指出, 强调/要求, 表示 */

struct clause {
    struct span where;          /* without the mark that ends it */
    char16_t mark;              /* what ends it: ， 、 ； 。 ： ？ ！, or 0 */
};

struct sentence {
    struct span where;          /* with its end mark */
    uint32_t paragraph;
    int32_t section;            /* the heading it stands under or is part of, -1 none */
    int32_t heading;            /* this sentence is the title of that heading, else -1 */
    uint32_t first_clause, clause_count;
    enum zone zone;
    const struct rule *zone_rule;       /* why; NULL: inherited from kind or section */
    enum speaker speaker;
    const struct rule *label;   /* a field label or column title that governs it (责任领导：…), else NULL */
    uint32_t record;            /* the table row or label block it is a field of, from 1; 0 none */
    bool question;
    bool cut_start, cut_end;    /* a gap stands at that edge */
};

struct outline {
    const struct text *text;
    enum doc_kind kind;
    bool kind_known;            /* false only while the kind is still being found out */
    const struct rule *kind_rule;       /* NULL: by option or default */
    struct span title;                  /* may be empty */
    struct str date;                    /* ISO or empty */
    struct span issuer, addressee;      /* may be empty */
    const struct heading *headings;
    size_t heading_count;
    const struct sentence *sentences;
    size_t sentence_count;
    const struct clause *clauses;
    size_t clause_count;
};

#endif
