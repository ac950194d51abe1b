# a day that the user tells is counted from, and said to be inferred
printf '在巡察反馈会上的讲话\n党委要在收到反馈意见后两个月内报整改方案，验收前完成整改。\n' > a.txt
days() { "$QINGDAN" -f json "$@" a.txt 2>/dev/null | grep -E '"(iso|from|inferred)": ("|true|false)' | sort -u; }
days
echo --
days --anchor 反馈=2025-06-20 --anchor 验收=2025-09-01
echo --
"$QINGDAN" check --level note --date 2025-06-30 a.txt
"$QINGDAN" check --level note --date 2025-06-30 --anchor 收到反馈=2025-06-20 a.txt
"$QINGDAN" explain --anchor 反馈=2025-06-20 a.txt > out; echo "exit $?"
for wrong in 反馈 =2025-06-20 反馈= 反馈=2025-02-30 反馈=6月20日; do
    "$QINGDAN" --anchor "$wrong" a.txt; echo "exit $?"
done
"$QINGDAN" verify --anchor 反馈=2025-06-20 a.txt; echo "exit $?"
