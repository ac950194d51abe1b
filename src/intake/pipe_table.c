/* Lines of Markdown text as rows of a table. */
#include "intake/pipe_table.h"

struct str pipe_line(struct str text, size_t *at)
{
    const char *start = text.at + *at;
    const char *feed = memchr(start, '\n', text.len - *at);
    size_t len = feed == NULL ? text.len - *at : (size_t)(feed - start);
    *at += len + (feed != NULL);
    if (len > 0 && start[len - 1] == '\r')
        len--;
    return (struct str){ start, len };
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static struct str trim(struct str s)
{
    while (s.len > 0 && is_blank(s.at[0]))
        s = (struct str){ s.at + 1, s.len - 1 };
    while (s.len > 0 && is_blank(s.at[s.len - 1]))
        s.len--;
    return s;
}

/* The line without the bars at its edges. */
static struct str inside(struct str line)
{
    line = trim(line);
    if (line.len > 0 && line.at[0] == '|')
        line = (struct str){ line.at + 1, line.len - 1 };
    if (line.len > 0 && line.at[line.len - 1] == '|' && !(line.len > 1 && line.at[line.len - 2] == '\\'))
        line.len--;
    return line;
}

/* End of the cell that starts at i: the next bar without a backslash ahead of it. */
static size_t cell_end(struct str s, size_t i)
{
    for (; i < s.len && s.at[i] != '|'; i++)
        i += s.at[i] == '\\' && i + 1 < s.len;
    return i;
}

size_t pipe_cells(struct str line)
{
    struct str s = inside(line);
    size_t n = 1;
    for (size_t i = cell_end(s, 0); i < s.len; i = cell_end(s, i + 1))
        n++;
    return n;
}

struct str pipe_cell(struct str line, size_t i)
{
    struct str s = inside(line);
    size_t start = 0, end = cell_end(s, 0);
    for (; i > 0; i--) {
        if (end >= s.len)
            return (struct str){ s.at, 0 };
        start = end + 1;
        end = cell_end(s, start);
    }
    return trim((struct str){ s.at + start, end - start });
}

bool pipe_is_row(struct str line)
{
    struct str s = trim(line);
    return cell_end(s, 0) < s.len;
}

static bool is_dash_cell(struct str s)
{
    size_t i = s.len > 0 && s.at[0] == ':', dashes = 0;
    for (; i < s.len && s.at[i] == '-'; i++)
        dashes++;
    i += i < s.len && s.at[i] == ':';
    return dashes > 0 && i == s.len;
}

bool pipe_is_dashes(struct str line)
{
    struct str s = inside(line);
    if (!pipe_is_row(line) || s.len == 0)
        return false;
    for (size_t i = 0; i <= s.len;) {
        size_t end = cell_end(s, i);
        if (!is_dash_cell(trim((struct str){ s.at + i, end - i })))
            return false;
        i = end + 1;
    }
    return true;
}
