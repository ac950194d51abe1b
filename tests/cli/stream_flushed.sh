# each checklist is out before the next record comes in
mkfifo in out
"$QINGDAN" --from jsonl - < in > out &
exec 3> in 4< out
echo '{"id":"a","text":"要建立台账。"}' >&3
read -r first <&4
echo '{"id":"b","text":"要建立台账。"}' >&3
read -r second <&4
exec 3>&-
wait
printf '%s\n%s\n' "$first" "$second" | cut -c1-9
