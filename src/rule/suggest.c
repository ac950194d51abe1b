/* The number of letters to add, drop or change between two short names. */
#include "rule/suggest.h"

#define NAME_MOST 40

static size_t least_of(size_t a, size_t b, size_t c)
{
    size_t least = a < b ? a : b;
    return least < c ? least : c;
}

static size_t distance(struct str a, struct str b)
{
    if (a.len > NAME_MOST || b.len > NAME_MOST)
        return NAME_MOST;
    size_t row[NAME_MOST + 1];
    for (size_t j = 0; j <= b.len; j++)
        row[j] = j;
    for (size_t i = 1; i <= a.len; i++) {
        size_t corner = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            size_t above = row[j];
            row[j] = least_of(above + 1, row[j - 1] + 1, corner + (a.at[i - 1] != b.at[j - 1]));
            corner = above;
        }
    }
    return row[b.len];
}

const char *suggest_name(const char *const *names, size_t count, struct str wrong)
{
    const char *nearest = NULL;
    size_t fewest = wrong.len / 3 + 2;
    for (size_t i = 0; i < count; i++) {
        size_t n = distance(wrong, str_of(names[i]));
        if (n < fewest) {
            fewest = n;
            nearest = names[i];
        }
    }
    return nearest;
}
