#!/bin/sh
# Every test, against the programs of one or more build folders: run.sh BUILD [BUILD/asan...]. Each test prints its
# failures and closes with "N passed, N failed[, N skipped]"; the last line here is the sum of all. A test that ends
# without such a line, by a signal or after ten minutes counts as failed. What a folder called asan runs is shortened (QUICK=1).
set -u
cd "$(dirname "$0")/.." || exit 2
passed=0 failed=0 skipped=0
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT INT TERM
unset LANG LC_MESSAGES LC_ALL NO_COLOR
export LC_ALL=C.UTF-8 PYTHONDONTWRITEBYTECODE=1
# the system's own python3 first: its packages are the ones tools/deps installs
PYTHON=${PYTHON:-$([ -x /usr/bin/python3 ] && echo /usr/bin/python3 || echo python3)}
export PYTHON
export ASAN_OPTIONS=detect_leaks=1:allocator_may_return_null=1 UBSAN_OPTIONS=print_stacktrace=1

suite() {           # suite NAME COMMAND...
    name=$1; shift
    began=$(date +%s)
    timeout 600 "$@" > "$room/out" 2>&1 < /dev/null
    status=$?
    took=$(($(date +%s) - began))
    tail -n 1 "$room/out" | grep -Eq '^[0-9]+ passed, [0-9]+ failed(, [0-9]+ skipped)?$' ||
        echo "0 passed, 1 failed" >> "$room/out"
    closing=$(tail -n 1 "$room/out")
    set -- $(printf '%s' "$closing" | tr -dc '0-9 ')
    if [ $status -ne 0 ] && [ "$2" -eq 0 ]; then        # it says all is well and still ends badly: a leak, a crash at the end
        set -- "$1" 1 "${3:-0}"
        closing="$closing, but ended with status $status"
    fi
    passed=$((passed + $1)) failed=$((failed + $2)) skipped=$((skipped + ${3:-0}))
    [ "$2" -eq 0 ] && ! grep -q '^SKIP' "$room/out" || sed '$d' "$room/out" | cut -c1-400 | tail -n "${TEST_LINES:-60}"
    printf '%-34s %s  (%d s)\n' "$name" "$closing" "$took"
}

for build in "$@"; do
    label=$(basename "$build")
    case $label in asan*) export QUICK=1 ;; *) export QUICK= ;; esac
    for source in tests/test_*.c; do
        test=$(basename "$source" .c)
        suite "$label $test" "$build/tests/$test"
    done
    suite "$label rule examples" tests/rules.sh "$build/qingdan"
    suite "$label command line"  tests/run_cli.sh "$build/qingdan"
    suite "$label schema"        tests/schema.sh "$build/qingdan"
    suite "$label corpus score"  tests/score.sh "$build/qingdan"
    suite "$label copies"        "$PYTHON" tests/copies.py "$build/qingdan"
    suite "$label malformed"     "$PYTHON" tests/malformed.py "$build/qingdan"
    [ -n "$QUICK" ] && continue
    suite "office formats"       "$PYTHON" tests/office.py "$build/qingdan"
    suite "floors"               tests/floors.sh
    suite "documents"            "$PYTHON" tests/docs.py "$build/qingdan"
    suite "library"              make -s BUILD="$build" check-library
    suite "shared measures"      tests/shared.sh "$build/qingdan"
done
if [ $skipped -gt 0 ]; then
    echo "$passed passed, $failed failed, $skipped skipped"
else
    echo "$passed passed, $failed failed"
fi
[ $failed -eq 0 ]
