/*
 * Word 97 documents, which Kingsoft WPS writes too: what kind of compound file this is, its streams, what is passed over.
 */
#include "office/doc_parts.h"
#include "office/office.h"

#define WORD_97 0xA5EC                  /* the first two bytes of WordDocument */
#define WORD_97_NFIB 0xC1
#define FLAG_ENCRYPTED 0x100
#define FLAG_TABLE_1 0x200
#define SHARED_BYTES_MOST (32u << 20)   /* of properties read over and over */
#define NOTE_BYTES 6                    /* an entry of the table of footnotes, with its character position */
#define COMMENT_BYTES 34

struct str doc_part(const struct doc *d, size_t fc)
{
    size_t len = le32(d->main, fc + 4);
    struct str s = str_part(d->table, le32(d->main, fc), len);
    return s.len < len ? STR("") : s;
}

/* A compound file without a text of Word: what it is, by the streams it has. */
static bool refuse_other(struct flow *f, const struct cfb *c)
{
    static const struct { const char *stream; enum diag_code code; const char *kind; } kinds[] = {
        { "EncryptedPackage", DIAG_INPUT_ENCRYPTED, "加密的 Office 文件" },
        { "Workbook", DIAG_INPUT_FORMAT, "Excel 97 表格（.xls、.et）" },
        { "Book", DIAG_INPUT_FORMAT, "Excel 5/95 表格（.xls）" },
        { "PowerPoint Document", DIAG_INPUT_FORMAT, "PowerPoint 97 演示（.ppt、.dps）" },
        { "VisioDocument", DIAG_INPUT_FORMAT, "Visio 绘图（.vsd）" },
        { "HwpSummaryInformation", DIAG_INPUT_FORMAT, "Hangul 文档（.hwp）" },
        { "__properties_version1.0", DIAG_INPUT_FORMAT, "Outlook 邮件（.msg）" }
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (cfb_has(c, kinds[i].stream))
            return flow_refuse(f, kinds[i].code, kinds[i].kind);
    }
    return flow_refuse(f, DIAG_INPUT_FORMAT, "OLE2 文件，没有 Word 正文");
}

static bool open_streams(struct doc *d, const struct cfb *c)
{
    d->main = cfb_read(c, "WordDocument");
    uint16_t flags = le16(d->main, FIB_FLAGS);
    if (d->main.len < FIB_NFIB + 2)
        return flow_refuse(d->flow, DIAG_INPUT_BROKEN, "WordDocument");
    if (le16(d->main, 0) != WORD_97 || le16(d->main, FIB_NFIB) < WORD_97_NFIB)
        return flow_refuse(d->flow, DIAG_INPUT_FORMAT, "Word 6/95");
    if ((flags & FLAG_ENCRYPTED) != 0)
        return flow_refuse(d->flow, DIAG_INPUT_ENCRYPTED, "Word 97");
    d->table = cfb_read(c, (flags & FLAG_TABLE_1) != 0 ? "1Table" : "0Table");
    d->data = cfb_read(c, "Data");
    if (d->main.len < FIB_BYTES || !doc_pieces_read(d))
        return flow_refuse(d->flow, DIAG_INPUT_BROKEN, "Word 97");
    return true;
}

/* Stories follow each other: body, footnotes, headers, macros, comments, endnotes, text boxes. */
static void read_stories(struct doc *d)
{
    static const size_t between[] = { FIB_NOTE_CHARS, FIB_HEADER_CHARS, FIB_MACRO_CHARS, FIB_COMMENT_CHARS, FIB_ENDNOTE_CHARS };
    uint32_t body = le32(d->main, FIB_BODY_CHARS);
    uint64_t boxes = body;
    for (size_t i = 0; i < sizeof between / sizeof *between; i++)
        boxes += le32(d->main, between[i]);
    uint64_t end = boxes + le32(d->main, FIB_BOX_CHARS);
    doc_story_read(d, 0, body);
    if (end <= UINT32_MAX)
        doc_story_read(d, (uint32_t)boxes, (uint32_t)end);
}

/* Entries of a table of notes: positions, one more than there are, and what belongs to each. */
static size_t notes(const struct doc *d, size_t fc, size_t bytes)
{
    struct str s = doc_part(d, fc);
    return s.len < 4 ? 0 : (s.len - 4) / bytes;
}

static void tell_passed_over(struct doc *d)
{
    size_t foot = notes(d, FC_NOTES, NOTE_BYTES) + notes(d, FC_ENDNOTES, NOTE_BYTES);
    size_t comments = notes(d, FC_COMMENTS, COMMENT_BYTES);
    if (d->pictures > 0)
        flow_passed_over(d->flow, "图片%u幅", d->pictures);
    if (foot > 0)
        flow_passed_over(d->flow, "脚注尾注%zu条", foot);
    if (comments > 0)
        flow_passed_over(d->flow, "批注%zu条", comments);
    if (d->hidden > 0)
        flow_passed_over(d->flow, "隐藏文字%u字", d->hidden);
    if (d->deleted > 0)
        flow_passed_over(d->flow, "修订中删去的%u字", d->deleted);
    if (d->cut_short)
        flow_passed_over(d->flow, "文件残缺，其后的正文");
    if (d->too_many || buf_over(&d->text))
        flow_refuse(d->flow, DIAG_READ_LIMIT, "段落");
}

bool doc_read(struct str bytes, struct flow *f)
{
    struct cfb c;
    if (!cfb_open(&c, f->arena, bytes))
        return flow_refuse(f, DIAG_INPUT_BROKEN, "OLE2");
    if (!cfb_has(&c, "WordDocument"))
        return refuse_other(f, &c);
    struct doc d = { .arena = f->arena, .flow = f };
    if (!open_streams(&d, &c))
        return false;
    d.characters_left = d.main.len;
    d.shared_bytes_left = SHARED_BYTES_MOST;
    buf_init(&d.text, FLOW_TEXT_MOST);
    doc_styles_read(&d);
    doc_lists_read(&d);
    read_stories(&d);
    doc_tell(&d);
    doc_title_read(&d, cfb_read(&c, "\005SummaryInformation"));
    tell_passed_over(&d);
    buf_release(&d.text);
    return true;
}
