/*
 * families: what a whole reader must make of a paragraph, where an example of a rule shows only what its pattern matches.
 *
 * A family is one way to be right or wrong (soft forms, lists that split, quoted headings …), written down in
 * the folder `families` below the rules with many paragraphs of each side. Only `rules check` reads these files.
 *
 * file:  families: [ {id, title, type, before, match: […], reject: […], open: […]} ]
 * `before` is the document ahead of the paragraph: its title and headings. In a paragraph 〖 〗 mark the items of the
 * family's type, all of them; a paragraph to reject has none. `open` are paragraphs, marked as they should be read, that
 * the rules do not read so yet.
 */
#ifndef QD_RULE_FAMILY_H
#define QD_RULE_FAMILY_H

#include <stdint.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"

#define FAMILIES_FOLDER "families"      /* below a folder of rules */

struct family_example {
    struct str text;                    /* with its marks */
    uint32_t line;                      /* in the file */
};

struct family_examples { struct family_example *at; size_t count, room; };

struct family {
    struct str file, id, title, type, before;
    struct family_examples match, reject, open;
};

struct families { struct family *at; size_t count, room; };

/* Adds the families of all files in `folder` (that of the rules), into the arena; none where it has no such folder. */
void families_read(struct arena *a, struct families *out, const char *folder, struct diags *d);

#endif
