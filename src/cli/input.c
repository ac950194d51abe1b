/* Reads from a descriptor into one buffer and hands out what was asked for. */
#include "cli/input.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#define PIECE ((size_t)64 * 1024)

static bool complain(const struct input *in, enum diag_code code, struct diags *d)
{
    diags_add(d, code, (struct place){ .file = str_of(in->path) }, STR(""), str_of(strerror(errno)));
    return false;
}

bool input_open(struct input *in, const char *path, struct diags *d)
{
    *in = (struct input){ .path = path, .fd = STDIN_FILENO };
    buf_init(&in->ahead, INTAKE_BYTES_MOST + PIECE);
    if (strcmp(path, "-") != 0)
        in->fd = open(path, O_RDONLY | O_CLOEXEC);
    return in->fd >= 0 || complain(in, DIAG_INPUT_OPEN, d);
}

void input_close(struct input *in)
{
    if (in->fd > STDIN_FILENO)
        close(in->fd);
    buf_release(&in->ahead);
}

/* One more piece behind what is ahead; false, told, where the file cannot be read. */
static bool fill(struct input *in, struct diags *d)
{
    char piece[PIECE];
    ssize_t n;
    do {
        n = read(in->fd, piece, sizeof piece);
    } while (n < 0 && errno == EINTR);
    if (n < 0) {
        in->ended = in->failed = true;
        return complain(in, DIAG_INPUT_READ, d);
    }
    in->ended = n == 0;
    buf_add(&in->ahead, (struct str){ piece, (size_t)n });
    return true;
}

static struct str rest(const struct input *in)
{
    struct str all = buf_str(&in->ahead);
    return (struct str){ all.at + in->at, all.len - in->at };
}

static bool has_line(struct str s)
{
    return s.len > 0 && memchr(s.at, '\n', s.len) != NULL;
}

struct str input_taste(struct input *in, struct diags *d)
{
    while (!in->ended && rest(in).len < PIECE && !has_line(rest(in)) && fill(in, d))
        ;
    return rest(in);
}

bool input_whole(struct input *in, struct str *out, struct diags *d)
{
    while (!in->ended) {
        if (!fill(in, d))
            return false;
        if (rest(in).len > INTAKE_BYTES_MOST) {
            diags_addf(d, DIAG_INPUT_TOO_LARGE, (struct place){ .file = str_of(in->path) }, "%zu MiB", INTAKE_BYTES_MOST >> 20);
            return false;
        }
    }
    *out = rest(in);
    return true;
}

/* Moves what is left to the front, so that a stream takes no more room than its longest line. */
static void drop_used(struct input *in)
{
    struct str left = rest(in);
    if (in->at == 0)
        return;
    memmove(in->ahead.at, left.at, left.len);
    in->ahead.len = left.len;
    in->at = 0;
}

/* Passes over what is left of a line that is too long. */
static enum input_line skip_line(struct input *in, struct diags *d)
{
    for (;;) {
        struct str left = rest(in);
        const char *end = left.len == 0 ? NULL : memchr(left.at, '\n', left.len);
        if (end != NULL) {
            in->at += (size_t)(end - left.at) + 1;
            return INPUT_LINE_TOO_LONG;
        }
        buf_clear(&in->ahead);
        in->at = 0;
        if (in->ended)
            return INPUT_LINE_TOO_LONG;
        if (!fill(in, d))
            return INPUT_FAILED;
    }
}

static void hand_out(struct input *in, size_t len, size_t with_end, struct str *out)
{
    *out = (struct str){ rest(in).at, len };
    if (out->len > 0 && out->at[out->len - 1] == '\r')
        out->len--;
    in->at += with_end;
}

enum input_line input_line(struct input *in, struct str *out, struct diags *d)
{
    size_t searched = 0;
    in->line++;
    for (;;) {
        struct str left = rest(in);
        const char *end = left.len == searched ? NULL : memchr(left.at + searched, '\n', left.len - searched);
        if (end != NULL) {
            hand_out(in, (size_t)(end - left.at), (size_t)(end - left.at) + 1, out);
            return INPUT_LINE;
        }
        searched = left.len;
        if (in->ended) {
            if (left.len == 0)
                return INPUT_END;
            hand_out(in, left.len, left.len, out);
            return INPUT_LINE;
        }
        if (left.len > INTAKE_BYTES_MOST)
            return skip_line(in, d);
        drop_used(in);
        if (!fill(in, d))
            return INPUT_FAILED;
    }
}
