/*
 * Places on pages to paragraphs, in four steps: lines of every page; what is no text but furniture of the page; columns;
 * paragraphs by what a typesetter does: a paragraph begins indented, and ends where the next word would still have fitted.
 */
#include "office/layout.h"

#include <math.h>
#include <stdlib.h>

#define EDGE_LINES 2                    /* at the head and at the foot of a page, where furniture stands */
#define EDGE_TEXT_MOST 512              /* bytes of a line that are compared */
#define PAGE_NUMBER_DIGITS 4
#define HEADER_WIDTH 0.6                /* of the page; what is wider is text */
#define FURNITURE_SHARE 3               /* one page in three: what stands there is a header */
#define TOLD_MOST 120                   /* bytes of a header in a message */
#define NUMBER_MOST 1e7                 /* no page is wider */

#define GUTTER_STEPS 40
#define GUTTER_SPREAD 0.4               /* of the width of the text, to both sides of its middle */
#define COLUMN_LINES 5                  /* that both columns must have */
#define COLUMN_FILL 0.6                 /* of the column, by its lines on the average */
#define COLUMN_FILL_FEW 0.4             /* on a page with few lines, where another page has columns */
#define MARGINS_MOST 32                 /* widths of pages that are told apart; further ones share the last */

/* In ems. */
#define SAME_PLACE 0.3                  /* a character printed twice to look bold */
#define LATIN_GAP 0.15                  /* a space between words */
#define MIXED_GAP 0.25                  /* what typesetters put between Latin and Chinese */
#define HAN_GAP 0.8                     /* a space that was meant, beside a Chinese character */
#define CELL_GAP 3.0                    /* more than words keep: cells of a row, columns */
#define GUTTER 0.8                      /* between columns, at the least */
#define INDENT 0.8
#define MARGIN_LINE 4.0
#define BLANK_END 0.6                   /* how much room the next word must have had to spare */
#define CENTRED_INDENT 2.6              /* more than the indent of a paragraph */
#define CENTRED_SLACK 1.5
/* In shares. */
#define TITLE_SIZE 1.15                 /* of the size of the text */
#define OTHER_SIZE 0.2
#define NARROW 0.2                      /* of the measure: nobody leaves so much more room on the right than on the left */
#define WIDE_STEP 1.4                   /* of the usual step from line to line */

struct line {
    size_t first, count;                /* runs, from left to right */
    double left, right, middle, em;
    uint32_t page, zone, column;
};
struct lines { struct line *at; size_t count, room; };

struct margins {
    uint32_t column;
    double page_width, left, right;
};
struct margin_list { struct margins *at; size_t count, room; };

/* What is known of the whole text. */
struct measure {
    double em, step;
    struct margin_list margins;
};

void layout_init(struct layout *l, struct arena *a)
{
    *l = (struct layout){ .arena = a };
}

struct layout_page *layout_next_page(struct layout *l, double width)
{
    if (l->pages.count == LAYOUT_PAGES_MOST) {
        l->full = true;
        return NULL;
    }
    struct layout_page *page = VEC_ADD(l->arena, &l->pages);
    *page = (struct layout_page){ .width = width };
    return page;
}

void layout_add(struct layout *l, double x, double top, double width, double em, struct str words)
{
    if (words.len == 0 || l->pages.count == 0 || !(em > 0))
        return;
    if (l->runs.count == LAYOUT_RUNS_MOST) {
        l->full = true;
        return;
    }
    *VEC_ADD(l->arena, &l->runs) = (struct layout_run){
        .x = x, .middle = top + em / 2, .width = width, .em = em, .words = arena_keep(l->arena, words),
        .page = (uint32_t)(l->pages.count - 1), .order = (uint32_t)l->runs.count,
    };
}

/* ---- characters and numbers */

char32_t layout_char(struct str s, size_t *at)
{
    unsigned char c = (unsigned char)s.at[(*at)++];
    size_t more = c < 0x80 ? 0 : c >= 0xC2 && c < 0xE0 ? 1 : c >= 0xE0 && c < 0xF0 ? 2 : c >= 0xF0 && c < 0xF5 ? 3 : SIZE_MAX;
    if (more == 0)
        return c;
    if (more > s.len - *at)
        return 0xFFFD;
    char32_t value = c & (0x3Fu >> more);
    for (size_t i = 0; i < more; i++) {
        unsigned char next = (unsigned char)s.at[*at + i];
        if ((next & 0xC0) != 0x80)
            return 0xFFFD;
        value = value << 6 | (next & 0x3Fu);
    }
    *at += more;
    return value;
}

/* Chinese signs and quotes count as wide: Chinese fonts draw them so. */
static bool is_wide(char32_t c)
{
    return c >= 0x2E80 || (c >= 0x2014 && c <= 0x2026) || c == 0xB7 || c == 0xD7 || (c >= 0x2160 && c < 0x2800);
}

double layout_ems(char32_t c)
{
    return is_wide(c) ? 1 : 0.5;
}

static bool is_digit(char32_t c)
{
    return c >= '0' && c <= '9';
}

static bool among(char32_t c, const char32_t *signs)
{
    for (; *signs != 0; signs++) {
        if (*signs == c)
            return true;
    }
    return false;
}

static bool is_opening(char32_t c) { return among(c, U"（《“‘〔【「『〈［(["); }
static bool is_closing(char32_t c) { return among(c, U"，。、；：？！）》”’〕】」』〉］％…,.;:?!)]%"); }
static bool is_latin(char32_t c) { return c > ' ' && c < 0x2E80 && !is_wide(c); }
static bool is_latin_word(char32_t c) { return is_digit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= 0xC0 && c < 0x2000); }

static char32_t first_char(struct str s)
{
    size_t at = 0;
    return s.len == 0 ? 0 : layout_char(s, &at);
}

static char32_t last_char(struct str s)
{
    size_t at = s.len;
    while (at > 0 && ((unsigned char)s.at[at - 1] & 0xC0) == 0x80)
        at--;
    at -= at > 0;
    return s.len == 0 ? 0 : layout_char(s, &at);
}

static double scaled(double value, long exponent)
{
    for (; exponent > 0 && value < NUMBER_MOST; exponent--)
        value *= 10;
    for (; exponent < 0 && value > 1e-12; exponent++)
        value /= 10;
    return value;
}

static long take_exponent(const char **at, const char *end)
{
    const char *p = *at + 1;
    bool minus = p < end && *p == '-';
    p += p < end && (*p == '-' || *p == '+');
    if (p == end || !is_digit((unsigned char)*p))
        return 0;
    long value = 0;
    for (; p < end && is_digit((unsigned char)*p); p++)
        value = value < 1000 ? value * 10 + (*p - '0') : value;
    *at = p;
    return minus ? -value : value;
}

/* Digits with at most one point; `exponent` is what the digits are to be scaled by. False: there is none. */
static bool take_digits(const char **at, const char *end, double *value, long *exponent)
{
    bool point = false, any = false;
    const char *p = *at;
    for (; p < end && (is_digit((unsigned char)*p) || (*p == '.' && !point)); p++) {
        if (*p == '.') {
            point = true;
            continue;
        }
        any = true;
        if (*value < 1e15)
            *value = *value * 10 + (*p - '0'), *exponent -= point;
        else
            *exponent += !point;
    }
    *at = p;
    return any;
}

bool layout_number(struct str *rest, double *out)
{
    const char *p = rest->at, *end = rest->at + rest->len;
    while (p < end && (*p == ' ' || *p == '\t' || *p == '\n' || *p == '\r' || *p == ','))
        p++;
    bool minus = p < end && *p == '-';
    p += p < end && (*p == '-' || *p == '+');
    double value = 0;
    long exponent = 0;
    if (!take_digits(&p, end, &value, &exponent))
        return false;
    if (p < end && (*p == 'e' || *p == 'E'))
        exponent += take_exponent(&p, end);
    value = scaled(value, exponent);
    *out = (minus ? -1 : 1) * (value > NUMBER_MOST ? NUMBER_MOST : value);
    *rest = (struct str){ p, (size_t)(end - p) };
    return true;
}

/* ---- lines */

static int order_of(double a, double b)
{
    return (a > b) - (a < b);
}

static int by_place(const void *one, const void *other)
{
    const struct layout_run *a = one, *b = other;
    int page = (a->page > b->page) - (a->page < b->page), zone = (a->zone > b->zone) - (a->zone < b->zone);
    int column = (a->column > b->column) - (a->column < b->column), down = order_of(a->middle, b->middle);
    int told = (a->order > b->order) - (a->order < b->order);
    return page != 0 ? page : zone != 0 ? zone : column != 0 ? column : down != 0 ? down : told;
}

static int by_x(const void *one, const void *other)
{
    const struct layout_run *a = one, *b = other;
    int right = order_of(a->x, b->x);
    return right != 0 ? right : (a->order > b->order) - (a->order < b->order);
}

/* Two boxes that share half the height of the smaller one stand on one line. */
static bool on_line(const struct line *line, const struct layout_run *run)
{
    double smaller = fmin(line->em, run->em), shared = (line->em + run->em) / 2 - fabs(run->middle - line->middle);
    return line->page == run->page && line->zone == run->zone && line->column == run->column && shared >= smaller / 2;
}

static void put_on_line(struct line *line, const struct layout_run *run, double *widest)
{
    line->left = fmin(line->left, run->x);
    line->right = fmax(line->right, run->x + run->width);
    line->count++;
    if (run->width > *widest) {         /* the widest piece says where the line stands, not a raised mark beside it */
        *widest = run->width;
        line->middle = run->middle;
        line->em = run->em;
    }
}

static void build_lines(struct layout *l, struct lines *out)
{
    double widest = 0;
    out->count = 0;
    if (l->runs.count == 0)
        return;
    qsort(l->runs.at, l->runs.count, sizeof *l->runs.at, by_place);
    for (size_t i = 0; i < l->runs.count; i++) {
        const struct layout_run *run = &l->runs.at[i];
        if (out->count == 0 || !on_line(&out->at[out->count - 1], run)) {
            *VEC_ADD(l->arena, out) = (struct line){ .first = i, .left = run->x, .right = run->x, .middle = run->middle, .em = run->em,
                                                     .page = run->page, .zone = run->zone, .column = run->column };
            widest = 0;
        }
        put_on_line(&out->at[out->count - 1], run, &widest);
    }
    for (size_t i = 0; i < out->count; i++)
        qsort(l->runs.at + out->at[i].first, out->at[i].count, sizeof *l->runs.at, by_x);
}

static struct str head_of(const struct layout *l, const struct line *line)
{
    return l->runs.at[line->first].words;
}

static struct str tail_of(const struct layout *l, const struct line *line)
{
    return l->runs.at[line->first + line->count - 1].words;
}

static bool follows(const struct line *p, const struct line *line)
{
    return p->page == line->page && p->zone == line->zone && p->column == line->column;
}

static double page_width(const struct layout *l, const struct line *line)
{
    return l->pages.at[line->page].width;
}

/* The first line behind i that is on another page. */
static size_t page_end(const struct lines *lines, size_t i)
{
    size_t end = i;
    while (end < lines->count && lines->at[end].page == lines->at[i].page)
        end++;
    return end;
}

/* ---- furniture: page numbers, headers and footers */

struct edge { uint64_t hash; double middle, em; size_t line; bool foot; };
struct edges { struct edge *at; size_t count, room; };

/* The text of a line without spaces and digits, which count up from page to page. */
static void edge_text(const struct layout *l, const struct line *line, struct buf *out)
{
    buf_clear(out);
    for (size_t i = line->first; i < line->first + line->count; i++) {
        struct str words = l->runs.at[i].words;
        for (size_t at = 0; at < words.len;) {
            size_t from = at;
            char32_t c = layout_char(words, &at);
            if (c != ' ' && c != 0x3000 && !is_digit(c))
                buf_add(out, (struct str){ words.at + from, at - from });
        }
    }
}

static uint64_t hash_of(struct str s)
{
    uint64_t hash = 14695981039346656037u;
    for (size_t i = 0; i < s.len; i++)
        hash = (hash ^ (unsigned char)s.at[i]) * 1099511628211u;
    return hash;
}

/* — 3 —, 第3页 共5页, 3/5; a bare 3 only where there are more pages. */
static bool is_page_number(const struct layout *l, const struct line *line)
{
    size_t digits = 0, signs = 0;
    bool says_page = false;
    for (size_t i = line->first; i < line->first + line->count; i++) {
        struct str words = l->runs.at[i].words;
        for (size_t at = 0; at < words.len;) {
            char32_t c = layout_char(words, &at);
            bool digit = is_digit(c) || (c >= 0xFF10 && c <= 0xFF19);
            if (!digit && !among(c, U" 　-—–－―─·•~/第页共，,"))
                return false;
            digits += digit;
            signs += !digit;
            says_page = says_page || c == U'页' || c == U'/';
        }
    }
    return digits > 0 && digits <= PAGE_NUMBER_DIGITS * (says_page ? 2 : 1) && (signs > 0 || l->pages.count > 1);
}

static int by_edge(const void *one, const void *other)
{
    const struct edge *a = one, *b = other;
    int side = a->foot - b->foot, text = (a->hash > b->hash) - (a->hash < b->hash), down = order_of(a->middle, b->middle);
    return side != 0 ? side : text != 0 ? text : down != 0 ? down : (a->line > b->line) - (a->line < b->line);
}

static void tell_furniture(const struct layout *l, const struct line *line, struct flow *f)
{
    struct buf text;
    buf_init(&text, TOLD_MOST);
    for (size_t i = line->first; i < line->first + line->count; i++)
        buf_add(&text, l->runs.at[i].words);
    flow_passed_over(f, "每页重复的页眉或页脚“%.*s”", STR_ARG(buf_str(&text)));
    buf_release(&text);
}

/* Marks the lines of the group as furniture, by a count of 0, if enough pages have them. */
static void drop_repeated(struct layout *l, struct lines *lines, const struct edge *group, size_t count, size_t pages, struct flow *f)
{
    if (count < 2 || count * FURNITURE_SHARE < pages)
        return;
    for (size_t i = 0; i < count; i++) {
        struct line *line = &lines->at[group[i].line];
        if (i == 0 && line->count > 0)
            tell_furniture(l, line, f);
        line->count = 0;
    }
}

/* Wide, or part of a sentence: pages that resemble each other are no reason to take their text for headers. */
static bool is_body_text(const struct layout *l, const struct line *line)
{
    bool wide = page_width(l, line) > 0 && line->right - line->left > HEADER_WIDTH * page_width(l, line);
    return wide || among(last_char(tail_of(l, line)), U"。；！？，");
}

static void add_edges(struct layout *l, struct lines *lines, size_t first, size_t end, struct edges *edges)
{
    struct buf text;
    buf_init(&text, EDGE_TEXT_MOST);
    for (size_t i = first; i < end; i++) {
        bool head = i < first + EDGE_LINES, foot = i + EDGE_LINES >= end;
        struct line *line = &lines->at[i];
        if (!head && !foot)
            continue;
        edge_text(l, line, &text);
        if (is_page_number(l, line))
            line->count = 0;
        else if (text.len > 0 && !is_body_text(l, line))
            *VEC_ADD(l->arena, edges) = (struct edge){ .hash = hash_of(buf_str(&text)), .middle = line->middle, .em = line->em, .line = i,
                                                       .foot = !head };
    }
    buf_release(&text);
}

/* Forgets the runs of lines that are furniture; all lines are stale then. */
static void forget_dropped(struct layout *l, const struct lines *lines)
{
    size_t kept = 0;
    for (size_t i = 0; i < lines->count; i++) {
        for (size_t k = 0; k < lines->at[i].count; k++)
            l->runs.at[kept++] = l->runs.at[lines->at[i].first + k];
    }
    l->runs.count = kept;
}

static void drop_furniture(struct layout *l, struct lines *lines, struct flow *f)
{
    struct edges edges = {0};
    size_t pages = 0;
    for (size_t i = 0, end; i < lines->count; i = end, pages++) {
        end = page_end(lines, i);
        add_edges(l, lines, i, end, &edges);
    }
    if (edges.count > 0)
        qsort(edges.at, edges.count, sizeof *edges.at, by_edge);
    for (size_t i = 0, end; i < edges.count; i = end) {
        const struct edge *e = edges.at;
        for (end = i + 1; end < edges.count && e[end].hash == e[i].hash && e[end].foot == e[i].foot &&
                          e[end].middle - e[end - 1].middle < e[end].em / 2; end++)
            continue;
        drop_repeated(l, lines, e + i, end - i, pages, f);
    }
    forget_dropped(l, lines);
}

/* ---- columns */

/* A stretch of a line without a wide gap: the runs from `first` to before `end`. */
struct stretch { double left, right; size_t end; };

static struct stretch stretch_at(const struct layout *l, const struct line *line, size_t first)
{
    const struct layout_run *runs = l->runs.at;
    struct stretch s = { runs[first].x, runs[first].x + runs[first].width, first + 1 };
    while (s.end < line->first + line->count && runs[s.end].x - s.right < GUTTER * line->em) {
        s.right = fmax(s.right, runs[s.end].x + runs[s.end].width);
        s.end++;
    }
    return s;
}

struct sides { size_t left, right, across; double left_width, right_width, from, to; };

static void weigh_line(const struct layout *l, const struct line *line, double x, struct sides *sides)
{
    struct stretch s;
    for (size_t i = line->first; i < line->first + line->count; i = s.end) {
        s = stretch_at(l, line, i);
        sides->from = fmin(sides->from, s.left);
        sides->to = fmax(sides->to, s.right);
        if (s.right <= x)
            sides->left++, sides->left_width += s.right - s.left;
        else if (s.left >= x)
            sides->right++, sides->right_width += s.right - s.left;
        else
            sides->across++;
    }
}

/* Is x between two columns of running text? Cells of a table are shorter than their columns. */
static bool is_gutter(const struct layout *l, const struct line *at, size_t count, double x, size_t least, double fill)
{
    struct sides s = { .from = x, .to = x };
    for (size_t i = 0; i < count; i++)
        weigh_line(l, &at[i], x, &s);
    return s.left >= least && s.right >= least && s.across * 4 <= s.left + s.right &&
           s.left_width / (double)s.left >= fill * (x - s.from) && s.right_width / (double)s.right >= fill * (s.to - x);
}

static bool crosses(const struct layout *l, const struct line *line, double x)
{
    struct sides s = {0};
    weigh_line(l, line, x, &s);
    return s.across > 0;
}

/* A line across both columns ends them; below it they begin anew. */
static void assign_columns(struct layout *l, const struct line *at, size_t count, double x)
{
    uint32_t zone = 0;
    bool was_across = false;
    for (size_t i = 0; i < count; i++) {
        bool across = crosses(l, &at[i], x);
        zone += i > 0 && across != was_across;
        was_across = across;
        for (size_t k = at[i].first; k < at[i].first + at[i].count; k++) {
            l->runs.at[k].zone = zone;
            l->runs.at[k].column = across ? 0 : l->runs.at[k].x < x ? 1 : 2;
        }
    }
}

/* Where the gutter of a page is; 0: it has none. */
static double page_gutter(const struct layout *l, const struct line *at, size_t count)
{
    double left = at[0].left, right = at[0].right;
    for (size_t k = 0; k < count; k++) {
        left = fmin(left, at[k].left);
        right = fmax(right, at[k].right);
    }
    for (size_t step = 0; step <= GUTTER_STEPS && count >= COLUMN_LINES; step++) {      /* the middle first, then to both sides */
        double away = (double)((step + 1) / 2) * (step % 2 == 0 ? -1 : 1) / GUTTER_STEPS * GUTTER_SPREAD;
        double x = left + (right - left) * (0.5 + away);
        if (is_gutter(l, at, count, x, COLUMN_LINES, COLUMN_FILL))
            return x;
    }
    return 0;
}

static void find_columns(struct layout *l, const struct lines *lines)
{
    double known = 0;                   /* of a page with enough lines to be sure; a page with few may share it */
    for (size_t i = 0, end; i < lines->count && known <= 0; i = end) {
        end = page_end(lines, i);
        known = page_gutter(l, lines->at + i, end - i);
    }
    for (size_t i = 0, end; i < lines->count && known > 0; i = end) {
        end = page_end(lines, i);
        double x = page_gutter(l, lines->at + i, end - i);
        if (x <= 0 && is_gutter(l, lines->at + i, end - i, known, 1, COLUMN_FILL_FEW))
            x = known;
        if (x > 0)
            assign_columns(l, lines->at + i, end - i, x);
    }
}

/* ---- measures */

struct values { double *at; size_t count, room; };

static int by_value(const void *one, const void *other)
{
    return order_of(*(const double *)one, *(const double *)other);
}

static void sort_values(struct values *v)
{
    if (v->count > 0)
        qsort(v->at, v->count, sizeof *v->at, by_value);
}

static double median(struct values *v, double otherwise)
{
    sort_values(v);
    return v->count == 0 ? otherwise : v->at[v->count / 2];
}

/* The size most of the text has: every line votes once for each ten characters. */
static double usual_em(struct arena *a, const struct lines *lines)
{
    struct values v = {0};
    for (size_t i = 0; i < lines->count; i++) {
        double votes = fmin((lines->at[i].right - lines->at[i].left) / lines->at[i].em / 10, 10);
        for (double k = 0; k <= votes; k++)
            *VEC_ADD(a, &v) = lines->at[i].em;
    }
    return median(&v, 1);
}

static double usual_step(struct arena *a, const struct lines *lines, double em)
{
    struct values v = {0};
    for (size_t i = 1; i < lines->count; i++) {
        if (follows(&lines->at[i - 1], &lines->at[i]))
            *VEC_ADD(a, &v) = lines->at[i].middle - lines->at[i - 1].middle;
    }
    return median(&v, 2 * em);
}

/* The leftmost edge that more than a few lines have. */
static double left_margin(const struct values *v, double em)
{
    size_t enough = v->count / 12 < 2 ? 2 : v->count / 12;
    for (size_t i = 0, end = 0; i < v->count; i++) {
        while (end < v->count && v->at[end] - v->at[i] < 0.4 * em)
            end++;
        if (end - i >= enough)
            return v->at[i];
    }
    return v->at[0];
}

/* The rightmost edge that many lines come near to; one line that juts out must not move it. */
static double right_margin(const struct values *v, double em, double otherwise)
{
    size_t enough = v->count / 7 < 2 ? 2 : v->count / 7;
    double nearly_last = v->at[v->count - 1 - v->count / 20];
    for (size_t i = v->count, start = v->count; i-- > 0 && v->at[i] > nearly_last - 8 * em;) {
        while (start > 0 && v->at[i] - v->at[start - 1] < em)
            start--;
        if (i + 1 - start >= enough)
            return v->at[i];
    }
    return fmax(nearly_last, otherwise);
}

static bool has_margins(const struct layout *l, const struct margins *m, const struct line *line)
{
    return m->column == line->column && fabs(m->page_width - page_width(l, line)) < 1;
}

/* Signs at the end of a line may hang over the margin; its text does not. */
static double right_of_text(const struct layout *l, const struct line *line)
{
    char32_t last = last_char(tail_of(l, line));
    return line->right - (is_closing(last) ? layout_ems(last) * line->em : 0);
}

/* The edges of the lines that share the margins; `all`: also of short ones, which may be marks beside the text. */
static void collect_edges(struct layout *l, const struct lines *lines, const struct margins *m, bool all, struct values *left,
                          struct values *right)
{
    for (size_t i = 0; i < lines->count; i++) {
        const struct line *line = &lines->at[i];
        if (!has_margins(l, m, line) || (!all && line->right - line->left < MARGIN_LINE * line->em))
            continue;
        *VEC_ADD(l->arena, left) = line->left;
        *VEC_ADD(l->arena, right) = right_of_text(l, line);
    }
    sort_values(left);
    sort_values(right);
}

static struct margins find_margins(struct layout *l, const struct lines *lines, const struct line *like, double em)
{
    struct values left = {0}, right = {0};
    struct margins m = { .column = like->column, .page_width = page_width(l, like) };
    collect_edges(l, lines, &m, false, &left, &right);
    if (left.count == 0)
        collect_edges(l, lines, &m, true, &left, &right);
    m.left = left_margin(&left, em);
    double mirrored = m.column == 0 ? m.page_width - m.left : 0;
    m.right = right_margin(&right, em, mirrored);
    if (mirrored - m.right > NARROW * (mirrored - m.left))     /* every line is short, and some end alike */
        m.right = mirrored;
    return m;
}

static const struct margins *margins_of(const struct layout *l, const struct measure *m, const struct line *line)
{
    for (size_t i = 0; i < m->margins.count; i++) {
        if (has_margins(l, &m->margins.at[i], line))
            return &m->margins.at[i];
    }
    return m->margins.count == MARGINS_MOST ? &m->margins.at[MARGINS_MOST - 1] : NULL;
}

static struct measure find_measure(struct layout *l, const struct lines *lines)
{
    struct measure m = { .em = usual_em(l->arena, lines) };
    m.step = usual_step(l->arena, lines, m.em);
    for (size_t i = 0; i < lines->count; i++) {
        if (margins_of(l, &m, &lines->at[i]) == NULL)
            *VEC_ADD(l->arena, &m.margins) = find_margins(l, lines, &lines->at[i], m.em);
    }
    return m;
}

/* ---- paragraphs */

/* Ems of what cannot be parted at the front: opening signs, a Latin word or one character, the signs that close behind it. */
static double first_word_ems(struct str s)
{
    double ems = 0;
    bool taken = false, latin = false;
    for (size_t at = 0; at < s.len;) {
        char32_t c = layout_char(s, &at);
        bool goes_on = !taken ? true : is_closing(c) || (latin && is_latin(c));
        if (!goes_on)
            break;
        ems += layout_ems(c);
        if (!taken && !is_opening(c)) {
            taken = true;
            latin = is_latin(c);
        }
    }
    return ems;
}

/* Would the first word of the line have fitted behind the line before it? */
static bool ended_early(const struct layout *l, const struct margins *m, const struct line *p, const struct line *line)
{
    struct str head = head_of(l, line);
    bool mixed = is_latin(last_char(tail_of(l, p))) != is_latin(first_char(head));
    double word = (first_word_ems(head) + (mixed ? MIXED_GAP : 0)) * p->em, measure = m->right - m->left;
    return p->right + fmin(word, measure / 2) + BLANK_END * p->em <= m->right;
}

/* Cells of a row stand apart. */
static bool is_row(const struct layout *l, const struct line *line)
{
    const struct layout_run *runs = l->runs.at + line->first;
    for (size_t i = 1; i < line->count; i++) {
        if (runs[i].x - (runs[i - 1].x + runs[i - 1].width) > CELL_GAP * line->em)
            return true;
    }
    return false;
}

static bool is_centred(const struct measure *all, const struct margins *m, const struct line *line)
{
    double before = line->left - m->left, behind = m->right - line->right;
    return fabs(before - behind) < CENTRED_SLACK * line->em && (before > CENTRED_INDENT * line->em || line->em > TITLE_SIZE * all->em);
}

static bool same_size(const struct line *a, const struct line *b, double share)
{
    return fabs(a->em - b->em) <= share * fmax(a->em, b->em);
}

static bool wide_step(const struct measure *all, const struct line *p, const struct line *line)
{
    double larger = fmax(1, fmax(p->em, line->em) / all->em);
    return follows(p, line) && line->middle - p->middle > WIDE_STEP * all->step * larger;
}

/* 关于…工作的 / 通报: lines of one title. What stands in brackets below it, and a dash before a name, are not. */
static bool goes_on_title(const struct layout *l, const struct measure *all, const struct margins *m, const struct line *p,
                          const struct line *line)
{
    double both = p->right - p->left + line->right - line->left;
    bool aside = among(first_char(head_of(l, line)), U"（(〔【[—");
    return !aside && follows(p, line) && same_size(p, line, OTHER_SIZE / 2) && !wide_step(all, p, line) &&
           (line->em > TITLE_SIZE * all->em || both > m->right - m->left);
}

/* 一、 （二） 3. 第四条 五是 at the head of a line. */
static bool begins_with_number(struct str s)
{
    size_t at = 0, digits = 0;
    char32_t c = s.len == 0 ? 0 : layout_char(s, &at);
    bool bracket = c == U'（' || c == '(', ordinal = c == U'第';
    if (bracket || ordinal)
        c = at < s.len ? layout_char(s, &at) : 0;
    for (; is_digit(c) || among(c, U"一二三四五六七八九十百"); digits++)
        c = at < s.len ? layout_char(s, &at) : 0;
    const char32_t *behind = bracket ? U"）)" : ordinal ? U"章节条" : U"、.．是";
    if (digits == 0 || !among(c, behind))
        return false;
    return c != '.' || at == s.len || !is_digit(layout_char(s, &at));
}

/* The whole line stands in brackets, and its last sign but one is 日: （2023年5月8日）; or it addresses those who listen. */
static bool stands_alone(const struct layout *l, const struct line *line)
{
    static const char address[] = "同志们";
    struct str head = head_of(l, line), tail = tail_of(l, line);
    bool dated = str_ends(tail, "日）") || str_ends(tail, "日)");
    bool addressed = head.len >= sizeof address - 1 && memcmp(head.at, address, sizeof address - 1) == 0;
    return addressed || (dated && is_opening(first_char(head)));
}

static bool begins_paragraph(const struct layout *l, const struct measure *all, const struct line *p, const struct line *line)
{
    const struct margins *m = margins_of(l, all, line);
    const struct margins *before = margins_of(l, all, p);
    bool centred = is_centred(all, m, line), was_centred = is_centred(all, before, p);
    if (is_row(l, p) || is_row(l, line))
        return true;
    if (centred && was_centred)
        return !goes_on_title(l, all, m, p, line);
    if (was_centred || wide_step(all, p, line))
        return true;
    double sure = 3 * fmin(line->em, p->em);
    if (!same_size(p, line, OTHER_SIZE) && line->right - line->left > sure && p->right - p->left > sure)
        return true;
    if (line->left > m->left + INDENT * line->em || ended_early(l, before, p, line))
        return true;
    bool sentence_ended = among(last_char(tail_of(l, p)), U"。；：！？”");
    return stands_alone(l, line) || (begins_with_number(head_of(l, line)) && sentence_ended);
}

/* ---- telling */

/* Between what stands side by side: Chinese text has no spaces but those of some width. */
static bool space_between(char32_t before, char32_t behind, double ems)
{
    bool latin = is_latin(before) && is_latin(behind);
    return ems > (latin ? LATIN_GAP : HAN_GAP);
}

static bool printed_twice(const struct layout_run *one, const struct layout_run *run)
{
    double near = SAME_PLACE * run->em;
    return str_eq(one->words, run->words) && fabs(one->x - run->x) < near && fabs(one->middle - run->middle) < near;
}

static void tell_line(const struct layout *l, const struct line *line, struct flow *f)
{
    const struct layout_run *p = NULL;
    for (size_t i = line->first; i < line->first + line->count; i++) {
        const struct layout_run *run = &l->runs.at[i];
        if (p != NULL && printed_twice(p, run))
            continue;
        if (p != NULL && space_between(last_char(p->words), first_char(run->words), (run->x - p->x - p->width) / line->em))
            flow_words(f, STR(" "));
        flow_words(f, run->words);
        p = run;
    }
}

/* A Latin word ends with its line; a number or a Chinese word may go on. */
static bool space_at_line_end(struct str before, struct str behind)
{
    char32_t a = last_char(before), b = first_char(behind);
    return is_latin_word(a) && is_latin_word(b) && !(is_digit(a) && is_digit(b));
}

static void tell_lines(struct layout *l, const struct lines *lines, struct flow *f)
{
    struct measure all = find_measure(l, lines);
    for (size_t i = 0; i < lines->count; i++) {
        const struct line *line = &lines->at[i], *p = line - 1;
        if (i > 0 && begins_paragraph(l, &all, p, line))
            flow_paragraph(f, 0, STR(""));
        else if (i > 0 && space_at_line_end(tail_of(l, p), head_of(l, line)))
            flow_words(f, STR(" "));
        tell_line(l, line, f);
    }
    flow_paragraph(f, 0, STR(""));
}

static void tell_blank(size_t from, size_t to, struct flow *f)
{
    if (from == to)
        flow_passed_over(f, "第%zu页没有文字层", from);
    else
        flow_passed_over(f, "第%zu页至第%zu页没有文字层", from, to);
}

/* Of these pages, from 0, those that were not lost. */
static void tell_blanks(const struct layout *l, size_t from, size_t end, struct flow *f)
{
    for (size_t i = from, last; i < end; i = last + 1) {
        for (last = i; last < end && !l->pages.at[last].lost; last++)
            continue;
        if (last > i)
            tell_blank(i + 1, last, f);
    }
}

/* Pages between the runs, which come in the order of the pages. */
static void tell_blank_pages(const struct layout *l, struct flow *f)
{
    size_t seen = 0;                    /* pages before this one are told or have text */
    for (size_t i = 0; i <= l->runs.count; i++) {
        size_t page = i < l->runs.count ? l->runs.at[i].page : l->pages.count;
        tell_blanks(l, seen, page, f);
        seen = page >= seen ? page + 1 : seen;
    }
}

bool layout_tell(struct layout *l, struct flow *f)
{
    struct lines lines = {0};
    bool any = l->runs.count > 0;
    tell_blank_pages(l, f);
    if (l->full)
        flow_passed_over(f, "第%zu页以后的文字过多，未读", l->pages.count);
    if (!any)
        return false;
    build_lines(l, &lines);
    drop_furniture(l, &lines, f);
    build_lines(l, &lines);
    find_columns(l, &lines);
    build_lines(l, &lines);
    tell_lines(l, &lines, f);
    return true;
}
