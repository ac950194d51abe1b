/* The names behind the vocabularies. */
#include "doc/kinds.h"

#define NAME(id, name, zh) name,
#define WORD(id, name, zh) zh,
const char *const doc_kind_names[DOC_KIND_COUNT] = { DOC_KINDS(NAME) };
const char *const doc_kind_words[DOC_KIND_COUNT] = { DOC_KINDS(WORD) };
const char *const zone_names[ZONE_COUNT] = { ZONES(NAME) };
const char *const zone_words[ZONE_COUNT] = { ZONES(WORD) };

int name_find(const char *const *names, size_t count, struct str name)
{
    for (size_t i = 0; i < count; i++) {
        if (str_is(name, names[i]))
            return (int)i;
    }
    return -1;
}
