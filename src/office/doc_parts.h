/*
 * doc_parts: what the files of the reader of Word 97 documents share. Private to doc*.c.
 *
 * The way of a document: doc.c opens it, doc_text.c makes its characters paragraphs, asking doc_props.c what holds for each,
 * doc_table.c tells them to the flow as paragraphs and tables, asking doc_list.c for the labels.
 */
#ifndef QD_OFFICE_DOC_PARTS_H
#define QD_OFFICE_DOC_PARTS_H

#include "office/cfb.h"
#include "office/flow.h"

#define DOC_PARAGRAPHS_MOST 1000000     /* further ones are left out, and told */
#define DOC_LEVELS 9                    /* of a list, and of headings */

/* Places in the head of the stream WordDocument. The parts named FC_ are a place and a length in the table stream. */
enum {
    FIB_NFIB = 2, FIB_FLAGS = 10, FIB_BODY_CHARS = 0x4C, FIB_NOTE_CHARS = 0x50, FIB_HEADER_CHARS = 0x54, FIB_MACRO_CHARS = 0x58,
    FIB_COMMENT_CHARS = 0x5C, FIB_ENDNOTE_CHARS = 0x60, FIB_BOX_CHARS = 0x64,
    FC_STYLES = 0xA2, FC_NOTES = 0xAA, FC_COMMENTS = 0xBA, FC_CHARACTER_RUNS = 0xFA, FC_PARAGRAPH_RUNS = 0x102,
    FC_PIECES = 0x1A2, FC_ENDNOTES = 0x20A, FC_LISTS = 0x2E2, FC_LIST_USES = 0x2EA, FIB_BYTES = 0x1AA
};

/* What holds for a paragraph. */
struct doc_pap {
    bool in_table, ends_row, inner_cell_end, inner_row_end;
    uint32_t depth;             /* of tables around it, where the file says so */
    int16_t list;               /* which use of a list, from 1; 0 none */
    uint8_t list_level;
    uint8_t outline;            /* 0 to 8 a heading, 9 text */
    struct str cells;           /* of a row's end: how the row is cut into cells */
};

/* What holds for characters. */
struct doc_chp {
    bool deleted, hidden, special, is_data;
    uint16_t symbol;            /* in a font of symbols; 0 none */
};

struct doc_style {
    uint16_t base, built_in;    /* built_in 1 to 9: the headings */
    struct str paragraph, characters;       /* its own properties */
    struct doc_pap pap;         /* with those of its bases */
    bool hidden;
};

/* Characters of the text that stand in one place of the file. */
struct doc_piece {
    uint32_t start, end;        /* character positions */
    uint32_t offset;            /* bytes in WordDocument */
    bool narrow;                /* one byte a character */
    struct str properties;      /* changed since the file was last saved whole */
};

/* Bytes of WordDocument that share their properties. */
struct doc_run {
    size_t start, end;
    struct str properties;
    uint16_t style;             /* of paragraphs */
};

struct doc_paragraph {
    size_t start, end;          /* bytes in doc.text; a line feed there is a break of the line */
    struct doc_pap pap;
    uint32_t depth;             /* of tables */
    bool ends_cell, ends_row;
};

struct doc_list;
struct doc_list_use;

struct doc {
    struct arena *arena;
    struct flow *flow;
    struct str main, table, data;           /* the streams WordDocument, 0Table or 1Table, Data */
    VEC(struct doc_piece) pieces;
    VEC(struct doc_style) styles;
    struct doc_list *lists;
    struct doc_list_use *uses;
    size_t list_count, use_count;

    struct buf text;
    VEC(struct doc_paragraph) paragraphs;
    size_t characters_left;     /* that the file has room for: pieces that overlap would hold more */
    size_t shared_bytes_left;   /* of properties that many paragraphs or styles may name, to be read once for each */
    uint32_t pictures, hidden, deleted;
    bool cut_short, too_many;
};

/* The part of the table stream that a place and a length in the head name; empty where it is not all there. */
struct str doc_part(const struct doc *d, size_t fc);

/* doc_props.c */
void doc_styles_read(struct doc *d);
struct doc_run doc_run_find(const struct doc *d, size_t fc, size_t offset);     /* fc: which of the two tables of runs */
struct doc_pap doc_pap_of(struct doc *d, const struct doc_run *run, struct str piece_properties);
struct doc_chp doc_chp_of(const struct doc *d, const struct doc_run *run, uint16_t paragraph_style, struct str piece_properties);

/* doc_text.c */
bool doc_pieces_read(struct doc *d);
void doc_story_read(struct doc *d, uint32_t start, uint32_t end);

/* doc_list.c */
void doc_lists_read(struct doc *d);
/* Counts the paragraph in its list; what stands ahead of its words. */
struct str doc_label(struct doc *d, const struct doc_pap *pap);

/* doc_title.c: sets the flow's title, as the stream of the summary has it */
void doc_title_read(struct doc *d, struct str summary);

/* doc_table.c */
void doc_tell(struct doc *d);

#endif
