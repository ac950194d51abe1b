# what a ledger, a progress report and a speech can have wrong
cat > ledger.txt <<'END'
某镇党委巡察整改台账
填报日期：2025年9月30日
序号	反馈问题	整改措施	责任单位	完成时限	整改进展	整改状态
1	食堂采购未索证索票	逐批登记票据	镇机关事务中心	2025年7月底前	票据登记簿已启用	已完成
2	公务用车加油卡混用	一车一卡	镇党政办	2025年8月底前	正在更换加油卡	正在整改
3	入党积极分子培训缺课	补课并测试	镇党建办	2025年12月底前	已发出补课通知	
END
"$QINGDAN" check ledger.txt
cat > progress.txt <<'END'
某局党组关于巡察整改进展情况的通报
2025年9月30日

巡察反馈的20个问题，已完成整改15个，正在整改4个。
END
"$QINGDAN" check progress.txt
cat > speech.txt <<'END'
在巡察工作动员会上的讲话
2025年4月2日

同志们：下面，我讲三点意见。
一、提高站位
要把思想统一到巡察工作上来。
……（此处省略500字）……
二、压实责任
请在2025418日前报送名单。接到反馈后10日内报方案。
END
"$QINGDAN" check --level note speech.txt
printf '今天天气很好。\n' > other.txt
"$QINGDAN" check other.txt
"$QINGDAN" check --kind speech --date 2025-04-02 other.txt; echo "exit $?"
printf '在巡察工作动员会上的讲话\n2025年4月2日\n各单位要\377建立台账。\n' > bytes.txt
"$QINGDAN" check bytes.txt
