# a run that comes to nothing leaves an older file as it was
echo older > out.json
printf '各单位要建立整改台账。\n' > a.txt
"$QINGDAN" -f json -o out.json a.txt a.txt
echo "exit $?"
"$QINGDAN" -f json -o out.json nothing.txt
echo "exit $?"
cat out.json && ls
