/* qingdan: the table of commands. */
#include <locale.h>
#include <stdio.h>

#include "cli/commands.h"
#include "cli/help.h"
#include "cli/show.h"

static int (*const commands[COMMAND_COUNT])(const struct options *) = {
    [COMMAND_EXTRACT] = command_extract,
    [COMMAND_EXPLAIN] = command_explain,
    [COMMAND_CHECK] = command_check,
    [COMMAND_RULES_CHECK] = command_rules_check,
    [COMMAND_RULES_LIST] = command_rules_list,
    [COMMAND_RULES_SHOW] = command_rules_show,
    [COMMAND_RULES_TRY] = command_rules_try,
    [COMMAND_VERIFY] = command_verify,
    [COMMAND_HELP] = command_help,
    [COMMAND_GENERATE] = command_generate,
};

static int run(const struct options *o)
{
    if (o->version) {
        printf("qingdan %s\n", QINGDAN_VERSION);
        return EXIT_OK;
    }
    if (o->help) {
        help_print(stdout, o, o->named ? (int)o->command : HELP_OVERVIEW);
        return EXIT_OK;
    }
    return commands[o->command](o);
}

int main(int argc, char **argv)
{
    struct options o;
    struct diags *d = diags_new();
    int status = EXIT_USE;
    setlocale(LC_CTYPE, "C.UTF-8");     /* else libarchive gives no names of 7z and rar */
    if (options_read(&o, argc, argv, d))
        status = run(&o);
    show_diags(d, o.lang);
    options_release(&o);
    diags_free(d);
    if (fflush(stdout) != 0 && status == EXIT_OK)
        status = EXIT_FAILED;
    return status;
}
