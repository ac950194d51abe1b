/* Complaints: a table of texts and a list that remembers places. */
#include "base/diag.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static const struct {
    enum diag_code code;
    const char *name;
    enum diag_level level;
    const char *text[2];        /* by enum lang */
} table[] = {
#define DIAG(number, name, level, zh, en) { DIAG_##name, #name, DIAG_LEVEL_##level, { zh, en } },
#include "base/diag.def"
#undef DIAG
};

static size_t row_of(enum diag_code code)
{
    size_t i = 0;
    while (table[i].code != code)
        i++;
    return i;
}

struct diags *diags_new(void)
{
    struct diags *d = must_alloc(sizeof *d);
    *d = (struct diags){ .arena = arena_new() };
    return d;
}

void diags_free(struct diags *d)
{
    if (d == NULL)
        return;
    arena_free(d->arena);
    free(d);
}

void diags_clear(struct diags *d)
{
    arena_reset(d->arena);
    *d = (struct diags){ .arena = d->arena };
}

void diags_add(struct diags *d, enum diag_code code, struct place place, struct str line_text, struct str detail)
{
    if (diag_level(code) == DIAG_LEVEL_ERROR)
        d->errors++;
    else
        d->warnings++;
    if (d->list.count >= DIAGS_MOST)
        return;
    place.file = arena_keep(d->arena, place.file);
    *VEC_ADD(d->arena, &d->list) =
        (struct diag){ code, place, arena_keep(d->arena, detail), arena_keep(d->arena, line_text) };
}

void diags_addf(struct diags *d, enum diag_code code, struct place place, const char *fmt, ...)
{
    char text[512];
    va_list args;
    va_start(args, fmt);
    int n = vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    size_t len = n < 0 ? 0 : (size_t)n < sizeof text ? (size_t)n : sizeof text - 1;
    while (len > 0 && n >= (int)sizeof text && ((unsigned char)text[len - 1] & 0x80) != 0)
        len--;                  /* a cut detail never ends inside a character */
    diags_add(d, code, place, STR(""), (struct str){ text, len });
}

enum diag_level diag_level(enum diag_code code)
{
    return table[row_of(code)].level;
}

const char *diag_text(enum diag_code code, enum lang lang)
{
    return table[row_of(code)].text[lang];
}

const char *diag_name(enum diag_code code)
{
    return table[row_of(code)].name;
}

void diag_write(struct buf *out, const struct diag *d, enum lang lang)
{
    static const char *const levels[2][2] = { { "警告", "warning" }, { "错误", "error" } };
    if (d->place.file.len > 0) {
        buf_add(out, d->place.file);
        if (d->place.line > 0)
            buf_addf(out, ":%u", (unsigned)d->place.line);
        if (d->place.column > 0)
            buf_addf(out, ":%u", (unsigned)d->place.column);
        buf_addz(out, ": ");
    }
    buf_addf(out, "%s QD%d: %s", levels[diag_level(d->code)][lang], (int)d->code, diag_text(d->code, lang));
    if (d->detail.len > 0) {
        buf_addz(out, lang == LANG_ZH ? "：" : ": ");
        buf_add(out, d->detail);
    }
}
