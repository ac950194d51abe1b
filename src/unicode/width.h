/*
 * width: how many terminal columns text takes.
 *
 * Chinese characters and full-width signs take two, combining and control characters none, the rest one.
 */
#ifndef QD_UNICODE_WIDTH_H
#define QD_UNICODE_WIDTH_H

#include <stdint.h>
#include <uchar.h>

#include "base/str.h"

unsigned width_of_unit(char16_t unit);      /* half an astral character counts one */
uint32_t width_of_utf8(struct str s);       /* an ill-formed byte counts one */

#endif
