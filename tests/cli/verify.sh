# every quote stands; one letter changed and it does not; a changed source is told; so are streams
printf '关于巡察整改的讲话\n各单位要建立整改台账，严禁弄虚作假。\n' > a.txt
"$QINGDAN" -f json -o a.json a.txt
"$QINGDAN" verify a.json | sed 's/引文 [1-9][0-9]* 处/引文 N 处/'
sed '/"text"/s/台账/账本/' a.json > forged.json
"$QINGDAN" verify forged.json 2>&1 | grep -q QD402 && echo 'a forged word'
sed '/"items": \[/,$ s/"start": [0-9]*/"start": -1/' a.json > off.json
"$QINGDAN" verify off.json 2>&1 | grep -q QD402 && echo 'an offset that is none'
cp a.txt other.txt; echo '。' >> other.txt
"$QINGDAN" verify a.json other.txt 2>&1 | grep QD403
printf '{"id":"r1","text":"各单位要建立整改台账。"}\nbad\n\n{"id":"r2","text":"严禁弄虚作假。"}\n' > s.jsonl
"$QINGDAN" s.jsonl > s.out 2>/dev/null
"$QINGDAN" verify s.out s.jsonl | sed 's/引文 [1-9][0-9]* 处/引文 N 处/'
tac s.jsonl > t.jsonl
"$QINGDAN" verify s.out t.jsonl >/dev/null 2>&1; echo "exit $?"
sed '$d' s.out > short.out
"$QINGDAN" verify short.out s.jsonl 2>&1 | grep -c QD403
echo '{"a":1}' | "$QINGDAN" verify -
