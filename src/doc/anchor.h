/*
 * anchor: the day of an event that time limits count from, as the user tells it.
 *
 * A document that says 收到反馈意见后两个月内 often does not say when that was; whoever reads it may know.
 */
#ifndef QD_DOC_ANCHOR_H
#define QD_DOC_ANCHOR_H

#include <stddef.h>

#include "base/str.h"

struct anchor {
    struct str event;               /* words that the limit's `from` holds: 反馈, 印发 */
    struct str day;                 /* ISO, valid */
};

struct anchors { const struct anchor *at; size_t count; };

#endif
