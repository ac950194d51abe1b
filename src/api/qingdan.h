/*
 * qingdan: checklists from Chinese inspection documents, as a library.
 *
 * Load the rules once; any number of threads may share them. Each thread makes a reader of its own and reads one document
 * after the other with it:
 *
 *     struct qd_rules *rules = qd_rules_load(NULL, 0, NULL);
 *     struct qd_reader *reader = qd_reader_new(rules);
 *     const struct qd_checklist *list = qd_reader_read(reader, bytes, len);
 *     for (size_t i = 0; list != NULL && i < qd_checklist_count(list); i++) {
 *         struct qd_text text = qd_item_text(qd_checklist_item(list, i), QD_FIELD_CLEAN);
 *         printf("%.*s\n", (int)text.len, text.at);
 *     }
 *     qd_reader_free(reader);
 *     qd_rules_free(rules);
 *
 * Ownership: what ends in _new or _load is freed with the _free of the same name, and NULL is fine there. Everything else
 * that comes back is borrowed. A checklist, its items and all their text belong to the reader and live until it is fed,
 * reads again or is freed; to keep one, write it to memory.
 *
 * Text is UTF-8, need not end in NUL and may be empty. Places count Unicode code points of the decoded document from 0,
 * the end exclusive.
 *
 * What goes wrong never ends the program and sets no global: functions return NULL or false, and a log says what was
 * wrong, where, in Chinese or English. The one exception is a machine out of memory, which aborts. The library prints
 * nothing and reads no clock, environment or locale.
 */
#ifndef QINGDAN_H
#define QINGDAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define QD_API __attribute__((visibility("default")))
#else
#define QD_API
#endif

/* Borrowed text. For printf: "%.*s", (int)t.len, t.at. */
struct qd_text { const char *at; size_t len; };

enum qd_lang { QD_LANG_ZH, QD_LANG_EN };

QD_API const char *qd_version(void);                    /* "0.1.0" */

/* ---- what went wrong ---- */

struct qd_log;

enum qd_level { QD_LEVEL_WARNING, QD_LEVEL_ERROR };

struct qd_message {
    int code;                       /* lasting number, 101 and up */
    const char *name;               /* lasting name, "INPUT_NOT_TEXT" */
    enum qd_level level;
    const char *text;               /* in the language asked for */
    struct qd_text detail;          /* the thing itself, or empty */
    struct qd_text file;            /* or empty */
    uint32_t line, column;          /* from 1, 0 unknown; a column counts characters */
};

QD_API struct qd_log *qd_log_new(void);
QD_API void qd_log_free(struct qd_log *log);
QD_API size_t qd_log_count(const struct qd_log *log);
/* False past the end. */
QD_API bool qd_log_message(const struct qd_log *log, size_t i, enum qd_lang lang, struct qd_message *out);

/* ---- rules ---- */

struct qd_rules;

/*
 * The shipped rules, with folders of an office's own on top, in order. NULL after any mistake in them; `log` (may be NULL)
 * tells all of them. qd_rules_load_from takes the shipped rules from another folder than the one installed.
 */
QD_API struct qd_rules *qd_rules_load(const char *const *folders, size_t count, struct qd_log *log);
QD_API struct qd_rules *qd_rules_load_from(const char *shipped, const char *const *folders, size_t count, struct qd_log *log);
QD_API void qd_rules_free(struct qd_rules *rules);      /* after its readers */
QD_API size_t qd_rules_count(const struct qd_rules *rules);
/* A hash of all that the rules say: two checklists with the same one were made by the same rules. */
QD_API struct qd_text qd_rules_version(const struct qd_rules *rules);

/* ---- reading ---- */

struct qd_reader;
struct qd_checklist;

/* QD_INPUT_AUTO: the content decides. */
enum qd_input { QD_INPUT_AUTO, QD_INPUT_TXT, QD_INPUT_MD, QD_INPUT_HTML };

QD_API struct qd_reader *qd_reader_new(const struct qd_rules *rules);
QD_API void qd_reader_free(struct qd_reader *reader);

/* Settings hold for every document from now on. Copied. False, and nothing set, where the value is not one. */
QD_API void qd_reader_set_name(struct qd_reader *reader, const char *name);     /* what documents are called in output */
QD_API void qd_reader_set_input(struct qd_reader *reader, enum qd_input input);
QD_API bool qd_reader_set_date(struct qd_reader *reader, const char *iso);      /* "2025-08-29"; NULL: the document's own */
/*
 * The day of an event, such as "反馈": time limits whose words tell that they count from it (收到反馈意见后两个月内) come to a
 * day. As many events as you like; iso NULL forgets the event, event NULL forgets all.
 */
QD_API bool qd_reader_set_anchor(struct qd_reader *reader, const char *event, const char *iso);
QD_API bool qd_reader_set_kind(struct qd_reader *reader, const char *kind);     /* "speech", "feedback" …; NULL: find out */

/*
 * A document in pieces of any size, cut anywhere. False: over 64 MiB; qd_reader_finish will then say so.
 * qd_reader_finish reads what was fed; NULL where it is no document, and the log says why. Either way the reader is ready
 * for the next one.
 */
QD_API bool qd_reader_feed(struct qd_reader *reader, const void *bytes, size_t len);
QD_API const struct qd_checklist *qd_reader_finish(struct qd_reader *reader);
/* A document that is in memory as a whole. */
QD_API const struct qd_checklist *qd_reader_read(struct qd_reader *reader, const void *bytes, size_t len);
/* A record of a JSON Lines stream: {"id", "text", "date", "name", "kind", "title"}, all but "text" optional. */
QD_API const struct qd_checklist *qd_reader_read_record(struct qd_reader *reader, const char *line, size_t len);
/* What was noticed about the newest document. Borrowed from the reader, like the checklist. */
QD_API const struct qd_log *qd_reader_log(const struct qd_reader *reader);

/* ---- a checklist ---- */

enum qd_about {
    QD_ABOUT_NAME, QD_ABOUT_ID, QD_ABOUT_KIND, QD_ABOUT_TITLE, QD_ABOUT_DATE, QD_ABOUT_ISSUER, QD_ABOUT_ADDRESSEE,
    QD_ABOUT_FORMAT, QD_ABOUT_CHARSET, QD_ABOUT_SHA256, QD_ABOUT_RULES_VERSION
};

/* Of the document; empty where it does not say. */
QD_API struct qd_text qd_checklist_about(const struct qd_checklist *list, enum qd_about what);

struct qd_place {
    uint32_t start, end;            /* code points */
    bool in_file;                   /* false: the text is not the file's own (web pages, Markdown, records) */
    uint32_t byte_start, byte_end;  /* in the file, where in_file */
    uint32_t line;                  /* of start, from 1; 0 unknown */
};

struct qd_heading {
    uint32_t level;                 /* 1: highest */
    long parent;                    /* index, -1: none */
    struct qd_text marker, title;
    const char *zone;
    struct qd_place place;
};

QD_API size_t qd_checklist_heading_count(const struct qd_checklist *list);
QD_API bool qd_checklist_heading(const struct qd_checklist *list, size_t i, struct qd_heading *out);   /* false past the end */

/* ---- items, in the order of the document ---- */

struct qd_item;

enum qd_type {
    QD_FINDING, QD_FOCUS, QD_SLOGAN, QD_DEMAND, QD_MEASURE, QD_PROGRESS, QD_DEADLINE, QD_RESPONSIBILITY, QD_STAT, QD_TRANSFER,
    QD_CAUSE, QD_COMMITMENT
};

QD_API size_t qd_checklist_count(const struct qd_checklist *list);
QD_API const struct qd_item *qd_checklist_item(const struct qd_checklist *list, size_t i);     /* NULL past the end */

QD_API enum qd_type qd_item_type(const struct qd_item *item);
QD_API const char *qd_type_name(enum qd_type type);     /* "finding", as in JSON */
QD_API const char *qd_type_word(enum qd_type type);     /* "问题" */
QD_API struct qd_place qd_item_place(const struct qd_item *item);
QD_API double qd_item_score(const struct qd_item *item);        /* 0 to 1 */
QD_API long qd_item_heading(const struct qd_item *item);        /* index of the heading above it, -1: none */
/* The item it belongs to: a time limit's or an owner's demand, a measure's finding. NULL: none. */
QD_API const struct qd_item *qd_item_link(const struct qd_checklist *list, const struct qd_item *item);

/* Empty where the item's type has no such field or the document does not say. */
enum qd_field {
    QD_FIELD_TEXT,                  /* exactly what stands at its place */
    QD_FIELD_CLEAN,                 /* the same on one line, wraps and stray spaces gone */
    QD_FIELD_ID,                    /* stable across runs and re-wrapped copies */
    QD_FIELD_RULE,                  /* that nominated it */
    QD_FIELD_ZONE,
    QD_FIELD_CATEGORY,              /* finding */
    QD_FIELD_ACTOR, QD_FIELD_ACTOR_SOURCE, QD_FIELD_MODALITY,   /* demand */
    QD_FIELD_KIND,                  /* demand, deadline */
    QD_FIELD_SET,                   /* focus */
    QD_FIELD_NAME,                  /* slogan, responsibility */
    QD_FIELD_ISO, QD_FIELD_ISO_START, QD_FIELD_UNIT, QD_FIELD_FROM, QD_FIELD_RECUR,     /* deadline */
    QD_FIELD_ROLE,                  /* responsibility */
    QD_FIELD_STATE,                 /* progress */
    QD_FIELD_FINDING,               /* measure, progress */
    QD_FIELD_OBJECT,                /* stat */
    QD_FIELD_TO                     /* transfer */
};
QD_API struct qd_text qd_item_text(const struct qd_item *item, enum qd_field field);

enum qd_flag {
    QD_FLAG_MASKED, QD_FLAG_INFERRED, QD_FLAG_CUT, QD_FLAG_HEDGED, QD_FLAG_MISMATCH,
    QD_FLAG_ACTIONABLE              /* demand: somebody can be asked whether it is done */
};
QD_API bool qd_item_flag(const struct qd_item *item, enum qd_flag flag);

enum qd_number {
    QD_NUMBER_N,                    /* deadline: so many units */
    QD_NUMBER_DECLARED,             /* slogan: as its numeral says */
    QD_NUMBER_COUNT                 /* transfer */
};
/* False where there is none. */
QD_API bool qd_item_number(const struct qd_item *item, enum qd_number which, long *out);

/* Members of a focus or a slogan. */
QD_API size_t qd_item_member_count(const struct qd_item *item);
QD_API struct qd_text qd_item_member(const struct qd_item *item, size_t i);     /* empty past the end */

/* ---- writing ---- */

enum qd_format { QD_FORMAT_MD, QD_FORMAT_JSON, QD_FORMAT_JSONL };

/* Takes a piece of the output; false: no more. */
typedef bool (*qd_sink)(void *self, const char *bytes, size_t len);

/* unfold: also list general exhortations in full (Markdown). False where the sink said so. */
QD_API bool qd_checklist_write(const struct qd_checklist *list, enum qd_format format, enum qd_lang lang, bool unfold,
                               qd_sink sink, void *self);
/* The same into memory, with a NUL behind it; free it with qd_string_free. `len` may be NULL. */
QD_API char *qd_checklist_to_string(const struct qd_checklist *list, enum qd_format format, enum qd_lang lang, bool unfold, size_t *len);
QD_API void qd_string_free(char *string);

#ifdef __cplusplus
}
#endif

#endif
