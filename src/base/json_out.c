/* Writes JSON. */
#include "base/json_out.h"

#include <assert.h>
#include <math.h>

void json_init(struct json_out *j, struct buf *to, bool pretty)
{
    *j = (struct json_out){ .to = to, .pretty = pretty };
}

static void new_line(struct json_out *j)
{
    if (!j->pretty)
        return;
    buf_addc(j->to, '\n');
    for (unsigned i = 0; i < j->depth; i++)
        buf_addz(j->to, "  ");
}

static void before_value(struct json_out *j)
{
    if (j->after_key) {
        j->after_key = false;
        return;
    }
    if (j->depth == 0)
        return;
    if (j->filled[j->depth - 1])
        buf_addc(j->to, ',');
    j->filled[j->depth - 1] = true;
    new_line(j);
}

static void open(struct json_out *j, char c)
{
    before_value(j);
    assert(j->depth < JSON_DEPTH_MOST);
    buf_addc(j->to, c);
    j->filled[j->depth++] = false;
}

static void end(struct json_out *j, char c)
{
    assert(j->depth > 0);
    j->depth--;
    if (j->filled[j->depth])
        new_line(j);
    buf_addc(j->to, c);
}

void json_object(struct json_out *j) { open(j, '{'); }
void json_object_end(struct json_out *j) { end(j, '}'); }
void json_array(struct json_out *j) { open(j, '['); }
void json_array_end(struct json_out *j) { end(j, ']'); }

static void add_escaped(struct buf *to, unsigned char c)
{
    static const char named[32] = { ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r' };
    if (c == '"' || c == '\\')
        buf_addf(to, "\\%c", c);
    else if (c < 32 && named[c] != 0)
        buf_addf(to, "\\%c", named[c]);
    else
        buf_addf(to, "\\u%04x", c);
}

static void add_string(struct buf *to, struct str s)
{
    const unsigned char *p = (const unsigned char *)s.at;
    size_t clean = 0, i = 0;                    /* bytes from clean to i need no change */
    buf_addc(to, '"');
    while (i < s.len) {
        size_t n = str_sequence((struct str){ s.at + i, s.len - i });
        bool as_is = n > 1 || (n == 1 && p[i] >= 32 && p[i] != '"' && p[i] != '\\' && p[i] != 0x7F);
        if (as_is) {
            i += n;
            continue;
        }
        buf_add(to, (struct str){ s.at + clean, i - clean });
        if (n == 0)
            buf_addz(to, "\xEF\xBF\xBD");
        else
            add_escaped(to, p[i]);
        clean = ++i;
    }
    buf_add(to, (struct str){ s.at + clean, s.len - clean });
    buf_addc(to, '"');
}

void json_key(struct json_out *j, const char *key)
{
    before_value(j);
    add_string(j->to, str_of(key));
    buf_addz(j->to, j->pretty ? ": " : ":");
    j->after_key = true;
}

void json_str(struct json_out *j, struct str s)
{
    before_value(j);
    add_string(j->to, s);
}

/* Digits of n from the end of `room` backwards; returns where they begin. */
static char *digits_of(char *end, uint64_t n)
{
    do
        *--end = (char)('0' + n % 10);
    while ((n /= 10) != 0);
    return end;
}

static void add_digits(struct buf *to, uint64_t n)
{
    char room[20], *from = digits_of(room + sizeof room, n);
    buf_add(to, (struct str){ from, (size_t)(room + sizeof room - from) });
}

void json_uint(struct json_out *j, uint64_t n)
{
    before_value(j);
    add_digits(j->to, n);
}

void json_int(struct json_out *j, int64_t n)
{
    before_value(j);
    if (n < 0)
        buf_addc(j->to, '-');
    add_digits(j->to, n < 0 ? 0 - (uint64_t)n : (uint64_t)n);
}

/* Six places after the point, less the noughts at the end. */
static void add_millionths(struct buf *to, uint64_t n)
{
    add_digits(to, n / 1000000);
    if (n % 1000000 == 0)
        return;
    char room[7], *from = digits_of(room + sizeof room, n % 1000000 + 1000000);
    size_t len = 7;
    while (from[len - 1] == '0')
        len--;
    from[0] = '.';
    buf_add(to, (struct str){ from, len });
}

void json_number(struct json_out *j, double n)
{
    before_value(j);
    double millionths = round(n * 1e6);
    if (!isfinite(n))
        buf_addz(j->to, "null");
    else if (!signbit(n) && n < 1000 && (millionths == 0 || millionths >= 100))
        add_millionths(j->to, (uint64_t)millionths);
    else
        buf_addf(j->to, "%.10g", millionths / 1e6);
}

void json_bool(struct json_out *j, bool b)
{
    before_value(j);
    buf_addz(j->to, b ? "true" : "false");
}

void json_null(struct json_out *j)
{
    before_value(j);
    buf_addz(j->to, "null");
}

void json_put_str(struct json_out *j, const char *key, struct str s)
{
    json_key(j, key);
    json_str(j, s);
}

void json_put_str_or_null(struct json_out *j, const char *key, struct str s)
{
    json_key(j, key);
    if (s.len == 0)
        json_null(j);
    else
        json_str(j, s);
}

void json_put_uint(struct json_out *j, const char *key, uint64_t n)
{
    json_key(j, key);
    json_uint(j, n);
}

void json_put_bool(struct json_out *j, const char *key, bool b)
{
    json_key(j, key);
    json_bool(j, b);
}
