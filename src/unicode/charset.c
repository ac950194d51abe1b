/*
 * The encoding of a Chinese text, found by trying each and asking which reading looks like Chinese.
 *
 * A wrong reading of Chinese bytes gives characters too, but rare ones: GB18030 read as Big5 is nearly free of the few
 * hundred characters that make up most of any text. So each reading is scored by its share of common characters, less a
 * fine for what does not decode. One damaged byte and a cut inside a character must not tip the scale.
 */
#include "unicode/charset.h"

#include <pthread.h>

#include "unicode/decode.h"

#define SAMPLE_BYTES ((size_t)64 * 1024)

/* In the order of their code points. */
static const char16_t common_characters[] =
    u"一万三上下不与专且世业东两严个中为主么义之也乡书了争事二于五些交产人什今从他代以们件任众会传但位住体何作你使來例便係促保"
    u"信個們候做傳像億先光克党入全兩公共关其内再军决几出分切则利别到制前劉力办加务动動務化北区區十单南即却压原去县又及反发取受"
    u"变口只可号司各合同名后向听告员命和品員問單嚴四回因固国國在地场基報場声处外多大天太失头女好如委子存学學它安完定实审室家察"
    u"實对导将將專對導小少尔就展履山巡工巩己已市师带師帳常干平年并幹应度廉建开式张弱張强当形很後得從德心必思性总患情想意感應成"
    u"我或戰所手才打把抓报拉拓指据排接推措提據改放政教数整數文斯新方於施无日时明是時更書最會月有服望期本术机权村条来東果查样格"
    u"案條检業樣機檢權次正此死比民气氣水求決沒没治法洁洞活海深清漏点為無然爭物特王环现班現理生產用由电界當發白的监盟監目盯直相"
    u"看真眼着督知破确確社神种科程種空突立第等管类系紀索紧給統經縣總織纪线组织经结给统缺美群義老者而职聲聽肃肅能自至與色节華萬"
    u"落著薄處行術街表被裏裡要見規觀见观规觉解計記設訴評詞試話該詳認誠誤說課調談請論證識議護讀變讓计认让记许论设识话该说豐象貝"
    u"負財貢貧貨販貫責費貿賀資賴購賽贊责账资走起趕足跡路踐身車軍軟載輔輕輪辦農边达过运还这进迴這通進運過道達違遠適遲選邁還邊那"
    u"部郵都鄉醫里重量金鋼錢錯鎮鐵销镇長长門開間閱關门问间队限院陳陸陽隊隐隨險难雖雙離難雲電靜非面響頁頂項順須預領頭頻題願類顯"
    u"项领题風风飛飯館饋馈馬駐驗马體高髮鬥魚鮮麗黃點黨齊齡龍";
static const char16_t common_signs[] = u"，。、；：“”（）《》！？—…　０１２３４５６７８９％";

static uint8_t common[0x10000];
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void mark_common(void)
{
    for (size_t i = 0; common_characters[i] != 0; i++)
        common[common_characters[i]] = 1;
    for (size_t i = 0; common_signs[i] != 0; i++)
        common[common_signs[i]] = 1;
}

const char *charset_name(enum charset c)
{
    static const char *const names[] = { "UTF-8", "GB18030", "Big5", "UTF-16LE", "UTF-16BE" };
    return names[c];
}

/* ---- what one reading looks like ---- */

struct looks {
    size_t wide;        /* characters outside ASCII */
    size_t common;      /* of those, common ones */
    size_t plain;       /* printable ASCII and line ends */
    size_t damaged;     /* undecodable sequences */
    size_t bad;         /* those and C0 and C1 controls; a private character is half a one */
    size_t units;
};

static bool is_plain(char16_t u)
{
    return (u >= 0x20 && u < 0x7F) || u == u'\n' || u == u'\r' || u == u'\t';
}

static struct looks look(struct ustr s)
{
    struct looks l = { .units = s.len };
    size_t private_use = 0;
    for (uint32_t i = 0; i < s.len; i++) {
        char16_t u = s.at[i];
        l.plain += is_plain(u);
        l.wide += u >= 0x80;
        l.common += common[u];
        l.bad += u == 0xFFFD || (u >= 0x80 && u < 0xA0) || (u < 0x20 && !is_plain(u)) || u >= 0xFFFE;
        private_use += u >= 0xE000 && u < 0xF900;
    }
    l.bad += private_use / 2;
    return l;
}

/* Share of common characters among the wide ones, from 0 to 1. */
static double share(struct looks l)
{
    return l.wide == 0 ? 0 : (double)l.common / (double)l.wide;
}

/* The same less a fine for damage. */
static double score(struct looks l)
{
    return share(l) - (double)l.bad * 4 / (double)(l.wide + 1);
}

/* Share of units that any text of ours is made of. */
static double readable(struct looks l)
{
    return l.units == 0 ? 0 : (double)(l.common + l.plain) / (double)l.units;
}

/* ---- the sample ---- */

static bool is_ascii(struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        if ((unsigned char)s.at[i] >= 0x80 || s.at[i] == 0)
            return false;
    }
    return true;
}

/* The first bytes; where they are plain ASCII, those around the first that is not. Starts at an even byte. */
static struct str sample_of(struct str bytes)
{
    size_t start = 0;
    while (bytes.len - start > SAMPLE_BYTES && is_ascii((struct str){ bytes.at + start, SAMPLE_BYTES }))
        start += SAMPLE_BYTES;
    size_t left = bytes.len - start;
    return (struct str){ bytes.at + start, left < SAMPLE_BYTES ? left : SAMPLE_BYTES };
}

static bool begins(struct str s, const char *mark, size_t len)
{
    return s.len >= len && memcmp(s.at, mark, len) == 0;
}

static bool has_bom(struct str s, enum charset *found)
{
    static const struct { const char *mark; size_t len; enum charset is; } marks[] = {
        { "\xEF\xBB\xBF", 3, CHARSET_UTF8 }, { "\xFF\xFE", 2, CHARSET_UTF16LE }, { "\xFE\xFF", 2, CHARSET_UTF16BE },
        { "\x84\x31\x95\x33", 4, CHARSET_GB18030 },
    };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (begins(s, marks[i].mark, marks[i].len)) {
            *found = marks[i].is;
            return true;
        }
    }
    return false;
}

/* ---- the decision ---- */

struct readings { struct looks utf8, gb, big5, le, be; bool whole_utf8; size_t nuls; };

/* Without its last character where the sample may have been cut inside it. */
static struct looks look_at(struct arena *a, struct str sample, enum charset c)
{
    struct decoded d = charset_decode(a, sample, c);
    bool cut = d.bad > 0 && d.text.at[d.text.len - 1] == 0xFFFD;
    d.text.len -= cut;
    struct looks l = look(d.text);
    l.damaged = d.bad - cut;
    return l;
}

/* The better of the readings from the first byte and from the second: a text may have been cut inside a character. */
static struct looks look_cut(struct arena *a, struct str sample, enum charset c)
{
    struct looks whole = look_at(a, sample, c);
    if (sample.len < 4 || (unsigned char)sample.at[0] < 0x80)
        return whole;
    struct looks rest = look_at(a, (struct str){ sample.at + 1, sample.len - 1 }, c);
    return score(rest) > score(whole) ? rest : whole;
}

static struct readings read_all(struct arena *a, struct str sample, struct looks utf8)
{
    struct readings r = {
        .utf8 = utf8, .gb = look_cut(a, sample, CHARSET_GB18030),
        .big5 = look_cut(a, sample, CHARSET_BIG5), .le = look_at(a, sample, CHARSET_UTF16LE),
        .be = look_at(a, sample, CHARSET_UTF16BE),
    };
    r.whole_utf8 = r.utf8.damaged == 0;
    for (size_t i = 0; i < sample.len; i++)
        r.nuls += sample.at[i] == 0;
    return r;
}

/* Text in 16-bit units reads well in one byte order and badly in the other. NUL bytes are in no other text. */
static bool is_utf16(const struct readings *r, struct looks this, struct looks other)
{
    double good = readable(this);
    if (good <= readable(other))
        return false;
    if (r->nuls > 0)
        return good > 0.15;
    return good > 0.25 && good > 2 * readable(other) && (!r->whole_utf8 || share(r->utf8) < 0.15) &&
           (share(r->gb) < 0.35 || r->gb.bad > 0);
}

/* Nearly every file there is: nothing else need be tried. */
static bool is_plainly_utf8(struct looks utf8)
{
    return utf8.damaged == 0 && utf8.wide >= 16 && share(utf8) > 0.3;
}

/* Few characters may be well-formed UTF-8 by chance: 通知 in GBK is. */
static bool is_utf8(const struct readings *r)
{
    if (r->whole_utf8)
        return r->utf8.wide >= 8 || share(r->utf8) >= 0.10 || share(r->gb) <= share(r->utf8) || r->gb.bad > 0 ||
               share(r->gb) <= 0.3;
    size_t rival = r->gb.common > r->big5.common ? r->gb.common : r->big5.common;
    if (r->utf8.common >= 2 && r->utf8.common >= rival)     /* three bytes seldom make a common character by chance */
        return true;
    size_t good = r->utf8.wide - (r->utf8.bad < r->utf8.wide ? r->utf8.bad : r->utf8.wide);
    return good >= 4 && good >= 4 * r->utf8.bad && r->utf8.common * 10 >= good;
}

enum charset charset_find(struct str bytes)
{
    enum charset found = CHARSET_UTF8;
    if (has_bom(bytes, &found))
        return found;
    struct str sample = sample_of(bytes);
    if (is_ascii(sample))
        return CHARSET_UTF8;
    pthread_once(&once, mark_common);
    struct arena *a = arena_new();
    struct looks utf8 = look_at(a, sample, CHARSET_UTF8);
    if (is_plainly_utf8(utf8)) {
        arena_free(a);
        return CHARSET_UTF8;
    }
    struct readings r = read_all(a, sample, utf8);
    arena_free(a);
    if (is_utf16(&r, r.le, r.be))
        return CHARSET_UTF16LE;
    if (is_utf16(&r, r.be, r.le))
        return CHARSET_UTF16BE;
    if (is_utf8(&r))
        return CHARSET_UTF8;
    return score(r.gb) >= score(r.big5) ? CHARSET_GB18030 : CHARSET_BIG5;
}

bool charset_is_text(struct decoded d)
{
    pthread_once(&once, mark_common);
    struct ustr head = d.text;
    if (head.len > SAMPLE_BYTES / 4)
        head.len = SAMPLE_BYTES / 4;
    struct looks l = look(head);
    bool some = l.bad * 50 > l.units, much = l.bad * 10 > l.units;
    return !much && !(some && l.wide >= 32 && share(l) < 0.1);      /* a damaged text still has the characters of a text */
}

/* ---- code pages ---- */

struct decoded charset_decode_page(struct arena *a, struct str bytes, unsigned page)
{
    static const struct { unsigned page; const char *converter; } pages[] = {
        { 437, "ibm-437" }, { 850, "ibm-850" }, { 874, "windows-874" }, { 932, "windows-31j" }, { 936, "GB18030" },
        { 949, "windows-949" }, { 950, "windows-950-2000" }, { 1250, "windows-1250" }, { 1251, "windows-1251" },
        { 1253, "windows-1253" }, { 1254, "windows-1254" }, { 1255, "windows-1255" }, { 1256, "windows-1256" },
        { 1257, "windows-1257" }, { 1258, "windows-1258" }, { 10000, "macintosh" }, { 54936, "GB18030" },
        { 65001, "UTF-8" },
    };
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        if (pages[i].page == page)
            return decode_by_icu(a, bytes, 0, pages[i].converter);
    }
    return decode_by_icu(a, bytes, 0, "windows-1252");
}
