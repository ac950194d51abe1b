# a guard's reason is told, and the rule that came nearest with the part it lacks
mkdir own
cat > own/own.yaml <<'END'
rules:
  - id: own.lamp
    type: finding
    pattern: 灯笼不亮
    guards:
      - {name: festival, not_before: '节日', why: 节日里的灯笼不算}
    examples:
      match: [门口〖灯笼不亮〗]
      reject: [节日灯笼不亮]
  - id: own.boat
    type: finding
    pattern: 龙舟(?:很|太)旧
    examples:
      match: ['〖龙舟很旧〗']
END
printf '节日灯笼不亮。\n龙舟破旧。\n' > a.txt
"$QINGDAN" explain --rules own a.txt --line 1 | grep -o '✗ own.lamp.*'
"$QINGDAN" explain --rules own a.txt --line 2 | grep '最接近'
