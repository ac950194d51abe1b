# hundreds of records of very different length come out in the order they went in, bad ones among them
i=0
while [ $i -lt 300 ]; do
    i=$((i + 1))
    case $((i % 7)) in
    0) echo "{\"id\":\"$i\"}" ;;
    1) printf '{"id":"%s","text":"%s"}\n' $i "$(printf '各单位要建立整改台账，严禁弄虚作假。%.0s' 1 2 3 4 5 6 7 8 9 10 11 12)" ;;
    *) printf '{"id":"%s","text":"各单位要建立整改台账。"}\n' $i ;;
    esac
done > in.jsonl
"$QINGDAN" in.jsonl 2>/dev/null | sed 's/^{"id":"\([0-9]*\)".*/\1/' > ids
seq 300 | cmp - ids && echo 'in order'
"$QINGDAN" in.jsonl 2>/dev/null | grep -c '"error"'
"$QINGDAN" -f md in.jsonl 2>/dev/null | grep -c '^---$'
