/* OFD pages to pieces of lines: OFD.xml names the documents, each of them its pages and templates; the rest is layout.c. */
#include "office/office.h"

#include <math.h>
#include <stdlib.h>

#include "office/layout.h"
#include "office/xml.h"

#define DOCUMENTS_MOST 64
#define LISTED_MOST 20000               /* pages or templates a document lists */
#define PAGE_TEMPLATES_MOST 16
#define LOOKUPS_MOST 400000u            /* every part looked up is a walk over the entries of the package: some seconds in all */
#define LOST_TOLD_MOST 20
#define SIZE_UNKNOWN 3.5                /* millimetres */
#define BASELINE 0.88                   /* of an em, below the top of its box */
#define JUMP 0.8                        /* of an em: a wider step within an object ends the piece */
#define OBLIQUE 0.1                     /* rise to run of a line that is no longer level */
#define REPEAT_MOST 1e6

/* A part of the package; its name folded, to be found whatever the case. */
struct entry { struct str name; bool read; };

struct place_of { struct str id, path; };
struct places { struct place_of *at; size_t count, room; };

struct template { struct str path; struct layout layout; };

/* The steps from character to character: "5 5 g 3 4.5" is 5 5 4.5 4.5 4.5. */
struct steps {
    struct buf said;
    struct str rest;
    double repeats, value;
};

struct text_object {
    double boundary[4], matrix[6], size;
    bool hidden, oblique;
    double x, y;                        /* of the TextCode; the next one may leave them out */
};

struct ofd {
    struct flow *flow;
    struct arena *arena;
    struct str bytes;
    struct { struct entry *at; size_t count, room; } entries;
    struct places documents, pages, templates;
    struct { struct template *at; size_t count, room; } templates_read;
    struct layout layout;
    double page_width;                  /* where a page does not say */

    struct buf words;                   /* of the open element */
    bool in_pages, in_code, in_object;

    struct layout *to;                  /* where the open part's text goes */
    struct str asked[PAGE_TEMPLATES_MOST];
    size_t asked_count;
    struct text_object object;
    struct steps across, down;

    size_t lookups, images, composites, hidden, oblique, lost, same;
};

/* ---- parts by name */

static int by_name(const void *one, const void *other)
{
    const struct entry *a = one, *b = other;
    size_t shorter = a->name.len < b->name.len ? a->name.len : b->name.len;
    int order = shorter == 0 ? 0 : memcmp(a->name.at, b->name.at, shorter);
    return order != 0 ? order : (a->name.len > b->name.len) - (a->name.len < b->name.len);
}

static struct str folded(struct arena *a, struct str s)
{
    while (s.len > 0 && (s.at[0] == '/' || s.at[0] == '\\'))
        s = (struct str){ s.at + 1, s.len - 1 };
    char *at = arena_take(a, s.len + 1);
    for (size_t i = 0; i < s.len; i++)
        at[i] = s.at[i] >= 'A' && s.at[i] <= 'Z' ? (char)(s.at[i] - 'A' + 'a') : s.at[i] == '\\' ? '/' : s.at[i];
    return (struct str){ at, s.len };
}

static enum package_result list_entries(struct ofd *o)
{
    struct part_names names = {0};
    enum package_result result = package_names(o->arena, o->bytes, &names);
    for (size_t i = 0; i < names.count; i++)
        *VEC_ADD(o->arena, &o->entries) = (struct entry){ .name = folded(o->arena, names.at[i]) };
    if (names.count > 0)
        qsort(o->entries.at, o->entries.count, sizeof *o->entries.at, by_name);
    return names.count > 0 ? PACKAGE_READ : result == PACKAGE_READ ? PACKAGE_ABSENT : result;
}

static struct entry *entry_of(struct ofd *o, struct str path)
{
    struct entry key = { .name = folded(o->arena, path) };
    return o->entries.count == 0 ? NULL : bsearch(&key, o->entries.at, o->entries.count, sizeof key, by_name);
}

/* A path that stands in the part `from`; some writers leave out the slash that leads it from the root. */
static struct str resolved(struct ofd *o, struct str from, struct str path)
{
    struct str beside = package_path(o->arena, package_folder(from), path), root = package_path(o->arena, STR(""), path);
    return entry_of(o, beside) == NULL && entry_of(o, root) != NULL ? root : beside;
}

static struct str trimmed(struct str s)
{
    while (s.len > 0 && (unsigned char)s.at[s.len - 1] <= ' ')
        s.len--;
    while (s.len > 0 && (unsigned char)s.at[0] <= ' ')
        s = (struct str){ s.at + 1, s.len - 1 };
    return s;
}

/* Reads a part; walks over the package are counted, for a package may list a great many. */
static enum package_result read_part(struct ofd *o, struct str path, const struct xml_events *events)
{
    if (o->lookups + o->entries.count > LOOKUPS_MOST)
        return PACKAGE_TOO_LARGE;
    o->lookups += o->entries.count;
    buf_clear(&o->words);
    o->in_pages = o->in_code = o->in_object = false;
    return xml_part(o->bytes, path, events, o);
}

/* ---- OFD.xml and Document.xml */

static void on_words(void *self, struct str words)
{
    struct ofd *o = self;
    buf_add(&o->words, words);
}

static void on_package_start(void *self, const char *name, struct xml_attributes attributes)
{
    struct ofd *o = self;
    (void)name, (void)attributes;
    buf_clear(&o->words);
}

static void on_package_end(void *self, const char *name)
{
    struct ofd *o = self;
    struct str words = trimmed(buf_str(&o->words));
    if (strcmp(name, "DocRoot") == 0 && words.len > 0 && o->documents.count < DOCUMENTS_MOST)
        *VEC_ADD(o->arena, &o->documents) = (struct place_of){ .path = arena_keep(o->arena, words) };
    else if (strcmp(name, "Title") == 0 && o->flow->title.len == 0)
        o->flow->title = ustr_from_utf8(o->arena, arena_keep(o->arena, words));
    buf_clear(&o->words);
}

static void list_place(struct ofd *o, struct places *places, struct xml_attributes a)
{
    struct str id = xml_attribute(a, "ID", ""), path = xml_attribute(a, "BaseLoc", "");
    if (places->count < LISTED_MOST)
        *VEC_ADD(o->arena, places) = (struct place_of){ arena_keep(o->arena, trimmed(id)), arena_keep(o->arena, trimmed(path)) };
}

static void on_document_start(void *self, const char *name, struct xml_attributes attributes)
{
    struct ofd *o = self;
    buf_clear(&o->words);
    if (strcmp(name, "Pages") == 0)
        o->in_pages = true;
    else if (strcmp(name, "TemplatePage") == 0)
        list_place(o, &o->templates, attributes);
    else if (strcmp(name, "Page") == 0 && o->in_pages)
        list_place(o, &o->pages, attributes);
}

/* The width in "0 0 210 297". */
static double width_of_box(struct str words, double otherwise)
{
    double box[4] = {0};
    for (size_t i = 0; i < 4; i++) {
        if (!layout_number(&words, &box[i]))
            return otherwise;
    }
    return box[2] > 0 ? box[2] : otherwise;
}

static void on_document_end(void *self, const char *name)
{
    struct ofd *o = self;
    if (strcmp(name, "Pages") == 0)
        o->in_pages = false;
    else if (strcmp(name, "PhysicalBox") == 0)
        o->page_width = width_of_box(buf_str(&o->words), o->page_width);
    buf_clear(&o->words);
}

/* ---- text objects */

static void steps_begin(struct steps *s, struct str said)
{
    buf_clear(&s->said);
    buf_add(&s->said, said);
    s->rest = buf_str(&s->said);
    s->repeats = 0;
}

static void skip_spaces(struct str *s)
{
    while (s->len > 0 && ((unsigned char)s->at[0] <= ' ' || s->at[0] == ','))
        *s = (struct str){ s->at + 1, s->len - 1 };
}

/* The next step; false: nothing says how far. */
static bool steps_next(struct steps *s, double *out)
{
    while (s->repeats < 1) {
        skip_spaces(&s->rest);
        s->repeats = 1;
        if (s->rest.len > 0 && s->rest.at[0] == 'g') {
            s->rest = (struct str){ s->rest.at + 1, s->rest.len - 1 };
            if (!layout_number(&s->rest, &s->repeats) || !(s->repeats <= REPEAT_MOST))
                s->rest.len = 0;
        }
        if (!layout_number(&s->rest, &s->value)) {
            s->rest.len = 0;
            s->repeats = 0;
            return false;
        }
    }
    s->repeats--;
    *out = s->value;
    return true;
}

static void numbers_of(struct str said, double *out, size_t count)
{
    double read[6];
    for (size_t i = 0; i < count; i++) {
        if (!layout_number(&said, &read[i]))
            return;
    }
    memcpy(out, read, count * sizeof *out);
}

static double number_of(struct xml_attributes a, const char *name, double otherwise)
{
    struct str said = xml_attribute(a, name, "");
    double value;
    return layout_number(&said, &value) ? value : otherwise;
}

static void object_begin(struct ofd *o, struct xml_attributes a)
{
    struct text_object t = { .matrix = { 1, 0, 0, 1, 0, 0 } };
    numbers_of(xml_attribute(a, "Boundary", ""), t.boundary, 4);
    numbers_of(xml_attribute(a, "CTM", ""), t.matrix, 6);
    t.size = number_of(a, "Size", SIZE_UNKNOWN);
    t.hidden = str_is(xml_attribute(a, "Visible", ""), "false");
    double run = fabs(t.matrix[0]), rise = fabs(t.matrix[1]);
    t.oblique = rise > OBLIQUE * run && run > OBLIQUE * rise;
    o->hidden += t.hidden;
    o->oblique += t.oblique && !t.hidden;
    o->object = t;
    o->in_object = true;
}

static void code_begin(struct ofd *o, struct xml_attributes a)
{
    o->object.x = number_of(a, "X", o->object.x);
    o->object.y = number_of(a, "Y", o->object.y);
    steps_begin(&o->across, xml_attribute(a, "DeltaX", ""));
    steps_begin(&o->down, xml_attribute(a, "DeltaY", ""));
    buf_clear(&o->words);
    o->in_code = true;
}

/* A piece of a TextCode, in the object's own places, to the page. */
static void add_piece(struct ofd *o, double x, double y, double width, struct str words)
{
    const struct text_object *t = &o->object;
    const double *m = t->matrix;
    double em = t->size * hypot(m[2], m[3]), wide = width * hypot(m[0], m[1]);
    double left = t->boundary[0] + m[0] * x + m[2] * y + m[4], base = t->boundary[1] + m[1] * x + m[3] * y + m[5];
    if (m[0] < 0)
        left -= wide;                   /* upside down: the line runs to the left */
    layout_add(o->to, left, base - BASELINE * em, wide, em, words);
}

static bool is_space(char32_t c)
{
    return c <= ' ' || c == 0xA0 || c == 0x3000 || (c >= 0x2000 && c <= 0x200B) || c == 0xFEFF;
}

/* Parts the text at spaces and wide steps: what stands between is told by the places. */
static void code_end(struct ofd *o)
{
    struct str words = buf_str(&o->words);
    double size = o->object.size, x = o->object.x, y = o->object.y, start = x, end = x;
    size_t from = 0;
    for (size_t at = 0; at < words.len;) {
        size_t here = at;
        char32_t c = layout_char(words, &at);
        double natural = layout_ems(c) * size, right = natural, down = 0;
        steps_next(&o->across, &right);
        bool space = is_space(c), lower = steps_next(&o->down, &down) && fabs(down) > size / 2;
        if (!space)
            end = x + (right > 0 && right < natural ? right : natural);
        if (space || lower || right < 0 || right > natural + JUMP * size || at == words.len) {
            add_piece(o, start, y, end - start, (struct str){ words.at + from, (space ? here : at) - from });
            start = end = x + right;
            from = at;
        }
        x += right;
        y += down;
    }
}

/* ---- pages */

static void ask_template(struct ofd *o, struct str id)
{
    if (o->asked_count < PAGE_TEMPLATES_MOST)
        o->asked[o->asked_count++] = arena_keep(o->arena, trimmed(id));
}

static void on_page_start(void *self, const char *name, struct xml_attributes attributes)
{
    struct ofd *o = self;
    if (strcmp(name, "TextObject") == 0)
        object_begin(o, attributes);
    else if (strcmp(name, "TextCode") == 0 && o->in_object)
        code_begin(o, attributes);
    else if (strcmp(name, "Template") == 0)
        ask_template(o, xml_attribute(attributes, "TemplateID", ""));
    else if (strcmp(name, "PhysicalBox") == 0)
        buf_clear(&o->words);
    o->images += strcmp(name, "ImageObject") == 0;
    o->composites += strcmp(name, "CompositeObject") == 0;
}

static void on_page_end(void *self, const char *name)
{
    struct ofd *o = self;
    if (strcmp(name, "TextCode") == 0 && o->in_code) {
        o->in_code = false;
        if (!o->object.hidden && !o->object.oblique)
            code_end(o);
    } else if (strcmp(name, "TextObject") == 0) {
        o->in_object = false;
    } else if (strcmp(name, "PhysicalBox") == 0 && o->to->pages.count > 0) {
        struct layout_page *page = &o->to->pages.at[o->to->pages.count - 1];
        page->width = width_of_box(buf_str(&o->words), page->width);
    }
    if (!o->in_code)
        buf_clear(&o->words);
}

static const struct xml_events page_events = { .start = on_page_start, .end = on_page_end, .text = on_words };

/* The template with its text, read when a page first asks for it; NULL: there is none. */
static const struct template *template_of(struct ofd *o, struct str document, struct str id)
{
    struct str path = STR("");
    for (size_t i = 0; i < o->templates.count && path.len == 0; i++) {
        if (str_eq(o->templates.at[i].id, id))
            path = resolved(o, document, o->templates.at[i].path);
    }
    if (path.len == 0 || entry_of(o, path) == NULL)
        return NULL;
    for (size_t i = 0; i < o->templates_read.count; i++) {
        if (str_eq(o->templates_read.at[i].path, path))
            return &o->templates_read.at[i];
    }
    struct template t = { .path = path };
    layout_init(&t.layout, o->arena);
    layout_next_page(&t.layout, 0);
    o->to = &t.layout;
    read_part(o, path, &page_events);
    *VEC_ADD(o->arena, &o->templates_read) = t;
    return &o->templates_read.at[o->templates_read.count - 1];
}

/* Templates ask for no further ones: what they ask is forgotten. */
static void add_templates(struct ofd *o, struct str document)
{
    size_t count = o->asked_count;
    for (size_t i = 0; i < count; i++) {
        const struct template *t = template_of(o, document, o->asked[i]);
        for (size_t k = 0; t != NULL && k < t->layout.runs.count; k++) {
            const struct layout_run *run = &t->layout.runs.at[k];
            layout_add(&o->layout, run->x, run->middle - run->em / 2, run->width, run->em, run->words);
        }
    }
    o->asked_count = 0;
}

static void lose_page(struct ofd *o, struct layout_page *page, const char *why)
{
    page->lost = true;
    if (o->lost++ < LOST_TOLD_MOST)
        flow_passed_over(o->flow, "第%zu页%s", o->layout.pages.count, why);
}

/* False: no more pages are to be read. */
static bool read_page(struct ofd *o, struct str document, struct str path)
{
    struct str part = resolved(o, document, path);
    struct entry *entry = entry_of(o, part);
    struct layout_page *page = layout_next_page(&o->layout, o->page_width);
    if (page == NULL)
        return false;
    if (entry == NULL) {
        lose_page(o, page, "缺失");
        return true;
    }
    if (entry->read) {                  /* a loop, or one page put twice */
        page->lost = true;
        o->same++;
        return true;
    }
    entry->read = true;
    o->to = &o->layout;
    o->asked_count = 0;
    enum package_result result = read_part(o, part, &page_events);
    if (result == PACKAGE_TOO_LARGE)
        lose_page(o, page, "过大，未读完");
    else if (result != PACKAGE_READ)
        lose_page(o, page, result == PACKAGE_ENCRYPTED ? "有密码，未读" : "已损坏，未读完");
    add_templates(o, document);
    return o->lookups + o->entries.count <= LOOKUPS_MOST;
}

static enum package_result read_document(struct ofd *o, struct str root)
{
    static const struct xml_events events = { .start = on_document_start, .end = on_document_end, .text = on_words };
    struct str document = resolved(o, STR(""), root);
    o->pages.count = o->templates.count = 0;
    o->page_width = 0;
    enum package_result result = read_part(o, document, &events);
    for (size_t i = 0; i < o->pages.count; i++) {
        if (!read_page(o, document, o->pages.at[i].path)) {
            flow_passed_over(o->flow, "第%zu页以后未读", o->layout.pages.count);
            break;
        }
    }
    return o->pages.count > 0 ? PACKAGE_READ : result;
}

/* ---- the file */

static bool has_entry(const struct ofd *o, const char *tail)
{
    for (size_t i = 0; i < o->entries.count; i++) {
        if (str_ends(o->entries.at[i].name, tail))
            return true;
    }
    return false;
}

static void tell_passed_over(const struct ofd *o)
{
    if (o->same > 0)
        flow_passed_over(o->flow, "与前面相同的页%zu个", o->same);
    if (o->lost > LOST_TOLD_MOST)
        flow_passed_over(o->flow, "缺失或损坏的页共%zu个", o->lost);
    if (o->images > 0)
        flow_passed_over(o->flow, "图片%zu幅", o->images);
    if (o->composites > 0)
        flow_passed_over(o->flow, "复合图形%zu个", o->composites);
    if (o->hidden > 0)
        flow_passed_over(o->flow, "隐藏文字%zu处", o->hidden);
    if (o->oblique > 0)
        flow_passed_over(o->flow, "斜排文字%zu处（多为水印）", o->oblique);
    if (has_entry(o, "annotations.xml"))
        flow_passed_over(o->flow, "批注、水印等注释");
    if (has_entry(o, "attachments.xml"))
        flow_passed_over(o->flow, "附件");
}

static bool read_package(struct ofd *o)
{
    static const struct xml_events events = { .start = on_package_start, .end = on_package_end, .text = on_words };
    struct str part = STR("OFD.xml");
    enum package_result result = list_entries(o);
    if (result == PACKAGE_READ)
        result = read_part(o, part, &events);
    for (size_t i = 0; i < o->documents.count; i++) {
        part = o->documents.at[i].path;
        result = read_document(o, part);
    }
    tell_passed_over(o);
    if (layout_tell(&o->layout, o->flow))
        return true;
    if (result == PACKAGE_ENCRYPTED || has_entry(o, "encryptions.xml"))
        return flow_refuse(o->flow, DIAG_INPUT_ENCRYPTED, "");
    if (o->layout.pages.count > o->lost)
        return flow_refuse(o->flow, DIAG_INPUT_FORMAT, "没有文字层，可能是扫描件");
    if (o->lost > 0)
        return flow_refuse(o->flow, DIAG_INPUT_BROKEN, "各页都读不出");
    package_tell(result == PACKAGE_READ ? PACKAGE_ABSENT : result, part, o->flow->name, o->flow->diags);
    return false;
}

bool ofd_read(struct str bytes, struct flow *f)
{
    struct ofd o = { .flow = f, .arena = f->arena, .bytes = bytes };
    layout_init(&o.layout, f->arena);
    buf_init(&o.words, PART_BYTES_MOST);
    buf_init(&o.across.said, PART_BYTES_MOST);
    buf_init(&o.down.said, PART_BYTES_MOST);
    bool read = read_package(&o);
    buf_release(&o.words);
    buf_release(&o.across.said);
    buf_release(&o.down.said);
    return read;
}
