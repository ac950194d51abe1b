/*
 * documents: every document of a file, of a stream of records or of standard input, one after the other.
 *
 * A bad one is handed over too, without a checklist and with diags that say why, and the next one is read.
 */
#ifndef QD_CLI_DOCUMENTS_H
#define QD_CLI_DOCUMENTS_H

#include "cli/options.h"
#include "engine/engine.h"

struct document_source {
    const char *path;
    bool stream;                /* a stream of records */
    uint32_t line;              /* of the record, from 1 */
};

/* What became of one document. */
struct product {
    struct buf text, messages;
    bool failed;
};

/* make: in any thread, several at once. put: one at a time, in order; false: no more is wanted. */
struct documents_work {
    void (*make)(const void *self, const struct engine_document *doc, const struct document_source *from, struct product *out);
    bool (*put)(void *self, const struct document_source *from, const struct product *product);
};

struct documents {
    const struct options *options;
    const struct engine *engine;
    struct worker *worker;
    struct diags *diags;        /* of opening and reading; a document's own come with it */
    void *self;
    bool (*begin)(void *self, struct document_source from);     /* before the first; false: do not read it. May be NULL */
    bool (*take)(void *self, struct engine_document doc, struct document_source from);     /* false: no more */
    struct documents_work work; /* records of a stream go through several workers at once; make NULL: to `take` */
};

void product_init(struct product *p);
void product_clear(struct product *p);
void product_release(struct product *p);

/* What is told of a record whose line is too long; the caller frees it. */
struct diags *documents_too_long(const struct document_source *from);

/* False where the input cannot be read, or `begin` or `take` said no. */
bool documents_read(const struct documents *docs, const char *path);

#endif
