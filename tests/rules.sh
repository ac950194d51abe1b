#!/bin/sh
# Every example of every shipped rule is a test: what `rules check` counts is what passed, its errors are what failed.
set -u
report=$("$1" rules check --lang en 2>&1)
printf '%s\n' "$report" | grep -A 2 'error QD' | sed 's/^/FAIL /'
closing=$(printf '%s\n' "$report" | grep -E '[0-9]+ errors, [0-9]+ warnings')
examples=$(printf '%s\n' "$closing" | sed -n 's/.* \([0-9]*\) examples, \([0-9]*\) family examples.*/\1 + \2/p')
errors=$(printf '%s\n' "$closing" | sed -n 's/.*[^0-9]*\b\([0-9][0-9]*\) errors.*/\1/p')
echo "$((${examples:-0})) passed, ${errors:-1} failed"
[ "${errors:-1}" = 0 ]
