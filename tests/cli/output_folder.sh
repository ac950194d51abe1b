# -o FOLDER/: a file for each input, made where missing, two of one name kept apart, none for a bad one
mkdir x
printf '各单位要建立整改台账。\n' | tee a.txt > x/a.txt
printf '{"id":"r","text":"各单位要建立台账。"}\n' > s.jsonl
printf '\000\001\002\003\004\005' > bad.txt
"$QINGDAN" -f json -o out/deep/ a.txt x/a.txt bad.txt
echo "exit $?"
"$QINGDAN" -o out a.txt s.jsonl
find out -type f | LC_ALL=C sort
