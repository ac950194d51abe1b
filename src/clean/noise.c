/* Page chrome: lines that rules know, and all that stands ahead of or behind some of them. */
#include "clean/line.h"

/* Chrome stands in so many lines at either end of a page, or in the middle only line by line. */
#define EDGE_LINES 15
#define ABSTRACT_LINES 12       /* a longer abstract is the text */
#define PROSE_COLUMNS 80        /* a line as wide as this and closed by a full stop is prose, not chrome */

static bool is_prose(const struct line *l)
{
    return l->words.len > 0 && l->columns >= PROSE_COLUMNS && l->words.at[l->words.len - 1] == u'。';
}

static void mark(struct line *l, struct str rule)
{
    if (l->noise_sweep == NULL) {
        l->noise_sweep = "noise";
        l->noise_rule = rule;
    }
}

/* A rule may say that the rest of the page, or all before, is chrome too; prose in between refutes it. */
static void mark_extent(struct sweep *s, size_t i, const struct rule *rule, int step)
{
    size_t reach = i;
    for (size_t n = 0;; n++) {
        if (is_prose(&s->lines.at[reach]) && reach != i)
            return;
        if ((step < 0 && reach == 0) || (step > 0 && reach + 1 == s->lines.count))
            break;
        if (n >= EDGE_LINES)
            return;
        reach = step < 0 ? reach - 1 : reach + 1;
    }
    for (size_t k = i;; k = step < 0 ? k - 1 : k + 1) {
        mark(&s->lines.at[k], rule->id);
        if (k == reach)
            return;
    }
}

/* An abstract goes on in the next lines until one ends like prose or like a cut. */
static void mark_paragraph(struct sweep *s, size_t i, const struct rule *rule)
{
    for (size_t n = 0; n < ABSTRACT_LINES && i < s->lines.count; n++, i++) {
        struct line *l = &s->lines.at[i];
        if (n > 0 && (l->words.len == 0 || l->indented))
            return;
        mark(l, rule->id);
        char16_t last = l->words.at[l->words.len - 1];
        if (last == u'。' || last == u'…' || last == u'.')
            return;
    }
}

void noise_mark(struct sweep *s)
{
    for (size_t i = 0; i < s->lines.count; i++) {
        struct line *l = &s->lines.at[i];
        struct rule_matches found = line_matches(s, l->words, RULE_NOISE);
        if (found.count == 0)
            continue;
        const struct rule *rule = found.at[0].rule;
        struct str extent = rule_value(rule, "extent");
        if (!is_prose(l) || str_is(extent, "line"))
            mark(l, rule->id);
        if (str_is(extent, "to_end"))
            mark_extent(s, i, rule, 1);
        else if (str_is(extent, "paragraph"))
            mark_paragraph(s, i, rule);
        else if (str_is(extent, "to_start"))
            mark_extent(s, i, rule, -1);
    }
}
