/*
 * Traditional to Simplified by OpenCC, asked only where a character is not plainly a Simplified one.
 *
 * `simple` answers most questions with one look. It starts out with the characters of GB 2312, the standard of
 * Simplified Chinese, so a Simplified text never opens OpenCC; every other Han character is asked about once. A line
 * with a character that changes is converted as a whole, because only its words tell 看着 from 著作 and 干净 from 乾隆.
 */
#include "unicode/simplify.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include <opencc/opencc.h>
#include <unicode/ucnv.h>

/* GB 2312 holds these, and OpenCC turns them all the same. */
static const char16_t gb2312_turned[] = u"乾菸薹捱摺吒後徵夥甯榘於麴醣麽";

static _Atomic char16_t simple[0x10000];        /* what a unit becomes; 0: not asked yet */
static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_mutex_t opencc_lock = PTHREAD_MUTEX_INITIALIZER;
static opencc_t opencc;
static bool opencc_tried;

static void know(char16_t from, char16_t to)
{
    atomic_store_explicit(&simple[from], to, memory_order_relaxed);
}

/* Rows 16 to 87 of GB 2312, decoded in one go. */
static void know_gb2312(void)
{
    enum { ROWS = 72, CELLS = 94 };
    static char bytes[ROWS * CELLS * 2];
    static char16_t units[ROWS * CELLS * 2];
    size_t n = 0;
    for (int row = 0; row < ROWS; row++) {
        for (int cell = 0; cell < CELLS; cell++) {
            bytes[n++] = (char)(0xB0 + row);
            bytes[n++] = (char)(0xA1 + cell);
        }
    }
    UErrorCode error = U_ZERO_ERROR;
    UConverter *from = ucnv_open("GB18030", &error);
    if (U_FAILURE(error))
        return;
    int32_t len = ucnv_toUChars(from, units, (int32_t)(sizeof units / sizeof *units), bytes, (int32_t)n, &error);
    ucnv_close(from);
    for (int32_t i = 0; U_SUCCESS(error) && i < len; i++)
        know(units[i], units[i]);
}

static void know_the_plain(void)
{
    for (uint32_t u = 1; u < 0x10000; u++) {
        if (!unit_is_han((char16_t)u))
            know((char16_t)u, (char16_t)u);
    }
    know_gb2312();
    for (size_t i = 0; i + 1 < sizeof gb2312_turned / sizeof *gb2312_turned; i++)
        know(gb2312_turned[i], 0);
}

/* What OpenCC makes of the text, in the arena; empty where it cannot be had. */
static struct ustr ask_opencc(struct arena *a, struct ustr s)
{
    struct str in = ustr_to_utf8(a, s);
    struct ustr out = { NULL, 0 };
    pthread_mutex_lock(&opencc_lock);
    if (!opencc_tried) {
        opencc = opencc_open(OPENCC_DEFAULT_CONFIG_TRAD_TO_SIMP);
        opencc_tried = true;
    }
    char *made = opencc == (opencc_t)-1 ? NULL : opencc_convert_utf8(opencc, in.at, in.len);
    pthread_mutex_unlock(&opencc_lock);
    if (made != NULL) {
        out = ustr_from_utf8(a, str_of(made));
        opencc_convert_utf8_free(made);
    }
    return out;
}

static char16_t simple_of(struct arena *a, char16_t unit)
{
    char16_t to = atomic_load_explicit(&simple[unit], memory_order_relaxed);
    if (to != 0 || unit == 0)
        return to;
    struct ustr made = ask_opencc(a, (struct ustr){ &unit, 1 });
    to = made.len == 1 && made.at[0] != 0 ? made.at[0] : unit;
    know(unit, to);
    return to;
}

/* The first unit at or after `from` that changes by itself, or s.len. */
static uint32_t next_turned(struct arena *a, struct ustr s, uint32_t from)
{
    for (uint32_t i = from; i < s.len; i++) {
        char16_t to = atomic_load_explicit(&simple[s.at[i]], memory_order_relaxed);
        if (to != s.at[i] && simple_of(a, s.at[i]) != s.at[i])
            return i;
    }
    return s.len;
}

static bool same_shape(struct ustr a, struct ustr b)
{
    if (a.len != b.len)
        return false;
    for (uint32_t i = 0; i < a.len; i++) {
        if (((a.at[i] & 0xF800) == 0xD800) != ((b.at[i] & 0xF800) == 0xD800))
            return false;
    }
    return true;
}

static void turn_line(struct arena *a, struct ustr line, char16_t *to)
{
    struct ustr made = ask_opencc(a, line);
    bool fits = same_shape(line, made);
    for (uint32_t i = 0; i < line.len; i++)
        to[i] = fits ? made.at[i] : simple_of(a, line.at[i]);
}

struct ustr simplify(struct arena *a, struct ustr s)
{
    pthread_once(&once, know_the_plain);
    uint32_t turned = next_turned(a, s, 0);
    if (turned == s.len)
        return s;
    struct ustr out = ustr_keep(a, s);
    char16_t *at = (char16_t *)out.at;
    for (uint32_t start = turned; turned < s.len; turned = next_turned(a, s, start)) {
        uint32_t end = turned;
        for (start = turned; start > 0 && s.at[start - 1] != u'\n';)
            start--;
        while (end < s.len && s.at[end] != u'\n')
            end++;
        turn_line(a, ustr_sub(s, start, end), at + start);
        start = end;
    }
    return out;
}
