# the same for programs: one text for all, or a line a result
printf '在动员会上的讲话\n2025年4月2日\n要整治“小金库问题。请于2025年3月1日前报送。\n' > a.txt
"$QINGDAN" check -f json a.txt missing.txt; echo "exit $?"
"$QINGDAN" check -f jsonl --lang en a.txt missing.txt; echo "exit $?"
printf '在动员会上的讲话\n2025年4月2日\n要建立台账。\n' > good.txt
"$QINGDAN" check -f json good.txt; echo "exit $?"
"$QINGDAN" check -f jsonl good.txt; echo "exit $?"
# an option of the same name means to each command what its help says, wherever the command stands
"$QINGDAN" -f text check good.txt; echo "exit $?"
"$QINGDAN" check -f md good.txt; echo "exit $?"
"$QINGDAN" -f text good.txt; echo "exit $?"
"$QINGDAN" --level error good.txt; echo "exit $?"
"$QINGDAN" check --level fatal good.txt; echo "exit $?"
"$QINGDAN" check; echo "exit $?"
