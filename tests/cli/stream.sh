# one record in, one line out, in order; a bad record has its own line and the stream goes on
cat > in.jsonl <<'END'
{"id":"one","text":"各单位要建立整改台账。"}
{"id":"two","text":12}
nonsense

{"id":"three","text":"严禁弄虚作假。","date":"2024-05-06"}
END
"$QINGDAN" - < in.jsonl > out.jsonl
echo "exit $?"
cut -c1-14 out.jsonl
grep '"error"' out.jsonl
grep -c '"date":"2024-05-06"' out.jsonl
"$QINGDAN" --from jsonl -f json in.jsonl
