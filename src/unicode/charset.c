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

static const char16_t common_characters[] =
    u"的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动"
    u"面起看定天分还进好小部其些主样理心本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应向头文"
    u"体政美相见被利什二等产或新己制身果加斯月话合回特代内信表化老给世位次度门任常先海通教原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打"
    u"女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且"
    u"权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运党委巡察整改责任落实单位组织督促存风廉政干部镇村县"
    u"办纪检监线索廉洁作履职班室例盟审查盯紧抓严肃突出突破专项推动巩固深化拓展服务群众乡街镇压紧压实隐患排查漏洞缺失薄弱环节不足账单清销号反馈方案措施时限"
    u"這個們來為國說時會對發後裡裏於著種經過學現當沒動還進樣開無長機關點業將兩間問應戰頭體見產聲員處論義認條係氣題變總電數報務場計資統區隊決馬書聽難權設記類據"
    u"邊張該規術領確傳師觀導爭運黨織單帳饋責實檢監幹縣鎮鄉紀嚴肅專項從與給東開關門陽陳劉華萬億遠達選違適遲邁郵醫鐵鋼錢錯閱陸險隨雖雙離雲電靜響頁頂順須預領頻"
    u"願顯風飛飯館駐驗髮鬥魚鮮麗黃齊齡龍議證評識訴詞試話該詳誠誤請課調談談護讀讓豐貝負財貢貧貨販貫購費貿賀資賴賽贊趕跡踐車軍軟載輔輕輪辦農迴";
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
    size_t bad;         /* undecodable, C0 and C1 controls; a private character is half a one */
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
    if (d.text.len > 0 && d.text.at[d.text.len - 1] == 0xFFFD)
        d.text.len--;
    return look(d.text);
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
    r.whole_utf8 = r.utf8.bad == 0;
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
    return utf8.bad == 0 && utf8.wide >= 16 && share(utf8) > 0.3;
}

/* Few characters may be well-formed UTF-8 by chance: 通知 in GBK is. */
static bool is_utf8(const struct readings *r)
{
    if (r->whole_utf8)
        return r->utf8.wide >= 8 || share(r->utf8) >= 0.10 || share(r->gb) <= share(r->utf8) || r->gb.bad > 0 || share(r->gb) <= 0.3;
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
    return l.bad * 10 <= l.units;
}
