# -o FILE: all in one file, put in place when whole; nothing is left beside it
printf '各单位要建立整改台账。\n' > a.txt
printf '各部门要建立整改台账。\n' > b.txt
"$QINGDAN" -o out.md a.txt b.txt && ls && grep -c '^---$' out.md
"$QINGDAN" -o no/such/folder.md a.txt
