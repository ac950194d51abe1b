# the shipped rules hold
"$QINGDAN" rules check 2>/dev/null | sed 's/\([^，]*：\)\([0-9]*\) 个错误.*/\1\2 个错误/; s/[0-9][0-9]* 条/N 条/; s/[0-9][0-9]* 个，/N 个，/; s/ [0-9][0-9]* 个（另有 [0-9][0-9]* 个/ N 个（另有 N 个/; s/版本 [0-9a-f]*/版本 V/'
