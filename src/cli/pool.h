/*
 * pool: records of a stream through several workers at once, what comes of them in the order they came.
 *
 * A record's result is handed on as soon as it and all before it are done, also while the next record is being waited for.
 * So many records are under way at once as there are threads, and a few more wait; memory does not grow with the stream.
 */
#ifndef QD_CLI_POOL_H
#define QD_CLI_POOL_H

#include "cli/documents.h"

struct pool;

unsigned pool_threads(void);            /* as many as the machine has processors, up to a limit */
struct pool *pool_new(const struct engine *e, const struct engine_settings *s, unsigned threads, struct documents_work work, void *self);
/* Copies the record (NULL: its line was too long); waits where all places are taken. False: no more is wanted. */
bool pool_add(struct pool *p, const struct str *record, struct document_source from);
/* Waits for all that was added. False where `put` said no. */
bool pool_finish(struct pool *p);

#endif
