/* Plain text: the file's own text, one block a line, every unit at its byte. */
#include "intake/reader.h"

unsigned txt_bid(struct ustr head, struct str name)
{
    (void)head;
    (void)name;
    return 1;
}

/* Units of the line end at i: LF, CRLF or CR; 0 where there is none. */
static uint32_t line_end(struct ustr s, uint32_t i)
{
    if (s.at[i] == u'\n')
        return 1;
    if (s.at[i] != u'\r')
        return 0;
    return i + 1 < s.len && s.at[i + 1] == u'\n' ? 2 : 1;
}

static size_t count_lines(struct ustr s)
{
    size_t lines = 0;
    uint32_t i = 0;
    for (uint32_t end; i < s.len; i += end > 0 ? end : 1) {
        end = line_end(s, i);
        lines += end > 0;
    }
    return lines + 1;
}

void txt_split(struct arena *a, struct pages *out)
{
    struct ustr s = out->text;
    if (s.len == 0)
        return;
    struct block *blocks = arena_take(a, count_lines(s) * sizeof *blocks);
    size_t n = 0;
    uint32_t start = 0;
    for (uint32_t i = 0, end; i < s.len; i += end > 0 ? end : 1) {
        end = line_end(s, i);
        if (end == 0)
            continue;
        blocks[n] = (struct block){ .kind = BLOCK_LINE, .where = { start, i }, .line = (uint32_t)n + 1 };
        n++;
        start = i + end;
    }
    if (start < s.len) {
        blocks[n] = (struct block){ .kind = BLOCK_LINE, .where = { start, s.len }, .line = (uint32_t)n + 1 };
        n++;
    }
    out->blocks = blocks;
    out->block_count = n;
}

void txt_read(struct intake *in, struct pages *out)
{
    out->text = in->decoded.text;
    out->byte_at = in->decoded.byte_at;
    txt_split(in->arena, out);
}
