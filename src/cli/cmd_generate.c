/* qingdan generate: the manual page and the completions of the shells, from the tables of options.h. */
#include <stdio.h>

#include "cli/commands.h"

struct script {
    struct buf text;
    enum lang lang;
};

/* The words of a "a|b|c", apart by `by`. */
static void add_choices(struct script *s, const char *choices, const char *by)
{
    for (const char *c = choices; *c != '\0'; c++) {
        if (*c == '|')
            buf_addz(&s->text, by);
        else
            buf_addc(&s->text, *c);
    }
}

/* Rows of one name serve different commands; a completion that does not ask for the command offers what any of them takes. */
static bool is_named_before(const struct option_row *row)
{
    for (const struct option_row *other = option_table; other < row; other++) {
        if (strcmp(other->name, row->name) == 0)
            return true;
    }
    return false;
}

static void add_choices_of_all(struct script *s, const struct option_row *row)
{
    for (const struct option_row *other = row; other < option_table + option_count; other++) {
        if (strcmp(other->name, row->name) != 0)
            continue;
        buf_addz(&s->text, other == row ? "" : " ");
        add_choices(s, other->choices, " ");
    }
}

static bool is_first_of_its_word(size_t c)
{
    const char *name = command_table[c].name;
    size_t first = strcspn(name, " ");
    for (size_t i = 0; i < c; i++) {
        if (strcspn(command_table[i].name, " ") == first && memcmp(command_table[i].name, name, first) == 0)
            return false;
    }
    return true;
}

/* First words of all commands, or second words of "rules". */
static void add_command_words(struct script *s, bool second, const char *by)
{
    size_t added = 0;
    for (size_t c = 0; c < COMMAND_COUNT; c++) {
        const char *name = command_table[c].name, *space = strchr(name, ' ');
        if (command_table[c].hidden || (second ? space == NULL : !is_first_of_its_word(c)))
            continue;
        buf_addf(&s->text, "%s", added++ > 0 ? by : "");
        if (second)
            buf_addz(&s->text, space + 1);
        else
            buf_add(&s->text, (struct str){ name, strcspn(name, " ") });
    }
}

/* ---- manual page ---- */

/* roff takes '\' and a '.' or '\'' at the start of a line for its own. */
static void add_roff(struct script *s, const char *text)
{
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '\\')
            buf_addz(&s->text, "\\e");
        else if (*c == '-')
            buf_addz(&s->text, "\\-");
        else if ((*c == '.' || *c == '\'') && (c == text || c[-1] == '\n'))
            buf_addf(&s->text, "\\&%c", *c);
        else
            buf_addc(&s->text, *c);
    }
}

static void add_man_option(struct script *s, const struct option_row *row)
{
    buf_addz(&s->text, ".TP\n");
    if (row->letter != 0)
        buf_addf(&s->text, "\\fB\\-%c\\fR, ", row->letter);
    buf_addz(&s->text, "\\fB\\-\\-");
    add_roff(s, row->name);
    buf_addz(&s->text, "\\fR");
    if (row->value != NULL) {
        buf_addz(&s->text, " \\fI");
        add_roff(s, row->value);
        buf_addz(&s->text, "\\fR");
    }
    buf_addc(&s->text, '\n');
    add_roff(s, row->text[s->lang]);
    if (row->choices != NULL) {
        buf_addz(&s->text, s->lang == LANG_ZH ? "（" : " (");
        add_choices(s, row->choices, ", ");
        buf_addz(&s->text, s->lang == LANG_ZH ? "）" : ")");
    }
    buf_addc(&s->text, '\n');
}

static void add_man_options(struct script *s, enum command c)
{
    for (size_t i = 0; i < option_count; i++) {
        unsigned everywhere = (1u << COMMAND_COUNT) - 1;
        if (c == COMMAND_COUNT ? option_table[i].commands == everywhere : option_serves(&option_table[i], c) && option_table[i].commands != everywhere)
            add_man_option(s, &option_table[i]);
    }
}

static void add_man_command(struct script *s, enum command c)
{
    const struct command_row *row = &command_table[c];
    buf_addz(&s->text, ".SS \"qingdan ");
    add_roff(s, row->name);
    if (row->operands[0] != '\0')
        buf_addc(&s->text, ' ');
    add_roff(s, row->operands);
    buf_addz(&s->text, "\"\n");
    add_roff(s, row->text[s->lang]);
    buf_addc(&s->text, '\n');
    add_man_options(s, c);
}

static void generate_man(struct script *s)
{
    static const struct { const char *name, *synopsis, *commands, *common, *status; } heads[2] = {
        { "名称", "概要", "命令", "通用选项", "退出码" }, { "NAME", "SYNOPSIS", "COMMANDS", "COMMON OPTIONS", "EXIT STATUS" },
    };
    static const char *const what[2] = { "从巡察讲话、反馈、整改方案、整改通报和台账写出清单", "checklists from Chinese inspection documents" };
    static const char *const status[2] = {
        "0 全部读完；1 有文件出错，或 check 查出毛病；2 用法不对。", "0 all read; 1 some failed, or check found fault; 2 wrong use.",
    };
    buf_addf(&s->text, ".TH QINGDAN 1 \"\" \"qingdan %s\"\n.SH %s\nqingdan \\- %s\n", QINGDAN_VERSION, heads[s->lang].name, what[s->lang]);
    buf_addf(&s->text, ".SH %s\n.B qingdan\n\\fIFILE\\fR...\n.br\n.B qingdan\n\\fICOMMAND\\fR ...\n.SH %s\n", heads[s->lang].synopsis, heads[s->lang].commands);
    for (int c = 0; c < COMMAND_COUNT; c++) {
        if (!command_table[c].hidden)
            add_man_command(s, (enum command)c);
    }
    buf_addf(&s->text, ".SH \"%s\"\n", heads[s->lang].common);
    add_man_options(s, COMMAND_COUNT);
    buf_addf(&s->text, ".SH \"%s\"\n%s\n", heads[s->lang].status, status[s->lang]);
}

/* ---- bash ---- */

static void add_bash_options(struct script *s, size_t c)
{
    for (size_t i = 0; i < option_count; i++) {
        if (option_serves(&option_table[i], (enum command)c))
            buf_addf(&s->text, " --%s", option_table[i].name);
    }
}

static void add_bash_values(struct script *s)
{
    for (size_t i = 0; i < option_count; i++) {
        const struct option_row *row = &option_table[i];
        if (row->value == NULL || is_named_before(row))
            continue;
        buf_addf(&s->text, "    --%s", row->name);
        if (row->letter != 0)
            buf_addf(&s->text, "|-%c", row->letter);
        buf_addz(&s->text, ") ");
        if (row->choices != NULL) {
            buf_addz(&s->text, "COMPREPLY=($(compgen -W \"");
            add_choices_of_all(s, row);
            buf_addz(&s->text, "\" -- \"$cur\")); ");
        } else if (row->complete != COMPLETE_NOTHING) {
            buf_addf(&s->text, "COMPREPLY=($(compgen -%c -- \"$cur\")); ", row->complete == COMPLETE_FOLDERS ? 'd' : 'f');
        }
        buf_addz(&s->text, "return ;;\n");
    }
}

static void generate_bash(struct script *s)
{
    buf_addz(&s->text, "# bash completion for qingdan, made from its table of options\n_qingdan() {\n"
                       "    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command=${COMP_WORDS[1]}\n"
                       "    COMPREPLY=()\n"
                       "    [ \"$command\" = rules ] && command=\"rules ${COMP_WORDS[2]}\"\n"
                       "    case \"$prev\" in\n");
    add_bash_values(s);
    buf_addz(&s->text, "    esac\n    if [[ $cur == -* ]]; then\n        local options\n        case \"$command\" in\n");
    for (size_t c = 1; c < COMMAND_COUNT; c++) {
        if (command_table[c].hidden)
            continue;
        buf_addf(&s->text, "        \"%s\") options=\"", command_table[c].name);
        add_bash_options(s, c);
        buf_addz(&s->text, "\" ;;\n");
    }
    buf_addz(&s->text, "        *) options=\"");
    add_bash_options(s, COMMAND_EXTRACT);
    buf_addz(&s->text, "\" ;;\n        esac\n        COMPREPLY=($(compgen -W \"$options\" -- \"$cur\"))\n        return\n    fi\n"
                       "    COMPREPLY=($(compgen -f -- \"$cur\"))\n    if [ \"$COMP_CWORD\" = 1 ]; then\n        COMPREPLY+=($(compgen -W \"");
    add_command_words(s, false, " ");
    buf_addz(&s->text, "\" -- \"$cur\"))\n    elif [ \"$COMP_CWORD\" = 2 ] && [ \"${COMP_WORDS[1]}\" = rules ]; then\n        COMPREPLY=($(compgen -W \"");
    add_command_words(s, true, " ");
    buf_addz(&s->text, "\" -- \"$cur\"))\n    fi\n}\ncomplete -o filenames -F _qingdan qingdan\n");
}

/* ---- zsh ---- */

/* In '…[text]:value:action' a ':' or ']' of the text is escaped, and "'" ends the quotes. */
static void add_zsh_text(struct script *s, const char *text)
{
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == ':' || *c == '[' || *c == ']')
            buf_addc(&s->text, '\\');
        if (*c == '\'')
            buf_addz(&s->text, "'\\'");
        buf_addc(&s->text, *c);
    }
}

static void add_zsh_option(struct script *s, const struct option_row *row)
{
    if (row->letter != 0)
        buf_addf(&s->text, "    '(-%c --%s)'{-%c,--%s}", row->letter, row->name, row->letter, row->name);
    else
        buf_addf(&s->text, "    '%s--%s'", strcmp(row->name, "rules") == 0 || strcmp(row->name, "anchor") == 0 ? "*" : "", row->name);
    buf_addz(&s->text, "'[");
    add_zsh_text(s, row->text[s->lang]);
    buf_addc(&s->text, ']');
    if (row->value != NULL) {
        buf_addf(&s->text, ":%s:", row->value);
        if (row->choices != NULL) {
            buf_addc(&s->text, '(');
            add_choices_of_all(s, row);
            buf_addc(&s->text, ')');
        } else if (row->complete != COMPLETE_NOTHING) {
            buf_addz(&s->text, row->complete == COMPLETE_FOLDERS ? "_files -/" : "_files");
        }
    }
    buf_addz(&s->text, "' \\\n");
}

static void generate_zsh(struct script *s)
{
    buf_addz(&s->text, "#compdef qingdan\n# zsh completion for qingdan, made from its table of options\n_qingdan_first() {\n    _alternative 'commands:command:(");
    add_command_words(s, false, " ");
    buf_addz(&s->text, ")' 'files:file:_files'\n}\n_qingdan_second() {\n    if [[ $words[2] == rules ]]; then\n        _values rules ");
    add_command_words(s, true, " ");
    buf_addz(&s->text, "\n    else\n        _files\n    fi\n}\n_arguments \\\n");
    for (size_t i = 0; i < option_count; i++) {
        if (!is_named_before(&option_table[i]))
            add_zsh_option(s, &option_table[i]);
    }
    buf_addz(&s->text, "    '1: :_qingdan_first' '2: :_qingdan_second' '*:file:_files'\n");
}

/* ---- fish ---- */

static void add_fish_quoted(struct script *s, const char *text)
{
    buf_addc(&s->text, '\'');
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '\'' || *c == '\\')
            buf_addc(&s->text, '\\');
        buf_addc(&s->text, *c);
    }
    buf_addc(&s->text, '\'');
}

static void add_fish_option(struct script *s, const struct option_row *row)
{
    buf_addf(&s->text, "complete -c qingdan -l %s", row->name);
    if (row->letter != 0)
        buf_addf(&s->text, " -s %c", row->letter);
    if (row->choices != NULL) {
        buf_addz(&s->text, " -x -a '");
        add_choices(s, row->choices, " ");
        buf_addc(&s->text, '\'');
    } else if (row->complete == COMPLETE_FOLDERS) {
        buf_addz(&s->text, " -x -a '(__fish_complete_directories)'");
    } else if (row->value != NULL) {
        buf_addz(&s->text, row->complete == COMPLETE_FILES ? " -r" : " -x");
    }
    buf_addz(&s->text, " -d ");
    add_fish_quoted(s, row->text[s->lang]);
    buf_addc(&s->text, '\n');
}

static void generate_fish(struct script *s)
{
    buf_addz(&s->text, "# fish completion for qingdan, made from its table of options\n");
    for (size_t c = 0; c < COMMAND_COUNT; c++) {
        const char *name = command_table[c].name, *space = strchr(name, ' ');
        if (command_table[c].hidden)
            continue;
        if (space == NULL || is_first_of_its_word(c))
            buf_addf(&s->text, "complete -c qingdan -n __fish_use_subcommand -a %.*s", (int)strcspn(name, " "), name);
        if (space == NULL) {
            buf_addz(&s->text, " -d ");
            add_fish_quoted(s, command_table[c].text[s->lang]);
        }
        if (space == NULL || is_first_of_its_word(c))
            buf_addc(&s->text, '\n');
        if (space != NULL) {
            buf_addf(&s->text, "complete -c qingdan -n '__fish_seen_subcommand_from rules' -a %s -d ", space + 1);
            add_fish_quoted(s, command_table[c].text[s->lang]);
            buf_addc(&s->text, '\n');
        }
    }
    for (size_t i = 0; i < option_count; i++)
        add_fish_option(s, &option_table[i]);
}

static const struct { const char *name; void (*make)(struct script *s); } scripts[] = {
    { "man", generate_man }, { "bash", generate_bash }, { "zsh", generate_zsh }, { "fish", generate_fish },
};

int command_generate(const struct options *o)
{
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
        if (strcmp(o->operands[0], scripts[i].name) != 0)
            continue;
        struct script s = { .lang = o->lang };
        buf_init(&s.text, BUF_NO_CEILING);
        scripts[i].make(&s);
        fwrite(buf_str(&s.text).at, 1, s.text.len, stdout);
        buf_release(&s.text);
        return EXIT_OK;
    }
    fprintf(stderr, "qingdan generate %s\n", command_table[COMMAND_GENERATE].operands);
    return EXIT_USE;
}
