/*
 * One line in canonical words: one width for every sign, no stray spaces, no ruby, no doubled punctuation, Simplified.
 *
 * Every kept unit remembers the unit it stands for. Nothing is added and no order changes, so a span of the canonical
 * line always leads back to one span of the source.
 */
#include "clean/line.h"
#include "unicode/simplify.h"

struct canon {
    const struct pages *pages;
    char16_t *at;
    uint32_t *raw_at;
    uint32_t len;
    unsigned quotes;            /* straight ones that are open */
    bool single_open;
};

static bool is_alnum(char16_t u)
{
    return unit_is_digit(u) || (u >= u'a' && u <= u'z') || (u >= u'A' && u <= u'Z');
}

/* Full-width letters and digits and the ideographic space, to their half-width forms. */
static char16_t narrow(char16_t u)
{
    if ((u >= 0xFF10 && u <= 0xFF19) || (u >= 0xFF21 && u <= 0xFF3A) || (u >= 0xFF41 && u <= 0xFF5A))
        return (char16_t)(u - 0xFEE0);
    switch (u) {
    case 0xFF05: return u'%';
    case 0xFF0E: return u'.';
    case 0xFF0A: return u'*';
    case 0xFF0B: return u'+';
    case 0xFF0D: return u'-';
    case 0xFF0F: return u'/';
    case 0xFF02: return u'"';
    case 0xFF07: return u'\'';
    case 0xFE52: return u'.';
    case 0x25CB: return 0x3007;         /* ○ used as a zero */
    default: return unit_is_space(u) ? u' ' : u;
    }
}

/* The full-width form of a punctuation mark that stands in Chinese text, or the mark itself. */
static char16_t widen(char16_t u)
{
    static const struct { char16_t from, to; } marks[] = {
        { u',', u'，' }, { u';', u'；' }, { u':', u'：' }, { u'?', u'？' }, { u'!', u'！' }, { u'(', u'（' }, { u')', u'）' },
        { u'﹐', u'，' }, { u'﹔', u'；' }, { u'﹕', u'：' }, { u'﹑', u'、' }, { u'｡', u'。' }, { u'､', u'、' }, { u'【', u'【' },
        { u'「', u'“' }, { u'」', u'”' }, { u'『', u'‘' }, { u'』', u'’' }, { u'﹁', u'“' }, { u'﹂', u'”' }, { u'〝', u'“' }, { u'〞', u'”' },
        { u'＂', u'"' }, { u'［', u'[' }, { u'］', u']' }, { u'﹙', u'（' }, { u'﹚', u'）' }, { u'〈', u'《' }, { u'〉', u'》' },
        { u'<', u'<' }, { u'〜', u'～' }, { u'~', u'～' }, { u'–', u'—' }, { u'―', u'—' }, { u'─', u'—' }, { u'﹣', u'-' },
    };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (marks[i].from == u)
            return marks[i].to;
    }
    return u;
}

static bool is_mark(char16_t u)
{
    return u == u'，' || u == u'。' || u == u'；' || u == u'：' || u == u'、' || u == u'！' || u == u'？';
}

/* A comma between digits groups them, a colon between digits is a clock, ours or not. */
static bool stays_narrow(char16_t mark, char16_t before, char16_t after, char16_t later)
{
    if (mark == u',' || mark == u':')
        return unit_is_digit(before) && unit_is_digit(after) && (mark == u':' || unit_is_digit(later));
    return mark == u':' ? after == u'/' : (mark == u'?' || mark == u'!') && is_alnum(before) && is_alnum(after);
}

static char16_t unit_before(const struct canon *c)
{
    return c->len == 0 ? 0 : c->at[c->len - 1];
}

static void keep(struct canon *c, char16_t unit, uint32_t raw)
{
    c->at[c->len] = unit;
    c->raw_at[c->len++] = raw;
}

/* A space is kept, once, only between two words of Latin letters or two numbers. */
static void settle_space(struct canon *c, char16_t after, uint32_t raw)
{
    char16_t before = unit_before(c);
    if (is_alnum(before) && is_alnum(after) && unit_is_digit(before) == unit_is_digit(after))
        keep(c, u' ', raw);
}

/*
 * Keeps the stronger of two neighbouring marks: a sentence end beats a pause, else the first stays. A comma set twice
 * stands where damage took a stronger pause: 要强化措施，，确保… are two parts.
 */
static bool merges_mark(struct canon *c, char16_t unit)
{
    char16_t before = unit_before(c);
    if (!is_mark(unit) || !is_mark(before))
        return false;
    bool end_now = unit == u'。' || unit == u'！' || unit == u'？';
    bool end_before = before == u'。' || before == u'！' || before == u'？';
    if (end_now && !end_before)
        c->at[c->len - 1] = unit;
    else if (unit == u'，' && before == u'，')
        c->at[c->len - 1] = u'；';
    return true;
}

static bool is_latin_vowel_with_tone(char16_t u)
{
    return (u >= 0xE0 && u <= 0xFC) || (u >= 0x100 && u <= 0x1DC);
}

/* The end of a bracketed pinyin gloss that opens at i, or i where there is none. */
static uint32_t ruby_end(struct ustr raw, uint32_t i, uint32_t end)
{
    if (raw.at[i] != u'(' && raw.at[i] != u'（')
        return i;
    uint32_t j = i + 1;
    bool toned = false;
    while (j < end && j - i <= 8 && ((raw.at[j] >= u'a' && raw.at[j] <= u'z') || is_latin_vowel_with_tone(raw.at[j])))
        toned |= is_latin_vowel_with_tone(raw.at[j++]);
    return j < end && j > i + 1 && toned && (raw.at[j] == u')' || raw.at[j] == u'）') ? j + 1 : i;
}

static bool is_dropped(char16_t u)
{
    return (u < 0x20 && u != u'\t' && u != u'\n') || u == 0x7F || (u >= 0x200B && u <= 0x200F) || u == 0xFEFF || u == 0x2060 ||
           u == 0xAD || (u >= 0x2600 && u <= 0x27BF) || u == 0xFE0F || (u >= 0xD83C && u <= 0xD83E);
}

/* Straight quotes open and close by turns; behind 的 an open one opens a second, as in "对反馈的"账目不清"问题整改不力". */
static char16_t curl(struct canon *c, char16_t unit)
{
    if (unit == u'"') {
        bool opens = c->quotes == 0 || (c->quotes == 1 && unit_before(c) == u'的');
        c->quotes = opens ? c->quotes + 1 : c->quotes - 1;
        return opens ? u'“' : u'”';
    }
    if (unit == u'\'' && !is_alnum(unit_before(c))) {
        c->single_open = !c->single_open;
        return c->single_open ? u'‘' : u'’';
    }
    return unit;
}

/* A full stop behind Chinese words is a Chinese one; behind a number, or in a name such as 附件.doc, it stays what it is. */
static bool is_sentence_dot(char16_t before, char16_t after)
{
    bool ends_words = unit_is_han(before) || before == u'”' || before == u'’' || before == u'）' || before == u'》' || before == u'%';
    return ends_words && (!is_alnum(after) || unit_is_digit(after)) && after != u'.';
}

/* The last sign of the line above, where a margin may have broken a stop off; 0: none. */
static char16_t above(struct ustr raw, uint32_t start)
{
    while (start > 0 && unit_is_space(raw.at[start - 1]))
        start--;
    return start > 0 ? raw.at[start - 1] : 0;
}

/* A quotation that a margin broke goes on in the next line; one that its author forgot to close ends with the sentence. */
static bool ends_thought(char16_t u)
{
    return u == u'。' || u == u'！' || u == u'？' || u == u'：' || u == u'；';
}

void canon_line(struct sweep *s, struct line *line)
{
    struct ustr raw = s->pages->text;
    uint32_t end = line->raw.end, room = span_len(line->raw) + 1;
    struct canon c = {
        s->pages, arena_take(s->arena, room * sizeof(char16_t)), arena_take(s->arena, room * sizeof(uint32_t)), 0,
        s->quotes, s->single_open,
    };
    bool space = false;
    for (uint32_t i = line->raw.start; i < end; i++) {
        char16_t unit = narrow(raw.at[i]);
        if (is_dropped(unit)) {
            i += (unit & 0xFC00) == 0xD800 && i + 1 < end;      /* a pictogram is two units */
            continue;
        }
        if (unit == u' ' || unit == u'\n') {
            space = true;
            continue;
        }
        char16_t after = i + 1 < end ? narrow(raw.at[i + 1]) : 0, later = i + 2 < end ? narrow(raw.at[i + 2]) : 0;
        if (unit_is_han(unit_before(&c))) {
            uint32_t skip = ruby_end(raw, i, end);
            if (skip > i) {
                i = skip - 1;
                continue;
            }
        }
        if (!stays_narrow(unit, unit_before(&c), after, later))
            unit = widen(unit);
        if (unit == u'.' && is_sentence_dot(c.len > 0 ? unit_before(&c) : above(raw, line->raw.start), after))
            unit = u'。';
        unit = curl(&c, unit);
        if (space)
            settle_space(&c, unit, i - 1);
        space = false;
        if (!merges_mark(&c, unit))
            keep(&c, unit, i);
    }
    bool over = c.len == 0 || ends_thought(unit_before(&c));
    s->quotes = over ? 0 : c.quotes;
    s->single_open = !over && c.single_open;
    line->words = simplify(s->arena, (struct ustr){ c.at, c.len });
    line->raw_at = c.raw_at;
}
