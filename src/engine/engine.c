/* Rules and calendars loaded once; documents through intake, clean, segment and extract, one after the other. */
#include "engine/engine.h"

#include <stdlib.h>

#include "clean/clean.h"
#include "doc/rule_types.h"
#include "engine/desk.h"
#include "extract/extract.h"
#include "segment/segment.h"
#include "zh/calendar.h"
#include "zh/day.h"

struct engine {
    struct rule_set *rules;
    struct calendar *calendar;
};

static const struct rule_schema schema = {
    { rule_type_names, RULE_TYPE_COUNT }, { doc_kind_names, DOC_KIND_COUNT }, { zone_names, ZONE_COUNT },
};

struct engine *engine_new(const char *const *folders, size_t count, bool check_examples, struct diags *d)
{
    struct engine *e = must_alloc(sizeof *e);
    e->rules = rule_set_load(folders, count, &schema, check_examples, d);
    e->calendar = calendar_load(folders, count, d);
    if (e->rules != NULL && e->calendar != NULL)
        return e;
    engine_free(e);
    return NULL;
}

void engine_free(struct engine *e)
{
    if (e == NULL)
        return;
    calendar_free(e->calendar);
    rule_set_free(e->rules);
    free(e);
}

const struct rule_set *engine_rules(const struct engine *e)
{
    return e->rules;
}

bool engine_date_valid(struct str iso)
{
    struct day day;
    return day_from_iso(iso, &day);
}

struct worker *worker_new(const struct engine *e)
{
    struct worker *w = must_alloc(sizeof *w);
    *w = (struct worker){ e, arena_new(), rule_scan_new(e->rules), diags_new() };
    return w;
}

void worker_free(struct worker *w)
{
    if (w == NULL)
        return;
    diags_free(w->diags);
    rule_scan_free(w->scan);
    arena_free(w->arena);
    free(w);
}

static void clear(struct worker *w)
{
    arena_reset(w->arena);
    diags_clear(w->diags);
}

/* The checklist with all that was noticed on the way to it. */
static const struct checklist *with_diags(struct worker *w, const struct checklist *found)
{
    struct checklist *c = arena_take(w->arena, sizeof *c);
    *c = *found;
    c->diags = w->diags->list.at;
    c->diag_count = w->diags->list.count;
    return c;
}

static struct anchors kept_anchors(struct arena *a, struct anchors told)
{
    struct anchor *at = arena_take(a, (told.count + 1) * sizeof *at);
    for (size_t i = 0; i < told.count; i++)
        at[i] = (struct anchor){ arena_keep(a, told.at[i].event), arena_keep(a, told.at[i].day) };
    return (struct anchors){ at, told.count };
}

static struct engine_document read_pages(struct worker *w, const struct pages *pages, const struct engine_settings *s)
{
    struct str date = s->date.len > 0 ? arena_keep(w->arena, s->date) : s->date;
    struct segment_settings segment = { date, s->kind };
    struct read_settings read = {
        .date = date, .kind = s->kind, .anchors = kept_anchors(w->arena, s->anchors), .calendar = w->engine->calendar,
    };
    const struct text *text = clean_pages(w->arena, pages, w->scan, w->diags);
    const struct outline *outline = segment_text(w->arena, text, w->scan, &segment, w->diags);
    const struct checklist *found = extract_checklist(w->arena, outline, w->engine->rules, w->scan, &read, w->diags);
    return (struct engine_document){ pages->id, pages, outline, with_diags(w, found), w->diags };
}

struct engine_document worker_read_file(struct worker *w, struct str bytes, struct str name, const struct engine_settings *s)
{
    clear(w);
    const struct pages *pages = intake_read(w->arena, bytes, arena_keep(w->arena, name), s->as, w->diags);
    return pages == NULL ? (struct engine_document){ .diags = w->diags } : read_pages(w, pages, s);
}

struct engine_document worker_read_record(struct worker *w, struct str line, struct str stream, uint32_t number,
                                          const struct engine_settings *s)
{
    clear(w);
    struct str id = { NULL, 0 };
    const struct pages *pages = record_read(w->arena, line, arena_keep(w->arena, stream), number, &id, w->diags);
    return pages == NULL ? (struct engine_document){ .id = id, .diags = w->diags } : read_pages(w, pages, s);
}
