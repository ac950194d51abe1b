/*
 * A page made safe for libxml2 before it is parsed.
 *
 * It stops at a NUL and takes quadratic time over a tag with tens of thousands of attributes, so control characters
 * become blanks and the attributes of a tag past the first few hundred are blanked out. No byte moves.
 */
#include "intake/html_parts.h"

#define ATTRIBUTES_MOST 256

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Past the quoted value that opens at i, or past i where the quote is never closed. */
static size_t skip_quoted(struct str s, size_t i)
{
    const char *end = memchr(s.at + i + 1, s.at[i], s.len - i - 1);
    return end == NULL ? i + 1 : (size_t)(end - s.at) + 1;
}

/* Blanks the rest of a tag; its end stays. */
static size_t blank_tag(char *at, size_t i, size_t len)
{
    for (; i < len && at[i] != '>' && at[i] != '<'; i++) {
        if (at[i] != '\n')
            at[i] = ' ';
    }
    return i;
}

/* Looks over the tag whose name begins at i; returns the place behind it. */
static size_t mend_tag(char *at, size_t i, size_t len)
{
    size_t attributes = 0;
    char before = 0;            /* the last sign that is not a blank */
    while (i < len && at[i] != '>' && at[i] != '<') {
        if ((at[i] == '"' || at[i] == '\'') && before == '=') {
            before = at[i];
            i = skip_quoted((struct str){ at, len }, i);
            continue;
        }
        attributes += !is_blank(at[i]) && before != '=' && (is_blank(at[i - 1]) || at[i - 1] == '"' || at[i - 1] == '\'' || at[i - 1] == '/');
        if (attributes > ATTRIBUTES_MOST)
            return blank_tag(at, i, len);
        if (!is_blank(at[i]))
            before = at[i];
        i++;
    }
    return i;
}

void html_mend(char *at, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if ((unsigned char)at[i] < 0x20 && !is_blank(at[i]))
            at[i] = ' ';
    }
    for (size_t i = 0; i + 1 < len;) {
        if (at[i] == '<' && is_letter(at[i + 1]))
            i = mend_tag(at, i + 1, len);
        else
            i++;
    }
}
