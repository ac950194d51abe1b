# every wrong use is one line with a hint, and exit status 2
try() { "$QINGDAN" "$@"; echo "$*: $?"; }
try
try --fromat txt a.txt
try -x a.txt
try extrct
try rules chek
try rules
try -f xml a.txt
try --date 2025-02-30 a.txt
try --kind letter a.txt
try --line 0 explain a.txt
try --format
try --all=yes a.txt
try explain a.txt b.txt
try explain a.txt -o b.md
try verify
try rules list sorts
try -f json a.txt b.txt
