/*
 * package: the parts of a zipped office file, read from memory. libarchive's home.
 *
 * A part is handed on piece by piece as it is unpacked, so that a small file that swells is stopped before it is held.
 */
#ifndef QD_OFFICE_PACKAGE_H
#define QD_OFFICE_PACKAGE_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"

#define PART_BYTES_MOST (64u << 20)     /* of one part, unpacked */
#define PART_RATIO_MOST 400             /* unpacked to packed, for parts beyond a mebibyte */
#define PARTS_MOST 20000

/* Does an entry of that name hold the part? Without regard to case and a leading slash. */
bool package_is_part(const char *name, struct str part);
/* Is it a zip that holds a part of that name? */
bool package_has(struct str bytes, const char *part);

enum package_result { PACKAGE_READ, PACKAGE_ABSENT, PACKAGE_BROKEN, PACKAGE_ENCRYPTED, PACKAGE_TOO_LARGE };

/* Takes a piece of a part; false: enough. */
typedef bool package_sink(void *to, struct str piece);

/* Hands the part on. Names compare without case and a leading slash. */
enum package_result package_stream(struct str bytes, struct str part, package_sink *sink, void *to);
/* The whole part, in the arena; at most `most` bytes of it. */
enum package_result package_part(struct arena *a, struct str bytes, struct str part, size_t most, struct str *out);

/* Names of all parts, in the order of the package, in the arena. */
struct part_names { struct str *at; size_t count, room; };
enum package_result package_names(struct arena *a, struct str bytes, struct part_names *out);

/* The folder of a part, with its slash; empty for one at the root. */
struct str package_folder(struct str part);
/*
 * What a path means that stands in a part of the folder: with a slash ahead from the root, else from there; "." and ".."
 * taken out, no slash ahead. Empty where the path is.
 */
struct str package_path(struct arena *a, struct str folder, struct str path);
/* The part with the relationships of a part ("" for those of the package), as office packages keep them. */
struct str package_relations(struct arena *a, struct str part);

/* Tells why a part could not be read; nothing for PACKAGE_READ. */
void package_tell(enum package_result result, struct str part, struct str name, struct diags *d);

#endif
