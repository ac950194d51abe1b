# an office's rule on top of the shipped ones is listed and shown; a missing one gets a suggestion
mkdir own
cat > own/own.yaml <<'END'
rules:
  - id: own.lantern
    title: 灯笼
    type: finding
    status: test
    pattern: '灯笼(?:不亮|太暗)'
    examples:
      match: [门口〖灯笼不亮〗]
      reject: [灯笼很亮]
END
"$QINGDAN" rules list --rules own finding | grep lantern
"$QINGDAN" rules show --rules own own.lantern
"$QINGDAN" rules show --rules own own.lanten
