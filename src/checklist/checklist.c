/* The names behind the vocabularies of a checklist. */
#include "checklist/checklist.h"

#define NAME(id, name, zh) name,
#define WORD(id, name, zh) zh,
const char *const item_type_names[ITEM_TYPE_COUNT] = { ITEM_TYPES(NAME) };
const char *const item_type_words[ITEM_TYPE_COUNT] = { ITEM_TYPES(WORD) };
const char *const category_names[CATEGORY_COUNT] = { CATEGORIES(NAME) };
const char *const category_words[CATEGORY_COUNT] = { CATEGORIES(WORD) };
