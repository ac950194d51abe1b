/*
 * simplify: Traditional characters to Simplified ones, unit for unit.
 *
 * The result is as long as the text and every unit keeps its place. Most text is Simplified already; then the very same
 * view comes back. What is known of a character is kept for the whole process; any thread may call.
 */
#ifndef QD_UNICODE_SIMPLIFY_H
#define QD_UNICODE_SIMPLIFY_H

#include "base/ustr.h"

struct ustr simplify(struct arena *a, struct ustr s);

#endif
