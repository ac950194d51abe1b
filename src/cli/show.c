/* Escapes, carets and progress on a terminal. */
#include "cli/show.h"

#include <stdlib.h>
#include <unistd.h>

#include "unicode/width.h"

/* Length of the control or direction mark that begins at p, else 0: C0, DEL, C1, and the bidirectional controls. */
static size_t unsafe_len(const unsigned char *p, size_t left)
{
    if (p[0] < 0x20 || p[0] == 0x7F)
        return 1;
    if (left >= 2 && p[0] == 0xC2 && p[1] >= 0x80 && p[1] <= 0x9F)
        return 2;
    if (left >= 3 && p[0] == 0xE2 && p[1] == 0x80 && ((p[2] >= 0xAA && p[2] <= 0xAE) || p[2] == 0x8E || p[2] == 0x8F))
        return 3;
    if (left >= 3 && p[0] == 0xE2 && p[1] == 0x81 && p[2] >= 0xA6 && p[2] <= 0xA9)
        return 3;
    return 0;
}

void show_add_safe(struct buf *out, struct str s)
{
    const unsigned char *p = (const unsigned char *)s.at;
    size_t clean = 0, i = 0;
    while (i < s.len) {
        size_t n = unsafe_len(p + i, s.len - i);
        if (n == 0) {
            i++;
            continue;
        }
        buf_add(out, (struct str){ s.at + clean, i - clean });
        for (size_t k = 0; k < n; k++)
            buf_addf(out, "\\x%02X", (unsigned)p[i + k]);
        i += n;
        clean = i;
    }
    buf_add(out, (struct str){ s.at + clean, s.len - clean });
}

/* The bytes of the first `count` characters. */
static size_t bytes_of(struct str s, uint32_t count)
{
    size_t i = 0;
    while (i < s.len && count > 0) {
        i++;
        while (i < s.len && ((unsigned char)s.at[i] & 0xC0) == 0x80)
            i++;
        count--;
    }
    return i;
}

static void add_caret(struct buf *out, const struct diag *d)
{
    if (d->line_text.len == 0)
        return;
    struct buf ahead;
    buf_init(&ahead, BUF_NO_CEILING);
    buf_addz(out, "\n    ");
    show_add_safe(out, d->line_text);
    if (d->place.column > 0) {
        show_add_safe(&ahead, (struct str){ d->line_text.at, bytes_of(d->line_text, d->place.column - 1) });
        buf_addf(out, "\n    %*s^", (int)width_of_utf8(buf_str(&ahead)), "");
    }
    buf_release(&ahead);
}

void show_add_diag(struct buf *out, const struct diag *d, enum lang lang, bool colour)
{
    struct buf head;
    buf_init(&head, BUF_NO_CEILING);
    diag_write(&head, d, lang);
    if (colour)
        buf_addz(out, diag_level(d->code) == DIAG_LEVEL_ERROR ? "\x1B[31m" : "\x1B[33m");
    show_add_safe(out, buf_str(&head));
    if (colour)
        buf_addz(out, "\x1B[0m");
    add_caret(out, d);
    buf_addc(out, '\n');
    buf_release(&head);
}

bool show_colour(FILE *to)
{
    const char *no = getenv("NO_COLOR");
    return isatty(fileno(to)) && (no == NULL || no[0] == '\0');
}

static void add_more(struct buf *out, const struct diags *d, enum lang lang)
{
    size_t more = d->errors + d->warnings - d->list.count;
    if (more > 0 && lang == LANG_ZH)
        buf_addf(out, "……另有 %zu 条\n", more);
    else if (more > 0)
        buf_addf(out, "... and %zu more\n", more);
}

void show_add_document_diags(struct buf *out, const struct diags *d, enum lang lang, bool errors_only)
{
    for (size_t i = 0; i < d->list.count; i++) {
        if (!errors_only || diag_level(d->list.at[i].code) == DIAG_LEVEL_ERROR)
            show_add_diag(out, &d->list.at[i], lang, show_colour(stderr));
    }
    if (!errors_only)
        add_more(out, d, lang);
}

void show_messages(const struct buf *messages)
{
    if (messages->len == 0)
        return;
    show_progress_end();
    fwrite(messages->at, 1, messages->len, stderr);
}

void show_document_diags(const struct diags *d, enum lang lang, bool errors_only)
{
    struct buf out;
    buf_init(&out, BUF_NO_CEILING);
    show_add_document_diags(&out, d, lang, errors_only);
    show_messages(&out);
    buf_release(&out);
}

void show_diags(struct diags *d, enum lang lang)
{
    show_document_diags(d, lang, false);
    diags_clear(d);
}

void show_progress(size_t done, size_t of, const char *name)
{
    if (!isatty(STDERR_FILENO))
        return;
    struct buf out;
    buf_init(&out, 4096);
    buf_addf(&out, "\r\x1B[K[%zu", done);
    if (of > 0)
        buf_addf(&out, "/%zu", of);
    buf_addz(&out, "] ");
    show_add_safe(&out, str_of(name));
    fwrite(buf_str(&out).at, 1, out.len, stderr);
    buf_release(&out);
}

void show_progress_end(void)
{
    if (isatty(STDERR_FILENO))
        fputs("\r\x1B[K", stderr);
}
