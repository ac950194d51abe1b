/*
 * WordprocessingML: documents of Word 2007 and later, and the one flat file of Word 2003, whose elements have the same names.
 */
#include <stdlib.h>

#include "office/docx_parts.h"
#include "office/office.h"

#define TITLE_BYTES_MOST 4096

/* ---- where the parts are ---- */

static const struct { const char *type, *usual; } part_kinds[DOCX_PARTS] = {
    [DOCX_DOCUMENT] = { "/officeDocument", "word/document.xml" }, [DOCX_PROPERTIES] = { "/core-properties", "docProps/core.xml" },
    [DOCX_STYLES] = { "/styles", "word/styles.xml" }, [DOCX_NUMBERING] = { "/numbering", "word/numbering.xml" },
    [DOCX_FOOTNOTES] = { "/footnotes", "word/footnotes.xml" }, [DOCX_ENDNOTES] = { "/endnotes", "word/endnotes.xml" },
};

struct relations {
    struct arena *arena;
    struct docx_source *to;
    struct str folder;                  /* of the part whose relationships these are, with its slash */
};

static void on_relation(void *self, const char *name, struct xml_attributes a)
{
    struct relations *r = self;
    if (strcmp(name, "Relationship") != 0 || str_is(xml_attribute(a, "TargetMode", ""), "External"))
        return;
    struct str type = xml_attribute(a, "Type", "");
    for (size_t i = 0; i < DOCX_PARTS; i++) {
        if (str_ends(type, part_kinds[i].type) && r->to->parts[i].at == NULL)
            r->to->parts[i] = package_path(r->arena, r->folder, xml_attribute(a, "Target", ""));
    }
}

static void find_parts(struct arena *a, struct docx_source *from)
{
    static const struct xml_events events = { .start = on_relation };
    struct relations r = { .arena = a, .to = from, .folder = STR("") };
    xml_part(from->bytes, package_relations(a, STR("")), &events, &r);
    struct str *document = &from->parts[DOCX_DOCUMENT];
    if (document->at == NULL || !package_has(from->bytes, document->at))
        *document = str_of(part_kinds[DOCX_DOCUMENT].usual);
    r.folder = package_folder(*document);
    xml_part(from->bytes, package_relations(a, *document), &events, &r);
    for (size_t i = 0; i < DOCX_PARTS; i++) {
        if (from->parts[i].at == NULL)
            from->parts[i] = str_of(part_kinds[i].usual);
    }
}

enum package_result docx_events(const struct docx_source *from, enum docx_part part, const struct xml_events *events, void *self)
{
    return from->flat ? xml_memory(from->bytes, events, self) : xml_part(from->bytes, from->parts[part], events, self);
}

/* ---- title ---- */

struct title { bool inside, title; struct buf words; };

static void on_property(void *self, const char *name, struct xml_attributes a)
{
    struct title *t = self;
    (void)a;
    t->inside |= strcmp(name, "coreProperties") == 0 || strcmp(name, "DocumentProperties") == 0;
    t->title = t->inside && (strcmp(name, "title") == 0 || strcmp(name, "Title") == 0);
}

static void on_property_end(void *self, const char *name)
{
    struct title *t = self;
    t->title = false;
    t->inside &= strcmp(name, "coreProperties") != 0 && strcmp(name, "DocumentProperties") != 0;
}

static void on_property_text(void *self, struct str words)
{
    struct title *t = self;
    if (t->title)
        buf_add(&t->words, words);
}

static struct str title_of(struct arena *a, const struct docx_source *from)
{
    static const struct xml_events events = { on_property, on_property_end, on_property_text };
    struct title t = { false };
    buf_init(&t.words, TITLE_BYTES_MOST);
    docx_events(from, DOCX_PROPERTIES, &events, &t);
    struct str kept = arena_keep(a, buf_str(&t.words));
    buf_release(&t.words);
    return kept;
}

/* ---- the body ---- */

enum passed {
    PASSED_NOTHING, PASSED_DELETED, PASSED_COVERED, PASSED_HIDDEN, PASSED_COMMENT, PASSED_DEEP, PASSED_PICTURE, PASSED_CHART, PASSED_KINDS
};

struct paragraph {
    const struct docx_style *style, *run_style;
    long number, level, outline;
    int run_hidden;
    bool mark_deleted, mark_hidden;
    bool has_words, labelled, broken;   /* broken: a line break of a heading waits for the next word */
    char last;                          /* byte told */
};

struct reader {
    struct docx_teller to;
    struct docx_styles styles;
    struct docx_numbers *numbers;
    const char *root;                   /* the element that holds what is read now: body, footnotes, endnotes */
    bool seen_root;
    unsigned depth, root_depth;
    unsigned muted_at;                  /* depth of the element that is passed over; 0 none */
    enum passed muted_as;
    bool in_text, in_paragraph, in_run, in_row;     /* of a paragraph, a run, a row: in its properties */
    uint64_t fields, choices;           /* a bit for each open one, the last lowest: in its instruction; a choice was taken */
    struct paragraph paragraphs[BOX_DEPTH_MOST + 1];
    struct { size_t from; bool note; } boxes[BOX_DEPTH_MOST + 1];       /* from: the first op of it on its tape */
    struct docx_tape notes;
    struct buf label;
    size_t passed[PASSED_KINDS];
};

static struct paragraph *paragraph_of(struct reader *r)
{
    return &r->paragraphs[r->to.box];
}

static void mute(struct reader *r, unsigned depth, enum passed as)
{
    r->muted_at = depth;
    r->muted_as = as;
}

static void settle(struct reader *r)
{
    unsigned depth;
    if (!docx_cell_settle(&r->to, &depth))
        mute(r, depth, PASSED_COVERED);
}

/* Level of the heading that the paragraph is, 0 none. An outline level of 9 is body text. */
static unsigned heading_level(const struct paragraph *p)
{
    long outline = p->outline != DOCX_UNSAID || p->style == NULL ? p->outline : p->style->outline;
    return outline >= 0 && outline < 9 ? (unsigned)outline + 1 : 0;
}

/* The label of the open paragraph, once; counts its list on. */
static struct str take_label(struct reader *r)
{
    struct paragraph *p = paragraph_of(r);
    long number = p->number, level = p->level;
    buf_clear(&r->label);
    if (p->labelled)
        return STR("");
    p->labelled = true;
    if (number == DOCX_UNSAID && p->style != NULL) {
        number = p->style->number;
        if (level == DOCX_UNSAID)
            level = p->style->level != DOCX_UNSAID ? p->style->level : docx_level_of_style(r->numbers, number, p->style->numbered_by);
    }
    docx_label(r->numbers, number, level == DOCX_UNSAID ? 0 : level, &r->label);
    return buf_str(&r->label);
}

static bool is_hidden(const struct paragraph *p)
{
    if (p->run_hidden != DOCX_UNSAID)
        return p->run_hidden;
    if (p->run_style != NULL && p->run_style->hidden != DOCX_UNSAID)
        return p->run_style->hidden;
    return p->style != NULL && p->style->hidden == 1;
}

static void words(struct reader *r, struct str s)
{
    struct paragraph *p = paragraph_of(r);
    if (r->fields != 0 || s.len == 0)
        return;
    if (is_hidden(p)) {
        r->passed[PASSED_HIDDEN] += !str_is_blank(s);
        return;
    }
    bool wide = ((unsigned char)p->last & (unsigned char)s.at[0] & 0x80) != 0;
    if (p->broken && p->has_words && !wide)
        docx_tell(&r->to, (struct docx_op){ .kind = OP_WORDS }, STR(" "));
    p->broken = false;
    docx_tell(&r->to, (struct docx_op){ .kind = OP_WORDS }, s);
    p->has_words |= !str_is_blank(s);
    p->last = s.at[s.len - 1];
}

/* A heading of two lines is one heading. Of others the label belongs to the first line. */
static void line_break(struct reader *r, struct xml_attributes a)
{
    (void)a;
    struct paragraph *p = paragraph_of(r);
    if (r->fields != 0 || is_hidden(p))
        return;
    if (heading_level(p) > 0)
        p->broken = true;
    else if (p->has_words && !p->labelled)
        docx_tell(&r->to, (struct docx_op){ .kind = OP_PARAGRAPH }, take_label(r));
    else
        docx_tell(&r->to, (struct docx_op){ .kind = OP_BREAK }, STR(""));
}

static void tab(struct reader *r, struct xml_attributes a)
{
    (void)a;
    if (!r->in_paragraph)
        words(r, STR("\t"));            /* in its properties a tab is a tab stop */
}

static void hyphen(struct reader *r, struct xml_attributes a)
{
    (void)a;
    words(r, STR("-"));
}

static void paragraph_begin(struct reader *r, struct xml_attributes a)
{
    (void)a;
    settle(r);
    *paragraph_of(r) = (struct paragraph){ .style = r->styles.usual, .number = DOCX_UNSAID, .level = DOCX_UNSAID, .outline = DOCX_UNSAID,
                                           .run_hidden = DOCX_UNSAID };
}

static void paragraph_end(struct reader *r)
{
    struct paragraph *p = paragraph_of(r);
    r->fields = 0;                      /* an instruction that goes on in the next paragraph is a field that nobody ended */
    if (p->mark_deleted)
        return;                         /* it goes on in the next one */
    if (p->has_words || !p->mark_hidden)
        docx_tell(&r->to, (struct docx_op){ .kind = OP_PARAGRAPH, .level = heading_level(p) }, take_label(r));
    if (r->to.box < BOX_DEPTH_MOST)
        docx_tell_tape(&r->to, &r->to.tapes[r->to.box + 1]);
}

static void run_begin(struct reader *r, struct xml_attributes a)
{
    (void)a;
    paragraph_of(r)->run_hidden = DOCX_UNSAID;
    paragraph_of(r)->run_style = NULL;
}

static void property(struct reader *r, const char *name, struct xml_attributes a)
{
    struct paragraph *p = paragraph_of(r);
    if (r->in_run && strcmp(name, "vanish") == 0) {
        if (r->in_paragraph)
            p->mark_hidden = docx_is_on(a);
        else
            p->run_hidden = docx_is_on(a);
    } else if (r->in_run && strcmp(name, "rStyle") == 0 && !r->in_paragraph) {
        p->run_style = docx_style_find(&r->styles, xml_attribute(a, "val", ""));
    } else if (r->in_paragraph && strcmp(name, "pStyle") == 0) {
        const struct docx_style *style = docx_style_find(&r->styles, xml_attribute(a, "val", ""));
        p->style = style == NULL ? r->styles.usual : style;
    } else if (r->in_paragraph && (strcmp(name, "numId") == 0 || strcmp(name, "ilfo") == 0)) {
        p->number = xml_number(a, "val", DOCX_UNSAID);
    } else if (r->in_paragraph && strcmp(name, "ilvl") == 0) {
        p->level = xml_number(a, "val", DOCX_UNSAID);
    } else if (r->in_paragraph && strcmp(name, "outlineLvl") == 0) {
        p->outline = xml_number(a, "val", DOCX_UNSAID);
    } else {
        docx_cell_property(&r->to, name, a);
    }
}

/* A field is an instruction and, behind its separator, a result; fields stand in both. */
static void field_sign(struct reader *r, struct xml_attributes a)
{
    struct str type = xml_attribute(a, "fldCharType", "");
    if (str_is(type, "begin"))
        r->fields = r->fields << 1 | 1;
    else if (str_is(type, "separate"))
        r->fields &= ~(uint64_t)1;
    else if (str_is(type, "end"))
        r->fields >>= 1;
}

static void box_begin(struct reader *r, struct xml_attributes a)
{
    (void)a;
    if (r->to.box == BOX_DEPTH_MOST) {
        mute(r, r->depth, PASSED_DEEP);
        return;
    }
    r->to.box++;
    r->boxes[r->to.box].from = r->to.tapes[r->to.box].ops.count;
    r->boxes[r->to.box].note = false;
    paragraph_begin(r, a);
}

/* The words of a note wait for the end of the document. */
static void keep_note(struct reader *r, struct docx_tape *tape, size_t from)
{
    for (size_t i = from; i < tape->ops.count; i++)
        docx_hold(r->to.flow->arena, &r->notes, tape->ops.at[i], docx_op_words(tape, tape->ops.at[i]));
    tape->ops.count = from;
}

static void box_end(struct reader *r)
{
    if (r->to.box == 0)
        return;
    docx_tell(&r->to, (struct docx_op){ .kind = OP_BREAK }, STR(""));
    if (r->boxes[r->to.box].note)
        keep_note(r, &r->to.tapes[r->to.box], r->boxes[r->to.box].from);
    r->to.box--;
}

/* In a part of its own a note stands by itself; in a flat file it hangs in a paragraph. */
static void note_begin(struct reader *r, struct xml_attributes a)
{
    struct str type = xml_attribute(a, "type", "normal");
    if (strcmp(r->root, "body") == 0) {
        box_begin(r, a);
        r->boxes[r->to.box].note = r->muted_at == 0;
    } else if (!str_is(type, "normal")) {
        mute(r, r->depth, PASSED_NOTHING);      /* the line that parts notes from the text */
    }
}

static void note_end(struct reader *r)
{
    if (strcmp(r->root, "body") == 0)
        box_end(r);
}

/* The same content in several forms: the first is told. */
static void alternatives_begin(struct reader *r, struct xml_attributes a)
{
    (void)a;
    r->choices <<= 1;
}

static void alternatives_end(struct reader *r)
{
    r->choices >>= 1;
}

static void alternative(struct reader *r, struct xml_attributes a)
{
    (void)a;
    if ((r->choices & 1) != 0)
        mute(r, r->depth, PASSED_NOTHING);
    r->choices |= 1;
}

static void deletion(struct reader *r, struct xml_attributes a)
{
    (void)a;
    if (r->in_row)
        docx_row_deleted(&r->to);
    else if (r->in_paragraph)
        paragraph_of(r)->mark_deleted = true;
    mute(r, r->depth, PASSED_DELETED);
}

/* What was moved is told where it went. */
static void moved(struct reader *r, struct xml_attributes a)
{
    deletion(r, a);
    r->muted_as = PASSED_NOTHING;
}

/* What Word 2003 has for insertions, deletions, comments, bookmarks and former formats. */
static void annotation(struct reader *r, struct xml_attributes a)
{
    struct str type = xml_attribute(a, "type", "");
    if (str_is(type, "Word.Deletion"))
        deletion(r, a);
    else if (!str_is(type, "Word.Insertion"))
        mute(r, r->depth, PASSED_NOTHING);
    r->passed[PASSED_COMMENT] += str_is(type, "Word.Comment");
}

static void muted(struct reader *r, struct xml_attributes a) { (void)a; mute(r, r->depth, PASSED_NOTHING); }
static void text_begin(struct reader *r, struct xml_attributes a) { (void)a; r->in_text = true; }
static void text_end(struct reader *r) { r->in_text = false; }
static void paragraph_properties(struct reader *r, struct xml_attributes a) { (void)a; r->in_paragraph = true; }
static void paragraph_properties_end(struct reader *r) { r->in_paragraph = false; }
static void run_properties(struct reader *r, struct xml_attributes a) { (void)a; r->in_run = true; }
static void run_properties_end(struct reader *r) { r->in_run = false; }
static void row_properties(struct reader *r, struct xml_attributes a) { (void)a; r->in_row = true; }
static void row_properties_end(struct reader *r) { r->in_row = false; }
static void table_begin(struct reader *r, struct xml_attributes a) { (void)a; settle(r); docx_table_begin(&r->to); }
static void table_end(struct reader *r) { docx_table_end(&r->to); }
static void row_begin(struct reader *r, struct xml_attributes a) { (void)a; docx_row_begin(&r->to); }
static void row_end(struct reader *r) { docx_row_end(&r->to); }
static void picture(struct reader *r, struct xml_attributes a) { (void)a; r->passed[PASSED_PICTURE]++; }
static void chart(struct reader *r, struct xml_attributes a) { (void)a; r->passed[PASSED_CHART]++; }
static void comment(struct reader *r, struct xml_attributes a) { (void)a; r->passed[PASSED_COMMENT]++; }

static void cell_begin(struct reader *r, struct xml_attributes a)
{
    (void)a;
    if (!docx_cell_begin(&r->to, r->depth))
        mute(r, r->depth, PASSED_DELETED);
}

static void cell_end(struct reader *r)
{
    settle(r);
    r->muted_at = 0;
    docx_cell_end(&r->to);
}

static const struct element {
    const char *name;
    void (*begin)(struct reader *r, struct xml_attributes a);
    void (*end)(struct reader *r);
} elements[] = {
    { "t", text_begin, text_end }, { "r", run_begin, NULL }, { "rPr", run_properties, run_properties_end },
    { "p", paragraph_begin, paragraph_end }, { "pPr", paragraph_properties, paragraph_properties_end },
    { "tc", cell_begin, cell_end }, { "tcPr", NULL, settle }, { "tr", row_begin, row_end }, { "trPr", row_properties, row_properties_end },
    { "tbl", table_begin, table_end }, { "tab", tab, NULL }, { "ptab", tab, NULL }, { "br", line_break, NULL }, { "cr", line_break, NULL },
    { "noBreakHyphen", hyphen, NULL }, { "fldChar", field_sign, NULL }, { "del", deletion, NULL }, { "annotation", annotation, NULL },
    { "moveFrom", moved, NULL }, { "delText", muted, NULL }, { "instrText", muted, NULL }, { "delInstrText", muted, NULL },
    { "pPrChange", muted, NULL }, { "rPrChange", muted, NULL }, { "tblPrChange", muted, NULL }, { "trPrChange", muted, NULL },
    { "tcPrChange", muted, NULL }, { "tblPrExChange", muted, NULL }, { "sectPr", muted, NULL }, { "sdtPr", muted, NULL },
    { "numberingChange", muted, NULL }, { "rt", muted, NULL }, { "binData", muted, NULL }, { "txbxContent", box_begin, box_end },
    { "txBody", box_begin, box_end }, { "footnote", note_begin, note_end }, { "endnote", note_begin, note_end },
    { "AlternateContent", alternatives_begin, alternatives_end }, { "Choice", alternative, NULL }, { "Fallback", alternative, NULL },
    { "pic", picture, NULL }, { "imagedata", picture, NULL }, { "chart", chart, NULL }, { "relIds", chart, NULL },
    { "commentReference", comment, NULL },
};

static const struct element *element_of(const char *name)
{
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++) {
        if (strcmp(elements[i].name, name) == 0)
            return &elements[i];
    }
    return NULL;
}

static void on_start(void *self, const char *name, struct xml_attributes a)
{
    struct reader *r = self;
    r->depth++;
    if (r->root_depth == 0) {
        r->root_depth = strcmp(name, r->root) == 0 ? r->depth : 0;
        r->seen_root |= r->root_depth > 0;
        return;
    }
    if (r->muted_at > 0)
        return;
    const struct element *e = element_of(name);
    if (e == NULL)
        property(r, name, a);
    else if (e->begin != NULL)
        e->begin(r, a);
}

/* An element that was passed over does not end anything, but a cell does: it took its place in the row. */
static void on_end(void *self, const char *name)
{
    struct reader *r = self;
    bool unmuted = r->muted_at == r->depth;
    const struct element *e = r->root_depth == 0 || (r->muted_at > 0 && !unmuted) ? NULL : element_of(name);
    if (unmuted)
        r->muted_at = 0;
    if (e != NULL && e->end != NULL && (!unmuted || e->end == cell_end))
        e->end(r);
    if (r->root_depth == r->depth)
        r->root_depth = 0;
    r->depth--;
}

static void on_text(void *self, struct str s)
{
    struct reader *r = self;
    if (r->muted_at > 0)
        r->passed[r->muted_as] += !str_is_blank(s);
    else if (r->root_depth > 0 && r->in_text)
        words(r, s);
}

/* Ends what a damaged part left open. */
static void end_all(struct reader *r)
{
    struct docx_teller *t = &r->to;
    t->too_deep = 0;
    while (t->table_count > 0 || t->box > 0) {
        if (t->table_count > 0 && t->tables[t->table_count - 1]->box == t->box)
            docx_table_end(t);
        else
            box_end(r);
    }
    docx_tell(t, (struct docx_op){ .kind = OP_BREAK }, STR(""));
    for (t->box = BOX_DEPTH_MOST; t->box > 0;) {
        t->box--;
        docx_tell_tape(t, &t->tapes[t->box + 1]);
    }
}

static enum package_result read_part(struct reader *r, const struct docx_source *from, enum docx_part part, const char *root)
{
    static const struct xml_events events = { on_start, on_end, on_text };
    r->root = root;
    r->depth = r->root_depth = r->muted_at = 0;
    r->in_text = r->in_paragraph = r->in_run = r->in_row = false;
    r->fields = r->choices = 0;
    enum package_result result = docx_events(from, part, &events, r);
    end_all(r);
    return result;
}

/* ---- the document ---- */

static void tell_damaged(struct reader *r, enum package_result result, const char *what)
{
    if (result != PACKAGE_READ && result != PACKAGE_ABSENT)
        flow_passed_over(r->to.flow, "%s", what);
}

static void tell_passed(struct reader *r)
{
    static const struct { const char *one, *unit; } names[PASSED_KINDS] = {
        [PASSED_DELETED] = { "修订中已删除的文字", NULL }, [PASSED_COVERED] = { "合并单元格中被盖住的文字", NULL }, [PASSED_HIDDEN] = { "隐藏文字", NULL },
        [PASSED_COMMENT] = { "批注", "条" }, [PASSED_DEEP] = { "嵌套过深的文本框", NULL }, [PASSED_PICTURE] = { "图片", "幅" },
        [PASSED_CHART] = { "图表", "个" },
    };
    for (size_t i = PASSED_NOTHING + 1; i < PASSED_KINDS; i++) {
        if (r->passed[i] > 0 && names[i].unit == NULL)
            flow_passed_over(r->to.flow, "%s", names[i].one);
        else if (r->passed[i] > 0)
            flow_passed_over(r->to.flow, "%s%zu%s", names[i].one, r->passed[i], names[i].unit);
    }
}

static bool read_document(struct reader *r, const struct docx_source *from)
{
    struct flow *f = r->to.flow;
    enum package_result styles = docx_styles_read(f->arena, from, &r->styles);
    enum package_result numbers = docx_numbers_read(f->arena, from, &r->styles, &r->numbers);
    enum package_result body = read_part(r, from, DOCX_DOCUMENT, "body");
    if (!r->seen_root) {
        if (body == PACKAGE_READ)
            flow_refuse(f, DIAG_INPUT_FORMAT, "不是 Word 文档");
        package_tell(body, from->parts[DOCX_DOCUMENT], f->name, f->diags);
        return false;
    }
    docx_tell_tape(&r->to, &r->notes);
    enum package_result footnotes = read_part(r, from, DOCX_FOOTNOTES, "footnotes");
    enum package_result endnotes = read_part(r, from, DOCX_ENDNOTES, "endnotes");
    tell_damaged(r, body, "文件已损坏，损坏处以后的正文");
    if (!from->flat) {                  /* whose damage is told once */
        tell_damaged(r, styles, "损坏的样式");
        tell_damaged(r, numbers, "损坏的自动编号");
        tell_damaged(r, footnotes, "损坏的脚注");
        tell_damaged(r, endnotes, "损坏的尾注");
    }
    f->title = ustr_from_utf8(f->arena, title_of(f->arena, from));
    tell_passed(r);
    return true;
}

bool docx_read(struct str bytes, struct flow *f)
{
    struct docx_source from = { .bytes = bytes, .flat = bytes.len < 2 || memcmp(bytes.at, "PK", 2) != 0 };
    struct reader *r = must_alloc(sizeof *r);
    memset(r, 0, sizeof *r);
    r->to.flow = f;
    buf_init(&r->label, BUF_NO_CEILING);
    buf_init(&r->notes.words, BUF_NO_CEILING);
    for (size_t i = 0; i <= BOX_DEPTH_MOST; i++)
        buf_init(&r->to.tapes[i].words, BUF_NO_CEILING);
    if (!from.flat)
        find_parts(f->arena, &from);
    bool read = read_document(r, &from);
    for (size_t i = 0; i <= BOX_DEPTH_MOST; i++)
        buf_release(&r->to.tapes[i].words);
    buf_release(&r->notes.words);
    buf_release(&r->label);
    free(r);
    return read;
}
