# one line a complaint, in the order of lines; a document without faults has none
cat > plan.txt <<'END'
关于县委巡察反馈问题的整改方案
2025年3月10日

一、整改任务
序号	反馈问题	整改措施	责任单位	完成时限
1	村级财务公开流于形式	每季度张榜公布收支明细	镇财政所	2025年6月底前
2	“三会一课记录补写代写	逐支部核查记录本	镇党建办	2025年1月底前
3	民政救助对象动态管理滞后	开展入户核查		2025年5月底前
4	集体资产台账不清		镇农业农村办	长期坚持
5	值班值守制度执行不严	修订值班办法，每月抽查	镇党政办	
三、组织保障
（一）加强领导。各村要明确专人负责。
（三）严格督查。对进展缓慢的进行通报（联系人：胡某某）。
END
"$QINGDAN" check plan.txt; echo "exit $?"
"$QINGDAN" check --lang en --level note plan.txt; echo "exit $?"
"$QINGDAN" check --level error plan.txt; echo "exit $?"
sed '/^2	/d;/^3	/d;/^4	/d;/^5	/d;s/^三、/二、/;s/^（三）/（二）/' plan.txt > good.txt
"$QINGDAN" check good.txt; echo "exit $?"
