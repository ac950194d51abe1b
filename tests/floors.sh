#!/bin/sh
# The floors of src/ hold, and tools/check-floors sees each kind of breach where one is planted.
set -u
cd "$(dirname "$0")/.." || exit 1
passed=0 failed=0
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT INT TERM

plant() {           # plant NAME LINE WANT FOLDER: a source file of FOLDER with LINE in it must be refused with WANT
    rm -rf "$room/src"
    mkdir -p "$room/src/$4"
    cp src/FLOORS "$room/src/"
    printf '%s\n' "$2" > "$room/src/$4/planted.c"
    got=$(tools/check-floors "$room/src" | sed -n '1s/^[^ ]* //p')
    if [ "$got" = "$3" ]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAIL $1: want «$3» got «$got»"; fi
}
plant "a stage that includes a stage"   '#include "clean/clean.h"'        'segment may not include clean'          segment
plant "a lower floor that looks up"     '#include "doc/text.h"'           'rule may not include doc'               rule
plant "a path not written from src"     '#include "text.h"'               '"text.h" is not written from src/'      doc
plant "a library outside its home"      '#include <unicode/ucnv.h>'       '<unicode/ lives in unicode, not in zh'  zh
plant "printing below the command line" '    printf("%d", 1);'            'printf belongs to cli, not to write'    write
plant "a stream handed on"              '    write_page(stdout);'         'stdout belongs to cli, not to write'    write
plant "ending the process"              '    if (bad) exit(1);'           'exit belongs to cli, not to intake'     intake
plant "reading the environment"         '    return getenv("TZ");'        'getenv belongs to cli, not to zh'       zh
plant "reading the clock"               '    t = time(NULL);'             'time belongs to cli, not to extract'    extract
plant "a folder nobody named"           '#include "base/str.h"'           'folder util has no line in FLOORS'      util
plant "comments, strings and other names" '    vsnprintf(b, n, "exit(1)", x); /* printf() */ a->time(2);' 'passed, 0 failed' doc

out=$(tools/check-floors)
printf '%s\n' "$out" | sed '$d' | sed 's/^/FAIL /'
set -- $(printf '%s\n' "$out" | tail -n 1 | tr -dc '0-9 ')
echo "$((passed + $1)) passed, $((failed + $2)) failed"
[ $((failed + $2)) -eq 0 ]
