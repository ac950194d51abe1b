/*
 * What the writers make of a checklist: JSON that says all, Markdown that cannot be led astray.
 *
 * usage: test_write [FOLDER]      with a folder the checklist is also written there, as write-ZH/EN.md, .json and .jsonl
 */
#include <cJSON.h>
#include <cmark.h>
#include <stdlib.h>

#include "check.h"
#include "base/arena.h"
#include "base/files.h"
#include "checklist/identity.h"
#include "write/plain.h"
#include "write/write.h"

/* --- a checklist made by hand; every word of a document in it is `word`, so that a test can put anything there --- */

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define AT(n) { .start = (n), .end = (n) + 8, .byte_start = 3 * (n), .byte_end = 3 * (n) + 24, .line = (n) / 10 + 1 }
#define ITEM(t, n, of) .type = ITEM_##t, .at = AT(n), .link = (of), .rule = STR("rule.one"), .parts = { 0.9, 1, 1, 1 }

static struct str words(struct arena *a, const char *word, const char *own)
{
    return arena_keep(a, str_of(word != NULL ? word : own));
}

static void fill_sections(struct arena *a, struct checklist *c, const char *word)
{
    struct section made[] = {
        { .level = 1, .parent = -1, .marker = STR("一、"), .title = words(a, word, "存在的主要问题"), .at = AT(10), .zone = ZONE_FINDINGS },
        { .level = 2, .parent = 0, .marker = STR("（一）"), .title = words(a, word, "学习抓得不紧"), .at = AT(20), .zone = ZONE_FINDINGS },
        { .level = 1, .parent = -1, .marker = STR("二、"), .title = words(a, word, "整改要求"), .at = AT(100), .zone = ZONE_DEMAND, .zone_rule = STR("zone.two") },
        { .level = 2, .parent = 2, .marker = STR(""), .title = words(a, word, "压实责任"), .at = AT(102), .zone = ZONE_DEMAND },
    };
    struct section *kept = arena_take(a, sizeof made);
    memcpy(kept, made, sizeof made);
    c->sections = kept;
    c->section_count = COUNT(made);
}

static void fill_items(struct arena *a, struct checklist *c, const char *word)
{
    struct str *members = arena_take(a, 2 * sizeof *members), *reasons = arena_take(a, sizeof *reasons);
    struct number *numbers = arena_take(a, 3 * sizeof *numbers);
    members[0] = words(a, word, "重点人");
    members[1] = words(a, word, "重点事");
    reasons[0] = STR("rule.one");
    numbers[0] = (struct number){ STR("total"), 12 };
    numbers[1] = (struct number){ STR("done"), 7.5 };
    numbers[2] = (struct number){ STR("done"), 3 };
    struct item made[] = {
        { ITEM(FINDING, 20, -1), .category = CATEGORY_LEADERSHIP, .clean = words(a, word, "学习抓得不紧"), .section = 1, .reasons = { reasons, 1 } },
        { ITEM(FINDING, 30, -1), .category = CATEGORY_LEADERSHIP, .clean = words(a, word, "记录仍需完善"), .section = 1, .hedged = true },
        { ITEM(FINDING, 40, -1), .category = CATEGORY_OTHER, .clean = words(a, word, "**村账目混乱"), .section = 0, .masked = true, .cut = true },
        { ITEM(FOCUS, 50, -1), .clean = words(a, word, "重点人、重点事"), .section = -1, .set = words(a, word, "三个重点"), .members = { members, 2 } },
        { ITEM(SLOGAN, 60, -1), .clean = words(a, word, "“三个重点”"), .section = 0, .name = words(a, word, "三个重点"), .declared = 3, .members = { members, 2 }, .mismatch = true },
        { ITEM(DEMAND, 100, -1), .clean = words(a, word, "镇党委要报送整改方案"), .section = 2, .actor = words(a, word, "镇党委"), .actor_source = "stated", .modality = "must", .kind = "report", .actionable = true },
        { ITEM(DEADLINE, 104, 5), .clean = words(a, word, "6月底前"), .section = 2, .kind = "by_date", .iso = STR("2024-06-30"), .inferred = true },
        { ITEM(DEMAND, 112, -1), .clean = words(a, word, "建立整改台账"), .section = 3, .actor = words(a, word, "镇党委"), .actor_source = "inherited", .modality = "must", .kind = "task", .actionable = true },
        { ITEM(RESPONSIBILITY, 114, 7), .clean = words(a, word, "由镇纪委牵头"), .section = 3, .role = "lead_unit", .name = words(a, word, "镇纪委") },
        { ITEM(DEADLINE, 116, 7), .clean = words(a, word, "反馈之日起2个月内"), .section = 3, .kind = "within", .n = 2, .unit = "month", .from = words(a, word, "反馈之日") },
        { ITEM(DEADLINE, 118, -1), .clean = words(a, word, "2024年4月至5月"), .section = 3, .kind = "window", .iso = STR("2024-05-31"), .iso_start = STR("2024-04-01") },
        { ITEM(DEMAND, 120, -1), .clean = words(a, word, "不得搞形式主义"), .section = 3, .modality = "must_not", .kind = "task" },
        { ITEM(MEASURE, 130, 0), .clean = words(a, word, "每月学习一次"), .section = 3, .finding = words(a, word, "学习抓得不紧") },
        { ITEM(MEASURE, 140, -1), .clean = words(a, word, "成立工作专班"), .section = 3 },
        { ITEM(PROGRESS, 150, 0), .clean = words(a, word, "已补学四次"), .section = 3, .state = "done", .finding = words(a, word, "学习抓得不紧") },
        { ITEM(PROGRESS, 160, 1), .clean = words(a, word, "正在完善制度"), .section = 3, .finding = words(a, word, "记录仍需完善") },
        { ITEM(STAT, 170, -1), .clean = words(a, word, "12个问题完成7个"), .section = 3, .object = "problem", .numbers = numbers, .number_count = 3, .mismatch = true },
        { ITEM(TRANSFER, 180, -1), .clean = words(a, word, "移交线索5件"), .section = 3, .to = words(a, word, "县纪委监委"), .count = 5 },
        { ITEM(CAUSE, 190, -1), .clean = words(a, word, "重视程度不够"), .section = 0 },
        { ITEM(COMMITMENT, 200, -1), .clean = words(a, word, "我们诚恳接受"), .section = 3, .score = 0.3 },
    };
    struct item *kept = arena_take(a, sizeof made);
    memcpy(kept, made, sizeof made);
    for (size_t i = 0; i < COUNT(made); i++) {
        kept[i].text = kept[i].clean;
        kept[i].score = kept[i].score > 0 ? kept[i].score : 0.9;
        kept[i].declared = kept[i].type == ITEM_SLOGAN ? kept[i].declared : -1;
        kept[i].count = kept[i].type == ITEM_TRANSFER ? kept[i].count : -1;
    }
    identity_fill(a, kept, COUNT(made));
    c->items = kept;
    c->item_count = COUNT(made);
}

static void fill_rest(struct arena *a, struct checklist *c, const char *word)
{
    struct reject rejects[] = {
        { ITEM_FINDING, VERDICT_REJECTED, words(a, word, "是否存在走过场"), words(a, word, "是否存在走过场"), AT(60), STR("rule.one"), STR("rule.one#whether"), words(a, word, "是否……"), ZONE_FOCUS },
        { ITEM_DEADLINE, VERDICT_UNRESOLVED, words(a, word, "202*年底"), words(a, word, "202*年底"), AT(70), STR(""), STR("masked"), STR(""), ZONE_DEMAND },
    };
    struct noise_span noise[] = { { AT(0), STR("noise.one") } };
    struct gap_span gaps[] = { { AT(80), words(a, word, "……此处省略300字……"), 300 } };
    struct diag diags[] = { { DIAG_READ_GAP, { words(a, word, "t.txt"), 9, 0 }, words(a, word, "……此处省略300字……"), STR("") } };
    c->rejects = memcpy(arena_take(a, sizeof rejects), rejects, sizeof rejects);
    c->noise = memcpy(arena_take(a, sizeof noise), noise, sizeof noise);
    c->gaps = memcpy(arena_take(a, sizeof gaps), gaps, sizeof gaps);
    c->diags = memcpy(arena_take(a, sizeof diags), diags, sizeof diags);
    c->reject_count = COUNT(rejects);
    c->noise_count = c->gap_count = c->diag_count = 1;
}

/* Realistic words where `word` is NULL. */
static const struct checklist *make_checklist(struct arena *a, const char *word)
{
    struct checklist *c = arena_take(a, sizeof *c);
    c->document.name = words(a, word, "t.txt");
    c->document.id = STR("r1");
    c->document.sha256 = STR("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
    c->document.format = "txt";
    c->document.charset = "UTF-8";
    c->document.characters = 400;
    c->document.kind = DOC_FEEDBACK;
    c->document.kind_rule = STR("kind.feedback");
    c->document.title = words(a, word, "关于巡察某镇党委的反馈意见");
    c->document.title_at = (struct at)AT(1);
    c->document.date = STR("2024-03-15");
    c->document.issuer = words(a, word, "县委第二巡察组");
    c->document.addressee = words(a, word, "某镇党委");
    c->rules_version = STR("00112233aabbccdd");
    fill_sections(a, c, word);
    fill_items(a, c, word);
    fill_rest(a, c, word);
    return c;
}

static struct str written(struct arena *a, const struct checklist *c, enum write_format f, enum lang lang, bool all)
{
    struct write_settings s = { .lang = lang, .all = all, .program = STR("qingdan"), .version = STR("0.1.0") };
    struct buf out;
    buf_init(&out, BUF_NO_CEILING);
    write_checklist(&out, c, f, &s);
    struct str kept = arena_keep(a, buf_str(&out));
    buf_release(&out);
    return kept;
}

static bool has(struct str text, const char *part)
{
    return strstr(text.at, part) != NULL;       /* arena_keep puts a NUL behind */
}

/* --- Markdown --- */

static const char *const hostile[] = {
    "**粗体** __也是__", "~~删除~~", "|竖线|又|一条", "<script>alert(1)</script>", "- [x] 已办", "- 一点", "+ 一点", "* 一点",
    "# 标题", "## 标题 ##", "一\n\n二", "一\r\n- 二", "`代码` ``码``", "```", "~~~", "&lt;b&gt; &#60; &copy;", "1. 第一", "2) 第二", "12345678. 号",
    "> 引文", "---", "***", "===", "[链接](http://a.example/)", "![图](x.png)", "<http://a.example/>", "http://a.example/x www.a.example",
    "\\", "末尾\\", "\\| 反斜杠竖线 \\\\|", "    缩进", "\t制表", "</details>", "<!-- 注", "$公式$", "[脚注]: x", "[^1]", "a  \nb", "| - | - |", "行尾  ",
    "a\x1b[31m红", "\xE2\x80\xAE" "倒写", "坏\xFF字节", "!", "![", "&", "-", "=", "1.", "[ ] 空框", "[x] 满框", ":---", "<b", "a*b*c_d_e",
};

/* The blocks of a page, one sign each with its depth: what the page is, whatever it says. */
static struct str skeleton(struct arena *a, struct str markdown)
{
    cmark_node *page = cmark_parse_document(markdown.at, markdown.len, CMARK_OPT_DEFAULT);
    cmark_iter *i = cmark_iter_new(page);
    struct buf shape;
    buf_init(&shape, BUF_NO_CEILING);
    for (cmark_event_type e; (e = cmark_iter_next(i)) != CMARK_EVENT_DONE;) {
        cmark_node *n = cmark_iter_get_node(i);
        cmark_node_type t = cmark_node_get_type(n);
        if (e != CMARK_EVENT_ENTER || t == CMARK_NODE_TEXT)
            continue;
        buf_addz(&shape, cmark_node_get_type_string(n));
        if (t == CMARK_NODE_HEADING)
            buf_addf(&shape, "%d", cmark_node_get_heading_level(n));
        buf_addc(&shape, ' ');
    }
    cmark_iter_free(i);
    cmark_node_free(page);
    struct str kept = arena_keep(a, buf_str(&shape));
    buf_release(&shape);
    return kept;
}

/* Signs that forges read beyond CommonMark, where no backslash stands before them. */
static size_t count_bare(struct str s, char sign)
{
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] == '\\' && i + 1 < s.len)
            i++;
        else
            n += s.at[i] == sign;
    }
    return n;
}

/* Task boxes; `marked`: only those with a block's mark behind them, which forges would open inside the box. */
static size_t count_boxes(struct str s, bool marked)
{
    size_t n = 0;
    for (const char *p = s.at; (p = strstr(p, "- [")) != NULL; p++) {
        if ((p[3] != ' ' && p[3] != 'x') || p[4] != ']')
            continue;
        const char *after = p + 6;
        size_t digits = strspn(after, "0123456789");
        n += !marked || strchr("-+=*#>`~|", *after) != NULL || (digits > 0 && strchr(".)", after[digits]) != NULL);
    }
    return n;
}

static void test_hostile(void)
{
    struct arena *a = arena_new();
    struct str tame = written(a, make_checklist(a, "甲"), WRITE_MD, LANG_ZH, false);
    struct str shape = skeleton(a, tame);
    check_true("the tame page has lists and headings", has(shape, "heading2 list item paragraph"));
    check_true("the page uses no emphasis, which Chinese punctuation would break", !has(shape, "strong") && !has(shape, "emph"));
    for (size_t i = 0; i < COUNT(hostile); i++) {
        struct str page = written(a, make_checklist(a, hostile[i]), WRITE_MD, LANG_ZH, false);
        char name[128];
        snprintf(name, sizeof name, "structure with «%s»", hostile[i]);
        check_str(name, shape, skeleton(a, page));
        snprintf(name, sizeof name, "bare signs with «%s»", hostile[i]);
        check_int(name, (long long)count_bare(tame, '|'), (long long)count_bare(page, '|'));
        check_int(name, 0, (long long)(count_bare(page, '~') + count_bare(page, '$')));
        check_int(name, (long long)count_boxes(tame, false), (long long)count_boxes(page, false));
        check_int(name, 0, (long long)count_boxes(page, true));
        check_int(name, (long long)count_bare(tame, '<'), (long long)count_bare(page, '<'));
        check_true(name, !has(page, "p://") && !has(page, "www.") && !has(page, "\x1b"));
    }
    arena_free(a);
}

static size_t count_words(struct str s, const char *part)
{
    size_t n = 0;
    for (const char *p = s.at; (p = strstr(p, part)) != NULL; p++)
        n++;
    return n;
}

/* Where nothing visible is left of the words a dash stands for them; facts and columns without words are left out. */
static void test_invisible(void)
{
    struct arena *a = arena_new();
    struct str tame = skeleton(a, written(a, make_checklist(a, "甲"), WRITE_MD, LANG_ZH, false));
    struct str page = written(a, make_checklist(a, "\xE2\x80\x8B"), WRITE_MD, LANG_ZH, false), shape = skeleton(a, page);
    check_int("every item is still an item", (long long)count_words(tame, "item "), (long long)count_words(shape, "item "));
    check_int("every heading a heading", (long long)count_words(tame, "heading"), (long long)count_words(shape, "heading"));
    check_true("a dash stands for it", has(page, "- [ ] —（第15行）"));
    arena_free(a);
}

/* The text of the first line of every item of the page. */
static bool some_item_says(struct str markdown, struct str want)
{
    cmark_node *page = cmark_parse_document(markdown.at, markdown.len, CMARK_OPT_DEFAULT);
    cmark_iter *i = cmark_iter_new(page);
    bool found = false;
    for (cmark_event_type e; (e = cmark_iter_next(i)) != CMARK_EVENT_DONE;) {
        cmark_node *n = cmark_iter_get_node(i);
        if (e != CMARK_EVENT_ENTER || cmark_node_get_type(n) != CMARK_NODE_ITEM)
            continue;
        struct buf line;
        buf_init(&line, BUF_NO_CEILING);
        for (cmark_node *t = cmark_node_first_child(cmark_node_first_child(n)); t != NULL && cmark_node_get_type(t) == CMARK_NODE_TEXT; t = cmark_node_next(t))
            buf_addz(&line, cmark_node_get_literal(t));
        found |= str_eq(buf_str(&line), want);
        buf_release(&line);
    }
    cmark_iter_free(i);
    cmark_node_free(page);
    return found;
}

/* What was escaped comes back as it was. */
static void test_round_trip(void)
{
    struct arena *a = arena_new();
    for (size_t i = 0; i < COUNT(hostile); i++) {
        struct str page = written(a, make_checklist(a, hostile[i]), WRITE_MD, LANG_ZH, false);
        struct buf want;
        buf_init(&want, BUF_NO_CEILING);
        plain_add(&want, str_of(hostile[i]));
        if (want.len == 0)
            buf_addz(&want, "—");
        char name[128];
        snprintf(name, sizeof name, "«%s» comes back", hostile[i]);
        check_true(name, some_item_says(page, buf_str(&want)));
        buf_release(&want);
    }
    arena_free(a);
}

static const struct { const char *name, *part; } zh_parts[] = {
    { "title",                       "# 清单：关于巡察某镇党委的反馈意见\n" },
    { "facts",                       "- 文种：反馈意见\n  - 日期：2024-03-15\n  - 发文：县委第二巡察组\n  - 主送：某镇党委\n" },
    { "source with a short hash",    "t.txt · 记录 r1 · UTF-8 · 400字 · SHA-256 0123456789ab\n" },
    { "warning with its place",      "- 第9行 · 正文有删节 · ……此处省略300字……" },
    { "findings by category",        "- 问题 3：党的领导弱化 2 · 其他 1\n" },
    { "demands",                     "- 要求 3：列入任务 2 · 其中报告 1 · 一般性 1\n" },
    { "frame and its members",       "- 三个重点：重点人、重点事（第6行）\n" },
    { "due first, earliest ahead",   "- 先到期：2024-05-31（2024年4月至5月）；2024-06-30（6月底前）\n" },
    { "announced and found",         "- 数目核对：“三个重点”宣布3项、列出2项（第7行） · “12个问题完成7个”分项与总数不符（第18行）\n" },
    { "a soft form is marked",       "2.  记录仍需完善〔措辞和缓〕  \n    第4行 · 一、（一）学习抓得不紧\n" },
    { "a title that is the finding", "1.  学习抓得不紧  \n    第3行 · 一、存在的主要问题\n" },
    { "numbers run on",              "3.  \\*\\*村账目混乱〔有遮蔽〕〔邻近删节〕" },
    { "a report with its limit",     "- [ ] 镇党委要报送整改方案〔报告〕  \n    主体：镇党委 · 时限：6月底前（2024-06-30） · 第11行\n" },
    { "a task with its owner",       "- [ ] 建立整改台账  \n    主体：镇党委（承上文） · 责任：镇纪委（牵头单位） · 时限：反馈之日起2个月内 · 第12行 · 压实责任\n" },
    { "group of tasks",              "### 二、整改要求\n" },
    { "measure below its finding",   "1.  学习抓得不紧（第3行）\n      - [ ] 每月学习一次（第14行）\n" },
    { "measure without a finding",   "### 未对应具体问题\n\n  - [ ] 成立工作专班（第15行）\n" },
    { "done is ticked",              "- [x] 已补学四次〔已完成〕" },
    { "no state, no tick",           "- [ ] 正在完善制度〔未写明状态〕" },
    { "owners as a table",           "| 镇纪委 | 牵头单位 | 反馈之日起2个月内 | 第12行 | 建立整改台账 |\n" },
    { "window, first by date",       "| --- |\n| 2024-04-01 至 2024-05-31 | 2024年4月至5月    | 起止期间 | 第12行 | —   |\n" },
    { "a limit with its matter",     "| 2024-06-30（推定）       | 6月底前           | 截止日期 | 第11行 | 镇党委要报送整改方案 |\n" },
    { "an inferred date says so",    "| 2024-06-30（推定）" },
    { "no day to count from",        "| 自反馈之日起，日期未知" },
    { "formula with its counts",     "| 三个重点 | 3    | 2（数目不符） | 1    | 第7行 | 重点人、重点事 |\n" },
    { "transfer",                    "- 移交线索5件  \n    移交：县纪委监委 · 5件 · 第19行 · 二、压实责任\n" },
    { "a low score is doubtful",     "- 我们诚恳接受〔存疑〕" },
    { "exhortations are folded",     "<details>\n<summary>一般性要求（1，已折叠）</summary>\n\n### 二、整改要求\n\n  - 不得搞形式主义〔禁止〕" },
    { "unresolved",                  "### 未决（1）\n\n  - 202\\*年底" },
    { "rejected, with the reason",   "- 是否存在走过场  \n    问题 · 未列入：是否…… · 规则 rule.one · 第7行\n" },
    { "gap",                         "- ……此处省略300字……  \n    300字未见 · 第9行\n" },
};

static const struct { const char *name, *part; } en_parts[] = {
    { "title",          "# Checklist: 关于巡察某镇党委的反馈意见\n" },
    { "kind",           "- Kind: feedback report\n" },
    { "warning",        "- line 9 · text was cut out of the document · " },
    { "findings",       "- finding 3: weakened Party leadership 2 · other 1\n" },
    { "task",           "Actor: 镇党委 (from the context) · Owner: 镇纪委 (lead unit) · Due: 反馈之日起2个月内 · line 12 · 压实责任\n" },
    { "inferred",       "| 2024-06-30 (inferred)" },
    { "folded",         "<summary>General exhortations (1, folded)</summary>" },
};

static void test_markdown(void)
{
    struct arena *a = arena_new();
    const struct checklist *c = make_checklist(a, NULL);
    struct str zh = written(a, c, WRITE_MD, LANG_ZH, false), en = written(a, c, WRITE_MD, LANG_EN, false);
    for (size_t i = 0; i < COUNT(zh_parts); i++)
        check_true(zh_parts[i].name, has(zh, zh_parts[i].part));
    for (size_t i = 0; i < COUNT(en_parts); i++)
        check_true(en_parts[i].name, has(en, en_parts[i].part));
    check_str("both languages have one structure", skeleton(a, zh), skeleton(a, en));
    struct str all = written(a, c, WRITE_MD, LANG_ZH, true);
    check_true("--all unfolds", !has(all, "一般性要求（1，已折叠）") && has(all, "## 一般性要求（1）\n\n### 二、整改要求\n\n  - 不得搞形式主义〔禁止〕"));
    check_true("no document's words are lost in English", has(en, "不得搞形式主义"));
    check_str("written twice, the same", zh, written(a, c, WRITE_MD, LANG_ZH, false));
    arena_free(a);
}

static void test_empty(void)
{
    struct arena *a = arena_new();
    struct checklist c = { .document = { .name = STR("空.txt"), .kind = DOC_OTHER, .charset = "UTF-8" } };
    struct str md = written(a, &c, WRITE_MD, LANG_ZH, false);
    check_true("an empty document has a head", has(md, "# 清单：空.txt\n") && has(md, "- 日期：未写明\n"));
    check_true("and no sections", !has(md, "## "));
    cJSON *json = cJSON_Parse(written(a, &c, WRITE_JSON, LANG_ZH, false).at);
    check_true("and empty lists", json != NULL && cJSON_GetArraySize(cJSON_GetObjectItem(json, "items")) == 0);
    cJSON_Delete(json);
    arena_free(a);
}

static void test_ceiling(void)
{
    struct arena *a = arena_new();
    struct write_settings s = { .program = STR("qingdan") };
    struct buf out;
    buf_init(&out, 100);
    check_true("a page past the ceiling is told", !write_checklist(&out, make_checklist(a, NULL), WRITE_MD, &s));
    buf_release(&out);
    arena_free(a);
}

/* --- JSON --- */

static const struct { int item; const char *key, *want; } fields[] = {
    { 0, "type", "\"finding\"" }, { 0, "category", "\"leadership\"" }, { 0, "hedged", "false" }, { 0, "line", "3" },
    { 0, "start", "20" }, { 0, "end", "28" }, { 0, "byte_start", "60" }, { 0, "byte_end", "84" }, { 0, "section", "1" },
    { 0, "path", "[\"一、存在的主要问题\",\"（一）学习抓得不紧\"]" }, { 0, "reasons", "[\"rule.one\"]" }, { 0, "flags", "[]" }, { 0, "link", "null" },
    { 0, "score", "0.9" }, { 0, "score_parts", "{\"rule\":0.9,\"zone\":1,\"guard\":1,\"context\":1}" },
    { 1, "hedged", "true" }, { 1, "flags", "[\"hedged\"]" }, { 2, "flags", "[\"masked\",\"cut\"]" },
    { 3, "set", "\"三个重点\"" }, { 3, "members", "[\"重点人\",\"重点事\"]" }, { 3, "section", "null" }, { 3, "path", "[]" },
    { 4, "declared", "3" }, { 4, "flags", "[\"mismatch\"]" },
    { 5, "actor", "\"镇党委\"" }, { 5, "actor_source", "\"stated\"" }, { 5, "kind", "\"report\"" }, { 5, "actionable", "true" },
    { 6, "iso", "\"2024-06-30\"" }, { 6, "iso_start", "null" }, { 6, "n", "null" }, { 6, "unit", "null" }, { 6, "inferred", "true" }, { 6, "recur", "null" },
    { 8, "role", "\"lead_unit\"" }, { 8, "name", "\"镇纪委\"" }, { 9, "n", "2" }, { 9, "unit", "\"month\"" }, { 9, "from", "\"反馈之日\"" }, { 9, "iso", "null" },
    { 10, "iso_start", "\"2024-04-01\"" }, { 11, "actor", "null" }, { 11, "actor_source", "null" }, { 11, "modality", "\"must_not\"" },
    { 12, "finding", "\"学习抓得不紧\"" }, { 13, "finding", "null" }, { 14, "state", "\"done\"" }, { 15, "state", "null" },
    { 16, "object", "\"problem\"" }, { 16, "numbers", "{\"total\":12,\"done\":7.5,\"done#3\":3}" }, { 16, "money_unit", "null" },
    { 17, "to", "\"县纪委监委\"" }, { 17, "count", "5" },
};

static void check_json(const char *name, const char *want, const cJSON *got)
{
    char *text = got == NULL ? NULL : cJSON_PrintUnformatted(got);
    check_str(name, str_of(want), str_of(text == NULL ? "(none)" : text));
    free(text);
}

static void test_json(void)
{
    struct arena *a = arena_new();
    const struct checklist *c = make_checklist(a, NULL);
    struct str pretty = written(a, c, WRITE_JSON, LANG_ZH, false), line = written(a, c, WRITE_JSONL, LANG_ZH, false);
    cJSON *json = cJSON_Parse(pretty.at), *same = cJSON_Parse(line.at);
    check_true("json and jsonl say the same", cJSON_Compare(json, same, true));
    check_true("jsonl is one line", strchr(line.at, '\n') == line.at + line.len - 1);
    const cJSON *items = cJSON_GetObjectItem(json, "items");
    check_int("every item is there", (long long)c->item_count, cJSON_GetArraySize(items));
    for (size_t i = 0; i < COUNT(fields); i++)
        check_json(fields[i].key, fields[i].want, cJSON_GetObjectItem(cJSON_GetArrayItem(items, fields[i].item), fields[i].key));
    check_str("a link is the other's id", c->items[5].id, str_of(cJSON_GetStringValue(cJSON_GetObjectItem(cJSON_GetArrayItem(items, 6), "link"))));
    check_json("a stream record's id", "\"r1\"", cJSON_GetObjectItem(json, "id"));
    check_json("generator", "{\"name\":\"qingdan\",\"version\":\"0.1.0\",\"rules_version\":\"00112233aabbccdd\",\"schema\":\"1\"}", cJSON_GetObjectItem(json, "generator"));
    check_json("warning", "{\"code\":305,\"name\":\"READ_GAP\",\"level\":\"warning\",\"message\":\"正文有删节\",\"file\":\"t.txt\",\"line\":9,\"column\":null,\"detail\":\"……此处省略300字……\"}",
               cJSON_GetArrayItem(cJSON_GetObjectItem(json, "warnings"), 0));
    check_json("gap", "{\"start\":80,\"end\":88,\"byte_start\":240,\"byte_end\":264,\"line\":9,\"text\":\"……此处省略300字……\",\"missing\":300}", cJSON_GetArrayItem(cJSON_GetObjectItem(json, "gaps"), 0));
    check_json("unresolved is no reject", "\"unresolved\"", cJSON_GetObjectItem(cJSON_GetArrayItem(cJSON_GetObjectItem(json, "rejected"), 1), "verdict"));
    check_json("they are counted apart", "1", cJSON_GetObjectItem(cJSON_GetObjectItem(json, "counts"), "unresolved"));
    check_json("parent of a heading", "0", cJSON_GetObjectItem(cJSON_GetArrayItem(cJSON_GetObjectItem(json, "outline"), 1), "parent"));
    check_json("no parent at the top", "null", cJSON_GetObjectItem(cJSON_GetArrayItem(cJSON_GetObjectItem(json, "outline"), 2), "parent"));
    cJSON_Delete(json);
    cJSON_Delete(same);
    arena_free(a);
}

static void test_json_hostile(void)
{
    struct arena *a = arena_new();
    for (size_t i = 0; i < COUNT(hostile); i++) {
        cJSON *json = cJSON_Parse(written(a, make_checklist(a, hostile[i]), WRITE_JSONL, LANG_ZH, false).at);
        check_true(hostile[i], json != NULL);
        const char *text = cJSON_GetStringValue(cJSON_GetObjectItem(cJSON_GetArrayItem(cJSON_GetObjectItem(json, "items"), 0), "text"));
        if (strchr(hostile[i], '\xFF') == NULL)         /* an ill-formed byte is U+FFFD in JSON */
            check_str("text comes back in JSON", str_of(hostile[i]), str_of(text));
        cJSON_Delete(json);
    }
    arena_free(a);
}

/* --- ids, plain text, formats --- */

static struct str id_of(struct arena *a, enum item_type type, const char *clean)
{
    struct item *item = arena_take(a, sizeof *item);
    *item = (struct item){ .type = type, .clean = str_of(clean) };
    identity_fill(a, item, 1);
    return item->id;
}

static void test_identity(void)
{
    struct arena *a = arena_new();
    struct str id = id_of(a, ITEM_FINDING, "制度落实不到位，2023年仅3次");
    check_str("an id is the same in every version", STR("8014d1ffd7d0"), id);
    check_str("half-width punctuation", id, id_of(a, ITEM_FINDING, "制度落实不到位,2023年仅3次"));
    check_str("full-width digits", id, id_of(a, ITEM_FINDING, "制度落实不到位，２０２３年仅３次"));
    check_str("spaces and line ends", id, id_of(a, ITEM_FINDING, "制度落\n实不到位， 2023 年仅3次 。"));
    check_true("other words", !str_eq(id, id_of(a, ITEM_FINDING, "制度落实不到位，2023年仅4次")));
    check_true("another type", !str_eq(id, id_of(a, ITEM_CAUSE, "制度落实不到位，2023年仅3次")));
    check_int("length", 12, (long long)id.len);
    struct item *items = arena_take(a, 5000 * sizeof *items);
    for (size_t i = 0; i < 5000; i++)
        items[i] = (struct item){ .type = ITEM_FINDING, .clean = i == 1 ? STR("另一个") : STR("制度落实不到位，2023年仅3次") };
    identity_fill(a, items, 5000);
    check_str("the first of equals has the plain id", id, items[0].id);
    size_t equal = 0;
    for (size_t i = 0; i < 5000; i++) {
        for (size_t k = i + 1; k < 5000; k++)
            equal += memcmp(items[i].id.at, items[k].id.at, 12) == 0;
    }
    check_int("no two ids are equal", 0, (long long)equal);
    struct str third = items[2].id;
    items[1].clean = STR("改过的另一个");
    identity_fill(a, items, 3);
    check_str("an id does not hang on other items", third, items[2].id);
    arena_free(a);
}

static const struct { const char *name, *text, *want; size_t most; } plains[] = {
    { "as it is",               "一切照旧 OK",          "一切照旧 OK",      99 },
    { "a wrapped word",         "落实\n不力",           "落实不力",         99 },
    { "a wrap beside Latin",    "见\nA表",              "见 A表",           99 },
    { "spaces",                 " \t一  二　三 ",       "一 二 三",         99 },
    { "escape sequences",       "\x1b[2J",              "\xEF\xBF\xBD[2J",  99 },
    { "C1 control",             "\xC2\x9B" "2J",        "\xEF\xBF\xBD" "2J", 99 },
    { "direction marks",        "\xE2\x80\xAE" "甲\xE2\x81\xA6", "甲",      99 },
    { "ill-formed",             "\xE4\xB8甲\xC0\x80",   "\xEF\xBF\xBD\xEF\xBF\xBD甲\xEF\xBF\xBD\xEF\xBF\xBD", 99 },
    { "astral",                 "\xF0\xA0\x80\x80乙",   "\xF0\xA0\x80\x80乙", 99 },
    { "cut by characters",      "一二三四",             "一二…",            2 },
    { "not cut where it fits",  "一二 ",                "一二",             2 },
};

static void test_plain(void)
{
    for (size_t i = 0; i < COUNT(plains); i++) {
        struct buf out;
        buf_init(&out, BUF_NO_CEILING);
        plain_add_short(&out, str_of(plains[i].text), plains[i].most);
        check_str(plains[i].name, str_of(plains[i].want), buf_str(&out));
        buf_release(&out);
    }
}

static void test_formats(void)
{
    check_int("md", WRITE_MD, write_find(STR("md")));
    check_int("jsonl", WRITE_JSONL, write_find(STR("jsonl")));
    check_int("unknown", -1, write_find(STR("docx")));
    check_str("suffix", STR(".json"), str_of(write_suffix(WRITE_JSON)));
    check_str("name", STR("json"), str_of(write_name(WRITE_JSON)));
}

/* For the schema's own validator, and to look at. */
static void dump(const char *folder)
{
    static const struct { enum write_format format; enum lang lang; const char *name; } files[] = {
        { WRITE_MD, LANG_ZH, "write-zh.md" }, { WRITE_MD, LANG_EN, "write-en.md" }, { WRITE_JSON, LANG_ZH, "write.json" },
        { WRITE_JSONL, LANG_EN, "write.jsonl" },
    };
    struct arena *a = arena_new();
    struct diags *d = diags_new();
    for (size_t i = 0; i < COUNT(files); i++) {
        char path[512];
        snprintf(path, sizeof path, "%s/%s", folder, files[i].name);
        check_true(path, file_write(path, written(a, make_checklist(a, NULL), files[i].format, files[i].lang, false), d));
    }
    diags_free(d);
    arena_free(a);
}

int main(int argc, char **argv)
{
    test_markdown();
    test_hostile();
    test_invisible();
    test_round_trip();
    test_empty();
    test_ceiling();
    test_json();
    test_json_hostile();
    test_identity();
    test_plain();
    test_formats();
    if (argc > 1)
        dump(argv[1]);
    return check_done();
}
