# the overview in both languages
"$QINGDAN" --help
"$QINGDAN" --lang en help
