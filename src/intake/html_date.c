/* Dates as web pages write them into <meta>: 2024-06-30 10:22, 2024/6/30, 20240630, 2024年6月30日. */
#include "intake/html_parts.h"
#include "intake/reader.h"

/* Up to `most` digits at *i, which moves behind them and what parts them from the next number; -1: no digit. */
static int number(struct str s, size_t *i, size_t most)
{
    size_t start = *i;
    int n = 0;
    while (*i < s.len && *i - start < most && s.at[*i] >= '0' && s.at[*i] <= '9')
        n = n * 10 + (s.at[(*i)++] - '0');
    if (*i == start)
        return -1;
    while (*i < s.len && (s.at[*i] == '-' || s.at[*i] == '/' || s.at[*i] == '.' || ((unsigned char)s.at[*i] & 0x80) != 0))
        (*i)++;
    return n;
}

struct str html_date(struct arena *a, struct str content)
{
    size_t i = 0;
    while (i < content.len && (unsigned char)content.at[i] <= ' ')
        i++;
    int year = number(content, &i, 4), month = number(content, &i, 2), day = number(content, &i, 2);
    if (year < 0 || month < 0 || day < 0)
        return STR("");
    struct buf b;
    buf_init(&b, 32);
    buf_addf(&b, "%04d-%02d-%02d", year, month, day);
    struct str kept = is_iso_date(buf_str(&b)) ? arena_keep(a, buf_str(&b)) : STR("");
    buf_release(&b);
    return kept;
}
