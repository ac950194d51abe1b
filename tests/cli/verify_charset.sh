# offsets count characters of the decoded text, whatever the file's encoding
printf '关于巡察整改的讲话\r\n各单位要建立整改台账，严禁弄虚作假。\r\n' > a.txt
for charset in GB18030 BIG5 UTF-16LE; do
    iconv -f UTF-8 -t $charset a.txt > b.txt 2>/dev/null || continue
    "$QINGDAN" -f jsonl b.txt > b.out && "$QINGDAN" verify b.out > /dev/null || echo "$charset differs"
done
