/* suggest: the name that was likely meant. */
#ifndef QD_RULE_SUGGEST_H
#define QD_RULE_SUGGEST_H

#include "rule/rule.h"

/* The nearest of the names by few changed letters, or NULL. */
const char *suggest_name(const char *const *names, size_t count, struct str wrong);

#endif
