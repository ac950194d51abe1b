#!/bin/sh
# What the program says of every document of the corpus, and what it finds wrong with them, against the schemas of its output.
set -u
cd "$(dirname "$0")/.." || exit 1
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT INT TERM
"$1" -f jsonl corpus/*/*.txt > "$room/corpus.jsonl" 2>/dev/null
"$1" check -f jsonl --level note corpus docs/no-such-file.txt > "$room/check.jsonl" 2>/dev/null
"$1" check -f json --level note corpus/plan corpus/ledger docs/no-such-file.txt > "$room/check.json" 2>/dev/null
exec "${PYTHON:-python3}" tests/schema_check.py docs/checklist.schema.json "$room/corpus.jsonl" docs/check.schema.json "$room/check.jsonl" "$room/check.json"
