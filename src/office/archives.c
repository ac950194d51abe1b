/* One pass for the names, one for the bytes. */
#include "office/archives.h"

#include <archive.h>
#include <archive_entry.h>

#include "base/buf.h"
#include "base/ustr.h"
#include "office/office.h"
#include "unicode/charset.h"

#define RATIO_FREE ((size_t)1 << 20)

static const struct { const char *magic; size_t len, at; } magics[] = {
    { "PK\x03\x04", 4, 0 }, { "Rar!\x1A\x07", 6, 0 }, { "7z\xBC\xAF\x27\x1C", 6, 0 }, { "ustar", 5, 257 }, { "\x1F\x8B\x08", 3, 0 },
    { "BZh", 3, 0 }, { "\xFD" "7zXZ", 5, 0 }, { "\x28\xB5\x2F\xFD", 4, 0 },
};

bool archives_known(struct str s)
{
    for (size_t i = 0; i < sizeof magics / sizeof *magics; i++) {
        if (s.len >= magics[i].at + magics[i].len && memcmp(s.at + magics[i].at, magics[i].magic, magics[i].len) == 0)
            return office_of(s) == NULL;
    }
    return false;
}

static struct archive *open_any(struct str bytes)
{
    struct archive *a = archive_read_new();
    if (a == NULL)
        memory_gone();
    archive_read_support_filter_all(a);
    archive_read_support_format_all(a);
    archive_read_support_format_raw(a);         /* a lone file behind gzip */
    if (archive_read_open_memory(a, bytes.at, bytes.len) == ARCHIVE_OK)
        return a;
    archive_read_free(a);
    return NULL;
}

/* ---- names ---- */

struct members { struct str *at; size_t count, room; };

static bool next(struct archive *a, struct archive_entry **entry, bool *broken)
{
    int status = archive_read_next_header(a, entry);
    *broken = status != ARCHIVE_EOF && status < ARCHIVE_WARN;
    return status != ARCHIVE_EOF && !*broken;
}

/* What the entry calls itself, as bytes of some encoding. */
static struct str raw_name(struct archive_entry *entry)
{
    const char *name = archive_entry_pathname(entry);
    return str_of(name == NULL ? archive_entry_pathname_utf8(entry) : name);
}

static struct members read_names(struct arena *arena, struct str bytes)
{
    struct members m = { 0 };
    struct archive *a = open_any(bytes);
    struct archive_entry *entry;
    bool broken = false;
    while (a != NULL && m.count < MEMBERS_MOST && next(a, &entry, &broken))
        *VEC_ADD(arena, &m) = arena_keep(arena, raw_name(entry));
    if (a != NULL)
        archive_read_free(a);
    return m;
}

/* All names in the one encoding that fits them together. */
static void decode_names(struct arena *arena, struct members *m)
{
    struct buf pool;
    buf_init(&pool, BUF_NO_CEILING);
    for (size_t i = 0; i < m->count; i++) {
        buf_add(&pool, m->at[i]);
        buf_addc(&pool, '\n');
    }
    enum charset charset = charset_find(buf_str(&pool));
    for (size_t i = 0; i < m->count; i++)
        m->at[i] = ustr_to_utf8(arena, charset_decode(arena, m->at[i], charset).text);
    buf_release(&pool);
}

/* What systems put into archives by themselves. */
static bool is_litter(struct str name)
{
    static const char *const litter[] = { "__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini" };
    for (size_t i = 0; i < sizeof litter / sizeof *litter; i++) {
        size_t n = strlen(litter[i]);
        if ((name.len >= n && memcmp(name.at, litter[i], n) == 0) || str_ends(name, litter[i]))
            return true;
    }
    return false;
}

/* ---- bytes ---- */

struct visit {
    struct arena *arena;
    struct str name;                    /* of the archive */
    size_t size, depth;
    const struct archive_visitor *visitor;
    struct diags *diags;
};

static void tell(const struct visit *v, enum diag_code code, struct str place, const char *detail)
{
    diags_add(v->diags, code, (struct place){ .file = place }, STR(""), str_of(detail));
}

static bool read_bytes(const struct visit *v, struct archive *a, struct buf *out, struct str place)
{
    for (;;) {
        const void *at;
        size_t len;
        la_int64_t offset;
        int status = archive_read_data_block(a, &at, &len, &offset);
        if (status == ARCHIVE_EOF)
            return true;
        buf_add(out, (struct str){ at, status < ARCHIVE_WARN ? 0 : len });
        if (buf_over(out) || (out->len > RATIO_FREE && out->len / MEMBER_RATIO_MOST > v->size)) {
            tell(v, DIAG_INPUT_TOO_LARGE, place, "");
            return false;
        }
        if (status < ARCHIVE_WARN) {
            tell(v, archive_read_has_encrypted_entries(a) > 0 ? DIAG_INPUT_ENCRYPTED : DIAG_INPUT_BROKEN, place, "");
            return false;
        }
    }
}

static bool visit_archive(struct str bytes, struct str name, size_t depth, const struct archive_visitor *visitor, struct diags *d);

static bool take_member(const struct visit *v, struct str place, struct str bytes)
{
    if (!archives_known(bytes))
        return v->visitor->member(v->visitor->self, place, bytes);
    if (v->depth + 1 < ARCHIVE_DEPTH_MOST)
        return visit_archive(bytes, place, v->depth + 1, v->visitor, v->diags);
    tell(v, DIAG_INPUT_FORMAT, place, "压缩包套得太深");
    return true;
}

static struct str place_of(const struct visit *v, struct str member)
{
    struct buf b;
    buf_init(&b, BUF_NO_CEILING);
    buf_addf(&b, "%.*s!", STR_ARG(v->name));
    for (size_t i = 0; i < member.len; i++)
        buf_addc(&b, (unsigned char)member.at[i] < 0x20 ? '_' : member.at[i]);
    struct str kept = arena_keep(v->arena, buf_str(&b));
    buf_release(&b);
    return kept;
}

/* The entry, by its decoded name. False: no more is wanted. */
static bool visit_entry(const struct visit *v, struct archive *a, struct archive_entry *entry, struct str member)
{
    unsigned type = archive_entry_filetype(entry);
    if ((type != AE_IFREG && type != 0) || is_litter(member))
        return true;
    struct str place = place_of(v, member);
    if (archive_entry_is_data_encrypted(entry)) {
        tell(v, DIAG_INPUT_ENCRYPTED, place, "");
        return true;
    }
    struct buf bytes;
    buf_init(&bytes, MEMBER_BYTES_MOST);
    bool more = !read_bytes(v, a, &bytes, place) || take_member(v, place, buf_str(&bytes));
    buf_release(&bytes);
    return more;
}

static bool visit_archive(struct str bytes, struct str name, size_t depth, const struct archive_visitor *visitor, struct diags *d)
{
    struct visit v = { arena_new(), name, bytes.len, depth, visitor, d };
    struct members m = read_names(v.arena, bytes);
    decode_names(v.arena, &m);
    struct archive *a = open_any(bytes);
    struct archive_entry *entry;
    bool more = true, broken = a == NULL;
    size_t i = 0;
    for (; more && i < m.count && a != NULL && next(a, &entry, &broken); i++)
        more = visit_entry(&v, a, entry, m.at[i]);
    if (more && broken)
        tell(&v, DIAG_INPUT_BROKEN, name, "");
    if (more && i == MEMBERS_MOST)
        tell(&v, DIAG_READ_LIMIT, name, "文件数");
    if (a != NULL)
        archive_read_free(a);
    arena_free(v.arena);
    return more;
}

bool archives_visit(struct str bytes, struct str name, const struct archive_visitor *visitor, struct diags *d)
{
    return visit_archive(bytes, name, 0, visitor, d);
}
