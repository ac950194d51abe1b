/* Down a tree of folders, so deep and no deeper: a link may lead back up. */
#include "cli/folders.h"

#include "base/files.h"

#define DEPTH_MOST 16

struct walk {
    struct diags *diags;
    void (*take)(void *self, const char *path);
    void *self;
};

static bool is_document_name(struct str name)
{
    static const char *const endings[] = { ".txt", ".md", ".html", ".htm", ".jsonl" };
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        if (str_ends(name, endings[i]))
            return true;
    }
    return false;
}

static void walk_folder(const struct walk *w, const char *path, unsigned depth)
{
    struct arena *a = arena_new();
    struct names names;
    struct buf inner;
    buf_init(&inner, BUF_NO_CEILING);
    if (!dir_list(a, path, &names)) {
        diags_add(w->diags, DIAG_INPUT_OPEN, (struct place){ .file = str_of(path) }, STR(""), STR(""));
        names.count = 0;
    }
    for (size_t i = 0; i < names.count; i++) {
        buf_clear(&inner);
        buf_addf(&inner, "%s%s", path, str_ends(str_of(path), "/") ? "" : "/");
        buf_add(&inner, names.at[i]);
        buf_addc(&inner, '\0');
        if (!file_is_dir(inner.at)) {
            if (is_document_name(names.at[i]))
                w->take(w->self, inner.at);
        } else if (depth < DEPTH_MOST) {
            walk_folder(w, inner.at, depth + 1);
        }
    }
    buf_release(&inner);
    arena_free(a);
}

void folders_walk(const char *path, struct diags *d, void (*take)(void *self, const char *path), void *self)
{
    struct walk w = { d, take, self };
    if (file_is_dir(path))
        walk_folder(&w, path, 0);
    else
        take(self, path);
}
