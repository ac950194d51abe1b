/* The library's face: qd_ handles over the engine, and nothing that decides anything. */
#include "api/qingdan.h"

#include <stdlib.h>

#include "engine/engine.h"
#include "write/write.h"

/* The face's numbers are the house's. */
#define ROW(id, name, zh) _Static_assert((int)QD_##id == (int)ITEM_##id, "enum qd_type follows enum item_type");
ITEM_TYPES(ROW)
#undef ROW
_Static_assert((int)QD_FORMAT_MD == (int)WRITE_MD && (int)QD_FORMAT_JSON == (int)WRITE_JSON && (int)QD_FORMAT_JSONL == (int)WRITE_JSONL,
               "enum qd_format follows enum write_format");
_Static_assert((int)QD_INPUT_AUTO == (int)INPUT_AUTO && (int)QD_INPUT_TXT == (int)INPUT_TXT && (int)QD_INPUT_MD == (int)INPUT_MD &&
               (int)QD_INPUT_HTML == (int)INPUT_HTML, "enum qd_input follows enum input_format");
_Static_assert((int)QD_LANG_ZH == (int)LANG_ZH && (int)QD_LANG_EN == (int)LANG_EN, "enum qd_lang follows enum lang");
_Static_assert((int)QD_LEVEL_WARNING == (int)DIAG_LEVEL_WARNING && (int)QD_LEVEL_ERROR == (int)DIAG_LEVEL_ERROR,
               "enum qd_level follows enum diag_level");

struct qd_log { struct diags *diags; };

struct qd_rules { struct engine *engine; };

struct qd_checklist { const struct checklist *list; };

struct qd_reader {
    struct worker *worker;
    struct engine_settings settings;    /* its date lies in `date` */
    char date[16];
    struct anchor *anchors;             /* settings.anchors; their text is on the heap */
    struct buf name;
    struct buf fed;
    struct qd_checklist found;
    struct qd_log log;              /* its diags are the worker's, or `refused` */
    struct diags *refused;          /* of a document that was never handed to the worker */
};

static struct qd_text text_of(struct str s)
{
    return (struct qd_text){ s.len == 0 ? "" : s.at, s.len };
}

static struct qd_text text_of_z(const char *z)
{
    return text_of(str_of(z));
}

const char *qd_version(void)
{
    return QINGDAN_VERSION;
}

/* ---- logs ---- */

struct qd_log *qd_log_new(void)
{
    struct qd_log *log = must_alloc(sizeof *log);
    log->diags = diags_new();
    return log;
}

void qd_log_free(struct qd_log *log)
{
    if (log == NULL)
        return;
    diags_free(log->diags);
    free(log);
}

size_t qd_log_count(const struct qd_log *log)
{
    return log->diags == NULL ? 0 : log->diags->list.count;
}

bool qd_log_message(const struct qd_log *log, size_t i, enum qd_lang lang, struct qd_message *out)
{
    if (i >= qd_log_count(log))
        return false;
    const struct diag *d = &log->diags->list.at[i];
    *out = (struct qd_message){
        (int)d->code, diag_name(d->code), (enum qd_level)diag_level(d->code), diag_text(d->code, (enum lang)lang),
        text_of(d->detail), text_of(d->place.file), d->place.line, d->place.column,
    };
    return true;
}

/* ---- rules ---- */

struct qd_rules *qd_rules_load_from(const char *shipped, const char *const *folders, size_t count, struct qd_log *log)
{
    struct diags *own = log == NULL ? diags_new() : NULL;
    const char **all = must_alloc((count + 1) * sizeof *all);
    all[0] = shipped;
    for (size_t i = 0; i < count; i++)
        all[i + 1] = folders[i];
    struct engine *e = engine_new(all, count + 1, false, log == NULL ? own : log->diags);
    free(all);
    diags_free(own);
    if (e == NULL)
        return NULL;
    struct qd_rules *rules = must_alloc(sizeof *rules);
    rules->engine = e;
    return rules;
}

struct qd_rules *qd_rules_load(const char *const *folders, size_t count, struct qd_log *log)
{
    return qd_rules_load_from(QINGDAN_PREFIX "/share/qingdan/rules", folders, count, log);
}

void qd_rules_free(struct qd_rules *rules)
{
    if (rules == NULL)
        return;
    engine_free(rules->engine);
    free(rules);
}

size_t qd_rules_count(const struct qd_rules *rules)
{
    return rule_set_count(engine_rules(rules->engine));
}

struct qd_text qd_rules_version(const struct qd_rules *rules)
{
    return text_of(rule_set_version(engine_rules(rules->engine)));
}

/* ---- reading ---- */

struct qd_reader *qd_reader_new(const struct qd_rules *rules)
{
    struct qd_reader *r = must_alloc(sizeof *r);
    *r = (struct qd_reader){
        .worker = worker_new(rules->engine), .refused = diags_new(), .settings = { .as = INPUT_AUTO, .kind = -1 },
    };
    buf_init(&r->name, BUF_NO_CEILING);
    buf_addc(&r->name, '-');
    buf_init(&r->fed, INTAKE_BYTES_MOST);
    r->log.diags = r->refused;
    return r;
}

void qd_reader_free(struct qd_reader *r)
{
    if (r == NULL)
        return;
    worker_free(r->worker);
    qd_reader_set_anchor(r, NULL, NULL);
    free(r->anchors);
    buf_release(&r->name);
    diags_free(r->refused);
    buf_release(&r->fed);
    free(r);
}

void qd_reader_set_name(struct qd_reader *r, const char *name)
{
    buf_clear(&r->name);
    buf_addz(&r->name, name);
}

void qd_reader_set_input(struct qd_reader *r, enum qd_input input)
{
    r->settings.as = (enum input_format)input;
}

bool qd_reader_set_date(struct qd_reader *r, const char *iso)
{
    struct str date = str_of(iso);
    if (date.len >= sizeof r->date || (date.len > 0 && !engine_date_valid(date)))
        return false;
    if (date.len > 0)
        memcpy(r->date, date.at, date.len);
    r->settings.date = (struct str){ r->date, date.len };
    return true;
}

static void forget_anchor(struct qd_reader *r, size_t i)
{
    free((char *)(uintptr_t)r->anchors[i].event.at);
    r->anchors[i] = r->anchors[--r->settings.anchors.count];
}

/* Event and day lie behind one another in one piece of memory. */
static void add_anchor(struct qd_reader *r, struct str event, struct str day)
{
    size_t count = r->settings.anchors.count;
    char *kept = must_alloc(event.len + day.len);
    memcpy(kept, event.at, event.len);
    memcpy(kept + event.len, day.at, day.len);
    r->anchors = must_grow(r->anchors, (count + 1) * sizeof *r->anchors);
    r->anchors[count] = (struct anchor){ { kept, event.len }, { kept + event.len, day.len } };
    r->settings.anchors = (struct anchors){ r->anchors, count + 1 };
}

bool qd_reader_set_anchor(struct qd_reader *r, const char *event, const char *iso)
{
    struct str words = str_of(event), day = str_of(iso);
    if ((event != NULL && words.len == 0) || (event == NULL && iso != NULL) || (iso != NULL && !engine_date_valid(day)))
        return false;
    for (size_t i = r->settings.anchors.count; i-- > 0;) {
        if (event == NULL || str_eq(r->anchors[i].event, words))
            forget_anchor(r, i);
    }
    if (iso != NULL)
        add_anchor(r, words, day);
    return true;
}

bool qd_reader_set_kind(struct qd_reader *r, const char *kind)
{
    int found = kind == NULL ? -1 : name_find(doc_kind_names, DOC_KIND_COUNT, str_of(kind));
    if (kind != NULL && found < 0)
        return false;
    r->settings.kind = found;
    return true;
}

static const struct qd_checklist *found(struct qd_reader *r, struct engine_document doc)
{
    r->log.diags = (struct diags *)(uintptr_t)doc.diags;
    r->found.list = doc.checklist;
    return doc.checklist == NULL ? NULL : &r->found;
}

static const struct qd_checklist *refuse(struct qd_reader *r)
{
    diags_clear(r->refused);
    diags_addf(r->refused, DIAG_INPUT_TOO_LARGE, (struct place){ .file = buf_str(&r->name) }, "%zu MiB", INTAKE_BYTES_MOST >> 20);
    return found(r, (struct engine_document){ .diags = r->refused });
}

bool qd_reader_feed(struct qd_reader *r, const void *bytes, size_t len)
{
    buf_add(&r->fed, (struct str){ bytes, len });
    return !buf_over(&r->fed);
}

const struct qd_checklist *qd_reader_finish(struct qd_reader *r)
{
    const struct qd_checklist *list = buf_over(&r->fed) ? refuse(r) : qd_reader_read(r, buf_str(&r->fed).at, r->fed.len);
    buf_clear(&r->fed);
    return list;
}

const struct qd_checklist *qd_reader_read(struct qd_reader *r, const void *bytes, size_t len)
{
    if (len > INTAKE_BYTES_MOST)
        return refuse(r);
    return found(r, worker_read_file(r->worker, (struct str){ bytes, len }, buf_str(&r->name), &r->settings));
}

const struct qd_checklist *qd_reader_read_record(struct qd_reader *r, const char *line, size_t len)
{
    if (len > INTAKE_BYTES_MOST)
        return refuse(r);
    return found(r, worker_read_record(r->worker, (struct str){ line, len }, buf_str(&r->name), 0, &r->settings));
}

const struct qd_log *qd_reader_log(const struct qd_reader *r)
{
    return &r->log;
}

/* ---- checklists ---- */

struct qd_text qd_checklist_about(const struct qd_checklist *list, enum qd_about what)
{
    const struct checklist *c = list->list;
    switch (what) {
    case QD_ABOUT_NAME: return text_of(c->document.name);
    case QD_ABOUT_ID: return text_of(c->document.id);
    case QD_ABOUT_KIND: return text_of_z(doc_kind_names[c->document.kind]);
    case QD_ABOUT_TITLE: return text_of(c->document.title);
    case QD_ABOUT_DATE: return text_of(c->document.date);
    case QD_ABOUT_ISSUER: return text_of(c->document.issuer);
    case QD_ABOUT_ADDRESSEE: return text_of(c->document.addressee);
    case QD_ABOUT_FORMAT: return text_of_z(c->document.format);
    case QD_ABOUT_CHARSET: return text_of_z(c->document.charset);
    case QD_ABOUT_SHA256: return text_of(c->document.sha256);
    case QD_ABOUT_RULES_VERSION: return text_of(c->rules_version);
    }
    return text_of_z(NULL);
}

static struct qd_place place_of(struct at at)
{
    return (struct qd_place){ at.start, at.end, at.byte_end > 0, at.byte_start, at.byte_end, at.line };
}

size_t qd_checklist_heading_count(const struct qd_checklist *list)
{
    return list->list->section_count;
}

bool qd_checklist_heading(const struct qd_checklist *list, size_t i, struct qd_heading *out)
{
    if (i >= list->list->section_count)
        return false;
    const struct section *s = &list->list->sections[i];
    *out = (struct qd_heading){ s->level, s->parent, text_of(s->marker), text_of(s->title), zone_names[s->zone], place_of(s->at) };
    return true;
}

size_t qd_checklist_count(const struct qd_checklist *list)
{
    return list->list->item_count;
}

/* A struct qd_item is a struct item that callers cannot look into. */
static const struct item *inside(const struct qd_item *item)
{
    return (const struct item *)(const void *)item;
}

static const struct qd_item *outside(const struct item *item)
{
    return (const struct qd_item *)(const void *)item;
}

const struct qd_item *qd_checklist_item(const struct qd_checklist *list, size_t i)
{
    return i < list->list->item_count ? outside(&list->list->items[i]) : NULL;
}

enum qd_type qd_item_type(const struct qd_item *item)
{
    return (enum qd_type)inside(item)->type;
}

const char *qd_type_name(enum qd_type type)
{
    return (unsigned)type < ITEM_TYPE_COUNT ? item_type_names[type] : "";
}

const char *qd_type_word(enum qd_type type)
{
    return (unsigned)type < ITEM_TYPE_COUNT ? item_type_words[type] : "";
}

struct qd_place qd_item_place(const struct qd_item *item)
{
    return place_of(inside(item)->at);
}

double qd_item_score(const struct qd_item *item)
{
    return inside(item)->score;
}

long qd_item_heading(const struct qd_item *item)
{
    return inside(item)->section;
}

const struct qd_item *qd_item_link(const struct qd_checklist *list, const struct qd_item *item)
{
    return inside(item)->link < 0 ? NULL : qd_checklist_item(list, (size_t)inside(item)->link);
}

struct qd_text qd_item_text(const struct qd_item *item, enum qd_field field)
{
    const struct item *i = inside(item);
    switch (field) {
    case QD_FIELD_TEXT: return text_of(i->text);
    case QD_FIELD_CLEAN: return text_of(i->clean);
    case QD_FIELD_ID: return text_of(i->id);
    case QD_FIELD_RULE: return text_of(i->rule);
    case QD_FIELD_ZONE: return text_of_z(zone_names[i->zone]);
    case QD_FIELD_CATEGORY: return text_of_z(i->type == ITEM_FINDING ? category_names[i->category] : NULL);
    case QD_FIELD_ACTOR: return text_of(i->actor);
    case QD_FIELD_ACTOR_SOURCE: return text_of_z(i->actor_source);
    case QD_FIELD_MODALITY: return text_of_z(i->modality);
    case QD_FIELD_KIND: return text_of_z(i->kind);
    case QD_FIELD_SET: return text_of(i->set);
    case QD_FIELD_NAME: return text_of(i->name);
    case QD_FIELD_ISO: return text_of(i->iso);
    case QD_FIELD_ISO_START: return text_of(i->iso_start);
    case QD_FIELD_UNIT: return text_of_z(i->unit);
    case QD_FIELD_FROM: return text_of(i->from);
    case QD_FIELD_RECUR: return text_of(i->recur);
    case QD_FIELD_ROLE: return text_of_z(i->role);
    case QD_FIELD_STATE: return text_of_z(i->state);
    case QD_FIELD_FINDING: return text_of(i->finding);
    case QD_FIELD_OBJECT: return text_of_z(i->object);
    case QD_FIELD_TO: return text_of(i->to);
    }
    return text_of_z(NULL);
}

bool qd_item_flag(const struct qd_item *item, enum qd_flag flag)
{
    const struct item *i = inside(item);
    switch (flag) {
    case QD_FLAG_MASKED: return i->masked;
    case QD_FLAG_INFERRED: return i->inferred;
    case QD_FLAG_CUT: return i->cut;
    case QD_FLAG_HEDGED: return i->hedged;
    case QD_FLAG_MISMATCH: return i->mismatch;
    case QD_FLAG_ACTIONABLE: return i->actionable;
    }
    return false;
}

bool qd_item_number(const struct qd_item *item, enum qd_number which, long *out)
{
    const struct item *i = inside(item);
    bool there = false;
    switch (which) {
    case QD_NUMBER_N:
        there = i->type == ITEM_DEADLINE && i->unit != NULL;
        *out = there ? i->n : 0;
        break;
    case QD_NUMBER_DECLARED:
        there = i->type == ITEM_SLOGAN && i->declared >= 0;
        *out = there ? i->declared : 0;
        break;
    case QD_NUMBER_COUNT:
        there = i->type == ITEM_TRANSFER && i->count >= 0;
        *out = there ? i->count : 0;
        break;
    }
    return there;
}

size_t qd_item_member_count(const struct qd_item *item)
{
    return inside(item)->members.count;
}

struct qd_text qd_item_member(const struct qd_item *item, size_t i)
{
    struct strs members = inside(item)->members;
    return i < members.count ? text_of(members.at[i]) : text_of_z(NULL);
}

/* ---- writing ---- */

static void write_list(struct buf *out, const struct qd_checklist *list, enum qd_format format, enum qd_lang lang, bool unfold)
{
    struct write_settings s = { .lang = (enum lang)lang, .all = unfold, .program = STR("qingdan"), .version = STR(QINGDAN_VERSION) };
    buf_init(out, BUF_NO_CEILING);
    write_checklist(out, list->list, (enum write_format)format, &s);
}

bool qd_checklist_write(const struct qd_checklist *list, enum qd_format format, enum qd_lang lang, bool unfold, qd_sink sink, void *self)
{
    struct buf text;
    write_list(&text, list, format, lang, unfold);
    bool taken = sink(self, buf_str(&text).at, text.len);
    buf_release(&text);
    return taken;
}

char *qd_checklist_to_string(const struct qd_checklist *list, enum qd_format format, enum qd_lang lang, bool unfold, size_t *len)
{
    struct buf text;
    write_list(&text, list, format, lang, unfold);
    if (len != NULL)
        *len = text.len;
    buf_addc(&text, '\0');
    return text.at;
}

void qd_string_free(char *string)
{
    free(string);
}
