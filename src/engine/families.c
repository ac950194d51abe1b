/* One small document for each example; its items of the family's type must be the marked ones, no more and no fewer. */
#include "engine/families.h"

#define MARKS_MOST 32

struct marked {
    struct buf text;                    /* the document, without marks */
    struct at marks[MARKS_MOST];        /* code points of the document */
    size_t count;
    bool sound;                         /* marks come in pairs */
};

/* Code points in UTF-8. */
static uint32_t points(struct str s)
{
    uint32_t n = 0;
    for (size_t i = 0; i < s.len; i++)
        n += ((unsigned char)s.at[i] & 0xC0) != 0x80;
    return n;
}

static void take_marks(struct marked *m, struct str before, struct str text)
{
    static const struct str open = { "〖", 3 }, close = { "〗", 3 };
    bool inside = false;
    m->sound = true;
    m->count = 0;
    buf_clear(&m->text);
    buf_add(&m->text, before);
    uint32_t at = points(before);
    for (size_t i = 0; i < text.len;) {
        struct str here = { text.at + i, text.len - i < open.len ? text.len - i : open.len };
        bool opens = str_eq(here, open);
        if (!opens && !str_eq(here, close)) {
            at += ((unsigned char)text.at[i] & 0xC0) != 0x80;
            buf_addc(&m->text, text.at[i++]);
            continue;
        }
        if (opens == inside || m->count == MARKS_MOST) {
            m->sound = false;
            return;
        }
        if (opens)
            m->marks[m->count].start = at;
        else
            m->marks[m->count++].end = at;
        inside = opens;
        i += open.len;
    }
    m->sound = !inside;
    buf_addc(&m->text, '\n');
}

struct check {
    struct worker *worker;
    const struct family *family;
    enum item_type type;
    struct marked marked;
    struct buf found;
    bool own;
    struct diags *d;
};

/* Reads the example; true where its items are the marked ones. `found` gets what was read, marked. */
static bool holds(struct check *c, const struct family_example *e, struct buf *found)
{
    take_marks(&c->marked, c->family->before, e->text);
    if (!c->marked.sound) {
        buf_addz(found, "〖?〗");
        return false;
    }
    struct engine_settings settings = { .as = INPUT_TXT, .kind = -1 };
    struct engine_document doc = worker_read_file(c->worker, buf_str(&c->marked.text), c->family->id, &settings);
    uint32_t first = points(c->family->before);
    size_t next = 0;
    bool right = doc.checklist != NULL;
    for (size_t i = 0; doc.checklist != NULL && i < doc.checklist->item_count; i++) {
        const struct item *item = &doc.checklist->items[i];
        if (item->type != c->type || item->at.end <= first)
            continue;
        buf_addf(found, "〖%.*s〗", STR_ARG(item->clean));
        const struct at *mark = next < c->marked.count ? &c->marked.marks[next++] : NULL;
        right = right && mark != NULL && item->at.start == mark->start && item->at.end == mark->end;
    }
    return right && next == c->marked.count;
}

static void check_list(struct check *c, const struct family_examples *list, bool open)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct family_example *e = &list->at[i];
        buf_clear(&c->found);
        if (holds(c, e, &c->found) == open)
            diags_addf(c->d, open || !c->own ? DIAG_RULE_LINT : DIAG_RULE_EXAMPLE, (struct place){ c->family->file, e->line, 0 }, "%.*s: %s%.*s → %.*s",
                       STR_ARG(c->family->id), open ? "open: " : "", STR_ARG(e->text), STR_ARG(buf_str(&c->found)));
    }
}

struct families_count families_check(const struct engine *e, const struct families *families, bool own, struct diags *d)
{
    struct check c = { .worker = worker_new(e), .own = own, .d = d };
    struct families_count count = { 0, 0 };
    buf_init(&c.found, BUF_NO_CEILING);
    buf_init(&c.marked.text, BUF_NO_CEILING);
    for (size_t i = 0; i < families->count; i++) {
        c.family = &families->at[i];
        int type = name_find(item_type_names, ITEM_TYPE_COUNT, c.family->type);
        if (type < 0) {
            diags_addf(d, DIAG_RULE_VALUE, (struct place){ .file = c.family->file }, "%.*s: type: %.*s", STR_ARG(c.family->id), STR_ARG(c.family->type));
            continue;
        }
        c.type = (enum item_type)type;
        check_list(&c, &c.family->match, false);
        check_list(&c, &c.family->reject, false);
        check_list(&c, &c.family->open, true);
        count.examples += c.family->match.count + c.family->reject.count;
        count.open += c.family->open.count;
    }
    buf_release(&c.marked.text);
    buf_release(&c.found);
    worker_free(c.worker);
    return count;
}
