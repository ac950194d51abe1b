/*
 * Properties of a Word 97 document: which run a byte belongs to, and what the lists of changes (sprm) of styles and runs say.
 *
 * A sprm is two bytes and an operand, whose length the upper three bits tell.
 */
#include "office/doc_parts.h"

#define PAGE_BYTES 512                  /* a page of runs, its number of runs in the last byte */
#define PAGE_NUMBER_MASK 0x3FFFFFu
#define STYLE_CHAIN_MOST 11             /* Word's own limit */
#define STYLE_NONE 0xFFF
#define STYLE_HEADINGS 9
#define STYLE_RECORD_BYTES 10
enum { STYLE_OF_PARAGRAPHS = 1, STYLE_OF_CHARACTERS = 2 };

enum {
    SPRM_IN_TABLE = 0x2416, SPRM_ROW_END = 0x2417, SPRM_DEPTH = 0x6649, SPRM_INNER_CELL_END = 0x244B, SPRM_INNER_ROW_END = 0x244C,
    SPRM_LIST_LEVEL = 0x260A, SPRM_LIST = 0x460B, SPRM_OUTLINE = 0x2640, SPRM_FAR = 0x6646, SPRM_FAR_OLD = 0x6645, SPRM_FAR_TABLE = 0x646B,
    SPRM_CELLS = 0xD608, SPRM_CELLS_OLD = 0xD606, SPRM_TABS = 0xC615,
    SPRM_DELETED = 0x0800, SPRM_IS_DATA = 0x0806, SPRM_HIDDEN = 0x083C, SPRM_SPECIAL = 0x0855, SPRM_SYMBOL = 0x6A09, SPRM_STYLE = 0x4A30
};

/* Length of the operand that starts at `at`. */
static size_t operand_len(uint16_t sprm, struct str s, size_t at)
{
    static const uint8_t fixed[8] = { 1, 1, 2, 4, 2, 2, 0, 3 };
    if (sprm >> 13 != 6)
        return fixed[sprm >> 13];
    if (sprm == SPRM_CELLS || sprm == SPRM_CELLS_OLD)
        return 1u + (le16(s, at) > 0 ? le16(s, at) : 1u);
    if (sprm == SPRM_TABS && byte_at(s, at) == 255) {       /* too long for its byte: count what it holds */
        size_t added = at + 2 + 4u * byte_at(s, at + 1);
        return added + 1 + 3u * byte_at(s, added) - at;
    }
    return 1u + byte_at(s, at);
}

/* Takes the next sprm; false at the end, or where its operand is not all there. */
static bool next_sprm(struct str *s, uint16_t *sprm, struct str *operand)
{
    if (s->len < 2)
        return false;
    *sprm = le16(*s, 0);
    size_t len = operand_len(*sprm, *s, 2);
    if (len > s->len - 2)
        return false;
    *operand = (struct str){ s->at + 2, len };
    *s = (struct str){ s->at + 2 + len, s->len - 2 - len };
    return true;
}

/* Properties that others name too: past a limit none are read, so that few bytes cannot make much work. */
static struct str shared(struct doc *d, struct str s)
{
    if (s.len > d->shared_bytes_left)
        return STR("");
    d->shared_bytes_left -= s.len;
    return s;
}

/* What a sprm says that only names a place in the stream Data: a length and that many bytes. */
static struct str far_properties(struct doc *d, uint32_t at)
{
    size_t len = le16(d->data, at);
    struct str s = str_part(d->data, (size_t)at + 2, len);
    return s.len < len ? STR("") : shared(d, s);
}

static void pap_set(struct doc_pap *p, uint16_t sprm, struct str operand)
{
    uint8_t byte = byte_at(operand, 0);
    switch (sprm) {
    case SPRM_IN_TABLE: p->in_table = byte != 0; break;
    case SPRM_ROW_END: p->ends_row = byte != 0; break;
    case SPRM_DEPTH: p->depth = le32(operand, 0); break;
    case SPRM_INNER_CELL_END: p->inner_cell_end = byte != 0; break;
    case SPRM_INNER_ROW_END: p->inner_row_end = byte != 0; break;
    case SPRM_LIST: p->list = (int16_t)le16(operand, 0); break;
    case SPRM_LIST_LEVEL: p->list_level = byte; break;
    case SPRM_OUTLINE: p->outline = byte; break;
    case SPRM_CELLS: p->cells = operand; break;
    default: break;
    }
}

static void pap_apply(struct doc *d, struct doc_pap *p, struct str s)
{
    uint16_t sprm;
    struct str operand;
    while (next_sprm(&s, &sprm, &operand)) {
        if (sprm != SPRM_FAR && sprm != SPRM_FAR_OLD && sprm != SPRM_FAR_TABLE) {
            pap_set(p, sprm, operand);
            continue;
        }
        struct str far = far_properties(d, le32(operand, 0));
        while (next_sprm(&far, &sprm, &operand))            /* one that leads further on is not followed */
            pap_set(p, sprm, operand);
    }
}

struct doc_pap doc_pap_of(struct doc *d, const struct doc_run *run, struct str piece_properties)
{
    struct doc_pap p = { .outline = DOC_LEVELS };
    if (run->style < d->styles.count)
        p = d->styles.at[run->style].pap;
    pap_apply(d, &p, run->properties);
    pap_apply(d, &p, piece_properties);
    return p;
}

/* Hidden is on, off, as the style has it, or the opposite of that. */
static bool toggled(uint8_t operand, bool of_style)
{
    return operand == 0x80 ? of_style : operand == 0x81 ? !of_style : operand != 0;
}

static void chp_apply(const struct doc *d, struct doc_chp *c, struct str s, bool of_style)
{
    uint16_t sprm;
    struct str operand;
    while (next_sprm(&s, &sprm, &operand)) {
        uint8_t byte = byte_at(operand, 0);
        switch (sprm) {
        case SPRM_DELETED: c->deleted = byte != 0; break;
        case SPRM_HIDDEN: c->hidden = toggled(byte, of_style); break;
        case SPRM_SPECIAL: c->special = byte != 0; break;
        case SPRM_IS_DATA: c->is_data = byte != 0; break;
        case SPRM_SYMBOL: c->symbol = le16(operand, 2); break;
        case SPRM_STYLE:
            of_style = of_style || (le16(operand, 0) < d->styles.count && d->styles.at[le16(operand, 0)].hidden);
            c->hidden = of_style;
            break;
        default: break;
        }
    }
}

struct doc_chp doc_chp_of(const struct doc *d, const struct doc_run *run, uint16_t paragraph_style, struct str piece_properties)
{
    bool of_style = paragraph_style < d->styles.count && d->styles.at[paragraph_style].hidden;
    struct doc_chp c = { .hidden = of_style };
    chp_apply(d, &c, run->properties, of_style);
    chp_apply(d, &c, piece_properties, of_style);
    return c;
}

/* The last of the n ascending numbers from `at` on that is not above the value; n where there is none. */
static size_t last_not_above(struct str s, size_t at, size_t n, size_t value)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (le32(s, at + 4 * middle) <= value)
            low = middle + 1;
        else
            high = middle;
    }
    return low == 0 ? n : low - 1;
}

/* The properties of a run start at twice what its byte says, with their length in bytes, or in words for paragraphs. */
static void run_properties(struct doc_run *run, struct str page, size_t at, bool of_paragraph)
{
    size_t len = byte_at(page, at++);
    if (of_paragraph)
        len = len > 0 ? 2 * len - 1 : 2u * byte_at(page, at++);
    struct str s = str_part(page, at, len);
    if (s.len < len || (of_paragraph && len < 2))
        return;
    run->style = of_paragraph ? le16(s, 0) : 0;
    run->properties = of_paragraph ? str_part(s, 2, len - 2) : s;
}

struct doc_run doc_run_find(const struct doc *d, size_t fc, size_t offset)
{
    bool of_paragraph = fc == FC_PARAGRAPH_RUNS;
    struct doc_run run = { .start = offset, .end = offset + 1 };
    struct str pages = doc_part(d, fc);
    size_t n = pages.len < 12 ? 0 : (pages.len - 4) / 8;
    size_t i = last_not_above(pages, 0, n, offset);
    if (i == n)
        return run;
    size_t number = le32(pages, 4 * (n + 1) + 4 * i) & PAGE_NUMBER_MASK;
    struct str page = str_part(d->main, number * PAGE_BYTES, PAGE_BYTES);
    size_t runs = byte_at(page, PAGE_BYTES - 1), entry = of_paragraph ? 13 : 1;
    if (4 * (runs + 1) + entry * runs >= PAGE_BYTES)
        return run;
    size_t k = last_not_above(page, 0, runs, offset);
    if (k == runs || le32(page, 4 * (k + 1)) <= offset)
        return run;
    run.start = le32(page, 4 * k);
    run.end = le32(page, 4 * (k + 1));
    size_t at = 2u * byte_at(page, 4 * (runs + 1) + entry * k);
    if (at > 0)
        run_properties(&run, str_part(page, 0, PAGE_BYTES - 1), at, of_paragraph);
    return run;
}

/* One piece of a style's properties; *at goes behind it, to an even place. */
static struct str style_properties(struct str record, size_t *at)
{
    size_t len = le16(record, *at);
    struct str s = str_part(record, *at + 2, len);
    *at += 2 + len + len % 2;
    return s.len < len ? STR("") : s;
}

static struct doc_style style_of(struct str record, size_t head_len)
{
    struct doc_style style = { .base = STYLE_NONE };
    if (record.len < STYLE_RECORD_BYTES)
        return style;
    style.built_in = le16(record, 0) & 0xFFF;
    unsigned kind = byte_at(record, 2) & 0xF;
    style.base = (uint16_t)(le16(record, 2) >> 4);
    size_t at = head_len + 2 + 2 * ((size_t)le16(record, head_len) + 1);        /* behind the name and its NUL */
    if (kind == STYLE_OF_PARAGRAPHS) {
        struct str s = style_properties(record, &at);
        style.paragraph = str_part(s, 2, s.len);            /* behind the style's own number */
    }
    if (kind == STYLE_OF_PARAGRAPHS || kind == STYLE_OF_CHARACTERS)
        style.characters = style_properties(record, &at);
    return style;
}

/* Sets what the style says together with those it is based on, the farthest first. */
static void style_resolve(struct doc *d, size_t n)
{
    size_t of[STYLE_CHAIN_MOST], count = 0;
    for (size_t i = n; i < d->styles.count && count < STYLE_CHAIN_MOST; i = d->styles.at[i].base)
        of[count++] = i;
    struct doc_pap pap = { .outline = DOC_LEVELS };
    struct doc_chp chp = { 0 };
    while (count > 0) {
        const struct doc_style *s = &d->styles.at[of[--count]];
        if (s->built_in >= 1 && s->built_in <= STYLE_HEADINGS)
            pap.outline = (uint8_t)(s->built_in - 1);
        pap_apply(d, &pap, shared(d, s->paragraph));
        chp_apply(d, &chp, shared(d, s->characters), chp.hidden);
    }
    d->styles.at[n].pap = pap;
    d->styles.at[n].hidden = chp.hidden;
}

void doc_styles_read(struct doc *d)
{
    struct str s = doc_part(d, FC_STYLES);
    size_t head = le16(s, 0), count = le16(s, 2), head_len = le16(s, 4);
    size_t at = 2 + head;
    for (size_t i = 0; i < count && at + 2 <= s.len; i++) {
        size_t len = le16(s, at);
        *VEC_ADD(d->arena, &d->styles) = style_of(str_part(s, at + 2, len), head_len);
        at += 2 + len + len % 2;
    }
    for (size_t i = 0; i < d->styles.count; i++)
        style_resolve(d, i);
}
