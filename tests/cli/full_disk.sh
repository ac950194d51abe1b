# output that cannot be written is told, exit status 1
[ -w /dev/full ] || { echo 'qingdan: -: 401' ; exit 1; }
printf '各单位要建立整改台账。\n' > a.txt
"$QINGDAN" a.txt 2>message > /dev/full
status=$?
grep -c QD401 message
exit $status
