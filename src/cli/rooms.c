/* Looks for the shipped rules beside the program: in a source tree, then in an installation, then where it was built for. */
#include "cli/rooms.h"

#include <stdlib.h>
#include <unistd.h>

#include "rule/suggest.h"

#define PATH_MOST 4096

/* From the program's folder: so many folders up, then this one. */
static const struct { size_t up; const char *then; } beside[] = { { 0, "rules" }, { 1, "rules" }, { 2, "rules" }, { 1, "share/qingdan/rules" } };

/* The folder of the program, with its '/'; empty where the system does not say. */
static struct str program_folder(struct arena *a)
{
    char path[PATH_MOST];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path);
    while (n > 0 && path[n - 1] != '/')
        n--;
    return arena_keep(a, (struct str){ path, n < 0 ? 0 : (size_t)n });
}

static const char *joined(struct arena *a, struct str folder, const char *name)
{
    struct buf path;
    buf_init(&path, BUF_NO_CEILING);
    buf_add(&path, folder);
    buf_addz(&path, name);
    struct str kept = arena_keep(a, buf_str(&path));
    buf_release(&path);
    return kept.at;
}

/* The folder above, with its '/'. */
static struct str above(struct str folder)
{
    size_t n = folder.len > 0 ? folder.len - 1 : 0;
    while (n > 0 && folder.at[n - 1] != '/')
        n--;
    return (struct str){ folder.at, n };
}

/* A folder of rules has the lexicon that all others lean on. */
static bool holds_rules(struct arena *a, const char *folder)
{
    return access(joined(a, str_of(folder), "/lexicon.yaml"), R_OK) == 0;
}

static const char *shipped_rules(struct arena *a)
{
    struct str program = program_folder(a);
    for (size_t i = 0; i < sizeof beside / sizeof *beside; i++) {
        struct str folder = program;
        for (size_t up = 0; up < beside[i].up; up++)
            folder = above(folder);
        const char *path = joined(a, folder, beside[i].then);
        if (folder.len > 0 && holds_rules(a, path))
            return path;
    }
    return QINGDAN_PREFIX "/share/qingdan/rules";
}

/* The shipped rules first, then the user's own: one more than the user named. */
static const char **rule_folders(struct arena *a, const struct options *o)
{
    const char **folders = arena_take(a, (o->rules_count + 1) * sizeof *folders);
    folders[0] = shipped_rules(a);
    for (size_t i = 0; i < o->rules_count; i++)
        folders[i + 1] = o->rules[i];
    return folders;
}

struct engine *rooms_engine(const struct options *o, bool check_examples, struct diags *d)
{
    struct arena *a = arena_new();
    struct engine *e = engine_new(rule_folders(a, o), o->rules_count + 1, check_examples, d);
    arena_free(a);
    return e;
}

struct families_count rooms_check_families(const struct options *o, const struct engine *e, struct diags *d)
{
    struct arena *a = arena_new();
    const char **folders = rule_folders(a, o);
    struct families_count count = { 0, 0 };
    for (size_t i = 0; i <= o->rules_count; i++) {
        struct families families = { 0 };
        families_read(a, &families, folders[i], d);
        struct families_count more = families_check(e, &families, i == o->rules_count, d);
        count.examples += more.examples;
        count.open += more.open;
    }
    arena_free(a);
    return count;
}

void rooms_no_rule(const struct options *o, const struct rule_set *set, const char *id, struct diags *d)
{
    static const char *const text[2] = { "没有这条规则", "no such rule" };
    const char **names = must_alloc((rule_set_count(set) + 1) * sizeof *names);
    for (size_t i = 0; i < rule_set_count(set); i++)
        names[i] = rule_set_at(set, i)->id.at;
    options_complain(o, d, text, id, suggest_name(names, rule_set_count(set), str_of(id)));
    free(names);
}
