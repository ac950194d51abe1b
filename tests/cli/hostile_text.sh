# control characters of a document, a record or a name never reach a terminal raw
ESC=$(printf '\033')
printf '各单位要建立\033[31m台账\302\233，严禁\342\200\256弄虚作假。\n' > a.txt
"$QINGDAN" explain a.txt --line 1 2>&1 | LC_ALL=C grep -c "$ESC"
printf '{"id":"\\u001b[2J","text":"各单位要建立台账。"}\n' > s.jsonl
"$QINGDAN" rules try 台账 s.jsonl
"$QINGDAN" "no${ESC}[31mfile" "no${ESC}[31mfile.txt"
