/*
 * check: the few words every test program is written in.
 *
 * A case is named by what it shows. A failure prints name, wanted and got and does not stop the rest; main ends
 * with `return check_done();`, whose last line is "N passed, N failed".
 */
#ifndef QD_TESTS_CHECK_H
#define QD_TESTS_CHECK_H

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"

static int check_passed, check_failed;

static inline void check_true(const char *name, bool ok)
{
    if (ok) {
        check_passed++;
        return;
    }
    check_failed++;
    printf("FAIL %s\n", name);
}

static inline void check_str(const char *name, struct str want, struct str got)
{
    if (str_eq(want, got)) {
        check_passed++;
        return;
    }
    check_failed++;
    printf("FAIL %s\n  want «%.*s»\n  got  «%.*s»\n", name, STR_ARG(want), STR_ARG(got));
}

static inline void check_int(const char *name, long long want, long long got)
{
    if (want == got) {
        check_passed++;
        return;
    }
    check_failed++;
    printf("FAIL %s: want %lld, got %lld\n", name, want, got);
}

static inline int check_done(void)
{
    printf("%d passed, %d failed\n", check_passed, check_failed);
    return check_failed > 0;
}

#endif
