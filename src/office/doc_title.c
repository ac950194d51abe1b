/*
 * The title that the properties of a Word 97 document state.
 *
 *     header | FMTID | place of the section: bytes, count, (number, place) ... values: kind, length, bytes
 */
#include "office/doc_parts.h"
#include "unicode/charset.h"

#define SECTION_PLACE 44
#define PROPERTIES_MOST 64
#define TITLE_BYTES_MOST 512
enum { PROPERTY_CODE_PAGE = 1, PROPERTY_TITLE = 2, KIND_NUMBER = 2, KIND_BYTES = 30 };

/* The bytes of a property from its kind on; empty where there is none. */
static struct str property(struct str section, uint32_t number)
{
    uint32_t count = le32(section, 4);
    for (size_t i = 0; i < count && i < PROPERTIES_MOST; i++) {
        if (le32(section, 8 + 8 * i) == number)
            return str_part(section, le32(section, 12 + 8 * i), SIZE_MAX);
    }
    return STR("");
}

static bool charset_of_page(unsigned page, enum charset *out)
{
    static const struct { unsigned page; enum charset charset; } rows[] = {
        { 936, CHARSET_GB18030 }, { 54936, CHARSET_GB18030 }, { 65001, CHARSET_UTF8 }, { 950, CHARSET_BIG5 }, { 1200, CHARSET_UTF16LE }
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (rows[i].page == page) {
            *out = rows[i].charset;
            return true;
        }
    }
    return false;
}

void doc_title_read(struct doc *d, struct str summary)
{
    struct str section = str_part(summary, le32(summary, SECTION_PLACE), SIZE_MAX);
    struct str page = property(section, PROPERTY_CODE_PAGE), title = property(section, PROPERTY_TITLE);
    enum charset charset;
    uint32_t len = le32(title, 4);
    if (le32(page, 0) != KIND_NUMBER || le32(title, 0) != KIND_BYTES || !charset_of_page(le16(page, 4), &charset))
        return;
    struct str bytes = str_part(title, 8, len);
    if (bytes.len < len || len > TITLE_BYTES_MOST)
        return;
    struct decoded text = charset_decode(d->arena, bytes, charset);
    uint32_t end = 0;
    while (end < text.text.len && text.text.at[end] != 0)       /* filled up with NULs */
        end++;
    if (text.bad == 0)
        d->flow->title = ustr_sub(text.text, 0, end);
}
