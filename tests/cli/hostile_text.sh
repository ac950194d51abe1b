# control characters of a document never reach a terminal raw
printf '各单位要建立\033[31m台账\302\233，严禁\342\200\256弄虚作假。\n' > a.txt
"$QINGDAN" explain a.txt --line 1 | LC_ALL=C grep -c "$(printf '\033\\|\302\233\|\342\200\256')"
printf '{"text":"x","id":"\033[2J"\n' | "$QINGDAN" --from jsonl - 2>&1 >/dev/null | LC_ALL=C grep -c "$(printf '\033')"
"$QINGDAN" "$(printf 'no\033[31mfile')"
