#!/bin/sh
# What the program says of every document of the corpus, against the schema of its output.
set -u
cd "$(dirname "$0")/.." || exit 1
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT INT TERM
"$1" -f jsonl corpus/*/*.txt > "$room/corpus.jsonl" 2>/dev/null
exec "${PYTHON:-python3}" tests/schema_check.py docs/checklist.schema.json "$room/corpus.jsonl"
