/* One pass over the archive for each part asked for: documents are small, and nothing is ever unpacked to disk. */
#include "office/package.h"

#include <archive.h>
#include <archive_entry.h>

#include "base/buf.h"

#define PATH_MOST 1024
#define RATIO_FREE (1u << 20)           /* what a part may unpack to whatever it was packed from */

static struct archive *open_zip(struct str bytes)
{
    struct archive *zip = archive_read_new();
    if (zip == NULL)
        memory_gone();
    archive_read_support_format_zip(zip);
    archive_read_support_filter_none(zip);
    if (archive_read_open_memory(zip, bytes.at, bytes.len) == ARCHIVE_OK)
        return zip;
    archive_read_free(zip);
    return NULL;
}

static char folded(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c == '\\' ? '/' : c;
}

bool package_is_part(const char *name, struct str part)
{
    if (name == NULL)
        return false;
    name += *name == '/';
    if (part.len > 0 && part.at[0] == '/')
        part = (struct str){ part.at + 1, part.len - 1 };
    for (size_t i = 0; i < part.len; i++) {
        if (name[i] == '\0' || folded(name[i]) != folded(part.at[i]))
            return false;
    }
    return name[part.len] == '\0';
}

static enum package_result next_entry(struct archive *zip, struct archive_entry **entry)
{
    int status = archive_read_next_header(zip, entry);
    return status == ARCHIVE_EOF ? PACKAGE_ABSENT : status < ARCHIVE_WARN ? PACKAGE_BROKEN : PACKAGE_READ;
}

/* Goes to the part; PACKAGE_READ where it is there. */
static enum package_result find(struct archive *zip, struct str part, struct archive_entry **entry)
{
    for (size_t i = 0; i < PARTS_MOST; i++) {
        enum package_result r = next_entry(zip, entry);
        if (r != PACKAGE_READ)
            return r;
        if (package_is_part(archive_entry_pathname(*entry), part))
            return archive_entry_is_data_encrypted(*entry) ? PACKAGE_ENCRYPTED : PACKAGE_READ;
    }
    return PACKAGE_TOO_LARGE;
}

static enum package_result stream_entry(struct archive *zip, size_t packed, package_sink *sink, void *to)
{
    size_t total = 0;
    for (;;) {
        const void *at;
        size_t len;
        la_int64_t offset;
        int status = archive_read_data_block(zip, &at, &len, &offset);
        if (status == ARCHIVE_EOF)
            return PACKAGE_READ;
        if (status < ARCHIVE_WARN)
            return PACKAGE_BROKEN;
        total += len;
        if (total > PART_BYTES_MOST || (total > RATIO_FREE && total / PART_RATIO_MOST > packed))
            return PACKAGE_TOO_LARGE;
        if (len > 0 && !sink(to, (struct str){ at, len }))
            return PACKAGE_READ;
    }
}

enum package_result package_stream(struct str bytes, struct str part, package_sink *sink, void *to)
{
    struct archive *zip = open_zip(bytes);
    struct archive_entry *entry;
    if (zip == NULL)
        return PACKAGE_BROKEN;
    enum package_result r = find(zip, part, &entry);
    if (r == PACKAGE_READ)
        r = stream_entry(zip, bytes.len, sink, to);
    archive_read_free(zip);
    return r;
}

bool package_has(struct str bytes, const char *part)
{
    struct archive *zip = open_zip(bytes);
    struct archive_entry *entry;
    enum package_result r = zip == NULL ? PACKAGE_BROKEN : find(zip, str_of(part), &entry);
    if (zip != NULL)
        archive_read_free(zip);
    return r == PACKAGE_READ || r == PACKAGE_ENCRYPTED;
}

static bool into_buf(void *to, struct str piece)
{
    struct buf *b = to;
    buf_add(b, piece);
    return !buf_over(b);
}

enum package_result package_part(struct arena *a, struct str bytes, struct str part, size_t most, struct str *out)
{
    struct buf b;
    buf_init(&b, most);
    enum package_result r = package_stream(bytes, part, into_buf, &b);
    if (r == PACKAGE_READ && buf_over(&b))
        r = PACKAGE_TOO_LARGE;
    *out = r == PACKAGE_READ ? arena_keep(a, buf_str(&b)) : STR("");
    buf_release(&b);
    return r;
}

enum package_result package_names(struct arena *a, struct str bytes, struct part_names *out)
{
    struct archive *zip = open_zip(bytes);
    struct archive_entry *entry;
    if (zip == NULL)
        return PACKAGE_BROKEN;
    enum package_result r = PACKAGE_READ;
    while (out->count < PARTS_MOST && (r = next_entry(zip, &entry)) == PACKAGE_READ) {
        const char *name = archive_entry_pathname(entry);
        if (name != NULL)
            *VEC_ADD(a, out) = arena_keep(a, str_of(name));
    }
    archive_read_free(zip);
    return r == PACKAGE_ABSENT ? PACKAGE_READ : r == PACKAGE_READ ? PACKAGE_TOO_LARGE : r;
}

static bool is_slash(char c)
{
    return c == '/' || c == '\\';
}

struct str package_folder(struct str part)
{
    while (part.len > 0 && !is_slash(part.at[part.len - 1]))
        part.len--;
    return part;
}

/* Puts a segment behind the path, or takes one off for "..". */
static void add_segment(struct buf *path, struct str segment)
{
    if (segment.len == 0 || str_is(segment, "."))
        return;
    if (!str_is(segment, "..")) {
        if (path->len > 0)
            buf_addc(path, '/');
        buf_add(path, segment);
        return;
    }
    while (path->len > 0 && path->at[--path->len] != '/')
        continue;
}

static void add_segments(struct buf *path, struct str s)
{
    size_t start = 0;
    for (size_t i = 0; i <= s.len; i++) {
        if (i == s.len || is_slash(s.at[i])) {
            add_segment(path, (struct str){ s.at + start, i - start });
            start = i + 1;
        }
    }
}

struct str package_path(struct arena *a, struct str folder, struct str path)
{
    struct buf b;
    buf_init(&b, PATH_MOST);
    if (path.len > 0 && !is_slash(path.at[0]))
        add_segments(&b, folder);
    add_segments(&b, path);
    struct str kept = arena_keep(a, buf_str(&b));
    buf_release(&b);
    return kept;
}

struct str package_relations(struct arena *a, struct str part)
{
    struct str folder = package_folder(part);
    struct buf b;
    buf_init(&b, BUF_NO_CEILING);
    buf_addf(&b, "%.*s_rels/%.*s.rels", STR_ARG(folder), (int)(part.len - folder.len), part.at + folder.len);
    struct str kept = arena_keep(a, buf_str(&b));
    buf_release(&b);
    return kept;
}

void package_tell(enum package_result result, struct str part, struct str name, struct diags *d)
{
    static const enum diag_code codes[] = {
        [PACKAGE_ABSENT] = DIAG_INPUT_BROKEN, [PACKAGE_BROKEN] = DIAG_INPUT_BROKEN, [PACKAGE_ENCRYPTED] = DIAG_INPUT_ENCRYPTED,
        [PACKAGE_TOO_LARGE] = DIAG_INPUT_TOO_LARGE,
    };
    if (result != PACKAGE_READ)
        diags_add(d, codes[result], (struct place){ .file = name }, STR(""), part);
}
