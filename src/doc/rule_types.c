/* The names of the types of rules. */
#include "doc/rule_types.h"

#define NAME(id, name) name,
const char *const rule_type_names[RULE_TYPE_COUNT] = { RULE_TYPES(NAME) };
