# Chinese in the C locale, English where the environment speaks it, --lang over both, also ahead of a mistake
"$QINGDAN" --bad
LC_ALL=C.UTF-8 "$QINGDAN" --bad
LC_ALL= LANG=en_US.UTF-8 "$QINGDAN" --bad
LC_ALL= LC_MESSAGES=zh_CN.UTF-8 LANG=en_US.UTF-8 "$QINGDAN" --bad
"$QINGDAN" --bad --lang en
LC_ALL=en_GB.UTF-8 "$QINGDAN" --bad --lang=zh
