/* Word lists: merging what several files say of one, spelling out references, and making expressions of them. */
#include "rule/lexicon.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct words { struct ustr *at; size_t count, room; };

struct entry {
    struct str name;
    struct draft_texts drafts, removed;
    struct words words;
    enum { ENTRY_RAW, ENTRY_OPEN, ENTRY_DONE } state;
};

struct maker {
    struct arena *arena;
    VEC(struct entry) entries;
    struct diags *d;
};

static struct entry *entry_find(struct maker *m, struct str name)
{
    for (size_t i = 0; i < m->entries.count; i++) {
        if (str_eq(m->entries.at[i].name, name))
            return &m->entries.at[i];
    }
    return NULL;
}

static void define(struct maker *m, const struct draft_lexicon *l)
{
    if (entry_find(m, l->name.text) != NULL)
        draft_complain(&l->name, 0, DIAG_RULE_DUPLICATE, m->d, "%.*s（add | remove | replace）", STR_ARG(l->name.text));
    else
        *VEC_ADD(m->arena, &m->entries) = (struct entry){ .name = l->name.text, .drafts = l->words };
}

static void change(struct maker *m, const struct draft_lexicon *l)
{
    struct entry *e = entry_find(m, l->name.text);
    if (e == NULL) {
        draft_complain(&l->name, 0, DIAG_RULE_LEXICON, m->d, "%.*s", STR_ARG(l->name.text));
        return;
    }
    if (l->replace) {
        e->drafts = (struct draft_texts){ 0 };
        e->removed = (struct draft_texts){ 0 };
    }
    for (size_t i = 0; i < l->words.count; i++)
        *VEC_ADD(m->arena, &e->drafts) = l->words.at[i];
    for (size_t i = 0; i < l->remove.count; i++)
        *VEC_ADD(m->arena, &e->removed) = l->remove.at[i];
}

/* The next "{{name}}" at or after byte `from`: its first byte, its end, its name. */
static bool next_reference(struct str s, size_t from, size_t *start, size_t *end, struct str *name)
{
    for (size_t i = from; i + 1 < s.len; i++) {
        if (s.at[i] != '{' || s.at[i + 1] != '{')
            continue;
        size_t close = i + 2;
        while (close < s.len && s.at[close] != '}' && s.at[close] != '{')
            close++;
        if (close + 1 >= s.len || s.at[close] != '}' || s.at[close + 1] != '}')
            continue;
        *start = i;
        *end = close + 2;
        *name = (struct str){ s.at + i + 2, close - i - 2 };
        return true;
    }
    return false;
}

static struct ustr joined(struct arena *a, struct ustr x, struct ustr y)
{
    if (x.len == 0)
        return y;
    char16_t *to = arena_take(a, ((size_t)x.len + y.len + 1) * sizeof *to);
    memcpy(to, x.at, x.len * sizeof *to);
    if (y.len > 0)
        memcpy(to + x.len, y.at, y.len * sizeof *to);
    return (struct ustr){ to, x.len + y.len };
}

static bool times(struct maker *m, struct words *run, const struct ustr *by, size_t count, const struct draft_text *at)
{
    if (run->count * count > LEXICON_WORDS_MOST) {
        draft_complain(at, 0, DIAG_RULE_VALUE, m->d, "lexicons: > %d", LEXICON_WORDS_MOST);
        return false;
    }
    struct words out = { 0 };
    for (size_t i = 0; i < run->count; i++) {
        for (size_t j = 0; j < count; j++)
            *VEC_ADD(m->arena, &out) = joined(m->arena, run->at[i], by[j]);
    }
    *run = out;
    return true;
}

static void finish(struct maker *m, struct entry *e);

/* The words of {{name}} inside another word; NULL, told, where there are none or the lists go in a circle. */
static const struct words *referred(struct maker *m, const struct draft_text *t, size_t at, struct str name)
{
    struct entry *other = entry_find(m, name);
    if (other == NULL || other->state == ENTRY_OPEN) {
        draft_complain(t, at, DIAG_RULE_LEXICON, m->d, other == NULL ? "%.*s" : "%.*s: 循环引用", STR_ARG(name));
        return NULL;
    }
    finish(m, other);
    return &other->words;
}

static struct words spelled_out(struct maker *m, const struct draft_text *t)
{
    struct words run = { 0 };
    *VEC_ADD(m->arena, &run) = USTR(u"");
    size_t at = 0, start, end;
    struct str name;
    while (next_reference(t->text, at, &start, &end, &name)) {
        struct ustr plain = ustr_from_utf8(m->arena, (struct str){ t->text.at + at, start - at });
        const struct words *other = referred(m, t, start, name);
        if (other == NULL || !times(m, &run, &plain, 1, t) || !times(m, &run, other->at, other->count, t))
            return (struct words){ 0 };
        at = end;
    }
    struct ustr rest = ustr_from_utf8(m->arena, (struct str){ t->text.at + at, t->text.len - at });
    times(m, &run, &rest, 1, t);
    return run;
}

static int by_units(const void *x, const void *y)
{
    const struct ustr *a = x, *b = y;
    for (uint32_t i = 0; i < a->len && i < b->len; i++) {
        if (a->at[i] != b->at[i])
            return a->at[i] < b->at[i] ? -1 : 1;
    }
    return (a->len > b->len) - (a->len < b->len);
}

static void sort_once(struct words *w)
{
    if (w->count < 2)
        return;
    qsort(w->at, w->count, sizeof *w->at, by_units);
    size_t n = 1;
    for (size_t i = 1; i < w->count; i++) {
        if (!ustr_eq(w->at[i], w->at[n - 1]))
            w->at[n++] = w->at[i];
    }
    w->count = n;
}

static const struct ustr *word_find(const struct ustr *words, size_t count, struct ustr word)
{
    return count == 0 ? NULL : bsearch(&word, words, count, sizeof *words, by_units);
}

static void collect(struct maker *m, const struct draft_texts *drafts, struct words *out)
{
    for (size_t i = 0; i < drafts->count; i++) {
        struct words more = spelled_out(m, &drafts->at[i]);
        for (size_t k = 0; k < more.count; k++) {
            if (more.at[k].len == 0 || more.at[k].len > LEXICON_WORD_UNITS_MOST || out->count >= LEXICON_WORDS_MOST) {
                draft_complain(&drafts->at[i], 0, DIAG_RULE_VALUE, m->d, "lexicons: “%.*s”", STR_ARG(drafts->at[i].text));
                break;
            }
            *VEC_ADD(m->arena, out) = more.at[k];
        }
    }
    sort_once(out);
}

static void finish(struct maker *m, struct entry *e)
{
    if (e->state != ENTRY_RAW)
        return;
    e->state = ENTRY_OPEN;
    struct words words = { 0 }, removed = { 0 };
    collect(m, &e->drafts, &words);
    collect(m, &e->removed, &removed);
    size_t n = 0;
    for (size_t i = 0; i < words.count; i++) {
        if (word_find(removed.at, removed.count, words.at[i]) == NULL)
            words.at[n++] = words.at[i];
    }
    words.count = n;
    e->words = words;
    e->state = ENTRY_DONE;
}

struct lexicons lexicons_make(struct arena *a, const struct draft_lexicon *drafts, size_t count, struct diags *d)
{
    struct maker m = { .arena = a, .d = d };
    for (size_t i = 0; i < count; i++) {
        if (!drafts[i].change)
            define(&m, &drafts[i]);
    }
    for (size_t i = 0; i < count; i++) {
        if (drafts[i].change)
            change(&m, &drafts[i]);
    }
    struct lexicon *out = arena_take(a, (m.entries.count + 1) * sizeof *out);
    for (size_t i = 0; i < m.entries.count; i++) {
        struct entry *e = &m.entries.at[i];
        finish(&m, e);
        out[i] = (struct lexicon){ e->name, e->words.at, e->words.count };
    }
    return (struct lexicons){ .at = out, .count = m.entries.count };
}

const struct lexicon *lexicon_find(const struct lexicons *all, struct str name)
{
    for (size_t i = 0; i < all->count; i++) {
        if (str_eq(all->at[i].name, name))
            return &all->at[i];
    }
    return NULL;
}

bool lexicon_has(const struct lexicon *l, struct ustr word)
{
    return word_find(l->words, l->count, word) != NULL;
}

/* The pattern being put together. */
struct splicer {
    struct arena *arena;
    VEC(char16_t) out;
    VEC(uint32_t) from;
    uint32_t source;                    /* the byte that what is added comes from */
    bool in_class, quoted;              /* inside […], inside \Q…\E */
    size_t class_start;
};

static void put(struct splicer *s, char16_t u)
{
    *VEC_ADD(s->arena, &s->out) = u;
    *VEC_ADD(s->arena, &s->from) = s->source;
}

static void put_units(struct splicer *s, struct ustr text)
{
    for (uint32_t i = 0; i < text.len; i++)
        put(s, text.at[i]);
}

static void put_ascii(struct splicer *s, const char *z)
{
    for (; *z != '\0'; z++)
        put(s, (char16_t)*z);
}

/* A letter of a word, so that it means itself. */
static void put_letter(struct splicer *s, char16_t u)
{
    bool plain = u >= 128 || (u >= u'0' && u <= u'9') || (u >= u'A' && u <= u'Z') || (u >= u'a' && u <= u'z') || u == u'_';
    if (!plain)
        put(s, u'\\');
    put(s, u);
}

static uint32_t character_units(struct ustr w, uint32_t at)
{
    return (w.at[at] & 0xFC00) == 0xD800 && at + 1 < w.len ? 2 : 1;
}

static bool same_character(struct ustr x, struct ustr y, uint32_t at)
{
    uint32_t n = character_units(x, at);
    return y.len - at >= n && memcmp(x.at + at, y.at + at, n * sizeof *x.at) == 0;
}

/*
 * Sorted words that agree in their first `at` units, as a tree: 党委 党委会 党组 become 党(?:委(?:会)?|组). Of the words that
 * fit at one place each is the beginning of the next, so this tries the longest first just as a plain list would.
 */
static void put_words(struct splicer *s, const struct ustr *w, size_t count, uint32_t at)
{
    bool ends = w[0].len == at;
    size_t first = ends ? 1 : 0;
    if (first == count)
        return;
    bool several = ends || !same_character(w[first], w[count - 1], at);
    if (several)
        put_ascii(s, "(?:");
    for (size_t i = first; i < count;) {
        uint32_t n = character_units(w[i], at);
        size_t same = i + 1;
        while (same < count && same_character(w[i], w[same], at))
            same++;
        if (i > first)
            put(s, u'|');
        for (uint32_t k = 0; k < n; k++)
            put_letter(s, w[i].at[at + k]);
        put_words(s, w + i, same - i, at + n);
        i = same;
    }
    if (several)
        put_ascii(s, ends ? ")?" : ")");
}

static bool put_class(struct splicer *s, const struct lexicon *l)
{
    for (size_t i = 0; i < l->count; i++) {
        if (character_units(l->words[i], 0) != l->words[i].len)
            return false;
        for (uint32_t k = 0; k < l->words[i].len; k++)
            put_letter(s, l->words[i].at[k]);
    }
    return true;
}

static bool put_lexicon(struct splicer *s, const struct lexicon *l)
{
    if (s->in_class)
        return put_class(s, l);
    put_ascii(s, l->count == 0 ? "(?!" : "(?:");
    if (l->count > 0)
        put_words(s, l->words, l->count, 0);
    put(s, u')');
    return true;
}

/* Keeps track of classes and quotes over one plain character of the pattern. */
static void watch(struct splicer *s, struct str text, size_t at)
{
    char c = text.at[at];
    size_t first = s->class_start + (text.at[s->class_start] == '[' && text.at[s->class_start + 1] == '^' ? 2 : 1);
    bool escaped = false;
    for (size_t i = at; i > 0 && text.at[i - 1] == '\\'; i--)
        escaped = !escaped;
    if (escaped)
        s->quoted = c == 'Q' ? true : c == 'E' ? false : s->quoted;
    else if (!s->quoted && c == '[' && !s->in_class) {
        s->in_class = true;
        s->class_start = at;
    } else if (!s->quoted && c == ']' && s->in_class && at != first) {
        s->in_class = false;
    }
}

/* Copies the pattern's own text. */
static void put_own(struct splicer *s, const struct draft_text *t, size_t from, size_t to)
{
    for (size_t i = from; i < to;) {
        size_t n = 1;
        while (i + n < to && ((unsigned char)t->text.at[i + n] & 0xC0) == 0x80)
            n++;
        watch(s, t->text, i);
        struct ustr units = ustr_from_utf8(s->arena, (struct str){ t->text.at + i, n });
        s->source = (uint32_t)i;
        put_units(s, units);
        i += n;
    }
}

/* What {{name}} at byte `start` of the pattern stands for; false, told, where it cannot stand there. */
static bool put_named(struct splicer *s, const struct lexicons *all, const struct draft_text *pattern, size_t start, struct str name,
                      struct diags *d)
{
    const struct lexicon *l = lexicon_find(all, name);
    const struct fragment *f = l == NULL ? fragment_find(all, s->arena, name, d) : NULL;
    const char *wrong = NULL;
    if (l == NULL && f == NULL)
        wrong = "";
    else if (f != NULL && f->state == FRAGMENT_OPEN)
        wrong = ": 循环引用";
    else if (l != NULL ? !put_lexicon(s, l) : s->in_class)
        wrong = ": […] 里只能用单字词表";
    if (wrong != NULL) {
        draft_complain(pattern, start, DIAG_RULE_LEXICON, d, "%.*s%s", STR_ARG(name), wrong);
        return false;
    }
    if (f != NULL)
        put_units(s, f->text);
    return f == NULL || f->state == FRAGMENT_SOUND;
}

struct spliced lexicons_splice(const struct lexicons *all, struct arena *a, const struct draft_text *pattern, struct diags *d)
{
    struct splicer s = { .arena = a };
    bool sound = true;
    size_t at = 0, start, end;
    struct str name;
    while (next_reference(pattern->text, at, &start, &end, &name)) {
        put_own(&s, pattern, at, start);
        s.source = (uint32_t)start;
        sound = put_named(&s, all, pattern, start, name, d) && sound;
        at = end;
    }
    put_own(&s, pattern, at, pattern->text.len);
    s.source = (uint32_t)pattern->text.len;
    *VEC_ADD(a, &s.from) = s.source;
    return (struct spliced){ { s.out.at, (uint32_t)s.out.count }, s.from.at, sound };
}
