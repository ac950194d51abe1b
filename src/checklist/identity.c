/* An item's id is a short hash over its type, its bare words and its turn among equal ones. */
#include "checklist/identity.h"

#include <stdio.h>

#include "base/ustr.h"

#define ID_BITS 48                      /* 12 hexadecimal digits */
#define FNV_START UINT64_C(0xcbf29ce484222325)
#define FNV_PRIME UINT64_C(0x100000001b3)

static uint64_t hash_unit(uint64_t h, char16_t unit)
{
    h = (h ^ (unit & 0xFF)) * FNV_PRIME;
    return (h ^ (unit >> 8)) * FNV_PRIME;
}

/* A unit as it counts for identity: full-width forms as half-width, 0 for punctuation, spaces and marks. */
static char16_t bare(char16_t unit)
{
    if (unit >= 0xFF01 && unit <= 0xFF5E)
        unit = (char16_t)(unit - 0xFEE0);
    bool word = unit_is_digit(unit) || (unit >= u'A' && unit <= u'Z') || (unit >= u'a' && unit <= u'z');
    bool mark = unit < 0xC0 || (unit >= 0x2000 && unit <= 0x206F) || (unit >= 0x3000 && unit <= 0x303F && unit != u'〇') ||
                (unit >= 0xFE30 && unit <= 0xFE6F) || unit >= 0xFEFF;
    return word || !mark ? unit : 0;
}

static uint64_t hash_words(struct arena *a, const struct item *item)
{
    uint64_t h = FNV_START;
    for (const char *p = item_type_names[item->type]; *p != '\0'; p++)
        h = hash_unit(h, (unsigned char)*p);
    struct ustr words = ustr_from_utf8(a, item->clean);
    for (uint32_t i = 0; i < words.len; i++) {
        char16_t unit = bare(words.at[i]);
        if (unit != 0)
            h = hash_unit(h, unit);
    }
    return h;
}

/* FNV mixes its low bits better than its high ones: both go into the digits. */
static uint64_t short_hash(uint64_t h)
{
    return (h ^ (h >> ID_BITS)) & ((UINT64_C(1) << ID_BITS) - 1);
}

/* Ids given so far, in open addressing; 0 is a free place. */
struct taken { uint64_t *at; size_t mask; };

static bool take(struct taken *t, uint64_t id)
{
    uint64_t key = id + 1;
    size_t i = (size_t)(key * FNV_PRIME >> 16) & t->mask;
    while (t->at[i] != 0 && t->at[i] != key)
        i = (i + 1) & t->mask;
    bool fresh = t->at[i] == 0;
    t->at[i] = key;
    return fresh;
}

/* The turns of the word hashes: how often each was asked for. */
struct turns { struct { uint64_t words; uint32_t count; } *at; size_t mask; };

static uint32_t next_turn(struct turns *t, uint64_t words)
{
    size_t i = (size_t)(words >> 16) & t->mask;
    while (t->at[i].count != 0 && t->at[i].words != words)
        i = (i + 1) & t->mask;
    t->at[i].words = words;
    return t->at[i].count++;
}

static size_t room_for(size_t count)
{
    size_t room = 16;
    while (room < count * 2)
        room *= 2;
    return room;
}

void identity_fill(struct arena *a, struct item *items, size_t count)
{
    size_t room = room_for(count);
    struct taken taken = { arena_take(a, room * sizeof *taken.at), room - 1 };
    struct turns turns = { arena_take(a, room * sizeof *turns.at), room - 1 };
    for (size_t i = 0; i < count; i++) {
        uint64_t words = hash_words(a, &items[i]);
        uint64_t h = words;
        uint32_t turn = next_turn(&turns, words);
        if (turn > 0)
            h = hash_unit(hash_unit(h, (char16_t)(turn & 0xFFFF)), (char16_t)(turn >> 16));
        while (!take(&taken, short_hash(h)))    /* a chance collision of different words */
            h = hash_unit(h, 0xFFFF);
        char digits[ID_BITS / 4 + 1];
        snprintf(digits, sizeof digits, "%012llx", (unsigned long long)short_hash(h));
        items[i].id = arena_keep(a, str_of(digits));
    }
}
