# a command's own page, a family of commands, and one that is none
"$QINGDAN" help extract
"$QINGDAN" verify --help --lang en
"$QINGDAN" help rules
"$QINGDAN" help nothing 2>/dev/null
