# the program says who it is
"$QINGDAN" --version | sed 's/[0-9][0-9.]*$/N/'
