/*
 * What a page shows twice: its title, a teaser cut from the body, an outline ahead of the body.
 *
 * The earlier one is noise. A line is a repeat when most of it, piece by piece between marks, stands again further
 * down; only lines near the top are asked.
 */
#include "clean/line.h"

#define TOP_LINES 12            /* lines with words that are asked */
#define TITLE_AGAIN_LINES 40    /* lines within which a page prints its title again */
#define LEAST_PIECE 5           /* a shorter piece proves nothing */
#define LEAST_REPEAT 8
#define WINDOW 200000           /* units of body searched */

static bool ends_piece(char16_t u)
{
    return u == u'。' || u == u'，' || u == u'；' || u == u'：' || u == u'！' || u == u'？' || u == u'…' || u == u'.' || u == u'、';
}

/* The words of all text lines from line `from` on, end to end. */
static struct ustr body_from(const struct sweep *s, size_t from)
{
    uint32_t room = 0;
    for (size_t i = from; i < s->lines.count && room < WINDOW; i++)
        room += s->lines.at[i].words.len;
    char16_t *at = arena_take(s->arena, ((size_t)room + 1) * sizeof *at);
    uint32_t n = 0;
    for (size_t i = from; i < s->lines.count && n < room; i++) {
        const struct line *l = &s->lines.at[i];
        if (line_is_text(l) && l->words.len <= room - n) {
            memcpy(at + n, l->words.at, l->words.len * sizeof *at);
            n += l->words.len;
        }
    }
    return (struct ustr){ at, n };
}

/* Units of the line that stand again in the body; a last piece may be cut and is asked by its head. */
static uint32_t repeated_units(struct ustr words, struct ustr body)
{
    uint32_t repeated = 0, from = 0;
    for (uint32_t i = 0; i <= words.len; i++) {
        if (i < words.len && !ends_piece(words.at[i]))
            continue;
        struct ustr part = ustr_sub(words, from, i);
        if (part.len >= LEAST_PIECE && ustr_find(body, part, 0) >= 0)
            repeated += part.len + (i < words.len);
        else if (part.len < LEAST_PIECE)
            repeated += part.len + (i < words.len);
        from = i + 1;
    }
    return repeated;
}

/* Where the line as a whole is the head of the body that follows, a title glued to its text is found too. */
static bool heads_body(struct ustr words, struct ustr body)
{
    while (words.len > 0 && (ends_piece(words.at[words.len - 1]) || words.at[words.len - 1] == u'*'))
        words.len--;
    return words.len >= LEAST_REPEAT && ustr_find(body, words, 0) >= 0;
}

/* 责任部门：… stands again below every problem, and is no teaser. */
static bool starts_with_label(const struct sweep *s, struct ustr words)
{
    struct rule_matches labels = line_matches(s, words, RULE_LABEL);
    return labels.count > 0 && labels.at[0].where.start == 0;
}

/* A title stands again at the head of the text; that its words open the first sentence does not make it a teaser. */
static bool is_lone_title(const struct sweep *s, size_t i)
{
    const struct line *l = &s->lines.at[i];
    if (line_matches(s, l->words, RULE_TITLE).count == 0)
        return false;
    for (size_t k = i + 1; k < s->lines.count && k <= i + TITLE_AGAIN_LINES; k++) {
        if (line_is_text(&s->lines.at[k]) && ustr_eq(s->lines.at[k].words, l->words))
            return false;
    }
    return true;
}

void repeats_mark(struct sweep *s)
{
    size_t asked = 0;
    for (size_t i = 0; i + 1 < s->lines.count && asked < TOP_LINES; i++) {
        struct line *l = &s->lines.at[i];
        if (!line_is_text(l))
            continue;
        asked++;
        if (l->words.len < LEAST_REPEAT || l->cell.table != 0 || starts_with_label(s, l->words))
            continue;
        struct ustr body = body_from(s, i + 1);
        bool teaser = heads_body(l->words, body) && !is_lone_title(s, i);
        bool outline = l->words.len > 40 && repeated_units(l->words, body) * 10 >= l->words.len * 8;
        if (teaser || outline) {
            l->noise_sweep = "repeat";
            l->noise_rule = str_of(teaser ? "clean.repeat" : "clean.outline");
        }
    }
}
