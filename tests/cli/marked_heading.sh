# a heading that is marked up and has no marker of its own; below one that names a problem stand its measures and owner
printf '# 在巡察工作动员会上的讲话\n\n## 总体要求\n\n各单位要建立整改台账。\n' > a.md
"$QINGDAN" -f json a.md | grep -E '"(title|marker)": "(总体要求)?",?$'
cat > plan.md <<'END'
# 关于巡察反馈问题的整改方案

2025年3月10日

## 一、整改任务

### （一）村级财务公开流于形式的问题

1.整改措施：每季度张榜公布收支明细。

2.责任单位：镇财政所

3.完成时限：2025年6月底前

### （二）入党积极分子培训走过场的问题

1.整改措施：补课并测试。

2.责任单位：镇党建办
END
"$QINGDAN" check plan.md
