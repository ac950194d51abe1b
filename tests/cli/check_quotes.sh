# quotations over several paragraphs, nested ones and straight ones have their partners; what lacks one is told once
check() { "$QINGDAN" check --kind speech --date 2025-04-02 -; }
echo '-- sound'
check <<'END'
要深入学习“三个更好”要求和《巡察工作条例》。

对"三公"经费要逐笔核对。

文件指出：“要坚持政治巡察定位。

“要坚持问题导向，敢于亮剑。”

关于“落实“八项规定”精神不力”的问题，要举一反三。
END
echo '-- faulty'
check <<'END'
要整治“小金库问题。

要压实责任。

要落实八项规定”精神。

要整治“吃空饷”和“人情粮问题，再查“优亲厚友”问题。

要学习《纪律处分条例。
END
