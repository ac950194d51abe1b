# one file of three is missing, one is a folder: the third is read all the same, exit status 1
printf '县委要求各单位建立台账。\n' > a.txt
mkdir folder
"$QINGDAN" -f jsonl nothing.txt folder a.txt | grep -c '"name":"a.txt"'
"$QINGDAN" -f jsonl nothing.txt a.txt > /dev/null 2>&1
