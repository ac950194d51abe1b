#!/bin/sh
# The score over corpus/ does not fall below the figures of tests/score_floor.
set -u
cd "$(dirname "$0")/.." || exit 1
figures=$("${PYTHON:-python3}" tools/score.py "$1" corpus --figures) || { echo "FAIL tools/score.py"; echo "0 passed, 1 failed"; exit 1; }
printf '%s\n' "$figures" | awk '
NR == FNR { figure[$1] = $2; next }
{ sub(/#.*/, "") }
NF == 0 { next }
!($1 in figure) || ($2 == ">=" ? figure[$1] < $3 : figure[$1] > $3) {
    printf "FAIL %s: want %s %s, got %s\n", $1, $2, $3, figure[$1]; failed++; next
}
{ passed++ }
END { printf "%d passed, %d failed\n", passed, failed; exit failed > 0 || passed == 0 }
' - tests/score_floor
