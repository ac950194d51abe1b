/*
 * kinds: the closed vocabularies of a document that rules, reading and output share.
 *
 * Each is a list of rows so that enum, name and Chinese word can never drift apart. The order of zones is
 * free; names are what rule files and JSON use.
 */
#ifndef QD_DOC_KINDS_H
#define QD_DOC_KINDS_H

#include <stddef.h>

#include "base/str.h"

#define DOC_KINDS(X) \
    X(SPEECH,   "speech",   "讲话")        /* 动员、推进、部署 */ \
    X(FEEDBACK, "feedback", "反馈意见")    /* 反馈意见、反馈通报 */ \
    X(PLAN,     "plan",     "整改方案") \
    X(PROGRESS, "progress", "整改进展") \
    X(LEDGER,   "ledger",   "台账") \
    X(OTHER,    "other",    "其他")

#define ZONES(X) \
    X(OPENING,     "opening",     "开头")       /* occasion, agenda, authority, time window */ \
    X(PRAISE,      "praise",      "成绩")       /* what was achieved */ \
    X(MEANING,     "meaning",     "意义") \
    X(FINDINGS,    "findings",    "问题")       /* what was found wrong is reported here */ \
    X(CAUSE,       "cause",       "原因") \
    X(FOCUS,       "focus",       "监督重点") \
    X(DEMAND,      "demand",      "要求")       /* tasks, suggestions, duties */ \
    X(MEASURES,    "measures",    "整改措施") \
    X(PROGRESS,    "progress",    "整改进展") \
    X(DUTY,        "duty",        "组织分工")   /* who answers for what, in a plan */ \
    X(TRANSFER,    "transfer",    "线索移交") \
    X(COMMITMENT,  "commitment",  "表态") \
    X(CASE,        "case",        "他案")       /* other units' cases */ \
    X(TABLE,       "table",       "表格") \
    X(CLOSING,     "closing",     "结尾")       /* signature, contact */

enum doc_kind {
#define ROW(id, name, zh) DOC_##id,
    DOC_KINDS(ROW)
#undef ROW
    DOC_KIND_COUNT
};

enum zone {
#define ROW(id, name, zh) ZONE_##id,
    ZONES(ROW)
#undef ROW
    ZONE_COUNT
};

extern const char *const doc_kind_names[DOC_KIND_COUNT];
extern const char *const doc_kind_words[DOC_KIND_COUNT];    /* Chinese */
extern const char *const zone_names[ZONE_COUNT];
extern const char *const zone_words[ZONE_COUNT];

/* Index of a name in a list of names, or -1. */
int name_find(const char *const *names, size_t count, struct str name);

#endif
