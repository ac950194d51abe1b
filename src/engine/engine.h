/*
 * engine: the stages in their order, bytes in, checklist out.
 *
 * An engine is the rules and calendars, loaded once and never changed, so any number of threads may share it. A worker is
 * one thread's desk: an arena and a rule_scan that are cleared for each document. Whatever is wrong with a document is
 * told in its diags; the next one starts afresh.
 */
#ifndef QD_ENGINE_ENGINE_H
#define QD_ENGINE_ENGINE_H

#include "checklist/checklist.h"
#include "doc/anchor.h"
#include "doc/outline.h"
#include "intake/intake.h"
#include "rule/rule.h"

struct engine;

/*
 * Folders in order: the shipped rules first, an office's own after. check_examples: also run the examples that rules
 * bring (slower). NULL, told, after any mistake.
 */
struct engine *engine_new(const char *const *folders, size_t count, bool check_examples, struct diags *d);
void engine_free(struct engine *e);                         /* NULL is fine; after its workers */
const struct rule_set *engine_rules(const struct engine *e);
/* A day of the form 2025-08-29 that the calendar has. */
bool engine_date_valid(struct str iso);

/* What the user set for a document. */
struct engine_settings {
    enum input_format as;       /* INPUT_AUTO: the content decides */
    struct str date;            /* ISO; replaces the document's; empty: its own */
    int kind;                   /* enum doc_kind, or -1: find out */
    struct anchors anchors;     /* days of events that time limits count from */
};

/* One document's way through the stages. Lives in the worker until its next document. */
struct engine_document {
    struct str id;                          /* a record's, also of a bad one where it could be read; else empty */
    const struct pages *pages;              /* NULL: the bytes were no document; the diags say why */
    const struct outline *outline;          /* NULL likewise */
    const struct checklist *checklist;      /* NULL likewise; carries its diags along */
    const struct diags *diags;              /* all that was noticed */
};

struct worker;

struct worker *worker_new(const struct engine *e);
void worker_free(struct worker *w);                         /* NULL is fine */
/* A whole file. `name` is what the user calls it. Nothing handed in need outlive the call. */
struct engine_document worker_read_file(struct worker *w, struct str bytes, struct str name, const struct engine_settings *s);
/* One line of a JSON Lines stream. */
struct engine_document worker_read_record(struct worker *w, struct str line, struct str stream, uint32_t number,
                                          const struct engine_settings *s);

#endif
