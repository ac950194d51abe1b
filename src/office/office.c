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

static bool is_package_with(struct str s, const char *part)
{
    return starts(s, "PK\x03\x04", 4) && package_has(s, part);
}

static bool is_docx(struct str s)
{
    return is_package_with(s, "word/document.xml") || is_package_with(s, "word/document2.xml") ||
           (starts(s, "<?xml", 5) && holds(s, "wordDocument", FLAT_HEAD));
}

static bool is_xlsx(struct str s)
{
    return is_package_with(s, "xl/workbook.xml");
}

static bool is_ofd(struct str s)
{
    return is_package_with(s, "OFD.xml");
}

static bool is_odt(struct str s)
{
    return is_package_with(s, "content.xml") && holds(s, "opendocument.text", FLAT_HEAD);
}

static bool is_rtf(struct str s)
{
    return starts(s, "{\\rtf", 5);
}

static bool is_pdf(struct str s)
{
    return holds(s, "%PDF-", PDF_HEAD);
}

static bool is_compound(struct str s)
{
    return starts(s, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
}

const struct office_reader *office_of(struct str bytes)
{
    static const struct { bool (*tastes)(struct str bytes); struct office_reader reader; } readers[] = {
        { is_docx, { "docx", docx_read } },
        { is_xlsx, { "xlsx", xlsx_read } },
        { is_ofd, { "ofd", ofd_read } },
        { is_odt, { "odt", odt_read } },
        { is_rtf, { "rtf", rtf_read } },
        { is_compound, { "doc", doc_read } },
        { is_pdf, { "pdf", pdf_read } },
    };
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++) {
        if (readers[i].tastes(bytes))
            return &readers[i].reader;
    }
    return NULL;
}
