/*
 * A ring of places, three counters that only grow: records added, taken up by a worker, put out. A worker that is done
 * waits until all before its record are out, puts its own, and lets the next one through.
 */
#include "cli/pool.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#define THREADS_MOST 16
#define PLACES_A_THREAD 3       /* one in work, the others waiting for it or for their turn */

struct place_in_ring {
    struct buf record;
    bool too_long;
    struct document_source from;
    struct product product;
};

struct pool {
    const struct engine *engine;
    struct engine_settings settings;
    struct documents_work work;
    void *self;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    size_t added, taken, out;   /* out <= taken <= added <= out + places */
    bool closed, stopped;
    struct place_in_ring *ring;
    size_t places;
    pthread_t thread[THREADS_MOST];
    unsigned threads;
};

unsigned pool_threads(void)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : n > THREADS_MOST ? THREADS_MOST : (unsigned)n;
}

/* The place of the next record to work on; NULL where there will be none. */
static struct place_in_ring *take_up(struct pool *p, size_t *ticket)
{
    pthread_mutex_lock(&p->lock);
    while (p->taken == p->added && !p->closed)
        pthread_cond_wait(&p->changed, &p->lock);
    bool some = p->taken < p->added;
    *ticket = some ? p->taken++ : 0;
    pthread_mutex_unlock(&p->lock);
    return some ? &p->ring[*ticket % p->places] : NULL;
}

static void put_in_turn(struct pool *p, struct place_in_ring *place, size_t ticket)
{
    pthread_mutex_lock(&p->lock);
    while (p->out != ticket)
        pthread_cond_wait(&p->changed, &p->lock);
    bool stopped = p->stopped;
    pthread_mutex_unlock(&p->lock);
    bool more = !stopped && p->work.put(p->self, &place->from, &place->product);
    pthread_mutex_lock(&p->lock);
    p->stopped = !more;
    p->out++;
    pthread_cond_broadcast(&p->changed);
    pthread_mutex_unlock(&p->lock);
}

static void make(const struct pool *p, struct worker *w, struct place_in_ring *place)
{
    struct diags *too_long = place->too_long ? documents_too_long(&place->from) : NULL;
    struct engine_document doc = { .id = STR(""), .diags = too_long };
    if (too_long == NULL)
        doc = worker_read_record(w, buf_str(&place->record), str_of(place->from.path), place->from.line, &p->settings);
    product_clear(&place->product);
    p->work.make(p->self, &doc, &place->from, &place->product);
    diags_free(too_long);
}

static void *run(void *self)
{
    struct pool *p = self;
    struct worker *worker = worker_new(p->engine);
    size_t ticket;
    for (struct place_in_ring *place; (place = take_up(p, &ticket)) != NULL;) {
        make(p, worker, place);
        put_in_turn(p, place, ticket);
    }
    worker_free(worker);
    return NULL;
}

struct pool *pool_new(const struct engine *e, const struct engine_settings *s, unsigned threads, struct documents_work work, void *self)
{
    struct pool *p = must_alloc(sizeof *p);
    *p = (struct pool){ .engine = e, .settings = *s, .work = work, .self = self, .places = (size_t)threads * PLACES_A_THREAD };
    p->ring = must_alloc(p->places * sizeof *p->ring);
    for (size_t i = 0; i < p->places; i++) {
        buf_init(&p->ring[i].record, BUF_NO_CEILING);
        product_init(&p->ring[i].product);
    }
    pthread_mutex_init(&p->lock, NULL);
    pthread_cond_init(&p->changed, NULL);
    while (p->threads < threads && pthread_create(&p->thread[p->threads], NULL, run, p) == 0)
        p->threads++;
    if (p->threads > 0)
        return p;
    p->closed = true;
    pool_finish(p);
    return NULL;
}

bool pool_add(struct pool *p, const struct str *record, struct document_source from)
{
    pthread_mutex_lock(&p->lock);
    while (p->added - p->out >= p->places && !p->stopped)
        pthread_cond_wait(&p->changed, &p->lock);
    bool more = !p->stopped;
    if (more) {
        struct place_in_ring *place = &p->ring[p->added % p->places];
        buf_clear(&place->record);
        place->too_long = record == NULL;
        if (record != NULL)
            buf_add(&place->record, *record);
        place->from = from;
        p->added++;
        pthread_cond_broadcast(&p->changed);
    }
    pthread_mutex_unlock(&p->lock);
    return more;
}

bool pool_finish(struct pool *p)
{
    pthread_mutex_lock(&p->lock);
    p->closed = true;
    pthread_cond_broadcast(&p->changed);
    pthread_mutex_unlock(&p->lock);
    for (unsigned i = 0; i < p->threads; i++)
        pthread_join(p->thread[i], NULL);
    bool more = !p->stopped;
    for (size_t i = 0; i < p->places; i++) {
        buf_release(&p->ring[i].record);
        product_release(&p->ring[i].product);
    }
    pthread_cond_destroy(&p->changed);
    pthread_mutex_destroy(&p->lock);
    free(p->ring);
    free(p);
    return more;
}
