/* Units, code points and lines of a decoded text. */
#include "doc/pages.h"

static bool is_low(char16_t u)
{
    return (u & 0xFC00) == 0xDC00;
}

void pages_find_astral(struct arena *a, struct pages *p)
{
    VEC(uint32_t) found = { 0 };
    for (uint32_t i = 1; i < p->text.len; i++) {
        if (is_low(p->text.at[i]) && (p->text.at[i - 1] & 0xFC00) == 0xD800)
            *VEC_ADD(a, &found) = i;
    }
    p->astral = found.at;
    p->astral_count = found.count;
}

/* How many astral low units stand before the unit. */
static size_t astral_before(const struct pages *p, uint32_t unit)
{
    size_t low = 0, high = p->astral_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (p->astral[middle] < unit)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

uint32_t pages_points(const struct pages *p, uint32_t unit)
{
    return unit - (uint32_t)astral_before(p, unit);
}

uint32_t pages_unit(const struct pages *p, uint32_t point)
{
    uint32_t unit = point;
    for (size_t i = 0; i < p->astral_count && p->astral[i] <= unit; i++)
        unit++;
    return unit < p->text.len ? unit : p->text.len;
}

uint32_t pages_line(const struct pages *p, uint32_t unit)
{
    size_t low = 0, high = p->block_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (p->blocks[middle].where.start <= unit)
            low = middle + 1;
        else
            high = middle;
    }
    return low == 0 ? 0 : p->blocks[low - 1].line;
}
