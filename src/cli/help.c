/* Usage pages: columns by display width, lines from the tables. */
#include "cli/help.h"

#include "cli/commands.h"
#include "unicode/width.h"

struct page {
    struct buf text;
    enum lang lang;
};

enum word { USAGE, COMMANDS, OPTIONS, ALSO, SAYING, EXAMPLES, STATUS };

static const char *const words[][2] = {
    [USAGE] = { "用法：", "Usage: " },
    [COMMANDS] = { "命令：", "Commands:" },
    [OPTIONS] = { "选项：", "Options:" },
    [ALSO] = { "“qingdan help 命令”显示该命令的选项。FILE 为 - 时读标准输入。\n", "\"qingdan help COMMAND\" shows its options. FILE may be -, standard input.\n" },
    [SAYING] = { "清单：读巡察讲话、反馈、整改方案、整改通报和台账，写出问题、要求、时限与责任清单\n", "qingdan: reads inspection speeches, feedback, plans, progress reports and ledgers and writes checklists\n" },
    [EXAMPLES] = { "示例：\n", "Examples:\n" },
    [STATUS] = { "退出码：0 全部读完；1 有文件出错，或 check 查出毛病；2 用法不对\n", "Exit status: 0 all read; 1 some failed, or check found fault; 2 wrong use\n" },
};

static const char *word(const struct page *p, enum word w)
{
    return words[w][p->lang];
}

/* "  left      right" with the right side at the column. */
static void add_row(struct page *p, const char *left, uint32_t column, const char *right)
{
    uint32_t width = width_of_utf8(str_of(left));
    buf_addf(&p->text, "  %s%*s%s\n", left, width < column ? (int)(column - width) : 1, "", right);
}

static void add_option(struct page *p, const struct option_row *row)
{
    struct buf left;
    buf_init(&left, 1024);
    if (row->letter != 0)
        buf_addf(&left, "-%c, ", row->letter);
    else
        buf_addz(&left, "    ");
    buf_addf(&left, "--%s", row->name);
    if (row->value != NULL)
        buf_addf(&left, " %s", row->value);
    buf_addc(&left, '\0');
    add_row(p, left.at, 24, row->text[p->lang]);
    if (row->choices != NULL)
        buf_addf(&p->text, "%*s%s\n", 26, "", row->choices);
    buf_release(&left);
}

static void add_command_page(struct page *p, enum command c)
{
    const struct command_row *row = &command_table[c];
    buf_addf(&p->text, "%sqingdan %s", word(p, USAGE), row->name);
    if (row->operands[0] != '\0')
        buf_addf(&p->text, " %s", row->operands);
    buf_addf(&p->text, "\n\n%s\n\n%s\n", row->text[p->lang], word(p, OPTIONS));
    for (size_t i = 0; i < option_count; i++) {
        if (option_serves(&option_table[i], c))
            add_option(p, &option_table[i]);
    }
}

static void add_overview(struct page *p)
{
    buf_addf(&p->text, "%s\n%sqingdan FILE...\n", word(p, SAYING), word(p, USAGE));
    buf_addf(&p->text, "%*sqingdan COMMAND ...\n\n%s\n", (int)width_of_utf8(str_of(word(p, USAGE))), "", word(p, COMMANDS));
    for (size_t c = 0; c < COMMAND_COUNT; c++) {
        if (!command_table[c].hidden)
            add_row(p, command_table[c].name, 14, command_table[c].text[p->lang]);
    }
    buf_addf(&p->text, "\n%s%s  qingdan 讲话.txt\n  qingdan -f json -o out/ *.txt\n  cat records.jsonl | qingdan - > checklists.jsonl\n\n%s", word(p, ALSO),
             word(p, EXAMPLES), word(p, STATUS));
}

void help_print(FILE *to, const struct options *o, int command)
{
    struct page p = { .lang = o->lang };
    buf_init(&p.text, BUF_NO_CEILING);
    if (command == HELP_OVERVIEW)
        add_overview(&p);
    else
        add_command_page(&p, (enum command)command);
    fwrite(buf_str(&p.text).at, 1, p.text.len, to);
    buf_release(&p.text);
}

/* Every command whose name is that, or begins with that word ("rules"). */
int command_help(const struct options *o)
{
    if (o->operand_count == 0) {
        help_print(stdout, o, HELP_OVERVIEW);
        return EXIT_OK;
    }
    struct buf name;
    size_t shown = 0;
    buf_init(&name, 4096);
    buf_addz(&name, o->operands[0]);
    if (o->operand_count > 1)
        buf_addf(&name, " %s", o->operands[1]);
    for (int c = 0; c < COMMAND_COUNT; c++) {
        struct str row = str_of(command_table[c].name), wanted = buf_str(&name);
        bool begins = row.len > wanted.len && row.at[wanted.len] == ' ' && memcmp(row.at, wanted.at, wanted.len) == 0;
        if (command_table[c].hidden || (!begins && !str_eq(row, wanted)))
            continue;
        if (shown++ > 0)
            putchar('\n');
        help_print(stdout, o, c);
    }
    buf_release(&name);
    if (shown == 0)
        help_print(stderr, o, HELP_OVERVIEW);
    return shown > 0 ? EXIT_OK : EXIT_USE;
}
