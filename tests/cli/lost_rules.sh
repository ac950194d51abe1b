# a folder of rules that does not exist is told
printf '各单位要建立整改台账。\n' > a.txt
"$QINGDAN" --rules no-such-folder a.txt
