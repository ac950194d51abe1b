/*
 * One pass over a text with two small bit tables, one of single units and one of hashed pairs.
 *
 * Each literal hangs under one unit or one pair of its units. Where a table says yes, the literals that hang there are
 * compared in full.
 */
#include "rule/filter.h"

#include <stdlib.h>
#include <string.h>

#define HEADS 4096

struct hook {
    uint32_t key;                       /* the pair, or the unit */
    uint32_t member, next;              /* next: index plus one, 0 ends */
    uint32_t offset;                    /* of the pair in the literal */
    struct ustr literal;
};

struct filter {
    uint64_t pair_bits[1024], unit_bits[1024];
    uint32_t pair_heads[HEADS], unit_heads[HEADS];
    bool units;                         /* is there any literal of one unit? */
    size_t words;
    uint64_t *always;                   /* members without literals */
    struct hook *hooks;
    size_t hook_count;
};

static uint32_t pair_key(char16_t x, char16_t y)
{
    return (uint32_t)x << 16 | y;
}

static uint32_t pair_slot(uint32_t key)
{
    return (key * UINT32_C(2654435761)) >> 16;
}

static bool bit(const uint64_t *bits, uint32_t i)
{
    return bits[i >> 6] >> (i & 63) & 1;
}

static void set_bit(uint64_t *bits, uint32_t i)
{
    bits[i >> 6] |= UINT64_C(1) << (i & 63);
}

/* How crowded each pair's place is already: a literal hangs under its least used pair. */
static uint32_t quietest_pair(struct ustr literal, const uint32_t *load)
{
    uint32_t best = 0, least = UINT32_MAX;
    for (uint32_t i = 0; i + 1 < literal.len; i++) {
        uint32_t n = load[pair_slot(pair_key(literal.at[i], literal.at[i + 1]))];
        if (n < least) {
            least = n;
            best = i;
        }
    }
    return best;
}

static void hang(struct filter *f, struct ustr literal, uint32_t member, const uint32_t *load)
{
    struct hook *h = &f->hooks[f->hook_count++];
    uint32_t *head;
    if (literal.len == 1) {
        *h = (struct hook){ .key = literal.at[0], .member = member, .literal = literal };
        f->units = true;
        set_bit(f->unit_bits, h->key);
        head = &f->unit_heads[h->key % HEADS];
    } else {
        uint32_t offset = quietest_pair(literal, load);
        uint32_t key = pair_key(literal.at[offset], literal.at[offset + 1]);
        *h = (struct hook){ .key = key, .member = member, .offset = offset, .literal = literal };
        set_bit(f->pair_bits, pair_slot(key));
        head = &f->pair_heads[pair_slot(key) % HEADS];
    }
    h->next = *head;
    *head = (uint32_t)f->hook_count;
}

static uint32_t *pair_load(const struct literals *literals, size_t count)
{
    uint32_t *load = must_alloc(65536 * sizeof *load);
    memset(load, 0, 65536 * sizeof *load);
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < literals[i].count; k++) {
            struct ustr s = literals[i].at[k];
            for (uint32_t u = 0; u + 1 < s.len; u++)
                load[pair_slot(pair_key(s.at[u], s.at[u + 1]))]++;
        }
    }
    return load;
}

struct filter *filter_new(const struct literals *literals, size_t count)
{
    size_t hooks = 0;
    for (size_t i = 0; i < count; i++)
        hooks += literals[i].count;
    struct filter *f = must_alloc(sizeof *f);
    memset(f, 0, sizeof *f);
    f->words = count / 64 + 1;
    f->always = must_alloc(f->words * sizeof *f->always);
    memset(f->always, 0, f->words * sizeof *f->always);
    f->hooks = must_alloc(hooks * sizeof *f->hooks);
    uint32_t *load = pair_load(literals, count);
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < literals[i].count; k++)
            hang(f, literals[i].at[k], (uint32_t)i, load);
        if (literals[i].count == 0)
            set_bit(f->always, (uint32_t)i);
    }
    free(load);
    return f;
}

void filter_free(struct filter *f)
{
    if (f == NULL)
        return;
    free(f->always);
    free(f->hooks);
    free(f);
}

size_t filter_words(const struct filter *f)
{
    return f->words;
}

static bool stands_at(struct ustr text, uint32_t at, const struct hook *h)
{
    if (at < h->offset || text.len - (at - h->offset) < h->literal.len)
        return false;
    const char16_t *from = text.at + at - h->offset;
    for (uint32_t i = 0; h->literal.len > 2 && i < h->literal.len; i++) {      /* one or two units are the key itself */
        if (from[i] != h->literal.at[i])
            return false;
    }
    return true;
}

static void note(struct span *place, bool first, uint32_t start)
{
    if (first)
        *place = (struct span){ start, start };
    else if (start < place->start)
        place->start = start;
    else if (start > place->end)
        place->end = start;
}

static void follow(const struct filter *f, uint32_t head, uint32_t key, struct ustr text, uint32_t at, uint64_t *out, struct span *places)
{
    for (uint32_t i = head; i != 0; i = f->hooks[i - 1].next) {
        const struct hook *h = &f->hooks[i - 1];
        if (h->key != key || !stands_at(text, at, h))
            continue;
        note(&places[h->member], !bit(out, h->member), at - h->offset);
        set_bit(out, h->member);
    }
}

void filter_find(const struct filter *f, struct ustr text, uint64_t *out, struct span *places)
{
    memcpy(out, f->always, f->words * sizeof *out);
    for (uint32_t i = 0; i + 1 < text.len; i++) {
        uint32_t key = pair_key(text.at[i], text.at[i + 1]), slot = pair_slot(key);
        if (bit(f->pair_bits, slot))
            follow(f, f->pair_heads[slot % HEADS], key, text, i, out, places);
    }
    for (uint32_t i = 0; f->units && i < text.len; i++) {
        if (bit(f->unit_bits, text.at[i]))
            follow(f, f->unit_heads[text.at[i] % HEADS], text.at[i], text, i, out, places);
    }
}
