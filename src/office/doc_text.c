/*
 * Characters of a Word 97 document to paragraphs: pieces put in order, fields, hidden and deleted text, special characters.
 */
#include "office/doc_parts.h"

#define FIELD_DEPTH_MOST 32
#define FIELD_PARAGRAPHS_MOST 50        /* in one instruction; more: its end is missing */
#define PIECE_PROPERTIES_MOST 1024      /* bytes; more than a change of some letters ever needs */

enum {
    CHAR_PICTURE = 0x01, CHAR_CELL = 0x07, CHAR_TAB = 0x09, CHAR_BREAK = 0x0B, CHAR_PAGE = 0x0C, CHAR_PARAGRAPH = 0x0D, CHAR_COLUMN = 0x0E,
    CHAR_FIELD = 0x13, CHAR_FIELD_RESULT = 0x14, CHAR_FIELD_END = 0x15, CHAR_HYPHEN = 0x1E, CHAR_SYMBOL = '('
};
enum { CLX_PROPERTIES = 1, CLX_PIECES = 2 };

/* Where the reading of a story stands. */
struct scan {
    struct doc *doc;
    const struct doc_piece *piece;
    struct doc_run characters, paragraph;       /* the runs that hold the last character */
    struct doc_chp chp;
    size_t start;                               /* of the open paragraph in doc.text */
    unsigned field_depth;
    uint32_t instructions;                      /* bit n: field n+1 is still in its instruction */
    unsigned field_paragraphs;
    uint32_t high;                              /* surrogate that waits for its low one */
    bool joining;                               /* the last mark was hidden or deleted: its paragraph goes on */
    struct doc_paragraph joined;                /* as that mark would have ended it */
};

/* ---- pieces */

/* Lists of properties stand ahead of the pieces, which name them by number. Returns the place behind them. */
struct clx_lists { VEC(struct str) list; };

static size_t clx_properties(struct doc *d, struct str clx, struct clx_lists *out)
{
    size_t at = 0;
    for (; byte_at(clx, at) == CLX_PROPERTIES; at += 3u + le16(clx, at + 1))
        *VEC_ADD(d->arena, &out->list) = str_part(clx, at + 3, le16(clx, at + 1));
    return at;
}

static struct doc_piece piece_of(struct str entry, const struct clx_lists *changes)
{
    uint32_t fc = le32(entry, 2);
    uint16_t change = le16(entry, 6);
    struct doc_piece p = { .narrow = (fc >> 30 & 1) != 0, .offset = fc & 0x3FFFFFFF };
    if (p.narrow)
        p.offset /= 2;
    if ((change & 1) != 0 && change >> 1 < changes->list.count)
        p.properties = changes->list.at[change >> 1];
    if (p.properties.len > PIECE_PROPERTIES_MOST)
        p.properties = STR("");
    return p;
}

bool doc_pieces_read(struct doc *d)
{
    struct str clx = doc_part(d, FC_PIECES);
    struct clx_lists changes = { 0 };
    size_t at = clx_properties(d, clx, &changes);
    if (byte_at(clx, at) != CLX_PIECES)
        return false;
    struct str s = str_part(clx, at + 5, le32(clx, at + 1));
    size_t n = s.len < 4 ? 0 : (s.len - 4) / 12;
    for (size_t i = 0; i < n; i++) {
        struct doc_piece p = piece_of(str_part(s, 4 * (n + 1) + 8 * i, 8), &changes);
        p.start = le32(s, 4 * i);
        p.end = le32(s, 4 * i + 4);
        if (p.end > p.start)
            *VEC_ADD(d->arena, &d->pieces) = p;
    }
    return d->pieces.count > 0;
}

/* ---- words */

static void add_code(struct buf *b, uint32_t c)
{
    if (c >= 0x10000) {
        buf_addc(b, (char)(0xF0 | c >> 18));
        buf_addc(b, (char)(0x80 | (c >> 12 & 0x3F)));
    } else if (c >= 0x800) {
        buf_addc(b, (char)(0xE0 | c >> 12));
    }
    if (c >= 0x800)
        buf_addc(b, (char)(0x80 | (c >> 6 & 0x3F)));
    else if (c >= 0x80)
        buf_addc(b, (char)(0xC0 | c >> 6));
    buf_addc(b, (char)(c < 0x80 ? c : 0x80 | (c & 0x3F)));
}

static void add_unit(struct scan *s, uint32_t unit)
{
    uint32_t high = s->high;
    s->high = 0;
    if (unit >= 0xD800 && unit < 0xDC00)
        s->high = unit;
    else if ((unit < 0xDC00 || unit >= 0xE000) && unit < 0xFFFE)
        add_code(&s->doc->text, unit);
    else if (high != 0 && unit < 0xE000)
        add_code(&s->doc->text, 0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00));
}

/* The boxes of forms, which stand in fonts of symbols; other symbols have no character to be told by. */
static uint32_t symbol_char(uint16_t symbol)
{
    switch (symbol & 0xFF) {
    case 0x6F: case 0x71: case 0xA3: case 0xA8: case 0x30: case 0x2A: return 0x25A1;    /* □ */
    case 0x52: case 0xFE: return 0x2611;                                                /* ☑ */
    case 0x54: case 0xFD: return 0x2612;                                                /* ☒ */
    case 0x50: case 0xFC: return 0x2713;                                                /* ✓ */
    case 0x6C: case 0x9F: return 0x25CF;                                                /* ● */
    default: return 0;
    }
}

/* ---- ends of paragraphs */

static void keep_paragraph(struct doc *d, struct doc_paragraph p)
{
    if (d->paragraphs.count < DOC_PARAGRAPHS_MOST)
        *VEC_ADD(d->arena, &d->paragraphs) = p;
    else
        d->too_many = true;
}

static struct doc_paragraph paragraph_ended_by(struct scan *s, uint32_t mark)
{
    struct doc_pap pap = doc_pap_of(s->doc, &s->paragraph, s->piece->properties);
    struct doc_paragraph p = { .start = s->start, .end = s->doc->text.len, .pap = pap };
    bool in_table = pap.in_table || mark == CHAR_CELL;
    p.depth = !in_table ? 0 : pap.depth > 0 ? pap.depth : 1;
    p.ends_row = in_table && (p.depth == 1 ? pap.ends_row : pap.inner_row_end);
    p.ends_cell = in_table && !p.ends_row && (mark == CHAR_CELL || (p.depth > 1 && pap.inner_cell_end));
    return p;
}

/* `joins`: the mark itself is out of the text, so the words go on in the next paragraph, if that stands in the same cell. */
static void end_paragraph(struct scan *s, uint32_t mark, bool joins)
{
    struct doc_paragraph p = paragraph_ended_by(s, mark);
    if (s->joining && (p.depth != s->joined.depth || p.ends_row)) {
        keep_paragraph(s->doc, s->joined);
        p.start = s->joined.end;
    }
    s->high = 0;
    s->joining = joins && !p.ends_cell && !p.ends_row;
    if (s->joining) {
        s->joined = p;
        s->start = p.start;
        return;
    }
    keep_paragraph(s->doc, p);
    s->start = s->doc->text.len;
}

/* ---- fields */

/* True where the character belongs to the marks of fields. An instruction whose end is missing must not take all text. */
static bool field_mark(struct scan *s, uint32_t unit)
{
    if (unit == CHAR_FIELD && s->field_depth < FIELD_DEPTH_MOST)
        s->instructions |= 1u << s->field_depth++;
    else if (unit == CHAR_FIELD_RESULT && s->field_depth > 0)
        s->instructions &= ~(1u << (s->field_depth - 1));
    else if (unit == CHAR_FIELD_END && s->field_depth > 0)
        s->instructions &= ~(1u << --s->field_depth);
    s->field_paragraphs = s->instructions == 0 ? 0 : s->field_paragraphs;
    return unit == CHAR_FIELD || unit == CHAR_FIELD_RESULT || unit == CHAR_FIELD_END;
}

static bool in_instruction_at_mark(struct scan *s, uint32_t unit)
{
    if (s->instructions != 0 && (unit == CHAR_CELL || ++s->field_paragraphs > FIELD_PARAGRAPHS_MOST))
        s->instructions = s->field_depth = 0;
    return s->instructions != 0;
}

/* ---- characters */

static void find_runs(struct scan *s, size_t offset)
{
    bool same = offset >= s->characters.start && offset < s->characters.end && offset >= s->paragraph.start && offset < s->paragraph.end;
    if (same)
        return;
    s->characters = doc_run_find(s->doc, FC_CHARACTER_RUNS, offset);
    s->paragraph = doc_run_find(s->doc, FC_PARAGRAPH_RUNS, offset);
    s->chp = doc_chp_of(s->doc, &s->characters, s->paragraph.style, s->piece->properties);
}

static void read_special(struct scan *s, uint32_t unit)
{
    struct doc *d = s->doc;
    if (unit == CHAR_TAB)
        buf_addc(&d->text, '\t');
    else if (unit == CHAR_BREAK || unit == CHAR_COLUMN || unit == CHAR_PAGE)
        buf_addc(&d->text, '\n');
    else if (unit == CHAR_HYPHEN)
        buf_addc(&d->text, '-');
    else if (unit == CHAR_PICTURE && s->chp.special && !s->chp.is_data)
        d->pictures++;
}

static void read_char(struct scan *s, uint32_t unit, size_t offset, size_t width)
{
    find_runs(s, offset);
    bool out = s->chp.deleted || s->chp.hidden;
    if (field_mark(s, unit))
        return;
    /* a page break stands within a paragraph unless the run of the paragraph ends with it */
    bool ends = unit == CHAR_PARAGRAPH || unit == CHAR_CELL || (unit == CHAR_PAGE && s->paragraph.end == offset + width);
    if (ends) {
        bool in_field = in_instruction_at_mark(s, unit);
        end_paragraph(s, unit, out || in_field);
        return;
    }
    if (s->instructions != 0)
        return;
    s->doc->deleted += s->chp.deleted;
    s->doc->hidden += s->chp.hidden && !s->chp.deleted;
    if (out)
        return;
    if (s->chp.special && s->chp.symbol != 0 && unit == CHAR_SYMBOL)
        unit = symbol_char(s->chp.symbol);
    if (unit >= 0x20)
        add_unit(s, unit);
    else
        read_special(s, unit);
}

/* Narrow characters are Windows-1252. */
static uint32_t narrow_char(uint8_t byte)
{
    static const uint16_t upper[32] = {
        0x20AC, 0, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160, 0x2039, 0x152, 0, 0x17D, 0,
        0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x2DC, 0x2122, 0x161, 0x203A, 0x153, 0, 0x17E, 0x178
    };
    return byte >= 0x80 && byte < 0xA0 ? upper[byte - 0x80] : byte;
}

static void read_piece(struct scan *s, uint32_t start, uint32_t end)
{
    struct doc *d = s->doc;
    size_t width = s->piece->narrow ? 1 : 2;
    size_t offset = s->piece->offset + (size_t)(start - s->piece->start) * width;
    for (uint32_t cp = start; cp < end; cp++, offset += width) {
        if (offset + width > d->main.len || d->characters_left == 0) {
            d->cut_short = true;
            return;
        }
        d->characters_left--;
        read_char(s, s->piece->narrow ? narrow_char(byte_at(d->main, offset)) : le16(d->main, offset), offset, width);
    }
}

void doc_story_read(struct doc *d, uint32_t start, uint32_t end)
{
    struct scan s = { .doc = d, .start = d->text.len };
    for (size_t i = 0; i < d->pieces.count; i++) {
        const struct doc_piece *p = &d->pieces.at[i];
        uint32_t from = p->start > start ? p->start : start, to = p->end < end ? p->end : end;
        if (from >= to)
            continue;
        s.piece = p;
        s.characters = s.paragraph = (struct doc_run){ 0 };     /* the piece may change them */
        read_piece(&s, from, to);
    }
    if (d->text.len > s.start)                                  /* the last mark is missing, or out of the text */
        keep_paragraph(d, (struct doc_paragraph){ .start = s.start, .end = d->text.len, .pap = { .outline = DOC_LEVELS } });
}
