/*
 * docx_parts: what the reader of WordprocessingML is made of. Private to docx*.c.
 *
 * Styles and lists are read first and looked up while the body is told. All of it lives in the document's arena.
 */
#ifndef QD_OFFICE_DOCX_PARTS_H
#define QD_OFFICE_DOCX_PARTS_H

#include "base/buf.h"
#include "office/flow.h"
#include "office/xml.h"

#define LIST_LEVELS 9

enum docx_part { DOCX_DOCUMENT, DOCX_PROPERTIES, DOCX_STYLES, DOCX_NUMBERING, DOCX_FOOTNOTES, DOCX_ENDNOTES, DOCX_PARTS };

struct docx_source {
    struct str bytes;
    bool flat;                          /* one file of markup: every part is an element of it */
    struct str parts[DOCX_PARTS];       /* names within the package */
};

/* Runs a part through the events; of a flat file the whole of it. */
enum package_result docx_events(const struct docx_source *from, enum docx_part part, const struct xml_events *events, void *self);

#define DOCX_UNSAID (-1)

struct docx_style {
    struct str id, based_on;
    long number, level, outline;        /* DOCX_UNSAID where neither it nor what it is based on says; number 0: no list */
    int hidden;
    struct str numbered_by;             /* the style that says number */
};

struct docx_styles {
    struct docx_style *at;              /* by id */
    size_t count, room;
    const struct docx_style *usual;     /* of a paragraph that names none; may be NULL */
};

enum package_result docx_styles_read(struct arena *a, const struct docx_source *from, struct docx_styles *out);
const struct docx_style *docx_style_find(const struct docx_styles *styles, struct str id);      /* NULL: not there */

/* Is a property that may say no (val="0") switched on? */
bool docx_is_on(struct xml_attributes attributes);

/* The lists of a document and how far each has counted. */
struct docx_numbers;

enum package_result docx_numbers_read(struct arena *a, const struct docx_source *from, const struct docx_styles *styles,
                                      struct docx_numbers **out);
/* The level of the list that the style stands for, 0 where none names it. */
long docx_level_of_style(const struct docx_numbers *numbers, long number, struct str style);
/* Counts one further item and adds its label; nothing for a bullet or an unknown list. */
void docx_label(struct docx_numbers *numbers, long number, long level, struct buf *out);

/* ---- telling a flow what the body says ---- */

/*
 * Not all can be told as it comes: a text box hangs in the middle of a paragraph and is told behind it, and how many rows a
 * cell takes is known only when the table has ended. What is in a box or a table is held on a tape until then.
 */
#define BOX_DEPTH_MOST 4                /* boxes in boxes */

enum docx_op_kind { OP_WORDS, OP_BREAK, OP_PARAGRAPH, OP_TABLE, OP_ROW, OP_CELL, OP_CELL_END, OP_TABLE_END };

struct docx_op {
    enum docx_op_kind kind;
    uint32_t rows, columns;             /* of a cell */
    unsigned level;                     /* of a paragraph */
    size_t from, len;                   /* words or label, in the words of the tape */
};

struct docx_tape {
    struct buf words;
    VEC(struct docx_op) ops;
};

struct docx_merge { size_t op; uint32_t row; bool on; };        /* the cell of a column that cells below may lengthen */

enum docx_merging { MERGE_NONE, MERGE_BEGIN, MERGE_ON };

struct docx_table {
    size_t box;                         /* in how many boxes it stands */
    struct docx_merge merges[TABLE_COLUMNS_MOST];
    uint32_t row, column, before;       /* told rows; where the next cell begins; columns left out ahead of the first */
    bool row_told, row_deleted;
    bool pending, told;                 /* the open cell: waits for its properties; was told */
    unsigned cell_depth;
    uint32_t span;
    enum docx_merging down, along;
    size_t last_cell;                   /* op of the last told cell of the row, from 1; 0 none */
};

struct docx_teller {
    struct flow *flow;
    size_t box;                         /* how many are open */
    struct docx_tape tapes[BOX_DEPTH_MOST + 1];
    struct docx_table *tables[FLOW_TABLE_DEPTH];
    size_t table_count, too_deep;
};

void docx_tell(struct docx_teller *t, struct docx_op op, struct str words);
void docx_hold(struct arena *a, struct docx_tape *tape, struct docx_op op, struct str words);
struct str docx_op_words(const struct docx_tape *tape, struct docx_op op);
/* Tells what the tape holds, and forgets it. */
void docx_tell_tape(struct docx_teller *t, struct docx_tape *tape);

void docx_table_begin(struct docx_teller *t);
void docx_table_end(struct docx_teller *t);
void docx_row_begin(struct docx_teller *t);
void docx_row_deleted(struct docx_teller *t);
void docx_row_end(struct docx_teller *t);
/* A cell that is an element of that depth. False: the row was deleted, pass the cell over. */
bool docx_cell_begin(struct docx_teller *t, unsigned depth);
void docx_cell_property(struct docx_teller *t, const char *name, struct xml_attributes attributes);
/* All properties of the open cell are known. False: it belongs to a cell that was told; pass over the element of that depth. */
bool docx_cell_settle(struct docx_teller *t, unsigned *depth);
void docx_cell_end(struct docx_teller *t);

#endif
