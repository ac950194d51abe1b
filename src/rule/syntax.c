/*
 * Patterns to trees, by recursive descent:
 *
 *   choice   := sequence ("|" sequence)*
 *   sequence := (atom quantifier?)*
 *   atom     := character | "." | class | escape | "(" … choice ")"
 */
#include "rule/syntax.h"

#include <string.h>

#define DEPTH_MOST 200

struct cursor {
    struct arena *arena;
    struct ustr p;
    uint32_t at;
    unsigned depth;
    bool odd;
};

static bool more(const struct cursor *c)
{
    return c->at < c->p.len && !c->odd;
}

static char16_t peek(const struct cursor *c, uint32_t ahead)
{
    return c->p.len - c->at > ahead ? c->p.at[c->at + ahead] : 0;
}

static bool take(struct cursor *c, const char *ascii)
{
    uint32_t n = (uint32_t)strlen(ascii);
    for (uint32_t i = 0; i < n; i++) {
        if (peek(c, i) != (char16_t)ascii[i])
            return false;
    }
    c->at += n;
    return true;
}

static struct syntax *new_node(struct cursor *c, enum syntax_kind kind, uint32_t start)
{
    struct syntax *s = arena_take(c->arena, sizeof *s);
    s->kind = kind;
    s->where = (struct span){ start, c->at };
    return s;
}

static bool is_high(char16_t u)
{
    return (u & 0xFC00) == 0xD800;
}

/* The character at the cursor, surrogate pair or unit. */
static struct syntax *character(struct cursor *c)
{
    uint32_t start = c->at;
    uint8_t n = is_high(peek(c, 0)) && c->p.len - c->at > 1 ? 2 : 1;
    c->at += n;
    struct syntax *s = new_node(c, SYNTAX_CHAR, start);
    memcpy(s->units, c->p.at + start, n * sizeof *s->units);
    s->unit_count = n;
    return s;
}

static bool is_alnum(char16_t u)
{
    return (u >= u'0' && u <= u'9') || (u >= u'A' && u <= u'Z') || (u >= u'a' && u <= u'z');
}

/* What the extended mode passes over outside of classes. */
static bool is_ignored(char16_t u)
{
    return u == u' ' || (u >= 9 && u <= 13) || u == 0x85 || u == 0x200E || u == 0x200F || u == 0x2028 || u == 0x2029;
}

static void skip_ignored(struct cursor *c)
{
    while (more(c)) {
        if (is_ignored(peek(c, 0))) {
            c->at++;
        } else if (peek(c, 0) == u'#') {
            while (c->at < c->p.len && c->p.at[c->at] != u'\n')
                c->at++;
        } else if (take(c, "(?#")) {
            while (c->at < c->p.len && c->p.at[c->at++] != u')') {
            }
        } else {
            return;
        }
    }
}

static void skip_past(struct cursor *c, char16_t end)
{
    while (c->at < c->p.len && c->p.at[c->at] != end)
        c->at++;
    if (c->at < c->p.len)
        c->at++;
    else
        c->odd = true;
}

static char16_t closing(char16_t open)
{
    return open == u'{' ? u'}' : open == u'<' ? u'>' : open == u'\'' ? u'\'' : 0;
}

/* Past what may follow an escape letter: {…}, <…>, '…'. */
static void skip_argument(struct cursor *c)
{
    char16_t end = closing(peek(c, 0));
    if (end == 0)
        return;
    c->at++;
    skip_past(c, end);
}

static int hex_value(char16_t u)
{
    return u >= u'0' && u <= u'9' ? u - u'0' : u >= u'a' && u <= u'f' ? u - u'a' + 10 : u >= u'A' && u <= u'F' ? u - u'A' + 10 : -1;
}

/* \xhh and \x{hhhh}; the cursor stands behind the x. */
static struct syntax *hex_character(struct cursor *c, uint32_t start)
{
    uint32_t v = 0;
    bool braces = take(c, "{");
    for (unsigned n = 0; hex_value(peek(c, 0)) >= 0 && n < (braces ? 8u : 2u); n++)
        v = v * 16 + (uint32_t)hex_value(c->p.at[c->at++]);
    if (braces && !take(c, "}"))
        c->odd = true;
    struct syntax *s = new_node(c, SYNTAX_CHAR, start);
    if (v > 0x10FFFF || (v >= 0xD800 && v < 0xE000)) {
        c->odd = true;
    } else if (v >= 0x10000) {
        s->units[0] = (char16_t)(0xD800 + ((v - 0x10000) >> 10));
        s->units[1] = (char16_t)(0xDC00 + ((v - 0x10000) & 0x3FF));
    } else {
        s->units[0] = (char16_t)v;
    }
    s->unit_count = v >= 0x10000 ? 2 : 1;
    return s;
}

static struct syntax *control_character(struct cursor *c, uint32_t start, char16_t unit)
{
    struct syntax *s = new_node(c, SYNTAX_CHAR, start);
    s->units[0] = unit;
    s->unit_count = 1;
    return s;
}

static struct syntax *escape(struct cursor *c)
{
    uint32_t start = c->at++;
    char16_t u = peek(c, 0);
    if (!is_alnum(u)) {
        struct syntax *s = character(c);
        s->where.start = start;
        return s;
    }
    c->at++;
    struct syntax *s;
    switch (u) {
    case u'x': return hex_character(c, start);
    case u't': return control_character(c, start, u'\t');
    case u'n': return control_character(c, start, u'\n');
    case u'r': return control_character(c, start, u'\r');
    case u'f': return control_character(c, start, u'\f');
    case u'b': case u'B':
        s = new_node(c, SYNTAX_POINT, start);
        s->ascii = true;
        return s;
    case u'A': case u'Z': case u'z': case u'K':
        return new_node(c, SYNTAX_POINT, start);
    case u'd': case u'D': case u'w': case u'W': case u's': case u'S':
        s = new_node(c, SYNTAX_ANY, start);
        s->ascii = u == u'w' || u == u'W';
        return s;
    case u'G': case u'R':               /* depends on where the search began; one character or two */
        return new_node(c, SYNTAX_UNKNOWN, start);
    case u'h': case u'H': case u'v': case u'V':
        return new_node(c, SYNTAX_ANY, start);
    case u'p': case u'P': case u'N':
        if (peek(c, 0) == u'{')
            skip_argument(c);
        else if (u != u'N')
            c->at++;
        return new_node(c, SYNTAX_ANY, start);
    case u'k': case u'g':
        skip_argument(c);
        while (is_alnum(peek(c, 0)) || peek(c, 0) == u'-' || peek(c, 0) == u'+')
            c->at++;
        return new_node(c, SYNTAX_UNKNOWN, start);
    default:
        if (u >= u'1' && u <= u'9') {
            while (peek(c, 0) >= u'0' && peek(c, 0) <= u'9')
                c->at++;
            return new_node(c, SYNTAX_UNKNOWN, start);
        }
        c->odd = true;              /* \c \o \0 \X and what comes later */
        return new_node(c, SYNTAX_UNKNOWN, start);
    }
}

/* \Q…\E as a sequence. */
static struct syntax *quoted(struct cursor *c)
{
    struct syntax *seq = new_node(c, SYNTAX_SEQUENCE, c->at);
    const struct syntax **end = &seq->first;
    c->at += 2;
    while (c->at < c->p.len && !(peek(c, 0) == u'\\' && peek(c, 1) == u'E')) {
        struct syntax *s = character(c);
        *end = s;
        end = &s->next;
    }
    if (c->at < c->p.len)
        c->at += 2;
    seq->where.end = c->at;
    return seq;
}

/* One member of a class, or NULL where it is more than one character. */
static struct syntax *class_member(struct cursor *c, bool *ascii)
{
    if (peek(c, 0) == u'[' && (peek(c, 1) == u':' || peek(c, 1) == u'.' || peek(c, 1) == u'=')) {
        char16_t mark = peek(c, 1);
        c->at += 2;
        while ((peek(c, 0) >= u'a' && peek(c, 0) <= u'z') || peek(c, 0) == u'^')
            c->at++;
        if (peek(c, 0) != mark || peek(c, 1) != u']')
            c->odd = true;
        c->at += c->odd ? 0 : 2;
        return NULL;
    }
    if (peek(c, 0) != u'\\') {
        *ascii = *ascii && peek(c, 0) < 128;
        return character(c);
    }
    char16_t u = peek(c, 1);
    if (u == u'Q' || u == u'E' || u == u'b' || u == u'o' || u == u'c' || (u >= u'0' && u <= u'9'))
        c->odd = true;
    struct syntax *s = escape(c);
    *ascii = *ascii && (s->kind == SYNTAX_CHAR ? s->units[0] < 128 : s->ascii);
    return s->kind == SYNTAX_CHAR ? s : NULL;
}

static struct syntax *class(struct cursor *c)
{
    uint32_t start = c->at++, count = 0;
    struct syntax *set = new_node(c, SYNTAX_SET, start);
    const struct syntax **end = &set->first;
    set->negative = take(c, "^");
    bool few = !set->negative, ascii = true, ranged = false, opening = true;
    while (more(c) && (opening || peek(c, 0) != u']')) {
        opening = false;
        struct syntax *s = class_member(c, &ascii);
        bool range = peek(c, 0) == u'-' && peek(c, 1) != u']' && peek(c, 1) != 0;
        if (range) {
            c->at++;
            class_member(c, &ascii);
        }
        ranged = ranged || range || s == NULL;
        if (s == NULL || range || ++count > SYNTAX_SET_MOST) {
            few = false;
            continue;
        }
        s->in_class = true;
        *end = s;
        end = &s->next;
    }
    if (!take(c, "]"))
        c->odd = true;
    set->kind = few ? SYNTAX_SET : SYNTAX_ANY;
    set->ascii = ascii && ranged && !set->negative;
    set->where.end = c->at;
    return set;
}

static struct syntax *read_choice(struct cursor *c);

/* "(?R)", "(?1)", "(?&name)", "(?P>name)", "(?P=name)": the cursor stands behind "(?". */
static bool is_call(const struct cursor *c)
{
    char16_t u = peek(c, 0), v = peek(c, 1);
    bool digit = u >= u'0' && u <= u'9', signed_digit = (u == u'+' || u == u'-') && v >= u'0' && v <= u'9';
    return digit || signed_digit || u == u'R' || u == u'&' || (u == u'P' && (v == u'>' || v == u'='));
}

/* Past "?…" of a group's opening; false: something this reader does not know. */
static bool group_opening(struct cursor *c, struct syntax *s)
{
    if (take(c, "?:") || take(c, "?|"))
        return true;
    if (take(c, "?>")) {
        s->possessive = true;
        return true;
    }
    if (take(c, "?=") || take(c, "?!") || take(c, "?<=") || take(c, "?<!")) {
        s->kind = SYNTAX_LOOK;
        s->negative = c->p.at[c->at - 1] == u'!';
        s->behind = c->p.at[c->at - 2] == u'<';
        return true;
    }
    if (take(c, "?P<") || take(c, "?<")) {
        skip_past(c, u'>');
        return true;
    }
    if (take(c, "?'")) {
        skip_past(c, u'\'');
        return true;
    }
    return peek(c, 0) != u'?' && peek(c, 0) != u'*';
}

static struct syntax *group(struct cursor *c)
{
    uint32_t start = c->at++;
    struct syntax *s = new_node(c, SYNTAX_SEQUENCE, start);
    s->grouped = true;
    if (peek(c, 0) == u'?') {
        c->at++;
        bool call = is_call(c);
        c->at--;
        if (call) {
            skip_past(c, u')');
            s->kind = SYNTAX_UNKNOWN;
            s->where.end = c->at;
            return s;
        }
    }
    if (!group_opening(c, s) || ++c->depth > DEPTH_MOST) {
        c->odd = true;
        return s;
    }
    s->first = read_choice(c);
    c->depth--;
    if (!take(c, ")"))
        c->odd = true;
    s->where.end = c->at;
    return s;
}

static struct syntax *atom(struct cursor *c)
{
    uint32_t start = c->at;
    switch (peek(c, 0)) {
    case u'(': return group(c);
    case u'[': return class(c);
    case u'\\':
        return peek(c, 1) == u'Q' ? quoted(c) : escape(c);
    case u'.':
        c->at++;
        return new_node(c, SYNTAX_ANY, start);
    case u'^': case u'$':
        c->at++;
        return new_node(c, SYNTAX_POINT, start);
    default:
        return character(c);
    }
}

static bool read_count(struct cursor *c, uint32_t *n)
{
    uint32_t start = c->at, v = 0;
    while (peek(c, 0) >= u'0' && peek(c, 0) <= u'9' && v < 100000)
        v = v * 10 + (uint32_t)(c->p.at[c->at++] - u'0');
    *n = v;
    return c->at > start;
}

/* "{n}", "{n,}", "{n,m}"; false, the cursor unmoved, where the brace is a letter. */
static bool braces(struct cursor *c, uint32_t *least, uint32_t *most)
{
    uint32_t start = c->at++;
    if (peek(c, 0) == u',' || is_ignored(peek(c, 0)))
        c->odd = true;                  /* releases of PCRE2 differ on it */
    if (read_count(c, least)) {
        *most = *least;
        if (take(c, ",") && !read_count(c, most))
            *most = SYNTAX_MANY;
        if (is_ignored(peek(c, 0)))
            c->odd = true;
        if (take(c, "}"))
            return true;
    }
    c->at = start;
    return false;
}

static bool quantifier(struct cursor *c, uint32_t *least, uint32_t *most)
{
    skip_ignored(c);
    *least = 0;
    *most = SYNTAX_MANY;
    if (take(c, "*"))
        return true;
    if (take(c, "+")) {
        *least = 1;
        return true;
    }
    if (take(c, "?")) {
        *most = 1;
        return true;
    }
    return peek(c, 0) == u'{' && braces(c, least, most);
}

static struct syntax *quantified(struct cursor *c)
{
    struct syntax *s = atom(c);
    uint32_t least, most;
    bool several = s->kind == SYNTAX_SEQUENCE && !s->grouped;
    while (more(c) && quantifier(c, &least, &most)) {
        if (several)
            c->odd = true;              /* behind \Q…\E it binds to the last character only */
        struct syntax *repeat = new_node(c, SYNTAX_REPEAT, s->where.start);
        repeat->first = s;
        repeat->least = least;
        repeat->most = most;
        skip_ignored(c);
        if (peek(c, 0) == u'+')
            repeat->possessive = true;
        if (peek(c, 0) == u'+' || peek(c, 0) == u'?')
            c->at++;
        repeat->where.end = c->at;
        s = repeat;
    }
    return s;
}

static struct syntax *read_sequence(struct cursor *c)
{
    skip_ignored(c);
    struct syntax *seq = new_node(c, SYNTAX_SEQUENCE, c->at);
    const struct syntax **end = &seq->first;
    for (skip_ignored(c); more(c) && peek(c, 0) != u'|' && peek(c, 0) != u')'; skip_ignored(c)) {
        if (peek(c, 0) == u'\\' && peek(c, 1) == u'E') {
            c->at += 2;                 /* an \E alone means nothing */
            continue;
        }
        struct syntax *s = quantified(c);
        *end = s;
        end = &s->next;
        seq->where.end = s->where.end;
    }
    return seq;
}

static struct syntax *read_choice(struct cursor *c)
{
    struct syntax *first = read_sequence(c);
    if (!more(c) || peek(c, 0) != u'|')
        return first;
    struct syntax *s = new_node(c, SYNTAX_CHOICE, first->where.start);
    const struct syntax **end = &first->next;
    s->first = first;
    while (more(c) && take(c, "|")) {
        struct syntax *branch = read_sequence(c);
        *end = branch;
        end = &branch->next;
    }
    s->where.end = c->at;
    return s;
}

struct syntax_tree syntax_read(struct arena *a, struct ustr pattern)
{
    struct cursor c = { .arena = a, .p = pattern };
    const struct syntax *root = read_choice(&c);
    return (struct syntax_tree){ pattern, root, c.odd || c.at < pattern.len };
}

uint32_t syntax_plus(uint32_t x, uint32_t y)
{
    return x == SYNTAX_MANY || y == SYNTAX_MANY || x > SYNTAX_MANY - 1 - y ? SYNTAX_MANY : x + y;
}

static uint32_t times(uint32_t x, uint32_t y)
{
    if (x == 0 || y == 0)
        return 0;
    return x == SYNTAX_MANY || y == SYNTAX_MANY || x > (SYNTAX_MANY - 1) / y ? SYNTAX_MANY : x * y;
}

uint32_t syntax_least(const struct syntax *s)
{
    uint32_t n = 0;
    switch (s->kind) {
    case SYNTAX_CHAR: return s->unit_count;
    case SYNTAX_SET: case SYNTAX_ANY: return 1;
    case SYNTAX_SEQUENCE:
        for (const struct syntax *k = s->first; k != NULL; k = k->next)
            n = syntax_plus(n, syntax_least(k));
        return n;
    case SYNTAX_CHOICE:
        n = SYNTAX_MANY;
        for (const struct syntax *k = s->first; k != NULL; k = k->next)
            n = syntax_least(k) < n ? syntax_least(k) : n;
        return n;
    case SYNTAX_REPEAT: return times(syntax_least(s->first), s->least);
    default: return 0;
    }
}

/* `widest`: units of the widest character. */
static uint32_t most(const struct syntax *s, uint32_t widest)
{
    uint32_t n = 0;
    switch (s->kind) {
    case SYNTAX_CHAR: return s->unit_count;
    case SYNTAX_SET: case SYNTAX_ANY: return widest;
    case SYNTAX_SEQUENCE:
        for (const struct syntax *k = s->first; k != NULL; k = k->next)
            n = syntax_plus(n, most(k, widest));
        return n;
    case SYNTAX_CHOICE:
        for (const struct syntax *k = s->first; k != NULL; k = k->next)
            n = most(k, widest) > n ? most(k, widest) : n;
        return n;
    case SYNTAX_REPEAT: return times(most(s->first, widest), s->most);
    case SYNTAX_UNKNOWN: return SYNTAX_MANY;
    default: return 0;
    }
}

uint32_t syntax_most(const struct syntax *s)
{
    return most(s, 2);
}

uint32_t syntax_most_plain(const struct syntax *s)
{
    return most(s, 1);
}
