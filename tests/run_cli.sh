#!/bin/sh
# Runs tests/cli/*.sh against a program: run_cli.sh PROGRAM [--bless] [NAME...]
# A case NAME.sh runs in an empty folder with $QINGDAN, the program, and $SOURCE, the source tree. What it prints must be
# NAME.stdout and NAME.stderr (no file: nothing), its exit status what NAME.exit says (no file: 0). --bless writes them.
set -u
QINGDAN=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
shift
SOURCE=$(cd "$(dirname "$0")/.." && pwd)
export QINGDAN SOURCE LC_ALL=C
unset LANG LC_MESSAGES NO_COLOR
bless=no
[ "${1:-}" = --bless ] && { bless=yes; shift; }
cases=$SOURCE/tests/cli
passed=0 failed=0
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT INT TERM

keep() {            # keep FILE AS: an empty file is none
    if [ -s "$1" ]; then cp "$1" "$2"; else rm -f "$2"; fi
}
wanted() {
    if [ -f "$1" ]; then cat "$1"; fi
}
run() {
    name=$1
    rm -rf "$room/in" && mkdir "$room/in"
    (cd "$room/in" && sh "$cases/$name.sh") >"$room/stdout" 2>"$room/stderr" </dev/null
    echo $? >"$room/exit"
    [ "$(cat "$room/exit")" = 0 ] && : >"$room/exit"
    for part in stdout stderr exit; do
        if [ $bless = yes ]; then
            keep "$room/$part" "$cases/$name.$part"
        elif wanted "$cases/$name.$part" | cmp -s - "$room/$part"; then
            continue
        else
            echo "FAIL $name: $part"
            wanted "$cases/$name.$part" | diff - "$room/$part" | head -n 20
            failed=$((failed + 1))
            return
        fi
    done
    passed=$((passed + 1))
}

if [ $# -gt 0 ]; then
    for name in "$@"; do run "$name"; done
else
    for case in "$cases"/*.sh; do run "$(basename "$case" .sh)"; done
fi
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
