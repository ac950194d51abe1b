# a document on standard input
printf '一、工作要求\n各单位要建立整改台账。\n' | "$QINGDAN" -f json - | grep -c '"name": "-"'
