# a pattern or a rule on a folder: file, line and the matched text
mkdir texts texts/deeper
printf '门口灯笼不亮。\n大门很亮。\n' > texts/a.txt
printf '院里的灯笼\n不亮，应当修好。\n' > texts/deeper/b.txt
echo '灯笼不亮' > texts/notes.bin
"$QINGDAN" rules try '灯笼不亮|很亮' texts
"$QINGDAN" rules try '灯笼(不亮' texts
"$QINGDAN" rules try own.none texts
