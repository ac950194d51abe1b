/* Named fragments of patterns: each is spliced and compiled by itself before any rule uses it. */
#include "rule/lexicon.h"

#include <string.h>

#include "rule/pattern.h"

static struct fragment *named(const struct lexicons *all, struct str name)
{
    for (size_t i = 0; i < all->fragment_count; i++) {
        if (str_eq(all->fragments[i].name, name))
            return &all->fragments[i];
    }
    return NULL;
}

static void define(struct lexicons *all, const struct draft_fragment *f, struct diags *d)
{
    if (lexicon_find(all, f->name.text) != NULL || named(all, f->name.text) != NULL)
        draft_complain(&f->name, 0, DIAG_RULE_DUPLICATE, d, "%.*s（replace）", STR_ARG(f->name.text));
    else
        all->fragments[all->fragment_count++] = (struct fragment){ .name = f->name.text, .draft = &f->pattern };
}

static void change(struct lexicons *all, const struct draft_fragment *f, struct diags *d)
{
    struct fragment *older = named(all, f->name.text);
    if (older == NULL)
        draft_complain(&f->name, 0, DIAG_RULE_LEXICON, d, "%.*s", STR_ARG(f->name.text));
    else if (f->pattern.file != NULL)
        older->draft = &f->pattern;
}

static struct ustr in_group(struct arena *a, struct ustr inner)
{
    char16_t *to = arena_take(a, ((size_t)inner.len + 4) * sizeof *to);
    memcpy(to, u"(?:", 3 * sizeof *to);
    if (inner.len > 0)
        memcpy(to + 3, inner.at, inner.len * sizeof *to);
    to[3 + inner.len] = u')';
    return (struct ustr){ to, inner.len + 4 };
}

/* Does it compile, alone and as the group it becomes? Alone, 甲)(乙 does not; in its group, one that ends in a comment does not. */
static bool compiles(const struct fragment *f, const struct spliced *alone, struct diags *d)
{
    struct pattern_mistake why;
    struct pattern *p = pattern_new(alone->text, PATTERN_ONCE, &why);
    if (p != NULL) {
        pattern_free(p);
        p = pattern_new(f->text, PATTERN_ONCE, &why);
        why.offset = alone->text.len;
    }
    if (p == NULL)
        draft_complain(f->draft, alone->from[why.offset], DIAG_RULE_PATTERN, d, "%s", why.message);
    pattern_free(p);
    return p != NULL;
}

static void make(const struct lexicons *all, struct arena *a, struct fragment *f, struct diags *d)
{
    f->state = FRAGMENT_OPEN;
    struct spliced alone = lexicons_splice(all, a, f->draft, d);
    bool sound = alone.sound;
    if (sound && alone.text.len > FRAGMENT_UNITS_MOST) {
        draft_complain(f->draft, 0, DIAG_RULE_VALUE, d, "patterns: > %d", FRAGMENT_UNITS_MOST);
        sound = false;
    }
    if (sound) {
        f->text = in_group(a, alone.text);
        sound = compiles(f, &alone, d);
    }
    f->state = sound ? FRAGMENT_SOUND : FRAGMENT_BAD;
}

const struct fragment *fragment_find(const struct lexicons *all, struct arena *a, struct str name, struct diags *d)
{
    struct fragment *f = named(all, name);
    if (f != NULL && f->state == FRAGMENT_RAW)
        make(all, a, f, d);
    return f;
}

void fragments_make(struct lexicons *all, struct arena *a, const struct draft_fragment *drafts, size_t count, struct diags *d)
{
    all->fragments = arena_take(a, (count + 1) * sizeof *all->fragments);
    for (size_t i = 0; i < count; i++) {
        if (!drafts[i].change)
            define(all, &drafts[i], d);
    }
    for (size_t i = 0; i < count; i++) {
        if (drafts[i].change)
            change(all, &drafts[i], d);
    }
    for (size_t i = 0; i < all->fragment_count; i++)
        fragment_find(all, a, all->fragments[i].name, d);
}
