/*
 * archives: the files in a zip, 7z, rar, tar or gz, one after the other, from memory. Nothing is unpacked to disk.
 *
 * Names are raw bytes in most archives. Those of one archive are decoded together: alone, many a GBK name is valid UTF-8.
 */
#ifndef QD_OFFICE_ARCHIVES_H
#define QD_OFFICE_ARCHIVES_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"

#define MEMBERS_MOST      50000         /* of an archive; further ones are left out, and told */
#define MEMBER_BYTES_MOST ((size_t)64 << 20)
#define MEMBER_RATIO_MOST 1000          /* unpacked to the whole archive, for members beyond a mebibyte */
#define ARCHIVE_DEPTH_MOST 4            /* archives in archives */

/* Is it an archive of files, and no office file? */
bool archives_known(struct str bytes);

struct archive_visitor {
    /* The member's name as a person sees it: 材料.zip!附件/方案.docx. False: no more. */
    bool (*member)(void *self, struct str name, struct str bytes);
    void *self;
};

/* Visits every file. What cannot be read is told (encrypted, damaged, too large), the others go on. False: `member` said no more. */
bool archives_visit(struct str bytes, struct str name, const struct archive_visitor *visitor, struct diags *d);

#endif
