/* Detection of charsets, decoding with true offsets, width of text, Traditional to Simplified. */
#include "check.h"

#include <stdlib.h>

#include <unicode/ucnv.h>

#include "unicode/charset.h"
#include "unicode/simplify.h"
#include "unicode/width.h"

static const char16_t simplified[] =
    u"关于做好村级财务检查工作的通知\r\n各乡镇党委、县直各单位：\r\n　　为进一步规范村级账目管理，经县委研究决定，从四月起对全县八个乡镇开展一次集中检查。"
    u"检查组要重点看三个方面：一是收支是否公开，二是票据是否齐全，三是合同是否经过集体讨论。对发现的问题，责任单位应当在两个月内完成整改，并把结果报县纪委。";
static const char16_t traditional[] =
    u"關於做好村級財務檢查工作的通知\r\n各鄉鎮、縣直各單位：\r\n　　為進一步規範村級帳目管理，經縣裡研究決定，從四月起對全縣八個鄉鎮開展一次集中檢查。"
    u"檢查組要重點看三個方面：一是收支是否公開，二是票據是否齊全，三是合同是否經過集體討論。對發現的問題，責任單位應當在兩個月內完成，並把結果報上來。";

/* The text in an encoding, as the file would hold it. */
static struct str encoded(struct arena *a, struct ustr text, const char *converter)
{
    UErrorCode error = U_ZERO_ERROR;
    UConverter *to = ucnv_open(converter, &error);
    size_t room = (size_t)text.len * 4 + 8;
    char *bytes = arena_take(a, room);
    int32_t len = ucnv_fromUChars(to, bytes, (int32_t)room, text.at, (int32_t)text.len, &error);
    ucnv_close(to);
    check_true("the sample can be encoded", U_SUCCESS(error));
    return (struct str){ bytes, (size_t)len };
}

static struct str joined(struct arena *a, struct str head, struct str tail)
{
    char *at = arena_take(a, head.len + tail.len + 1);
    memcpy(at, head.at, head.len);
    memcpy(at + head.len, tail.at, tail.len);
    return (struct str){ at, head.len + tail.len };
}

static struct ustr head_of(const char16_t *text, uint32_t units)
{
    uint32_t len = 0;
    while (text[len] != 0)
        len++;
    return (struct ustr){ text, units < len ? units : len };
}

static const struct {
    const char *converter, *bom;
    const char16_t *text;
    const char *want;
} encodings[] = {
    { "UTF-8", "", simplified, "UTF-8" },               { "UTF-8", "\xEF\xBB\xBF", simplified, "UTF-8" },
    { "UTF-8", "", traditional, "UTF-8" },              { "GB18030", "", simplified, "GB18030" },
    { "GB18030", "\x84\x31\x95\x33", simplified, "GB18030" }, { "GB18030", "", traditional, "GB18030" },
    { "Big5", "", traditional, "Big5" },                { "UTF-16LE", "", simplified, "UTF-16LE" },
    { "UTF-16LE", "\xFF\xFE", simplified, "UTF-16LE" }, { "UTF-16BE", "", simplified, "UTF-16BE" },
    { "UTF-16BE", "\xFE\xFF", simplified, "UTF-16BE" }, { "UTF-16LE", "", traditional, "UTF-16LE" },
};

static void check_found(const char *name, const char *want, struct str bytes)
{
    check_str(name, str_of(want), str_of(charset_name(charset_find(bytes))));
}

static struct str with_byte(struct arena *a, struct str s, size_t i, char byte)
{
    struct str kept = arena_keep(a, s);
    ((char *)kept.at)[i] = byte;
    return kept;
}

static struct str repeated(struct arena *a, struct str s, size_t times)
{
    struct str all = { "", 0 };
    for (size_t i = 0; i < times; i++)
        all = joined(a, all, s);
    return all;
}

static void test_finding(struct arena *a)
{
    static const uint32_t lengths[] = { 15, 60, 1000 };
    for (size_t e = 0; e < sizeof encodings / sizeof *encodings; e++) {
        for (size_t n = 0; n < sizeof lengths / sizeof *lengths; n++) {
            struct ustr text = head_of(encodings[e].text, lengths[n]);
            struct str plain = joined(a, str_of(encodings[e].bom), encoded(a, text, encodings[e].converter));
            check_found("an undamaged sample", encodings[e].want, plain);
            check_found("cut inside its last character", encodings[e].want, (struct str){ plain.at, plain.len - 1 });
            if (lengths[n] < 60)
                continue;
            check_found("one damaged byte in the middle", encodings[e].want, with_byte(a, plain, plain.len / 2, (char)0xFF));
            check_found("a damaged byte early on", encodings[e].want, with_byte(a, plain, 11, (char)0x80));
            bool one_byte_units = strncmp(encodings[e].converter, "UTF-16", 6) != 0;
            if (one_byte_units && encodings[e].bom[0] == 0)
                check_found("cut inside its first character", encodings[e].want, (struct str){ plain.at + 1, plain.len - 1 });
        }
    }
}

static void test_finding_rare_shapes(struct arena *a)
{
    check_found("nothing at all", "UTF-8", STR(""));
    check_found("plain ASCII", "UTF-8", STR("1. inspect\n2. report\n"));
    check_found("two characters and a bell", "UTF-8", STR("\a县委"));
    check_found("one byte", "UTF-8", STR("a"));
    struct str markup = repeated(a, STR("<div class=\"a\"><span>x</span></div>\n"), 4000);
    check_found("Chinese after 140 KB of markup, GB18030", "GB18030", joined(a, markup, encoded(a, head_of(simplified, 40), "GB18030")));
    check_found("Chinese after 140 KB of markup, Big5", "Big5", joined(a, markup, encoded(a, head_of(traditional, 60), "Big5")));
    check_found("a long GB18030 text", "GB18030", repeated(a, encoded(a, head_of(simplified, 1000), "GB18030"), 500));
    check_found("a long UTF-8 text", "UTF-8", repeated(a, encoded(a, head_of(simplified, 1000), "UTF-8"), 500));
    check_found("an ASCII table in UTF-16 without a mark", "UTF-16LE", encoded(a, head_of(u"a,b,c\r\n1,2,3\r\n", 99), "UTF-16LE"));
}

/* Every unit's byte offset must be where that unit's own encoding begins. */
static void check_offsets(const char *name, struct str bytes, struct decoded d)
{
    check_int(name, (long long)bytes.len, d.byte_at[d.text.len]);
    for (uint32_t i = 0; i < d.text.len; i++) {
        bool low = (d.text.at[i] & 0xFC00) == 0xDC00;
        if (low ? d.byte_at[i] != d.byte_at[i - 1] : i > 0 && d.byte_at[i] <= d.byte_at[i - 1]) {
            check_true(name, false);
            return;
        }
    }
}

static void test_decoding_whole(struct arena *a)
{
    for (size_t e = 0; e < sizeof encodings / sizeof *encodings; e++) {
        struct ustr want = head_of(encodings[e].text, 1000);
        struct str bytes = joined(a, str_of(encodings[e].bom), encoded(a, want, encodings[e].converter));
        struct decoded d = charset_decode(a, bytes, charset_find(bytes));
        check_true("the text comes back, without its mark", ustr_eq(want, d.text));
        check_int("nothing is damaged", 0, (long long)d.bad);
        check_int("the first unit stands behind the mark", (long long)strlen(encodings[e].bom), d.byte_at[0]);
        check_offsets("offsets of an undamaged text", bytes, d);
        for (uint32_t i = 0; i < want.len; i += 7) {
            struct str before = encoded(a, ustr_sub(want, 0, i), encodings[e].converter);
            check_int("a unit's byte is where the units before it end", (long long)(strlen(encodings[e].bom) + before.len), d.byte_at[i]);
        }
        check_true("it is text", charset_is_text(d));
    }
}

static void test_decoding_pieces(struct arena *a)
{
    struct ustr one = head_of(simplified, 1000);
    struct str bytes = repeated(a, encoded(a, one, "GB18030"), 600);
    struct decoded d = charset_decode(a, bytes, CHARSET_GB18030);
    check_int("a text of many pieces has all its units", (long long)one.len * 600, d.text.len);
    check_int("and no damage where pieces meet", 0, (long long)d.bad);
    check_offsets("offsets across pieces", bytes, d);
}

static const struct {
    const char *name, *bytes;
    size_t len;
    enum charset charset;
    const char16_t *want;
    size_t bad;
    uint32_t at, byte;          /* one unit and where it must stand */
} damaged[] = {
    { "a stray tail byte", "a\x80" "b", 3, CHARSET_UTF8, u"a\uFFFDb", 1, 2, 2 },
    { "three bytes cut short by ASCII are one sequence", "\xE4\xBB" "b", 3, CHARSET_UTF8, u"\uFFFDb", 1, 1, 2 },
    { "a character cut by the end", "ab\xE4\xBB", 4, CHARSET_UTF8, u"ab\uFFFD", 1, 2, 2 },
    { "an encoded surrogate is three damaged bytes", "\xED\xA0\x80z", 4, CHARSET_UTF8, u"\uFFFD\uFFFD\uFFFDz", 3, 3, 3 },
    { "an overlong form", "\xC0\xAFz", 3, CHARSET_UTF8, u"\uFFFD\uFFFDz", 2, 2, 2 },
    { "beyond the last code point", "\xF4\x90\x80\x80z", 5, CHARSET_UTF8, u"\uFFFD\uFFFD\uFFFD\uFFFDz", 4, 4, 4 },
    { "an astral character is two units at one byte", "x\xF0\xA0\xAE\xB7y", 6, CHARSET_UTF8, u"x\xD842\xDFB7y", 0, 2, 1 },
    { "two bytes", "\xC2\xB7z", 3, CHARSET_UTF8, u"·z", 0, 1, 2 },
    { "a replacement character of the file's own is no damage", "\xEF\xBF\xBDz", 4, CHARSET_UTF8, u"\uFFFDz", 0, 1, 3 },
    { "a lead byte before a line end", "\xB0\nz", 3, CHARSET_GB18030, u"\uFFFD\nz", 1, 1, 1 },
    { "four bytes of GB18030", "\x81\x39\xEE\x39z", 5, CHARSET_GB18030, u"㐀z", 0, 1, 4 },
    { "a lone high surrogate", "\x00\xD8z\x00", 4, CHARSET_UTF16LE, u"\uFFFDz", 1, 1, 2 },
    { "a lone low surrogate", "\xDC\x00\x00z", 4, CHARSET_UTF16BE, u"\uFFFDz", 1, 1, 2 },
    { "a pair", "\x42\xD8\xB7\xDFz\x00", 6, CHARSET_UTF16LE, u"\xD842\xDFB7z", 0, 2, 4 },
    { "an odd last byte", "a\x00z", 3, CHARSET_UTF16LE, u"a\uFFFD", 1, 1, 2 },
    { "nothing but a mark", "\xEF\xBB\xBF", 3, CHARSET_UTF8, u"", 0, 0, 3 },
};

static void test_decoding_damage(struct arena *a)
{
    for (size_t i = 0; i < sizeof damaged / sizeof *damaged; i++) {
        struct str bytes = { damaged[i].bytes, damaged[i].len };
        struct decoded d = charset_decode(a, bytes, damaged[i].charset);
        check_str(damaged[i].name, ustr_to_utf8(a, head_of(damaged[i].want, 99)), ustr_to_utf8(a, d.text));
        check_int(damaged[i].name, (long long)damaged[i].bad, (long long)d.bad);
        check_int(damaged[i].name, damaged[i].byte, d.byte_at[damaged[i].at]);
    }
}

/* More units than well-formed text of that length could have. */
static void test_decoding_wreck(struct arena *a)
{
    struct str bytes = repeated(a, STR("\x80\xFF\xC0"), 1000);
    struct decoded d = charset_decode(a, bytes, CHARSET_UTF8);
    check_int("every byte of a wreck is a unit", 3000, d.text.len);
    check_int("and counted", 3000, (long long)d.bad);
    check_true("and it is no text", !charset_is_text(d));
}

static void test_not_text(struct arena *a)
{
    char noise[4096];
    uint32_t x = 12345;
    for (size_t i = 0; i < sizeof noise; i++) {
        x = x * 1664525u + 1013904223u;
        noise[i] = (char)(x >> 24);
    }
    struct str bytes = { noise, sizeof noise };
    check_true("random bytes", !charset_is_text(charset_decode(a, bytes, charset_find(bytes))));
    memset(noise, 0, sizeof noise);
    check_true("zeros", !charset_is_text(charset_decode(a, bytes, charset_find(bytes))));
    struct str few = STR("第一条\0第二条，内容照旧，请各单位遵照执行。\x07");
    check_true("a NUL and a bell in a sentence", charset_is_text(charset_decode(a, few, charset_find(few))));
}

static const struct { const char *name; const char16_t *text, *want; } turned[] = {
    { "a sentence", u"縣委巡察組向該單位黨組織反饋情況。", u"县委巡察组向该单位党组织反馈情况。" },
    { "察 is not 查", u"接受巡察監督", u"接受巡察监督" },
    { "後 and 於 that Simplified text may hold", u"於會後報送", u"于会后报送" },
    { "乾 by its word", u"乾淨與乾隆", u"干净与乾隆" },
    { "著 stays in 著作", u"這些著作", u"这些著作" },
    { "only its own line is asked about", u"乾隆\n這", u"乾隆\n这" },
    { "an astral character in the line keeps its place", u"\xD842\xDFB7這", u"\xD842\xDFB7这" },
    { "half an astral character", u"\xD842這", u"\xFFFD这" },
};

static void test_simplify(struct arena *a)
{
    for (size_t i = 0; i < sizeof turned / sizeof *turned; i++) {
        struct ustr text = head_of(turned[i].text, 999), made = simplify(a, text);
        check_str(turned[i].name, ustr_to_utf8(a, head_of(turned[i].want, 999)), ustr_to_utf8(a, made));
        check_int("as long as before", text.len, made.len);
    }
    struct ustr plain = USTR(u"巡察组认为，于该单位而言，着力整改、著名、看着、里面、后来 2024。");
    check_true("Simplified text is given back itself", simplify(a, plain).at == plain.at);
    struct ustr rare = USTR(u"喆堃镕㎡①");
    check_true("rare Simplified characters too", simplify(a, rare).at == rare.at);
    struct ustr none = { NULL, 0 };
    check_int("nothing", 0, simplify(a, none).len);
}

/* The table that spares OpenCC the characters of GB 2312 must not hide one that OpenCC turns. */
static void test_simplify_gb2312(struct arena *a)
{
    size_t kept = 0, lost = 0;
    for (int row = 0xB0; row <= 0xF7; row++) {
        for (int cell = 0xA1; cell <= 0xFE; cell++) {
            char bytes[2] = { (char)row, (char)cell };
            struct decoded d = charset_decode(a, (struct str){ bytes, 2 }, CHARSET_GB18030);
            if (d.text.len != 1 || !unit_is_han(d.text.at[0]))
                continue;
            char16_t line[] = { d.text.at[0], u'這' };      /* 這 makes OpenCC read the whole line */
            struct ustr made = simplify(a, (struct ustr){ line, 2 }), alone = simplify(a, d.text);
            kept++;
            lost += made.at[0] != alone.at[0];
        }
    }
    check_int("all of GB 2312 was looked at", 6763, (long long)kept);
    check_int("none is turned in company and not alone", 0, (long long)lost);
}

static void test_width(void)
{
    check_int("Han", 2, width_of_unit(u'巡'));
    check_int("ASCII", 1, width_of_unit(u'a'));
    check_int("full-width comma", 2, width_of_unit(u'，'));
    check_int("ideographic space", 2, width_of_unit(0x3000));
    check_int("combining accent", 0, width_of_unit(0x301));
    check_int("control", 0, width_of_unit(u'\n'));
    check_int("half an astral character", 1, width_of_unit(0xD842));
    check_int("a line", 10, width_of_utf8(STR("巡察ab，\xF0\xA0\xAE\xB7")));
    check_int("an ill-formed byte", 3, width_of_utf8(STR("a\xFF" "b")));
}

int main(void)
{
    struct arena *a = arena_new();
    test_finding(a);
    test_finding_rare_shapes(a);
    test_decoding_whole(a);
    test_decoding_pieces(a);
    test_decoding_damage(a);
    test_decoding_wreck(a);
    test_not_text(a);
    test_simplify(a);
    test_simplify_gb2312(a);
    test_width();
    arena_free(a);
    return check_done();
}
