/* Whole files in, whole files out. */
#include "base/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static bool complain(struct diags *d, enum diag_code code, const char *path, int error)
{
    diags_add(d, code, (struct place){ .file = str_of(path) }, STR(""), str_of(strerror(error)));
    return false;
}

static bool read_all(struct buf *out, int fd, const char *path, struct diags *d)
{
    for (;;) {
        char part[65536];
        ssize_t n = read(fd, part, sizeof part);
        if (n == 0)
            return true;
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return complain(d, DIAG_INPUT_READ, path, errno);
        buf_add(out, (struct str){ part, (size_t)n });
        if (buf_over(out)) {
            diags_addf(d, DIAG_INPUT_TOO_LARGE, (struct place){ .file = str_of(path) }, "%zu MiB", out->most >> 20);
            return false;
        }
    }
}

bool file_read(struct buf *out, const char *path, struct diags *d)
{
    if (strcmp(path, "-") == 0)
        return read_all(out, STDIN_FILENO, path, d);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return complain(d, DIAG_INPUT_OPEN, path, errno);
    bool ok = read_all(out, fd, path, d);
    close(fd);
    return ok;
}

static bool write_all(int fd, struct str bytes)
{
    while (bytes.len > 0) {
        ssize_t n = write(fd, bytes.at, bytes.len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        bytes.at += n;
        bytes.len -= (size_t)n;
    }
    return true;
}

bool file_write(const char *path, struct str bytes, struct diags *d)
{
    struct buf temp;
    buf_init(&temp, BUF_NO_CEILING);
    buf_addf(&temp, "%s.%ld.tmp", path, (long)getpid());
    buf_addc(&temp, '\0');
    int fd = open(temp.at, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    int error = errno;
    bool ok = false;
    if (fd >= 0) {
        ok = write_all(fd, bytes);
        error = errno;
        if (close(fd) != 0 && ok) {
            ok = false;
            error = errno;
        }
        if (ok && rename(temp.at, path) != 0) {
            ok = false;
            error = errno;
        }
        if (!ok)
            unlink(temp.at);
    }
    buf_release(&temp);
    return ok || complain(d, DIAG_WRITE_FAILED, path, error);
}

bool file_is_dir(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

bool dir_make(const char *path)
{
    struct buf part;
    buf_init(&part, BUF_NO_CEILING);
    for (const char *p = path; *p != '\0'; p++) {
        if (*p == '/' && p > path) {
            buf_clear(&part);
            buf_add(&part, (struct str){ path, (size_t)(p - path) });
            buf_addc(&part, '\0');
            mkdir(part.at, 0777);
        }
    }
    buf_release(&part);
    mkdir(path, 0777);
    return file_is_dir(path);
}

static int by_bytes(const void *x, const void *y)
{
    const struct str *a = x, *b = y;
    int order = memcmp(a->at, b->at, a->len < b->len ? a->len : b->len);
    return order != 0 ? order : (a->len > b->len) - (a->len < b->len);
}

bool dir_list(struct arena *a, const char *path, struct names *out)
{
    DIR *dir = opendir(path);
    if (dir == NULL)
        return false;
    VEC(struct str) names = { 0 };
    for (const struct dirent *e; (e = readdir(dir)) != NULL;) {
        if (e->d_name[0] != '.')
            *VEC_ADD(a, &names) = arena_keep(a, str_of(e->d_name));
    }
    closedir(dir);
    if (names.count > 1)
        qsort(names.at, names.count, sizeof *names.at, by_bytes);
    *out = (struct names){ names.at, names.count };
    return true;
}
