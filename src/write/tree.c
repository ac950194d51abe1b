/* cmark's only home on the way out: the page as a tree of its nodes, rendered as CommonMark. */
#include "write/tree.h"

#include <cmark.h>
#include <stdlib.h>

#include "base/arena.h"
#include "unicode/width.h"
#include "write/plain.h"

#define CELL_COLUMNS_MOST 30    /* wider cells are not padded for */
#define NOTHING STR("—")

struct tree {
    cmark_node *root;
    cmark_node *open;           /* what takes the next block: the document, or a list that takes items */
    cmark_node *paragraph;      /* of the newest item */
};

struct tree *tree_new(void)
{
    struct tree *t = must_alloc(sizeof *t);
    cmark_node *root = cmark_node_new(CMARK_NODE_DOCUMENT);
    *t = (struct tree){ root, root, NULL };
    return t;
}

void tree_free(struct tree *t)
{
    if (t == NULL)
        return;
    cmark_node_free(t->root);
    free(t);
}

static cmark_node *add(cmark_node *parent, cmark_node_type type)
{
    cmark_node *n = cmark_node_new(type);
    cmark_node_append_child(parent, n);
    return n;
}

/* A run of text that cmark escapes itself. The byte behind it is borrowed for a NUL. */
static void add_run(cmark_node *parent, char *at, size_t len)
{
    if (len == 0)
        return;
    char behind = at[len];
    at[len] = '\0';
    cmark_node_set_literal(add(parent, CMARK_NODE_TEXT), at);
    at[len] = behind;
}

/* A sign that means something to somebody, with a backslash before it. */
static void add_escaped(cmark_node *parent, char c)
{
    const char pair[3] = { '\\', c, '\0' };
    cmark_node_set_on_enter(add(parent, CMARK_NODE_CUSTOM_INLINE), pair);
}

static bool digits_before(const char *at, size_t i)
{
    if (i == 0)
        return false;
    for (size_t k = 0; k < i; k++) {
        if (at[k] < '0' || at[k] > '9')
            return false;
    }
    return true;
}

/*
 * cmark leaves alone what is not CommonMark: ~~strike~~, table bars, $formulas$, bare addresses. And it looks for list
 * marks only at the start of a line, not behind a task box, where forges look again.
 */
static bool needs_backslash(const char *at, size_t len, size_t i)
{
    switch (at[i]) {
    case '~': case '|': case '$':
        return true;
    case ':':
        return len - i >= 3 && at[i + 1] == '/' && at[i + 2] == '/';
    case '-': case '+': case '=':
        return i == 0;
    case '.':
        return digits_before(at, i) || (i >= 3 && (at[i - 1] | 32) == 'w' && (at[i - 2] | 32) == 'w' && (at[i - 3] | 32) == 'w');
    case ')':
        return digits_before(at, i);
    default:
        return false;
    }
}

/* `without` stands where nothing visible is left of the text: an empty item would be no item. */
static void add_text(cmark_node *parent, struct str text, struct str without)
{
    struct buf line;
    buf_init(&line, BUF_NO_CEILING);
    plain_add(&line, text);
    if (line.len == 0)
        buf_add(&line, without);
    size_t len = line.len, from = 0;
    buf_addc(&line, '\0');
    for (size_t i = 0; i < len; i++) {
        if (!needs_backslash(line.at, len, i))
            continue;
        add_run(parent, line.at + from, i - from);
        add_escaped(parent, line.at[i]);
        from = i + 1;
    }
    add_run(parent, line.at + from, len - from);
    buf_release(&line);
}

void tree_heading(struct tree *t, int level, struct str text)
{
    cmark_node *h = add(t->open, CMARK_NODE_HEADING);
    cmark_node_set_heading_level(h, level);
    add_text(h, text, NOTHING);
}

void tree_paragraph(struct tree *t, struct str text)
{
    add_text(add(t->open, CMARK_NODE_PARAGRAPH), text, NOTHING);
}

static cmark_node *open_list(struct tree *t, cmark_list_type type)
{
    cmark_node *below = t->open;
    if (cmark_node_get_type(below) == CMARK_NODE_LIST)
        below = cmark_node_last_child(below);
    t->open = add(below, CMARK_NODE_LIST);
    cmark_node_set_list_type(t->open, type);
    cmark_node_set_list_tight(t->open, 1);
    return t->open;
}

void tree_list(struct tree *t)
{
    open_list(t, CMARK_BULLET_LIST);
}

void tree_list_from(struct tree *t, int first)
{
    cmark_node *list = open_list(t, CMARK_ORDERED_LIST);
    cmark_node_set_list_delim(list, CMARK_PERIOD_DELIM);
    cmark_node_set_list_start(list, first);
}

void tree_list_end(struct tree *t)
{
    cmark_node *parent = cmark_node_parent(t->open);
    t->open = cmark_node_get_type(parent) == CMARK_NODE_ITEM ? cmark_node_parent(parent) : parent;
}

void tree_item(struct tree *t, enum box box, struct str text)
{
    static const char *const boxes[] = { [BOX_NONE] = NULL, [BOX_OPEN] = "[ ] ", [BOX_DONE] = "[x] " };
    t->paragraph = add(add(t->open, CMARK_NODE_ITEM), CMARK_NODE_PARAGRAPH);
    if (boxes[box] != NULL)
        cmark_node_set_on_enter(add(t->paragraph, CMARK_NODE_CUSTOM_INLINE), boxes[box]);
    add_text(t->paragraph, text, NOTHING);
}

void tree_line(struct tree *t, struct str text)
{
    add(t->paragraph, CMARK_NODE_LINEBREAK);
    add_text(t->paragraph, text, NOTHING);
}

static void add_html(struct tree *t, const char *html)
{
    cmark_node_set_literal(add(t->open, CMARK_NODE_HTML_BLOCK), html);
}

void tree_fold(struct tree *t, struct str summary)
{
    struct buf html;
    buf_init(&html, BUF_NO_CEILING);
    buf_addf(&html, "<details>\n<summary>%.*s</summary>\n", STR_ARG(summary));
    buf_addc(&html, '\0');
    add_html(t, html.at);
    buf_release(&html);
}

void tree_fold_end(struct tree *t)
{
    add_html(t, "</details>\n");
}

/* The text as a table cell has it: one line, every bar escaped. */
static struct str cell_text(struct arena *a, struct str text)
{
    cmark_node *page = cmark_node_new(CMARK_NODE_DOCUMENT);
    add_text(add(page, CMARK_NODE_PARAGRAPH), text, STR(""));
    char *rendered = cmark_render_commonmark(page, CMARK_OPT_DEFAULT, 0);
    struct str cell = str_of(rendered);
    while (cell.len > 0 && (cell.at[cell.len - 1] == '\n' || cell.at[cell.len - 1] == ' '))
        cell.len--;
    cell = arena_keep(a, cell);
    free(rendered);
    cmark_node_free(page);
    return cell;
}

static void add_times(struct buf *out, char c, size_t n)
{
    for (size_t i = 0; i < n; i++)
        buf_addc(out, c);
}

/* The columns each column needs, those of overlong cells aside. */
static uint32_t *column_widths(struct arena *a, const struct str *cells, size_t rows, size_t columns)
{
    uint32_t *most = arena_take(a, columns * sizeof *most);
    for (size_t i = 0; i < rows * columns; i++) {
        uint32_t width = width_of_utf8(cells[i]);
        if (width > most[i % columns] && width <= CELL_COLUMNS_MOST)
            most[i % columns] = width;
    }
    for (size_t k = 0; k < columns; k++)
        most[k] = most[k] < 3 || k + 1 == columns ? 3 : most[k];
    return most;
}

static void add_row(struct buf *out, const struct str *cells, const uint32_t *widths, size_t columns)
{
    for (size_t k = 0; k < columns; k++) {
        uint32_t width = width_of_utf8(cells[k]);
        buf_addz(out, k == 0 ? "| " : " | ");
        buf_add(out, cells[k]);
        add_times(out, ' ', width < widths[k] ? widths[k] - width : 0);
    }
    buf_addz(out, " |\n");
}

static void add_rule(struct buf *out, const uint32_t *widths, size_t columns)
{
    for (size_t k = 0; k < columns; k++) {
        buf_addz(out, k == 0 ? "| " : " | ");
        add_times(out, '-', widths[k]);
    }
    buf_addz(out, " |\n");
}

void tree_table(struct tree *t, const struct str *cells, size_t rows, size_t columns)
{
    struct arena *a = arena_new();
    struct str *shown = arena_take(a, rows * columns * sizeof *shown);
    for (size_t i = 0; i < rows * columns; i++)
        shown[i] = cell_text(a, cells[i]);
    const uint32_t *widths = column_widths(a, shown, rows, columns);
    struct buf table;
    buf_init(&table, BUF_NO_CEILING);
    for (size_t i = 0; i < rows; i++) {
        add_row(&table, shown + i * columns, widths, columns);
        if (i == 0)
            add_rule(&table, widths, columns);
    }
    table.at[table.len - 1] = '\0';             /* cmark ends the block's last line itself */
    cmark_node_set_on_enter(add(t->open, CMARK_NODE_CUSTOM_BLOCK), table.at);
    buf_release(&table);
    arena_free(a);
}

void tree_render(struct tree *t, struct buf *out)
{
    char *rendered = cmark_render_commonmark(t->root, CMARK_OPT_DEFAULT, 0);
    buf_addz(out, rendered);
    free(rendered);
}
