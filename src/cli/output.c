/* Bytes to standard output, a file, or files in a folder. */
#include "cli/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "base/files.h"

static bool complain(struct output *out, struct str what, struct diags *d)
{
    if (!out->failed)
        diags_add(d, DIAG_WRITE_FAILED, (struct place){ .file = what }, STR(""), str_of(strerror(errno)));
    out->failed = true;
    return false;
}

static struct str name_of(const struct output *out)
{
    if (out->path == NULL)
        return STR("-");
    return out->target.len > 0 ? (struct str){ out->target.at, out->target.len - 1 } : str_of(out->path);
}

static bool open_file(struct output *out, struct str path, struct diags *d)
{
    buf_clear(&out->target);
    buf_clear(&out->temp);
    buf_add(&out->target, path);
    buf_addc(&out->target, '\0');
    buf_addf(&out->temp, "%.*s.%ld.tmp", STR_ARG(path), (long)getpid());
    buf_addc(&out->temp, '\0');
    out->fd = open(out->temp.at, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    return out->fd >= 0 || complain(out, path, d);
}

static bool close_file(struct output *out, bool keep, struct diags *d)
{
    if (out->fd < 0)
        return false;
    bool ok = close(out->fd) == 0;
    out->fd = -1;
    if (ok && keep && !out->failed)
        ok = rename(out->temp.at, out->target.at) == 0;
    else
        unlink(out->temp.at);
    return ok || complain(out, name_of(out), d);
}

bool output_is_folder(const char *path)
{
    return str_ends(str_of(path), "/") || file_is_dir(path);
}

bool output_init(struct output *out, const char *path, struct diags *d)
{
    *out = (struct output){ .path = path, .fd = -1, .arena = arena_new() };
    buf_init(&out->target, BUF_NO_CEILING);
    buf_init(&out->temp, BUF_NO_CEILING);
    if (path == NULL)
        return true;
    out->folder = output_is_folder(path);
    if (out->folder)
        return dir_make(path) || complain(out, str_of(path), d);
    return open_file(out, str_of(path), d);
}

/* The file's own name without folders and without its last ending. */
static struct str stem_of(struct str path)
{
    if (str_is(path, "-"))
        return STR("stdin");
    size_t from = path.len;
    while (from > 0 && path.at[from - 1] != '/')
        from--;
    struct str name = { path.at + from, path.len - from };
    size_t dot = name.len;
    while (dot > 0 && name.at[dot - 1] != '.')
        dot--;
    return dot > 1 ? (struct str){ name.at, dot - 1 } : name;
}

static bool is_taken(const struct output *out, struct str name)
{
    for (size_t i = 0; i < out->taken.count; i++) {
        if (str_eq(out->taken.at[i], name))
            return true;
    }
    return false;
}

/* "folder/stem.md"; a second input of the same stem gets "stem-2.md". */
static struct str path_in_folder(struct output *out, struct str stem, const char *suffix)
{
    struct buf name, path;
    buf_init(&name, BUF_NO_CEILING);
    buf_init(&path, BUF_NO_CEILING);
    for (unsigned n = 1; n == 1 || is_taken(out, buf_str(&name)); n++) {
        buf_clear(&name);
        buf_add(&name, stem);
        if (n > 1)
            buf_addf(&name, "-%u", n);
        buf_addz(&name, suffix);
    }
    *VEC_ADD(out->arena, &out->taken) = arena_keep(out->arena, buf_str(&name));
    buf_addf(&path, "%s%s", out->path, str_ends(str_of(out->path), "/") ? "" : "/");
    buf_add(&path, buf_str(&name));
    struct str kept = arena_keep(out->arena, buf_str(&path));
    buf_release(&name);
    buf_release(&path);
    return kept;
}

bool output_begin(struct output *out, const char *input, const char *suffix, struct diags *d)
{
    if (!out->folder)
        return true;
    out->failed = false;
    return open_file(out, path_in_folder(out, stem_of(str_of(input)), suffix), d);
}

bool output_put(struct output *out, struct str bytes, struct diags *d)
{
    int fd = out->path == NULL ? STDOUT_FILENO : out->fd;
    while (bytes.len > 0 && !out->failed) {
        ssize_t n = write(fd, bytes.at, bytes.len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return complain(out, name_of(out), d);
        bytes.at += n;
        bytes.len -= (size_t)n;
    }
    return !out->failed;
}

bool output_end(struct output *out, bool keep, struct diags *d)
{
    return !out->folder || out->fd < 0 || close_file(out, keep, d);
}

bool output_finish(struct output *out, bool keep, struct diags *d)
{
    bool ok = out->path == NULL || out->folder ? !out->failed : close_file(out, keep, d);
    buf_release(&out->target);
    buf_release(&out->temp);
    arena_free(out->arena);
    return ok;
}
