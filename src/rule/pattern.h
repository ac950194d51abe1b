/*
 * pattern: one compiled expression; PCRE2's only home.
 *
 * A pattern never changes and may be used by many threads; each brings its own pattern_room, in which the last match lies.
 * Text given to pattern_find must be well-formed UTF-16 (pattern_sound tells, pattern_mend repairs).
 */
#ifndef QD_RULE_PATTERN_H
#define QD_RULE_PATTERN_H

#include "base/arena.h"
#include "base/ustr.h"

enum pattern_use {
    PATTERN_ANYWHERE,           /* finds what is not empty */
    PATTERN_GUARD,              /* anywhere, may be empty */
    PATTERN_ENDING,             /* must end at the end of the text */
    PATTERN_HERE,               /* must begin where asked */
    PATTERN_ONCE                /* anywhere; for a single search, so not made fast */
};

struct pattern;
struct pattern_room;

struct pattern_mistake {
    uint32_t offset;            /* in the text given */
    char message[200];
};

/* NULL with *why filled. */
struct pattern *pattern_new(struct ustr text, enum pattern_use use, struct pattern_mistake *why);
void pattern_free(struct pattern *p);
uint32_t pattern_group_count(const struct pattern *p);      /* without group 0 */
bool pattern_may_be_empty(const struct pattern *p);
uint32_t pattern_look_behind(const struct pattern *p);      /* characters its longest lookbehind needs */

/* The named groups, by name; several numbers may share one. */
struct pattern_name { struct str name; uint32_t group; };
struct pattern_names { const struct pattern_name *at; size_t count; };
struct pattern_names pattern_names(const struct pattern *p, struct arena *a);

struct pattern_room *pattern_room_new(uint32_t groups);
void pattern_room_free(struct pattern_room *room);

enum pattern_result { PATTERN_NONE, PATTERN_FOUND, PATTERN_LIMIT };

/* The first match that begins within `begins`, its end included. */
enum pattern_result pattern_find(const struct pattern *p, struct pattern_room *room, struct ustr text, struct span begins);
/* Of the last PATTERN_FOUND: start and end of group g (0: all); UINT32_MAX where it took no part. */
struct span pattern_group(const struct pattern_room *room, uint32_t g);

bool pattern_plain(struct ustr text);                       /* no surrogates at all? */
bool pattern_sound(struct ustr text);                       /* no lone surrogates? */
struct ustr pattern_mend(struct arena *a, struct ustr text);/* a copy with U+FFFD for each, same length */

#endif
