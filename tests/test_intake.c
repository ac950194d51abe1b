/* Files and records to pages: which reader takes what, the blocks each makes, and what is refused or told. */
#include "check.h"

#include <stdlib.h>

#include "base/buf.h"
#include "intake/intake.h"

/* ---- pages written down in one line a block ---- */

static const char *const kinds[] = { "line", "para", "head", "cell" };

/* "kind@line text", with the level of a heading and the place of a cell: "cell1:2,3 text", "cell1:2,3+2x1 text". */
static struct str written(struct arena *a, const struct pages *p)
{
    struct buf b;
    buf_init(&b, BUF_NO_CEILING);
    for (size_t i = 0; p != NULL && i < p->block_count; i++) {
        const struct block *k = &p->blocks[i];
        buf_addz(&b, kinds[k->kind]);
        if (k->kind == BLOCK_HEADING)
            buf_addf(&b, "%d", k->level);
        if (k->kind == BLOCK_CELL)
            buf_addf(&b, "%u:%u,%u", k->cell.table, k->cell.row, k->cell.column);
        if (k->cell.row_span > 1 || k->cell.column_span > 1)
            buf_addf(&b, "+%ux%u", k->cell.row_span, k->cell.column_span);
        buf_addf(&b, "@%u ", k->line);
        buf_add_ustr(&b, ustr_at(p->text, k->where));
        buf_addc(&b, '\n');
    }
    struct str kept = arena_keep(a, buf_str(&b));
    buf_release(&b);
    return kept;
}

/* Names of the diags, in order. */
static struct str told(struct arena *a, const struct diags *d)
{
    struct buf b;
    buf_init(&b, 4096);
    for (size_t i = 0; i < d->list.count; i++)
        buf_addf(&b, "%s%s", i > 0 ? " " : "", diag_name(d->list.at[i].code));
    struct str kept = arena_keep(a, buf_str(&b));
    buf_release(&b);
    return kept;
}

/* ---- shapes ---- */

static const struct {
    const char *name, *file, *bytes, *format, *want;
} shapes[] = {
    { "lines of a text, CRLF, LF and CR", "a.txt", "一\r\n\n二\r三", "txt", "line@1 一\nline@2 \nline@3 二\nline@4 三\n" },
    { "a line end at the end opens no line", "a.txt", "一\n", "txt", "line@1 一\n" },
    { "a mark is no text", "a.txt", "\xEF\xBB\xBF一", "txt", "line@1 一\n" },
    { "Markdown signs in a file named txt", "a.txt", "# 一\n\n## 二\n", "txt", "line@1 # 一\nline@2 \nline@3 ## 二\n" },
    { "a name alone makes no Markdown", "a.md", "一、工作\n照常\n", "txt", "line@1 一、工作\nline@2 照常\n" },
    { "a name alone makes no page", "a.html", "一、工作\n", "txt", "line@1 一、工作\n" },

    { "headings and paragraphs", "a.md", "# 一 **重** 点\n\n段落\n\n### 三\n", "md", "head1@1 一 重 点\npara@3 段落\nhead3@5 三\n" },
    { "lines of a paragraph stay apart", "a.md", "# 头\n甲，\n乙。\n", "md", "head1@1 头\nline@2 甲，\nline@3 乙。\n" },
    { "ordered items keep their number", "a.md", "# 头\n\n3. 甲\n4. 乙\n\n- 丙\n", "md", "head1@1 头\npara@3 3. 甲\npara@4 4. 乙\npara@6 丙\n" },
    { "a table among paragraphs", "-", "前\n\n| 问题 | 措施 |\n|---|:-:|\n| 甲 | 乙<br>丙 |\n| 丁 |\n\n后\n", "md",
      "para@1 前\ncell1:1,1@3 问题\ncell1:1,2@3 措施\ncell1:2,1@5 甲\ncell1:2,2@5 乙\ncell1:2,2@5 丙\ncell1:3,1@6 丁\ncell1:3,2@6 \npara@8 后\n" },
    { "cells that look like lists", "a.md", "a|b\n-|-\n1.|- 甲\n1. 乙|\\|`丙`\n", "md",
      "cell1:1,1@1 a\ncell1:1,2@1 b\ncell1:2,1@3 1.\ncell1:2,2@3 - 甲\ncell1:3,1@4 1. 乙\ncell1:3,2@4 |丙\n" },
    { "two tables are two", "a.md", "a|b\n-|-\nc|d\n\ne|f\n-|-\n", "md",
      "cell1:1,1@1 a\ncell1:1,2@1 b\ncell1:2,1@3 c\ncell1:2,2@3 d\ncell2:1,1@5 e\ncell2:1,2@5 f\n" },
    { "no table inside a fence", "a.md", "# 头\n```\na|b\n-|-\n```\n", "md", "head1@1 头\nline@3 a|b\nline@4 -|-\n" },
    { "indented text is no code", "a.md", "# 头\n\n    甲\n", "md", "head1@1 头\nline@3 甲\n" },
    { "pictures and addresses are no text", "a.md", "![图](a.png)见[附件](b.doc)\n", "md", "para@1 见附件\n" },
    { "a web table in Markdown", "a.md", "# 头\n\n<table><tr><td>甲</td><td>乙</td></tr></table>\n\n尾\n", "md",
      "head1@1 头\ncell1:1,1@3 甲\ncell1:1,2@3 乙\npara@5 尾\n" },

    { "paragraphs and headings", "a", "<!DOCTYPE html><h2>头\n<br>二</h2>\n<p>甲</p><div>乙<p>丙</div>", "html",
      "head2@1 头二\npara@3 甲\npara@3 乙\npara@3 丙\n" },
    { "<br> ends a line", "a", "<html><p>甲<br>乙<br/><br>丙</p><p>丁</p>", "html", "line@1 甲\nline@1 乙\nline@1 丙\npara@1 丁\n" },
    { "white space", "a", "<html><p>  甲\n  乙 a\n b&nbsp;&#65;　丙 </p>", "html", "para@1 甲乙 a b\xC2\xA0" "A　丙\n" },
    { "what is no text", "a",
      "<html><head><title>题</title><style>p</style></head><nav>导航</nav><header>头</header><p>正<script>if(a<b)c</script>文<!-- 注 --></p>"
      "<p style='Display : none'>藏</p><p hidden>藏</p><aside>旁</aside><footer>尾</footer>", "html", "para@1 正文\n" },
    { "an article's own header is text", "a", "<html><article><header><h1>题</h1></header><p>文</p></article>", "html", "head1@1 题\npara@1 文\n" },
    { "a table with spans", "a",
      "<html><table><tr><th>序号<th colspan=2>问题</tr><tr><td rowspan=2>1<td>甲<td>乙</tr><tr><td><td><p>丙<p>丁</table>", "html",
      "cell1:1,1@1 序号\ncell1:1,2+1x2@1 问题\ncell1:2,1+2x1@1 1\ncell1:2,2@1 甲\ncell1:2,3@1 乙\ncell1:3,2@1 \ncell1:3,3@1 丙\ncell1:3,3@1 丁\n" },
    { "one column arranges the page", "a", "<html><table><tr><td>甲<tr><td>乙</table>", "html", "para@1 甲\npara@1 乙\n" },
    { "a table around a table arranges the page", "a",
      "<html><table><tr><td>左<td>右<table><tr><td>甲<td>乙</table>后</table>", "html",
      "para@1 左\npara@1 右\ncell2:1,1@1 甲\ncell2:1,2@1 乙\npara@1 后\n" },
    { "preformatted text", "a", "<html><pre>甲  乙\n　丙</pre>", "html", "line@1 甲  乙\nline@2 　丙\n" },
    { "unclosed tags", "a", "<html><body><div><p>甲<b>乙<table><tr><td>丙", "html", "para@1 甲乙\npara@1 丙\n" },
    { "a sign that is no tag", "a", "<html><p>1 < 2，3>2 &amp;lt;</p>", "html", "para@1 1 < 2，3>2 &lt;\n" },
    { "a fragment", "a", "<p>甲</p>\n<div>乙</div>", "html", "para@1 甲\npara@2 乙\n" },
};

static void test_shapes(void)
{
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        struct arena *a = arena_new();
        struct diags *d = diags_new();
        const struct pages *p = intake_read(a, str_of(shapes[i].bytes), str_of(shapes[i].file), INPUT_AUTO, d);
        check_str(shapes[i].name, str_of(shapes[i].format), str_of(p == NULL ? "none" : p->format));
        check_str(shapes[i].name, str_of(shapes[i].want), written(a, p));
        check_str(shapes[i].name, STR(""), told(a, d));
        diags_free(d);
        arena_free(a);
    }
}

/* The text of a marked-up page is its blocks joined by line feeds; that of a plain one is the file's own. */
static void test_text(void)
{
    struct arena *a = arena_new();
    struct diags *d = diags_new();
    const struct pages *p = intake_read(a, STR("<html><title> 甲\n 乙 </title><p>\xF0\xA0\xAE\xB7一</p><p>二"), STR("p"), INPUT_AUTO, d);
    check_str("a page's text", STR("\xF0\xA0\xAE\xB7一\n二"), ustr_to_utf8(a, p->text));
    check_true("has no bytes of its own", p->byte_at == NULL);
    check_int("astral characters are found", 1, (long long)p->astral_count);
    check_str("its title", STR("甲 乙"), ustr_to_utf8(a, p->title_hint));
    p = intake_read(a, STR("\xEF\xBB\xBF一\r\n二"), STR("t"), INPUT_AUTO, d);
    check_str("a text is the file's own, line ends and all", STR("一\r\n二"), ustr_to_utf8(a, p->text));
    check_int("bytes count from the file's start", 3, p->byte_at[0]);
    check_int("and lead to its end", 11, p->byte_at[p->text.len]);
    check_str("sha256 of the file, mark and all", STR("bb83d4a5cef01976902ded94764156ce7f396c475e03c77edc24b87870adfb68"), p->sha256);
    diags_free(d);
    arena_free(a);
}

/* ---- hints ---- */

static const struct { const char *name, *bytes, *title, *date; } hints[] = {
    { "PubDate with a time", "<html><meta name=PubDate content='2024-03-05 10:22:01'><p>文", "", "2024-03-05" },
    { "publishdate with slashes", "<html><META NAME=\"publishdate\" CONTENT=\"2024/3/5\"><p>文", "", "2024-03-05" },
    { "published_time", "<html><meta property='article:published_time' content='2024-03-05T08:00:00+08:00'><p>文", "", "2024-03-05" },
    { "in Chinese", "<html><meta name=pubdate content='2024年12月31日'><p>文", "", "2024-12-31" },
    { "in eight digits", "<html><meta name=pubdate content='20240229'><p>文", "", "2024-02-29" },
    { "no such day", "<html><meta name=pubdate content='2023-02-29'><p>文", "", "" },
    { "some other date", "<html><meta name=expires content='2024-03-05'><p>文", "", "" },
    { "ArticleTitle goes before title", "<html><title>站名</title><meta name=ArticleTitle content='正题'><p>文", "正题", "" },
    { "front matter", "---\ntitle: \"正题\"\ndate: 2024-03-05\n---\n# 头\n", "正题", "2024-03-05" },
};

static void test_hints(void)
{
    for (size_t i = 0; i < sizeof hints / sizeof *hints; i++) {
        struct arena *a = arena_new();
        struct diags *d = diags_new();
        const struct pages *p = intake_read(a, str_of(hints[i].bytes), STR("x.md"), INPUT_AUTO, d);
        check_str(hints[i].name, str_of(hints[i].title), ustr_to_utf8(a, p->title_hint));
        check_str(hints[i].name, str_of(hints[i].date), p->date_hint);
        check_int("one block, no hint among it", 1, (long long)p->block_count);
        diags_free(d);
        arena_free(a);
    }
}

/* ---- what is refused or told ---- */

static const struct {
    const char *name, *bytes;
    size_t len;
    const char *told, *detail;
    bool read;
} refused[] = {
    { "RTF", "{\\rtf1\\ansi x}", 14, "", "-", true },
    { "an RTF that breaks off", "{\\rtf1\\ansi x}", 13, "INPUT_PASSED_OVER", "文件不完整，末尾缺失", true },
    { "PDF", "%PDF-1.7\n", 9, "INPUT_BROKEN", "PDF", false },
    { "DOC", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0", 10, "INPUT_BROKEN", "OLE2", false },
    { "DOCX", "PK\x03\x04\x14\0\6\0", 8, "INPUT_FORMAT", "ZIP/DOCX/XLSX/OFD", false },
    { "an XML of Word", "<?xml version=\"1.0\"?><w:wordDocument/>", 38, "INPUT_FORMAT", "不是 Word 文档", false },
    { "nothing", "", 0, "INPUT_EMPTY", "", true },
    { "only a mark", "\xEF\xBB\xBF", 3, "INPUT_EMPTY", "", true },
    { "only blanks", " \r\n\xE3\x80\x80\n", 7, "INPUT_EMPTY", "", true },
    { "zeros", "\0\0\0\0\0\0\0\0", 8, "INPUT_NOT_TEXT", "", false },
    { "a bell in a text", "各单位要认真落实\a整改要求。", 40, "INPUT_CONTROL", "1", true },
    { "a bell in a page", "<html><p>各单位要认真落实\a整改要求。", 49, "INPUT_CONTROL", "1", true },
    { "one damaged byte in a text", "各单位要认真落实整改要求。\xFF各单位要按时报送结果。", 73, "INPUT_BAD_BYTES", "1", true },
};

static void test_refused(void)
{
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        struct arena *a = arena_new();
        struct diags *d = diags_new();
        const struct pages *p = intake_read(a, (struct str){ refused[i].bytes, refused[i].len }, STR("f"), INPUT_AUTO, d);
        check_str(refused[i].name, str_of(refused[i].told), told(a, d));
        check_str(refused[i].name, str_of(refused[i].detail), d->list.count > 0 ? d->list.at[0].detail : STR("-"));
        check_true(refused[i].name, (p != NULL) == refused[i].read);
        diags_free(d);
        arena_free(a);
    }
}

static struct str many(struct arena *a, const char *head, const char *piece, size_t times, const char *tail)
{
    struct buf b;
    buf_init(&b, BUF_NO_CEILING);
    buf_addz(&b, head);
    for (size_t i = 0; i < times; i++)
        buf_addz(&b, piece);
    buf_addz(&b, tail);
    struct str kept = arena_keep(a, buf_str(&b));
    buf_release(&b);
    return kept;
}

static void test_limits(void)
{
    struct arena *a = arena_new();
    struct diags *d = diags_new();
    const struct pages *p = intake_read(a, many(a, "<html><p>前</p>", "<div>", 100000, "内"), STR("deep"), INPUT_AUTO, d);
    check_str("what stands above the depth is read", STR("para@1 前\n"), written(a, p));
    check_str("and the depth told", STR("INPUT_DEEP"), told(a, d));
    p = intake_read(a, many(a, "<html><p", " a=1 b c='>'", 50000, ">内</p>"), STR("attributes"), INPUT_AUTO, d);
    check_int("a tag of many attributes still has its text", 0, (long long)ustr_find(p->text, USTR(u"内"), p->text.len - 1) - (long long)p->text.len + 1);
    p = intake_read(a, many(a, "<html><table><tr>", "<td colspan=1000>x", 2000, "</table>"), STR("columns"), INPUT_AUTO, d);
    check_int("cells past the last column are paragraphs", 2000, (long long)p->block_count);
    check_int("of the page", BLOCK_PARAGRAPH, p->blocks[1999].kind);
    p = intake_read(a, many(a, "<html>", "<table><tr><td>x<td>", 60, ""), STR("tables"), INPUT_AUTO, d);
    check_true("tables in tables keep their text", p->block_count >= 60);
    p = intake_read(a, many(a, "", "要", 1700000, ""), STR("line"), INPUT_AUTO, d);
    check_int("a line of 5 MB is one block", 1, (long long)p->block_count);
    p = intake_read(a, many(a, "# 头\n\n", "> ", 50000, "内"), STR("quotes.md"), INPUT_AUTO, d);
    check_int("quotes in quotes", 2, (long long)p->block_count);
    p = intake_read(a, many(a, "a|b\n-|-\n", "|", 50000, "\n"), STR("bars.md"), INPUT_AUTO, d);
    check_true("a row of bars", p->block_count > 2 && p->block_count < 400);
    diags_free(d);
    arena_free(a);
}

/* Wrecks of a page, a Markdown file and a record: whatever comes of them, nothing breaks. */
static void test_wrecks(void)
{
    static const char *const originals[] = {
        "<html><head><title>题</title></head><body><table><tr><td rowspan=2>甲<td colspan='3'>乙</table><pre>丙\n丁</pre><p style=\"x\">戊<br>己</body>",
        "---\ntitle: 题\n---\n# 头\n\n| 甲 | 乙 |\n|---|---|\n| **丙** | `丁` |\n\n1. 戊\n2. ![己](x)\n\n<table><td>庚\n",
        "{\"id\":\"R1\",\"text\":\"甲\\n乙\\u4e00\\ud840\\udc00\",\"date\":\"2024-03-05\",\"kind\":\"plan\"}",
    };
    uint32_t x = 7;
    size_t held = 0;
    for (int round = 0; round < 600; round++) {
        struct arena *a = arena_new();
        struct diags *d = diags_new();
        struct str s = arena_keep(a, str_of(originals[round % 3])), id;
        for (int k = 0; k < 4; k++) {
            x = x * 1664525u + 1013904223u;
            ((char *)s.at)[(x >> 8) % s.len] = (char)(x >> 24);
        }
        s.len -= (x >> 4) % 5;
        for (enum input_format as = INPUT_AUTO; as <= INPUT_JSONL; as++) {
            const struct pages *p = intake_read(a, s, STR("w.md"), as, d);
            for (size_t i = 0; p != NULL && i < p->block_count; i++)
                held += p->blocks[i].where.start > p->blocks[i].where.end || p->blocks[i].where.end > p->text.len;
        }
        record_read(a, s, STR("w"), 1, &id, d);
        diags_free(d);
        arena_free(a);
    }
    check_int("no block reaches out of its text", 0, (long long)held);
}

/* ---- records ---- */

static const struct {
    const char *name, *line, *id, *text, *told;
} records[] = {
    { "a record", "{\"id\":\"R1\",\"text\":\"甲\\n乙\"}\r\n", "R1", "甲\n乙", "" },
    { "exactly its text", "{\"text\":\"\\ufeff 甲\\r\\n\"}", "", "\xEF\xBB\xBF 甲\r\n", "" },
    { "an astral character by escape", "{\"text\":\"\\ud842\\udfb7\"}", "", "\xF0\xA0\xAE\xB7", "" },
    { "half of one", "{\"id\":\"R2\",\"text\":\"甲\\ud842乙\"}", "R2", "甲\xEF\xBF\xBD乙", "INPUT_BAD_BYTES" },
    { "a backslash before u", "{\"text\":\"\\\\ud842\"}", "", "\\ud842", "" },
    { "a number for an id", "{\"id\":17,\"text\":\"甲\"}", "17", "甲", "" },
    { "no text", "{\"id\":\"R3\"}", "R3", NULL, "INPUT_RECORD" },
    { "a text that is no string", "{\"id\":\"R3\",\"text\":[1]}", "R3", NULL, "INPUT_RECORD" },
    { "cut short, its id still told", "{\"id\": \"R4\", \"text\": \"甲", "R4", NULL, "INPUT_RECORD" },
    { "not UTF-8", "{\"id\":\"R5\",\"text\":\"\xB0\xA1\"}", "R5", NULL, "INPUT_RECORD" },
    { "something behind it", "{\"id\":\"R6\",\"text\":\"甲\"} {}", "R6", NULL, "INPUT_RECORD" },
    { "no object", "[1]", "", NULL, "INPUT_RECORD" },
    { "nothing", "", "", NULL, "INPUT_RECORD" },
    { "an empty text", "{\"id\":\"R7\",\"text\":\"\"}", "R7", "", "INPUT_EMPTY" },
    { "an unknown kind", "{\"text\":\"甲\",\"kind\":\"poem\"}", "", "甲", "INPUT_HINT" },
    { "no such day", "{\"text\":\"甲\",\"date\":\"2024-02-30\"}", "", "甲", "INPUT_HINT" },
    { "a mark before the first record", "\xEF\xBB\xBF{\"text\":\"甲\"}", "", "甲", "" },
};

static void test_records(void)
{
    for (size_t i = 0; i < sizeof records / sizeof *records; i++) {
        struct arena *a = arena_new();
        struct diags *d = diags_new();
        struct str id = STR("unset");
        const struct pages *p = record_read(a, str_of(records[i].line), STR("s.jsonl"), 1, &id, d);
        check_str(records[i].name, str_of(records[i].id), id);
        check_true(records[i].name, (p == NULL) == (records[i].text == NULL));
        if (p != NULL)
            check_str(records[i].name, str_of(records[i].text), ustr_to_utf8(a, p->text));
        check_str(records[i].name, str_of(records[i].told), told(a, d));
        diags_free(d);
        arena_free(a);
    }
}

static void test_record_members(void)
{
    struct arena *a = arena_new();
    struct diags *d = diags_new();
    struct str id;
    const struct pages *p = record_read(a, STR("{\"id\":\"R\",\"name\":\"甲.docx\",\"date\":\"2024-03-05\",\"kind\":\"plan\",\"title\":\"题\",\"text\":\"一\\u0000\\n\\n二\"}"),
                                        STR("s"), 9, &id, d);
    check_int("a line of a record ends before its line feed", 2, p->blocks[0].where.end);
    check_int("an escaped NUL is a unit like any other", 0, p->text.at[1]);
    check_int("and so are the units behind it", 5, p->text.len);
    check_int("with an empty line between", 3, (long long)p->block_count);
    check_str("name", STR("甲.docx"), p->name);
    check_str("id", STR("R"), p->id);
    check_str("date", STR("2024-03-05"), p->date_hint);
    check_str("title", STR("题"), ustr_to_utf8(a, p->title_hint));
    check_int("kind", DOC_PLAN, p->kind_hint);
    check_str("format", STR("jsonl"), str_of(p->format));
    check_true("offsets are not bytes of the stream", p->byte_at == NULL);
    record_read(a, STR("{"), STR("s"), 10, &id, d);
    check_str("the NUL and the bad record are told", STR("INPUT_CONTROL INPUT_RECORD"), told(a, d));
    check_int("each at its line", 10, d->list.count == 2 ? d->list.at[1].place.line : 0);
    diags_free(d);
    arena_free(a);
}

static const struct { const char *name, *file, *bytes; enum input_format want; } tastes[] = {
    { "a stream by its first record", "-", "\n {\"id\": 1, \"text\": \"甲\"}\n", INPUT_JSONL },
    { "a stream by name, its first record malformed", "a.jsonl", "{\"id\": \n", INPUT_JSONL },
    { "JSON of another kind", "a.json", "{\"items\": []}\n", INPUT_TXT },
    { "a name alone makes no stream", "a.jsonl", "一、工作\n", INPUT_TXT },
    { "a page by its content", "a.txt", "<!-- x --><HTML><body>甲", INPUT_HTML },
    { "a page whose name says so, behind a stray word", "a.htm", "x <html><body>甲", INPUT_HTML },
    { "a text with a tag in it", "a", "见<p>标签", INPUT_TXT },
    { "Markdown without a name", "-", "# 一\n\n## 二\n", INPUT_MD },
    { "one number sign makes no Markdown", "-", "# 一\n二\n", INPUT_TXT },
    { "nothing", "-", "", INPUT_TXT },
};

static void test_tastes(void)
{
    for (size_t i = 0; i < sizeof tastes / sizeof *tastes; i++)
        check_str(tastes[i].name, str_of(input_format_names[tastes[i].want]),
                  str_of(input_format_names[intake_taste(str_of(tastes[i].bytes), str_of(tastes[i].file))]));
}

static void test_forced(void)
{
    struct arena *a = arena_new();
    struct diags *d = diags_new();
    const struct pages *p = intake_read(a, STR("<p>甲</p>"), STR("f.html"), INPUT_TXT, d);
    check_str("a page forced to be a text", STR("line@1 <p>甲</p>\n"), written(a, p));
    p = intake_read(a, STR("甲\n乙"), STR("f.txt"), INPUT_HTML, d);
    check_str("a text forced to be a page", STR("para@1 甲乙\n"), written(a, p));
    p = intake_read(a, STR("# 甲"), STR("f.txt"), INPUT_MD, d);
    check_str("a text forced to be Markdown", STR("head1@1 甲\n"), written(a, p));
    diags_free(d);
    arena_free(a);
}

/* A page in GB18030 that claims gb2312, with a character gb2312 does not have. */
static void test_mislabelled(void)
{
    struct arena *a = arena_new();
    struct diags *d = diags_new();
    const struct pages *p = intake_read(a, STR("<html><meta charset=gb2312><p>\xB8\xF7\xB5\xA5\xCE\xBB\xD2\xAA\xC2\xE4\xCA\xB5\xD5\xFB\xB8\xC4\xE9\x46\xD4\xF0\xC8\xCE</p>"),
                                        STR("g"), INPUT_AUTO, d);
    check_str("GB18030 labelled gb2312", STR("GB18030"), str_of(p->charset));
    check_str("is read to its end", STR("para@1 各单位要落实整改镕责任\n"), written(a, p));
    p = intake_read(a, STR("<html><meta charset=gb2312><p>各单位要落实整改责任</p>"), STR("u"), INPUT_AUTO, d);
    check_str("UTF-8 labelled gb2312", STR("para@1 各单位要落实整改责任\n"), written(a, p));
    diags_free(d);
    arena_free(a);
}

int main(void)
{
    test_shapes();
    test_text();
    test_hints();
    test_refused();
    test_limits();
    test_wrecks();
    test_records();
    test_record_members();
    test_tastes();
    test_forced();
    test_mislabelled();
    return check_done();
}
