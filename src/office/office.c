/* The table of readers of office files, and how each format is known by its bytes. */
#include "office/office.h"

#include "office/package.h"

#define PDF_HEAD 1024                   /* bytes in which a PDF says so, whatever stands ahead */
#define FLAT_HEAD 4096                  /* bytes in which a flat WordML file says what it is */

static bool starts(struct str s, const char *head, size_t len)
{
    return s.len >= len && memcmp(s.at, head, len) == 0;
}

static bool holds(struct str s, const char *word, size_t within)
{
    size_t n = strlen(word), end = s.len < within ? s.len : within;
    for (size_t i = 0; i + n <= end; i++) {
        if (memcmp(s.at + i, word, n) == 0)
            return true;
    }
    return false;
}

/* What a format is known by: the bytes, and of a zip the names of its parts. */
struct sample { struct str bytes; struct part_names parts; };

static bool has_part(const struct sample *s, struct str part)
{
    for (size_t i = 0; i < s->parts.count; i++) {
        if (package_is_part(s->parts.at[i].at, part))
            return true;
    }
    return false;
}

static bool is_docx(const struct sample *s)
{
    return has_part(s, STR("word/document.xml")) || has_part(s, STR("word/document2.xml")) ||
           (starts(s->bytes, "<?xml", 5) && holds(s->bytes, "wordDocument", FLAT_HEAD));
}

static bool is_xlsx(const struct sample *s)
{
    return has_part(s, STR("xl/workbook.xml"));
}

static bool is_ofd(const struct sample *s)
{
    return has_part(s, STR("OFD.xml"));
}

static bool is_odt(const struct sample *s)
{
    return has_part(s, STR("content.xml")) && holds(s->bytes, "opendocument.text", FLAT_HEAD);
}

static bool is_rtf(const struct sample *s)
{
    return starts(s->bytes, "{\\rtf", 5);
}

static bool is_compound(const struct sample *s)
{
    return starts(s->bytes, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
}

static bool is_pdf(const struct sample *s)
{
    return holds(s->bytes, "%PDF-", PDF_HEAD);
}

const struct office_reader *office_of(struct str bytes)
{
    static const struct { bool (*tastes)(const struct sample *s); struct office_reader reader; } readers[] = {
        { is_docx, { "docx", docx_read } },
        { is_xlsx, { "xlsx", xlsx_read } },
        { is_ofd, { "ofd", ofd_read } },
        { is_odt, { "odt", odt_read } },
        { is_rtf, { "rtf", rtf_read } },
        { is_compound, { "doc", doc_read } },
        { is_pdf, { "pdf", pdf_read } },
    };
    struct arena *a = arena_new();
    struct sample sample = { .bytes = bytes };
    if (starts(bytes, "PK\x03\x04", 4))
        package_names(a, bytes, &sample.parts);
    const struct office_reader *found = NULL;
    for (size_t i = 0; found == NULL && i < sizeof readers / sizeof *readers; i++) {
        if (readers[i].tastes(&sample))
            found = &readers[i].reader;
    }
    arena_free(a);
    return found;
}
