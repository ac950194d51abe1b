# a sentence with its zone, the rules that spoke for it and the items that came of it
printf '关于巡察整改的讲话\n各单位要建立整改台账。\n' > a.txt
"$QINGDAN" explain a.txt --line 2 | grep -e '^第2行' -e 'demand.want' -e '^    要求 '
"$QINGDAN" explain a.txt --text 整改台账 --lang en | head -n 1
"$QINGDAN" explain a.txt --text 没有的话
