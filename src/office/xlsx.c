/*
 * Workbooks: the shown sheets in their order, each as one table of the cells that say something.
 *
 * Parts and what is taken from them: the relations of the package name the workbook, those of the workbook its sheets, shared
 * strings and styles. A sheet's merged ranges stand behind its cells, so cells are kept until the sheet is read.
 */
#include <stdlib.h>

#include "office/office.h"
#include "office/xlsx_parts.h"
#include "office/xml.h"

#define SHEETS_MOST 512
#define STRINGS_MOST 4000000            /* shared ones */
#define RELATIONS_MOST 4096
#define FORMATS_MOST 65536              /* styles of cells, and codes; Excel has 65,490 */
#define MERGES_MOST 200000              /* of a sheet */
#define MERGE_ROWS_MOST 1000            /* a table's cell spans no more; the rest of a higher range is an empty cell */
#define GAP_CELLS_MOST 32               /* a wider gap between cells is one empty cell across it */

struct relation { struct str id, type, target; };
struct code { long id; struct str code; };
struct cell { uint32_t row, column; struct str text; };
struct merge { uint32_t row, last_row, column, last_column; };

struct sheet {
    struct str name, relation;
    bool hidden, chart;
    VEC(struct cell) cells;
    VEC(struct merge) merges;
};

struct book {
    struct flow *f;
    struct arena *arena;                /* until the workbook is told */
    struct str package;
    VEC(struct relation) relations;     /* of the part in hand */
    VEC(struct sheet) sheets;
    VEC(struct str) strings;
    VEC(struct code) codes;
    VEC(struct str) formats;            /* of each style of cells */
    size_t cells;
    bool since_1904, full;
    /* what is open */
    struct sheet *sheet;
    struct buf words;
    bool in_words, in_formats;
    unsigned phonetic;
    struct cell cell;
    char type;
    long style;
    uint32_t row, column;
};

static bool is(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

static struct str kept(struct book *b, struct xml_attributes a, const char *name)
{
    return arena_keep(b->arena, xml_attribute(a, name, ""));
}

static bool is_true(struct str s)
{
    return str_is(s, "1") || str_is(s, "true");
}

static void on_words(void *self, struct str words)
{
    struct book *b = self;
    if (b->in_words && b->phonetic == 0)
        buf_add(&b->words, words);
}

/* ---- relations, workbook, styles, strings */

static void relation_start(void *self, const char *name, struct xml_attributes a)
{
    struct book *b = self;
    if (is(name, "Relationship") && b->relations.count < RELATIONS_MOST)
        *VEC_ADD(b->arena, &b->relations) = (struct relation){ kept(b, a, "Id"), kept(b, a, "Type"), kept(b, a, "Target") };
}

static void book_start(void *self, const char *name, struct xml_attributes a)
{
    struct book *b = self;
    if (is(name, "workbookPr"))
        b->since_1904 = is_true(xml_attribute(a, "date1904", ""));
    if (!is(name, "sheet") || b->sheets.count == SHEETS_MOST)
        return;
    struct str state = xml_attribute(a, "state", "visible");
    *VEC_ADD(b->arena, &b->sheets) = (struct sheet){ .name = kept(b, a, "name"), .relation = kept(b, a, "id"),
                                                     .hidden = !str_is(state, "visible") };
}

static int by_id(const void *x, const void *y)
{
    const struct code *a = x, *b = y;
    return (a->id > b->id) - (a->id < b->id);
}

static struct str code_of(const struct book *b, long id)
{
    const struct code *own = b->codes.count == 0 ? NULL :
        bsearch(&(struct code){ .id = id }, b->codes.at, b->codes.count, sizeof *b->codes.at, by_id);
    return own != NULL ? own->code : xlsx_builtin_format(id);
}

static void style_start(void *self, const char *name, struct xml_attributes a)
{
    struct book *b = self;
    if (is(name, "numFmt") && !b->in_formats && b->codes.count < FORMATS_MOST) {
        *VEC_ADD(b->arena, &b->codes) = (struct code){ xml_number(a, "numFmtId", 0), kept(b, a, "formatCode") };
    } else if (is(name, "cellXfs")) {
        b->in_formats = true;
        if (b->codes.count > 0)
            qsort(b->codes.at, b->codes.count, sizeof *b->codes.at, by_id);
    } else if (is(name, "xf") && b->in_formats && b->formats.count < FORMATS_MOST) {
        *VEC_ADD(b->arena, &b->formats) = code_of(b, xml_number(a, "numFmtId", 0));
    }
}

static void style_end(void *self, const char *name)
{
    struct book *b = self;
    if (is(name, "cellXfs"))
        b->in_formats = false;
}

/* Text inside of a string: its own and that of its runs, without what tells how to speak it. */
static void text_start(struct book *b, const char *name)
{
    b->in_words = is(name, "t");
    b->phonetic += is(name, "rPh");
}

static void text_end(struct book *b, const char *name)
{
    b->in_words = false;
    b->phonetic -= is(name, "rPh") && b->phonetic > 0;
}

static void string_start(void *self, const char *name, struct xml_attributes a)
{
    struct book *b = self;
    (void)a;
    if (is(name, "si"))
        buf_clear(&b->words);
    text_start(b, name);
}

static void string_end(void *self, const char *name)
{
    struct book *b = self;
    text_end(b, name);
    if (is(name, "si") && b->strings.count < STRINGS_MOST)
        *VEC_ADD(b->arena, &b->strings) = xlsx_plain(b->arena, arena_keep(b->arena, buf_str(&b->words)));
}

/* ---- the cells of a sheet */

static void cell_start(struct book *b, struct xml_attributes a)
{
    struct str type = xml_attribute(a, "t", "n");
    uint32_t row, column;
    bool placed = xlsx_place(xml_attribute(a, "r", ""), &row, &column);
    b->row = placed ? row : b->row;
    b->column = placed ? column : b->column + 1;
    b->cell = (struct cell){ .row = b->row, .column = b->column };
    b->type = str_is(type, "str") ? 'f' : str_is(type, "inlineStr") ? 'i' : type.len == 1 ? type.at[0] : 'n';
    b->style = xml_number(a, "s", 0);
    buf_clear(&b->words);
}

static void merge_start(struct book *b, struct xml_attributes a)
{
    struct str range = xml_attribute(a, "ref", "");
    const char *colon = range.len == 0 ? NULL : memchr(range.at, ':', range.len);
    struct merge m;
    if (colon == NULL || b->sheet->merges.count == MERGES_MOST)
        return;
    size_t first = (size_t)(colon - range.at);
    if (xlsx_place((struct str){ range.at, first }, &m.row, &m.column) &&
        xlsx_place((struct str){ colon + 1, range.len - first - 1 }, &m.last_row, &m.last_column) &&
        m.last_row >= m.row && m.last_column >= m.column)
        *VEC_ADD(b->arena, &b->sheet->merges) = m;
}

static void sheet_start(void *self, const char *name, struct xml_attributes a)
{
    struct book *b = self;
    if (is(name, "chartsheet")) {
        b->sheet->chart = true;
    } else if (is(name, "row")) {
        b->row = (uint32_t)xml_number(a, "r", (long)b->row + 1);
        b->column = 0;
    } else if (is(name, "c")) {
        cell_start(b, a);
    } else if (is(name, "mergeCell")) {
        merge_start(b, a);
    }
    text_start(b, name);
    b->in_words = b->in_words || is(name, "v");
}

static struct str shown(struct book *b)
{
    struct str value = buf_str(&b->words), format = STR("");
    switch (b->type) {
    case 's': {
        struct str digits = arena_keep(b->arena, value);
        unsigned long index = strtoul(digits.at, NULL, 10);
        return index < b->strings.count ? b->strings.at[index] : STR("");
    }
    case 'b':
        return str_is(value, "1") ? STR("TRUE") : STR("FALSE");
    case 'n':
        if (b->style >= 0 && (size_t)b->style < b->formats.count)
            format = b->formats.at[b->style];
        return xlsx_number(b->arena, value, format, b->since_1904);
    default:
        return xlsx_plain(b->arena, arena_keep(b->arena, value));
    }
}

static bool says_nothing(struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] != ' ' && s.at[i] != '\n' && s.at[i] != '\r' && s.at[i] != '\t')
            return false;
    }
    return true;
}

static void sheet_end(void *self, const char *name)
{
    struct book *b = self;
    text_end(b, name);
    if (!is(name, "c") || b->words.len == 0)
        return;
    b->cell.text = shown(b);
    buf_clear(&b->words);
    if (says_nothing(b->cell.text) || b->cell.row == 0)
        return;
    b->full = b->full || b->cells == FLOW_CELLS_MOST;
    if (b->full)
        return;
    b->cells++;
    *VEC_ADD(b->arena, &b->sheet->cells) = b->cell;
}

/* ---- telling a sheet as a table */

/* Which columns of the row in hand a merged range takes; rows count those that say something, from 1. */
struct grid {
    uint32_t row;
    uint32_t taken_until[TABLE_COLUMNS_MOST + 1];       /* last row, for each column */
    uint32_t begins[TABLE_COLUMNS_MOST + 1];            /* the row in which a range begins in that column */
    uint32_t spans[TABLE_COLUMNS_MOST + 1];             /* and how many columns it takes */
    uint32_t last;                                      /* column of the last range that goes on into further rows */
};

static int by_place(const void *x, const void *y)
{
    const struct cell *a = x, *b = y;
    return a->row != b->row ? (a->row > b->row) - (a->row < b->row) : (a->column > b->column) - (a->column < b->column);
}

static int by_row(const void *x, const void *y)
{
    const struct merge *a = x, *b = y;
    return (a->row > b->row) - (a->row < b->row);
}

static void sort_sheet(struct sheet *s)
{
    for (size_t i = 1; i < s->cells.count; i++) {
        if (by_place(&s->cells.at[i - 1], &s->cells.at[i]) > 0) {
            qsort(s->cells.at, s->cells.count, sizeof *s->cells.at, by_place);
            break;
        }
    }
    if (s->merges.count > 0)
        qsort(s->merges.at, s->merges.count, sizeof *s->merges.at, by_row);
}

/* The numbers of the rows that say something, ascending, and a zero behind them. */
static uint32_t *rows_of(struct book *b, const struct sheet *s, uint32_t *count)
{
    uint32_t *rows = arena_take(b->arena, (s->cells.count + 1) * sizeof *rows);
    for (size_t i = 0; i < s->cells.count; i++) {
        if (*count == 0 || rows[*count - 1] != s->cells.at[i].row)
            rows[(*count)++] = s->cells.at[i].row;
    }
    return rows;
}

/* How many of the rows are at most `row`. */
static uint32_t rows_until(const uint32_t *rows, uint32_t count, uint32_t row)
{
    uint32_t low = 0, high = count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (rows[middle] <= row)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Lays a range that begins in the row in hand; one that meets another is passed over, for no table has such cells. */
static void lay(struct grid *g, struct merge m, uint32_t last_row)
{
    uint32_t last = m.last_column < TABLE_COLUMNS_MOST ? m.last_column : TABLE_COLUMNS_MOST;
    if (last_row >= g->row + MERGE_ROWS_MOST)
        last_row = g->row + MERGE_ROWS_MOST - 1;
    for (uint32_t c = m.column; c <= last; c++) {
        if (g->taken_until[c] >= g->row)
            return;
    }
    for (uint32_t c = m.column; c <= last; c++)
        g->taken_until[c] = last_row;
    if (m.column <= last) {
        g->begins[m.column] = g->row;
        g->spans[m.column] = m.last_column - m.column + 1;
        if (last_row > g->row && m.column > g->last)
            g->last = m.column;
    }
}

/* Columns from c up to the next cell, merged range or end that nothing takes. */
static uint32_t gap(const struct grid *g, uint32_t c, uint32_t end)
{
    uint32_t n = 0;
    while (c + n < end && c + n <= TABLE_COLUMNS_MOST && g->taken_until[c + n] < g->row)
        n++;
    return c + n > TABLE_COLUMNS_MOST && c + n < end ? end - c : n;
}

static void tell_text(struct flow *f, struct str text)
{
    for (size_t i = 0; i <= text.len;) {
        const char *end = i < text.len ? memchr(text.at + i, '\n', text.len - i) : NULL;
        size_t next = end == NULL ? text.len : (size_t)(end - text.at);
        flow_words(f, (struct str){ text.at + i, next - i });
        if (end != NULL)
            flow_break(f);
        i = next + 1;
    }
}

static void tell_cell(struct flow *f, uint32_t rows, uint32_t columns, struct str text)
{
    flow_cell_begin(f, rows, columns);
    tell_text(f, text);
    flow_cell_end(f);
}

static void tell_gap(struct flow *f, uint32_t columns)
{
    for (uint32_t i = 0; columns <= GAP_CELLS_MOST && i < columns; i++)
        tell_cell(f, 1, 1, STR(""));
    if (columns > GAP_CELLS_MOST)
        tell_cell(f, 1, columns, STR(""));
}

static void tell_row(struct flow *f, const struct grid *g, const struct cell *cells, size_t count)
{
    uint32_t last = cells[count - 1].column > g->last ? cells[count - 1].column : g->last;
    size_t k = 0;
    flow_row(f);
    for (uint32_t c = 1, step; c <= last; c += step) {
        while (k < count && cells[k].column < c)        /* inside of a merged range: not shown */
            k++;
        uint32_t next = k < count ? cells[k].column : last + 1;
        struct str text = next == c ? cells[k].text : STR("");
        bool begins = c <= TABLE_COLUMNS_MOST && g->begins[c] == g->row;
        bool taken = c <= TABLE_COLUMNS_MOST && g->taken_until[c] >= g->row;
        step = begins ? g->spans[c] : 1;
        if (begins)
            tell_cell(f, g->taken_until[c] - g->row + 1, step, text);
        else if (!taken && next == c)
            tell_cell(f, 1, 1, text);
        else if (!taken)
            tell_gap(f, step = gap(g, c, next));
    }
}

/* The cells from the first row that has several to the last; none where no row has. What stands alone ahead and behind is title and note. */
static void find_table(const struct sheet *s, size_t *first, size_t *end)
{
    *first = *end = s->cells.count;
    for (size_t i = 0; i + 1 < s->cells.count; i++) {
        if (s->cells.at[i].row != s->cells.at[i + 1].row)
            continue;
        *first = i < *first ? i : *first;
        *end = i + 2;
    }
}

static void tell_sheet(struct book *b, struct sheet *s)
{
    struct grid g = { .row = 0 };
    uint32_t count = 0, last_column = 1;
    size_t next = 0;
    sort_sheet(s);
    const uint32_t *rows = rows_of(b, s, &count);
    for (size_t i = 0; i < s->cells.count; i++)
        last_column = s->cells.at[i].column > last_column ? s->cells.at[i].column : last_column;
    size_t table, table_end;
    find_table(s, &table, &table_end);
    for (size_t i = 0, end; i < s->cells.count; i = end) {
        uint32_t row = s->cells.at[i].row;
        if (i == table)
            flow_table_begin(b->f);
        for (end = i; end < s->cells.count && s->cells.at[end].row == row;)
            end++;
        g.row++;
        g.last = 0;
        for (; next < s->merges.count && s->merges.at[next].row <= row; next++) {
            struct merge m = s->merges.at[next];
            if (m.last_column > last_column)            /* a title merged across the whole sheet */
                m.last_column = m.column > last_column ? m.column : last_column;
            if (m.last_row >= row)
                lay(&g, m, rows_until(rows, count, m.last_row));
        }
        if (i < table || i >= table_end) {
            tell_text(b->f, s->cells.at[i].text);
            flow_paragraph(b->f, 0, STR(""));
        } else {
            tell_row(b->f, &g, s->cells.at + i, end - i);
        }
        if (end == table_end && table < end)
            flow_table_end(b->f);
    }
}

/* ---- the package */

static struct str target_of(const struct book *b, struct str id, const char *type, const char *otherwise)
{
    for (size_t i = 0; i < b->relations.count; i++) {
        const struct relation *r = &b->relations.at[i];
        if (type != NULL ? str_ends(r->type, type) : str_eq(r->id, id))
            return r->target;
    }
    return str_of(otherwise);
}

static void read_relations(struct book *b, struct str part)
{
    static const struct xml_events events = { .start = relation_start };
    b->relations.count = 0;
    xml_part(b->package, package_relations(b->arena, part), &events, b);
}

/* Reads one part that the workbook names by the end of its relation's type. */
static void read_beside(struct book *b, struct str folder, const char *type, const char *otherwise, const struct xml_events *events)
{
    struct str part = package_path(b->arena, folder, target_of(b, STR(""), type, otherwise));
    enum package_result r = xml_part(b->package, part, events, b);
    if (r != PACKAGE_READ && r != PACKAGE_ABSENT)
        flow_passed_over(b->f, "部件“%.*s”有损坏，其余未读", STR_ARG(part));
}

static bool seen_before(const struct book *b, size_t i)
{
    struct str relation = b->sheets.at[i].relation;
    for (size_t k = 0; k < i && relation.len > 0; k++) {
        if (str_eq(b->sheets.at[k].relation, relation))
            return true;
    }
    return false;
}

static void read_sheet(struct book *b, struct str folder, size_t i)
{
    static const struct xml_events events = { .start = sheet_start, .end = sheet_end, .text = on_words };
    struct sheet *s = b->sheet = &b->sheets.at[i];
    if (s->hidden) {
        flow_passed_over(b->f, "隐藏工作表“%.*s”", STR_ARG(s->name));
        return;
    }
    if (seen_before(b, i))
        return;
    struct buf name;
    buf_init(&name, BUF_NO_CEILING);
    buf_addf(&name, "worksheets/sheet%zu.xml", i + 1);
    struct str part = package_path(b->arena, folder, target_of(b, s->relation, NULL, NULL));
    if (part.len == 0)
        part = package_path(b->arena, folder, arena_keep(b->arena, buf_str(&name)));
    buf_release(&name);
    b->row = b->column = 0;
    enum package_result r = xml_part(b->package, part, &events, b);
    if (r != PACKAGE_READ)
        flow_passed_over(b->f, "工作表“%.*s”有损坏，其余未读", STR_ARG(s->name));
    if (s->chart)
        flow_passed_over(b->f, "图表工作表“%.*s”", STR_ARG(s->name));
}

/* What stands beside the cells and is not read: pictures, charts, comments. */
static void tell_beside(struct book *b)
{
    static const struct { const char *parts, *what, *counter; } kinds[] = {
        { "xl/media/", "图片", "幅" }, { "xl/charts/chart", "图表", "个" }, { "xl/comments", "批注", "组" },
    };
    struct part_names names = { .count = 0 };
    if (package_names(b->arena, b->package, &names) != PACKAGE_READ)
        return;
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        size_t n = 0, len = strlen(kinds[k].parts);
        for (size_t i = 0; i < names.count; i++)
            n += names.at[i].len > len && memcmp(names.at[i].at, kinds[k].parts, len) == 0;
        if (n > 0)
            flow_passed_over(b->f, "%s%zu%s", kinds[k].what, n, kinds[k].counter);
    }
}

static void tell_book(struct book *b)
{
    size_t with_content = 0;
    for (size_t i = 0; i < b->sheets.count; i++)
        with_content += b->sheets.at[i].cells.count > 0;
    for (size_t i = 0; i < b->sheets.count; i++) {
        struct sheet *s = &b->sheets.at[i];
        if (s->cells.count == 0)
            continue;
        if (with_content > 1) {
            flow_words(b->f, s->name);
            flow_paragraph(b->f, 1, STR(""));
        }
        tell_sheet(b, s);
    }
    if (b->full)
        flow_refuse(b->f, DIAG_READ_LIMIT, "单元格");
    tell_beside(b);
}

static bool read_book(struct book *b)
{
    static const struct xml_events workbook = { .start = book_start }, styles = { .start = style_start, .end = style_end },
                                   strings = { .start = string_start, .end = string_end, .text = on_words };
    read_relations(b, STR(""));
    struct str part = package_path(b->arena, STR(""), target_of(b, STR(""), "/officeDocument", "xl/workbook.xml"));
    struct str folder = package_folder(part);
    if (str_ends(part, ".bin"))         /* xlsb: the same in records of its own */
        return flow_refuse(b->f, DIAG_INPUT_FORMAT, "xlsb");
    enum package_result r = xml_part(b->package, part, &workbook, b);
    if (r != PACKAGE_READ && b->sheets.count == 0) {
        package_tell(r, part, b->f->name, b->f->diags);
        return false;
    }
    read_relations(b, part);
    read_beside(b, folder, "/sharedStrings", "sharedStrings.xml", &strings);
    read_beside(b, folder, "/styles", "styles.xml", &styles);
    for (size_t i = 0; i < b->sheets.count; i++)
        read_sheet(b, folder, i);
    tell_book(b);
    return true;
}

bool xlsx_read(struct str bytes, struct flow *f)
{
    struct book b = { .f = f, .arena = arena_new(), .package = bytes };
    buf_init(&b.words, BUF_NO_CEILING);
    bool read = read_book(&b);
    buf_release(&b.words);
    arena_free(b.arena);
    return read;
}
