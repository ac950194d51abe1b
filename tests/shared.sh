#!/bin/sh
# The measures of the material beside the source tree (../shared), where it is there: shared.sh PROGRAM
# Documents, trap sentences and deadline sentences, each by the scorer that lies with them, held against what is required.
set -u
cd "$(dirname "$0")/.." || exit 1
shared=../shared
if [ ! -d $shared/eval ]; then
    echo "SKIP no ../shared beside the source tree: its documents, traps and deadlines are not measured"
    echo "0 passed, 0 failed, 1 skipped"
    exit 0
fi
program=$1
python=${PYTHON:-python3}
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT INT TERM
passed=0 failed=0

hold() {            # hold NAME GOT OPERATOR WANT
    if awk -v got="$2" -v want="$4" 'BEGIN { exit !(got != "" && (("'"$3"'" == ">=") ? got + 0 >= want + 0 : got + 0 <= want + 0)) }'; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1)); echo "FAIL $1: want $3 $4, got «$2»"
    fi
}
part() {            # part TEXT EXPRESSION: the first group of the expression in the text
    printf '%s\n' "$1" | sed -nE "s|^.*$2.*\$|\\1|p" | head -n 1
}

mkdir "$room/gold"
for text in $shared/gold/*.txt; do
    "$program" -f json -o "$room/gold/$(basename "$text" .txt).json" "$text" 2>/dev/null || echo "FAIL $text: ended badly"
done
score=$("$python" $shared/eval/score.py $shared/gold "$room/gold")
documents=$(part "$score" 'documents ([0-9]+)')
hold "documents there"   "$(printf '%s\n' "$score" | grep -c MISSING)"                 "<=" 0
hold "micro F1"          "$(part "$score" 'micro F1 ([0-9.]+)')"                       ">=" 0.95
hold "micro F1, exact"   "$(part "$("$python" $shared/eval/score.py --exact $shared/gold "$room/gold")" 'micro F1 ([0-9.]+)')" ">=" 0.86
hold "worst class of 15" "$(printf '%s\n' "$score" | awk '/^[a-z]/ && NF == 7 && $2 + 0 >= 15 { print $7 }' | sort -n | head -n 1)" ">=" 0.90
hold "outline F1"        "$(printf '%s\n' "$score" | awk '$1 == "outline" { print $7 }')" ">=" 0.985
hold "outline level"     "$(printf '%s\n' "$score" | awk '$1 == "outline" { split($NF, n, "/"); print n[1] / n[2] }')" ">=" 0.97
while read -r field least; do
    hold "$field"        "$(part "$score" "field $field +[0-9]+/[0-9]+ = ([0-9.]+)")"  ">=" "$least"
done <<'FIELDS'
finding.category 0.90
demand.modality 0.98
demand.actionable 0.92
deadline.kind 0.96
deadline.iso 0.95
responsibility.role 0.95
progress.state 0.95
FIELDS
hold "kind"              "$(part "$score" 'document.kind ([0-9]+)/')"                  ">=" "$documents"
hold "date"              "$(part "$score" 'document.date ([0-9]+)/')"                  ">=" "$documents"
hold "grounding errors"  "$(part "$score" 'grounding errors ([0-9]+)')"                "<=" 0
hold "items in noise"    "$(part "$score" 'items in noise ([0-9]+)')"                  "<=" 0

"$python" $shared/eval/traps.py $shared/traps/dev.jsonl make > "$room/traps.jsonl"
"$program" --from jsonl -f jsonl "$room/traps.jsonl" > "$room/traps.out" 2>/dev/null
traps=$("$python" $shared/eval/traps.py $shared/traps/dev.jsonl score "$room/traps.out")
hold "traps passed"      "$(part "$traps" 'traps passed ([0-9]+)/')"                   ">=" 32

"$program" --from jsonl -f jsonl $shared/deadlines/dev.jsonl > "$room/deadlines.out" 2>/dev/null
limits=$("$python" $shared/eval/deadlines.py $shared/deadlines/dev.jsonl "$room/deadlines.out")
hold "deadlines overlap" "$(part "$limits" 'overlap [0-9]+ \(([0-9.]+)\)')"            ">=" 0.98
hold "deadlines exact"   "$(part "$limits" 'exact [0-9]+ \(([0-9.]+)\)')"              ">=" 0.95
hold "deadlines kind"    "$(part "$limits" 'kind [0-9]+ \(([0-9.]+)\)')"               ">=" 0.97
hold "dates"             "$(part "$limits" 'dates ([0-9]+)/')"                         ">=" 49
hold "n and unit"        "$(part "$limits" 'n\+unit ([0-9]+)/')"                       ">=" 20
hold "deadline traps"    "$(part "$limits" 'traps hit ([0-9]+)/')"                     "<=" 0

[ $failed -eq 0 ] || printf '%s\n%s\n%s\n' "$(printf '%s\n' "$score" | tail -n 2)" "$traps" "$limits"
[ -z "${SHOW:-}" ] || printf '%s\n%s\n%s\n' "$score" "$traps" "$limits"
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
