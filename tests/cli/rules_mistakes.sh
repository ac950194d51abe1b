# every mistake of an office's own rules is told at its line, with a caret under the right character; none is run
mkdir own
cat > own/own.yaml <<'END'
rules:
  - id: own.bracket
    type: finding
    pattern: '三大问题(弱化'
  - id: own.example
    type: finding
    pattern: '灯笼不亮'
    examples:
      match: [门口很亮]
  - id: own.field
    type: finding
    pattern: '龙舟太旧'
    colour: red
END
"$QINGDAN" rules check --rules own
echo "exit $?"
printf '各单位要建立整改台账。\n' > a.txt
"$QINGDAN" --rules own a.txt 2>/dev/null
