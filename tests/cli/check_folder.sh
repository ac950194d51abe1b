# a folder is walked, a file that cannot be read does not stop the rest, and it has not passed
mkdir -p in/deep
printf '在动员会上的讲话\n2025年4月2日\n要整治“小金库问题。\n' > in/b.txt
printf '\0\1\2\3' > in/a.txt
printf '在动员会上的讲话\n2025年4月2日\n要整治“吃空饷问题。\n' > in/deep/c.txt
printf '“' > in/notes.bin
"$QINGDAN" check in; echo "exit $?"
"$QINGDAN" check --level error in/b.txt missing.txt in/deep; echo "exit $?"
# records of a stream by their ids
printf '{"id":"r1","date":"2025-04-02","kind":"speech","text":"要整治“小金库问题。"}\n{"id":"r2","text":3}\n{"id":"r3","date":"2025-04-02","kind":"speech","text":"要建立台账。"}\n' > s.jsonl
"$QINGDAN" check s.jsonl; echo "exit $?"
"$QINGDAN" check - < in/b.txt; echo "exit $?"
