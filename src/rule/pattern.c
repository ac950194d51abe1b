/* Compiling and running expressions with PCRE2-16 and its JIT. */
#include "rule/pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 16
#include <pcre2.h>

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What one call may cost. A sound rule needs some hundred steps for a sentence. */
#define MATCH_STEPS_MOST 400000
#define MATCH_DEPTH_MOST 20000
#define MATCH_HEAP_KIB_MOST 16384
#define JIT_STACK_FIRST 32768
#define JIT_STACK_MOST (1024 * 1024)

#define OPTIONS (PCRE2_UTF | PCRE2_EXTENDED | PCRE2_DUPNAMES | PCRE2_NEVER_BACKSLASH_C)

_Static_assert(sizeof(PCRE2_UCHAR) == sizeof(char16_t), "PCRE2 units are UTF-16 units");

/*
 * Machine code is made when a pattern is first searched with: most rules of a large set never meet a text that holds their
 * literals, and making it for all would take longer than reading a short document. Until it is ready no thread matches.
 */
enum jit_state { JIT_NOT_TRIED, JIT_READY, JIT_NONE };

struct jit {
    atomic_int state;
    pthread_mutex_t lock;
};

struct pattern {
    pcre2_code *code;
    struct jit *jit;
    enum pattern_use use;
    uint32_t groups;            /* without group 0 */
};

struct pattern_room {
    pcre2_match_data *data;
    pcre2_match_context *context;
    pcre2_jit_stack *stack;
    uint32_t groups;            /* of the last match, group 0 included */
};

static struct ustr wrapped(struct ustr text, struct ustr head, struct ustr tail)
{
    char16_t *to = must_alloc((size_t)(head.len + text.len + tail.len) * sizeof *to);
    memcpy(to, head.at, head.len * sizeof *to);
    if (text.len > 0)
        memcpy(to + head.len, text.at, text.len * sizeof *to);
    memcpy(to + head.len + text.len, tail.at, tail.len * sizeof *to);
    return (struct ustr){ to, head.len + text.len + tail.len };
}

static void explain(struct pattern_mistake *why, int code, size_t offset, struct ustr text)
{
    PCRE2_UCHAR wide[200];
    int n = pcre2_get_error_message(code, wide, sizeof wide / sizeof *wide);
    size_t len = n > 0 ? (size_t)n : 0;
    for (size_t i = 0; i < len; i++)
        why->message[i] = (char)wide[i];
    why->message[len] = '\0';
    why->offset = offset > text.len ? text.len : (uint32_t)offset;
}

static pcre2_code *compile(struct ustr text, uint32_t options, int *error, size_t *offset)
{
    return pcre2_compile((PCRE2_SPTR)text.at, text.len, options, error, offset, NULL);
}

static struct jit *jit_new(enum jit_state state)
{
    struct jit *j = must_alloc(sizeof *j);
    atomic_init(&j->state, state);
    pthread_mutex_init(&j->lock, NULL);
    return j;
}

static bool jit_ready(const struct pattern *p)
{
    int state = atomic_load_explicit(&p->jit->state, memory_order_acquire);
    if (state == JIT_NOT_TRIED) {
        pthread_mutex_lock(&p->jit->lock);
        state = atomic_load_explicit(&p->jit->state, memory_order_relaxed);
        if (state == JIT_NOT_TRIED) {
            state = pcre2_jit_compile(p->code, PCRE2_JIT_COMPLETE) == 0 ? JIT_READY : JIT_NONE;
            atomic_store_explicit(&p->jit->state, state, memory_order_release);
        }
        pthread_mutex_unlock(&p->jit->lock);
    }
    return state == JIT_READY;
}

static uint32_t info(const struct pattern *p, uint32_t what)
{
    uint32_t n = 0;
    pcre2_pattern_info(p->code, what, &n);
    return n;
}

struct pattern *pattern_new(struct ustr text, enum pattern_use use, struct pattern_mistake *why)
{
    uint32_t options = OPTIONS | (use == PATTERN_HERE ? PCRE2_ANCHORED : use == PATTERN_ANYWHERE ? PCRE2_USE_OFFSET_LIMIT : 0);
    int error;
    size_t offset;
    pcre2_code *code = compile(text, options, &error, &offset);
    if (code != NULL && use == PATTERN_ENDING) {        /* compiled bare first, so that a mistake stands where it was made */
        pcre2_code_free(code);
        struct ustr ending = wrapped(text, USTR(u"(?:"), USTR(u"\n)\\z"));
        code = compile(ending, options, &error, &offset);
        free((void *)(uintptr_t)ending.at);
    }
    if (code == NULL) {
        explain(why, error, offset, text);
        return NULL;
    }
    struct pattern *p = must_alloc(sizeof *p);
    *p = (struct pattern){ code, jit_new(use == PATTERN_ONCE ? JIT_NONE : JIT_NOT_TRIED), use, 0 };
    p->groups = info(p, PCRE2_INFO_CAPTURECOUNT);
    return p;
}

void pattern_free(struct pattern *p)
{
    if (p == NULL)
        return;
    pcre2_code_free(p->code);
    pthread_mutex_destroy(&p->jit->lock);
    free(p->jit);
    free(p);
}

uint32_t pattern_group_count(const struct pattern *p)
{
    return p->groups;
}

bool pattern_may_be_empty(const struct pattern *p)
{
    return info(p, PCRE2_INFO_MATCHEMPTY) != 0;
}

uint32_t pattern_look_behind(const struct pattern *p)
{
    return info(p, PCRE2_INFO_MAXLOOKBEHIND);
}

/* A row of the table: the group's number, then the name, ending in 0. */
struct pattern_names pattern_names(const struct pattern *p, struct arena *a)
{
    uint32_t count = info(p, PCRE2_INFO_NAMECOUNT), size = info(p, PCRE2_INFO_NAMEENTRYSIZE);
    PCRE2_SPTR table = NULL;
    pcre2_pattern_info(p->code, PCRE2_INFO_NAMETABLE, &table);
    struct pattern_name *names = arena_take(a, (count + 1) * sizeof *names);
    for (uint32_t i = 0; i < count; i++) {
        PCRE2_SPTR row = table + (size_t)i * size;
        uint32_t len = 0;
        while (row[1 + len] != 0)
            len++;
        names[i].group = row[0];
        names[i].name = ustr_to_utf8(a, (struct ustr){ (const char16_t *)row + 1, len });
    }
    return (struct pattern_names){ names, count };
}

struct pattern_room *pattern_room_new(uint32_t groups)
{
    struct pattern_room *room = must_alloc(sizeof *room);
    *room = (struct pattern_room){
        pcre2_match_data_create(groups + 1, NULL), pcre2_match_context_create(NULL),
        pcre2_jit_stack_create(JIT_STACK_FIRST, JIT_STACK_MOST, NULL), 0,
    };
    if (room->data == NULL || room->context == NULL)
        memory_gone();
    pcre2_set_match_limit(room->context, MATCH_STEPS_MOST);
    pcre2_set_depth_limit(room->context, MATCH_DEPTH_MOST);
    pcre2_set_heap_limit(room->context, MATCH_HEAP_KIB_MOST);
    if (room->stack != NULL)
        pcre2_jit_stack_assign(room->context, NULL, room->stack);
    return room;
}

void pattern_room_free(struct pattern_room *room)
{
    if (room == NULL)
        return;
    pcre2_match_data_free(room->data);
    pcre2_match_context_free(room->context);
    pcre2_jit_stack_free(room->stack);
    free(room);
}

enum pattern_result pattern_find(const struct pattern *p, struct pattern_room *room, struct ustr text, struct span begins)
{
    uint32_t options = PCRE2_NO_UTF_CHECK | (p->use == PATTERN_ANYWHERE ? PCRE2_NOTEMPTY : 0);
    PCRE2_SPTR at = text.at == NULL ? (PCRE2_SPTR)u"" : (PCRE2_SPTR)text.at;
    pcre2_set_offset_limit(room->context, p->use == PATTERN_ANYWHERE ? begins.end : PCRE2_UNSET);
    int rc = jit_ready(p) ? pcre2_jit_match(p->code, at, text.len, begins.start, options, room->data, room->context)
                    : pcre2_match(p->code, at, text.len, begins.start, options, room->data, room->context);
    if (rc >= 0) {
        room->groups = (uint32_t)rc;
        return PATTERN_FOUND;
    }
    return rc == PCRE2_ERROR_NOMATCH ? PATTERN_NONE : PATTERN_LIMIT;
}

struct span pattern_group(const struct pattern_room *room, uint32_t g)
{
    const PCRE2_SIZE *v = pcre2_get_ovector_pointer(room->data);
    if (g >= room->groups || v[2 * g] == PCRE2_UNSET)
        return (struct span){ UINT32_MAX, UINT32_MAX };
    return (struct span){ (uint32_t)v[2 * g], (uint32_t)v[2 * g + 1] };
}

static bool lone_at(struct ustr text, uint32_t i)
{
    char16_t kind = text.at[i] & 0xFC00;
    if (kind == 0xD800)
        return i + 1 == text.len || (text.at[i + 1] & 0xFC00) != 0xDC00;
    return kind == 0xDC00 && (i == 0 || (text.at[i - 1] & 0xFC00) != 0xD800);
}

bool pattern_plain(struct ustr text)
{
    for (uint32_t i = 0; i < text.len; i++) {
        if ((text.at[i] & 0xF800) == 0xD800)
            return false;
    }
    return true;
}

bool pattern_sound(struct ustr text)
{
    for (uint32_t i = 0; i < text.len; i++) {
        if ((text.at[i] & 0xF800) == 0xD800 && lone_at(text, i))
            return false;
    }
    return true;
}

struct ustr pattern_mend(struct arena *a, struct ustr text)
{
    char16_t *to = arena_take(a, ((size_t)text.len + 1) * sizeof *to);
    for (uint32_t i = 0; i < text.len; i++)
        to[i] = (text.at[i] & 0xF800) == 0xD800 && lone_at(text, i) ? 0xFFFD : text.at[i];
    return (struct ustr){ to, text.len };
}
