#define _GNU_SOURCE                     /* unshare */
#include "office/convert.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define NO_PROGRAM 127                  /* what a shell says, too */
#define PIECE 65536

static void limit(int what, size_t most)
{
    struct rlimit r = { most, most };
    setrlimit(what, &r);
}

/* In the child, between fork and exec: only calls that are safe there. */
_Noreturn static void become(const char *const *arguments, int in, int out)
{
    dup2(in, STDIN_FILENO);
    dup2(out, STDOUT_FILENO);
    int null = open("/dev/null", O_WRONLY);
    dup2(null, STDERR_FILENO);
    for (int fd = STDERR_FILENO + 1; fd < 1024; fd++)
        close(fd);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    setsid();
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    if (unshare(CLONE_NEWNET) != 0)
        unshare(CLONE_NEWUSER | CLONE_NEWNET);
    limit(RLIMIT_CPU, CONVERT_CPU_SECONDS);
    limit(RLIMIT_AS, CONVERT_MEMORY_BYTES);
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_CORE, 0);
    execvp(arguments[0], (char *const *)arguments);
    _exit(NO_PROGRAM);
}

struct filter {
    pid_t child;
    int to, from;                       /* -1 once closed */
    struct str left;                    /* input not written yet */
    struct buf *out;
    time_t until;
};

static time_t seconds_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec;
}

static void close_once(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

static bool start(struct filter *f, const char *const *arguments)
{
    int in[2], out[2];
    if (pipe(in) != 0)
        return false;
    if (pipe(out) != 0) {
        close(in[0]), close(in[1]);
        return false;
    }
    f->child = fork();
    if (f->child == 0)
        become(arguments, in[0], out[1]);
    close(in[0]), close(out[1]);
    f->to = in[1], f->from = out[0];
    fcntl(f->to, F_SETFL, O_NONBLOCK);
    fcntl(f->to, F_SETFD, FD_CLOEXEC), fcntl(f->from, F_SETFD, FD_CLOEXEC);
    return f->child > 0;
}

static void give(struct filter *f)
{
    ssize_t n = f->left.len == 0 ? 0 : write(f->to, f->left.at, f->left.len < PIECE ? f->left.len : PIECE);
    if (n > 0)
        f->left = (struct str){ f->left.at + n, f->left.len - (size_t)n };
    if (f->left.len == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
        close_once(&f->to);             /* done, or it wants no more */
}

static void take(struct filter *f)
{
    char piece[PIECE];
    ssize_t n = read(f->from, piece, sizeof piece);
    if (n > 0)
        buf_add(f->out, (struct str){ piece, (size_t)n });
    else if (n == 0 || errno != EINTR)
        close_once(&f->from);
}

/* Feeds and listens until the answer is over. */
static enum convert_result exchange(struct filter *f)
{
    while (f->from >= 0) {
        struct pollfd watched[2] = { { f->from, POLLIN, 0 }, { f->to, POLLOUT, 0 } };
        time_t left = f->until - seconds_now();
        if (left <= 0)
            return CONVERT_TOO_LONG;
        if (poll(watched, f->to >= 0 ? 2 : 1, (int)left * 1000) < 0 && errno != EINTR)
            return CONVERT_FAILED;
        if (f->to >= 0 && watched[1].revents != 0)
            give(f);
        if (watched[0].revents != 0)
            take(f);
        if (buf_over(f->out))
            return CONVERT_TOO_LARGE;
    }
    return CONVERT_DONE;
}

static enum convert_result finish(struct filter *f, enum convert_result result)
{
    int status = 0;
    close_once(&f->to);
    close_once(&f->from);
    if (result != CONVERT_DONE) {
        kill(-f->child, SIGKILL);
        kill(f->child, SIGKILL);
    }
    while (waitpid(f->child, &status, 0) < 0 && errno == EINTR) {
    }
    if (result != CONVERT_DONE)
        return result;
    if (WIFEXITED(status))
        return WEXITSTATUS(status) == NO_PROGRAM ? CONVERT_NO_PROGRAM : WEXITSTATUS(status) == 0 ? CONVERT_DONE : CONVERT_FAILED;
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU ? CONVERT_TOO_LONG : CONVERT_FAILED;
}

enum convert_result convert_run(const char *const *arguments, struct str input, struct buf *out)
{
    struct filter f = { .to = -1, .from = -1, .left = input, .out = out, .until = seconds_now() + CONVERT_WALL_SECONDS };
    sigset_t broken_pipe, before, pending;      /* it may stop reading before we stop writing; other threads are not concerned */
    sigemptyset(&broken_pipe);
    sigaddset(&broken_pipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &broken_pipe, &before);
    enum convert_result r = CONVERT_FAILED;
    if (start(&f, arguments))
        r = finish(&f, exchange(&f));
    sigpending(&pending);
    if (sigismember(&pending, SIGPIPE) == 1 && sigismember(&before, SIGPIPE) == 0)
        sigtimedwait(&broken_pipe, NULL, &(struct timespec){ 0, 0 });
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return r;
}
