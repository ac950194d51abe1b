/* The table of readers, and the way every file takes through it: refuse, decode, ask for bids, read. */
#include "intake/intake.h"

#include "intake/reader.h"
#include "office/office.h"

const char *const input_format_names[INPUT_FORMAT_COUNT] = {
    "auto", "txt", "md", "html", "jsonl", "docx", "doc", "rtf", "odt", "xlsx", "ofd", "pdf",
};

static const struct reader readers[] = {
    { INPUT_TXT, txt_bid, txt_read },
    { INPUT_MD, markdown_bid, markdown_read },
    { INPUT_HTML, html_bid, html_read },
    { INPUT_JSONL, jsonl_bid, NULL },           /* record_read, line by line */
};
#define READERS (sizeof readers / sizeof *readers)

/* Formats that people send and we do not read, by their first bytes. */
static const struct { const char *magic; size_t len, at; const char *name; } foreign[] = {
    { "{\\rtf", 5, 0, "RTF" },
    { "%PDF-", 5, 0, "PDF" },
    { "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8, 0, "DOC/WPS/XLS (OLE2)" },
    { "PK\x03\x04", 4, 0, "ZIP/DOCX/XLSX/OFD" },
    { "PK\x05\x06", 4, 0, "ZIP" },
    { "Rar!\x1A\x07", 6, 0, "RAR" },
    { "7z\xBC\xAF\x27\x1C", 6, 0, "7z" },
    { "\x1F\x8B\x08", 3, 0, "gzip" },
    { "1AY&SY", 6, 4, "bzip2" },
    { "\xFD" "7zXZ", 5, 0, "xz" },
    { "\x28\xB5\x2F\xFD", 4, 0, "zstd" },
    { "ustar", 5, 257, "tar" },
    { "\x89PNG\r\n\x1A\n", 8, 0, "PNG" },
    { "\xFF\xD8\xFF", 3, 0, "JPEG" },
    { "GIF8", 4, 0, "GIF" },
    { "II*\0", 4, 0, "TIFF" },
    { "MM\0*", 4, 0, "TIFF" },
    { "\x7F" "ELF", 4, 0, "ELF" },
    { "SQLite format 3", 16, 0, "SQLite" },
};

/* Name of the foreign format, or NULL. */
static const char *foreign_format(struct str s)
{
    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++) {
        if (s.len >= foreign[i].at + foreign[i].len && memcmp(s.at + foreign[i].at, foreign[i].magic, foreign[i].len) == 0)
            return foreign[i].name;
    }
    return NULL;
}

bool name_ends(struct str name, const char *extension)
{
    size_t n = strlen(extension);
    if (name.len < n)
        return false;
    for (size_t i = 0; i < n; i++) {
        char c = name.at[name.len - n + i];
        if ((c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c) != extension[i])
            return false;
    }
    return true;
}

bool is_iso_date(struct str s)
{
    static const char form[] = "dddd-dd-dd";
    static const int days[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    if (s.len != sizeof form - 1)
        return false;
    for (size_t i = 0; i < s.len; i++) {
        bool digit = s.at[i] >= '0' && s.at[i] <= '9';
        if (form[i] == 'd' ? !digit : s.at[i] != form[i])
            return false;
    }
    int year = (s.at[0] - '0') * 1000 + (s.at[1] - '0') * 100 + (s.at[2] - '0') * 10 + (s.at[3] - '0');
    int month = (s.at[5] - '0') * 10 + (s.at[6] - '0'), day = (s.at[8] - '0') * 10 + (s.at[9] - '0');
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1] && (month != 2 || day < 29 || leap);
}

static const struct reader *reader_of(enum input_format format)
{
    for (size_t i = 0; i < READERS; i++) {
        if (readers[i].format == format)
            return &readers[i];
    }
    return &readers[0];
}

static const struct reader *best_reader(struct decoded text, struct str name)
{
    struct ustr head = text.text;
    if (head.len > READER_HEAD_UNITS)
        head.len = READER_HEAD_UNITS;
    const struct reader *best = &readers[0];
    unsigned most = 0;
    for (size_t i = 0; i < READERS; i++) {
        unsigned bid = readers[i].bid(head, name);
        if (bid > most) {
            most = bid;
            best = &readers[i];
        }
    }
    return best;
}

enum input_format intake_taste(struct str bytes, struct str name)
{
    if (foreign_format(bytes) != NULL)
        return INPUT_TXT;
    struct str head = { bytes.at, bytes.len < 4 * READER_HEAD_UNITS ? bytes.len : 4 * READER_HEAD_UNITS };
    struct arena *a = arena_new();
    enum input_format format = best_reader(charset_decode(a, head, charset_find(bytes)), name)->format;
    arena_free(a);
    return format;
}

static bool is_blank(struct ustr s)
{
    for (uint32_t i = 0; i < s.len; i++) {
        if (!unit_is_space(s.at[i]))
            return false;
    }
    return true;
}

/* Says whether the bytes may be read at all, and why not. */
static bool admits(struct intake *in)
{
    struct place place = { in->name, 0, 0 };
    const char *format = foreign_format(in->bytes);
    if (format != NULL) {
        diags_add(in->diags, DIAG_INPUT_FORMAT, place, STR(""), str_of(format));
        return false;
    }
    if (in->bytes.len > INT32_MAX) {
        diags_add(in->diags, DIAG_INPUT_TOO_LARGE, place, STR(""), STR(""));
        return false;
    }
    return true;
}

/* Text that is written in a format we do not read: its name, or NULL. */
static const char *foreign_text(struct ustr text, struct str name)
{
    if (ustr_starts(text, USTR(u"<?xml")) && html_bid(ustr_sub(text, 0, text.len < READER_HEAD_UNITS ? text.len : READER_HEAD_UNITS), name) < 100)
        return "XML";
    return ustr_starts(text, USTR(u"MIME-Version:")) ? "MHT/EML" : NULL;
}

/* Says whether the decoded text may be read, and why not. What is forced is read though it looks foreign. */
static bool is_readable(const struct intake *in, enum input_format as)
{
    struct place place = { in->name, 0, 0 };
    const char *format = as == INPUT_AUTO ? foreign_text(in->decoded.text, in->name) : NULL;
    if (!charset_is_text(in->decoded))
        diags_add(in->diags, DIAG_INPUT_NOT_TEXT, place, STR(""), STR(""));
    else if (format != NULL)
        diags_add(in->diags, DIAG_INPUT_FORMAT, place, STR(""), str_of(format));
    else
        return true;
    return false;
}

static size_t count_controls(struct ustr s)
{
    size_t n = 0;
    for (uint32_t i = 0; i < s.len; i++)
        n += (s.at[i] < 0x20 && !unit_is_space(s.at[i])) || s.at[i] == 0x7F;
    return n;
}

void tell_of_text(struct diags *d, struct place place, const struct pages *p, struct ustr decoded)
{
    size_t controls = count_controls(decoded);
    if (p->bad_bytes > 0)
        diags_addf(d, DIAG_INPUT_BAD_BYTES, place, "%zu", p->bad_bytes);
    if (controls > 0)
        diags_addf(d, DIAG_INPUT_CONTROL, place, "%zu", controls);
    if (is_blank(p->text))
        diags_add(d, DIAG_INPUT_EMPTY, place, STR(""), STR(""));
}

static struct pages *new_pages(const struct intake *in, const char *format, const char *charset)
{
    struct pages *p = arena_take(in->arena, sizeof *p);
    p->name = in->name;
    p->format = format;
    p->charset = charset;
    p->sha256 = sha256_hex(in->arena, in->bytes);
    p->kind_hint = -1;
    return p;
}

/* An office file says its words in a way of its own; once they are told it is a document like any other. */
static const struct pages *read_office(const struct intake *in, const struct office_reader *office)
{
    struct flow flow;
    flow_init(&flow, in->arena, in->name, in->diags);
    bool read = office->read(in->bytes, &flow);
    struct pages *p = new_pages(in, office->name, "");
    flow_finish(&flow, p);
    if (!read)
        return NULL;
    pages_find_astral(in->arena, p);
    tell_of_text(in->diags, (struct place){ in->name, 0, 0 }, p, p->text);
    return p;
}

const struct pages *intake_read(struct arena *a, struct str bytes, struct str name, enum input_format as, struct diags *d)
{
    struct intake in = { a, bytes, name, { { NULL, 0 }, NULL, 0 }, d };
    const struct office_reader *office = as == INPUT_AUTO || as >= INPUT_DOCX ? office_of(bytes) : NULL;
    if (office != NULL)
        return read_office(&in, office);
    if (!admits(&in))
        return NULL;
    enum charset charset = charset_find(bytes);
    in.decoded = charset_decode(a, bytes, charset);
    if (!is_readable(&in, as))
        return NULL;
    const struct reader *reader = as == INPUT_AUTO ? best_reader(in.decoded, name) : reader_of(as);
    if (reader->read == NULL)
        reader = reader_of(INPUT_TXT);
    struct pages *p = new_pages(&in, input_format_names[reader->format], charset_name(charset));
    p->bad_bytes = in.decoded.bad;
    reader->read(&in, p);
    pages_find_astral(a, p);
    tell_of_text(d, (struct place){ name, 0, 0 }, p, in.decoded.text);
    return p;
}
