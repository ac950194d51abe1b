/* The tables of commands and options, and the one reader of a command line. */
#include "cli/options.h"

#include <stdlib.h>
#include <unistd.h>

#include "doc/kinds.h"
#include "engine/engine.h"
#include "rule/suggest.h"

#define MANY SIZE_MAX

const struct command_row command_table[COMMAND_COUNT] = {
    [COMMAND_EXTRACT] = { "extract", "FILE...", { "读文件，写出清单（省略命令名时即为此命令）", "read files and write their checklists (the default command)" }, 1, MANY, COMPLETE_FILES, false },
    [COMMAND_EXPLAIN] = { "explain", "FILE", { "逐句说明：所在部分、哪些规则提名、为何排除、哪条规则最接近", "tell, sentence by sentence, which rules spoke, which guards said no, and what came near" }, 1, 1, COMPLETE_FILES, false },
    [COMMAND_CHECK] = { "check", "FILE|DIR...", { "查文件本身的毛病：问题缺责任或时限、数目对不上、序号断号、引号不配对等", "tell what cannot be right in documents: problems without owner or limit, numbers that differ, gaps in numbering" }, 1, MANY, COMPLETE_FILES, false },
    [COMMAND_RULES_CHECK] = { "rules check", "", { "检查全部规则：语法、示例和可疑写法", "check all rules: syntax, examples and lints" }, 0, 0, COMPLETE_NOTHING, false },
    [COMMAND_RULES_LIST] = { "rules list", "[TYPE...]", { "列出规则：类型、状态、示例数", "list rules with type, status and number of examples" }, 0, MANY, COMPLETE_NOTHING, false },
    [COMMAND_RULES_SHOW] = { "rules show", "ID...", { "显示规则全文", "show a rule in full" }, 1, MANY, COMPLETE_NOTHING, false },
    [COMMAND_RULES_TRY] = { "rules try", "ID|PATTERN FILE...", { "在文件或文件夹上试一条规则或一个匹配式", "try one rule or one pattern on files or folders" }, 2, MANY, COMPLETE_FILES, false },
    [COMMAND_VERIFY] = { "verify", "CHECKLIST [SOURCE]", { "核对清单：引文是否仍在原处，原文是否改动", "check that every quote stands at its place and the source is unchanged" }, 1, 2, COMPLETE_FILES, false },
    [COMMAND_HELP] = { "help", "[COMMAND]", { "显示命令的用法", "show how a command is used" }, 0, 2, COMPLETE_NOTHING, false },
    [COMMAND_GENERATE] = { "generate", "man|bash|zsh|fish", { "写出手册页或补全脚本", "write the manual page or a completion" }, 1, 1, COMPLETE_NOTHING, true },
};

static bool take_format(struct options *o, const char *value)
{
    int f = write_find(str_of(value));
    if (f < 0)
        return false;
    o->format = (enum write_format)f;
    o->format_given = true;
    return true;
}

static bool take_report(struct options *o, const char *value)
{
    o->format_given = strcmp(value, "text") != 0;
    return !o->format_given || (take_format(o, value) && o->format != WRITE_MD);
}

static bool take_output(struct options *o, const char *value)
{
    o->output = value;
    return value[0] != '\0';
}

static bool take_as(struct options *o, const char *value)
{
    int f = name_find(input_format_names, INPUT_FORMAT_COUNT, str_of(value));
    if (f >= 0)
        o->as = (enum input_format)f;
    return f >= 0;
}

static bool take_date(struct options *o, const char *value)
{
    o->date = str_of(value);
    return engine_date_valid(o->date);
}

static bool take_kind(struct options *o, const char *value)
{
    o->kind = name_find(doc_kind_names, DOC_KIND_COUNT, str_of(value));
    return o->kind >= 0;
}

/* EVENT=YYYY-MM-DD. */
static bool take_anchor(struct options *o, const char *value)
{
    const char *equals = strrchr(value, '=');
    if (equals == NULL || equals == value || !engine_date_valid(str_of(equals + 1)))
        return false;
    o->anchors[o->anchor_count++] = (struct anchor){ { value, (size_t)(equals - value) }, str_of(equals + 1) };
    return true;
}

static bool take_level(struct options *o, const char *value)
{
    int level = name_find(constraint_level_names, CONSTRAINT_LEVEL_COUNT, str_of(value));
    if (level >= 0)
        o->level = (enum constraint_level)level;
    return level >= 0;
}

static bool take_all(struct options *o, const char *value)
{
    (void)value;
    o->all = true;
    return true;
}

static bool take_rules(struct options *o, const char *value)
{
    o->rules[o->rules_count++] = value;
    return value[0] != '\0';
}

static bool take_lang(struct options *o, const char *value)
{
    o->lang = strcmp(value, "en") == 0 ? LANG_EN : LANG_ZH;
    return strcmp(value, "en") == 0 || strcmp(value, "zh") == 0;
}

static bool take_line(struct options *o, const char *value)
{
    char *end;
    unsigned long n = strtoul(value, &end, 10);
    o->line = (uint32_t)n;
    return value[0] >= '0' && value[0] <= '9' && *end == '\0' && n > 0 && n < UINT32_MAX;
}

static bool take_text(struct options *o, const char *value)
{
    o->text = value;
    return value[0] != '\0';
}

static bool take_help(struct options *o, const char *value)
{
    (void)value;
    o->help = true;
    return true;
}

static bool take_version(struct options *o, const char *value)
{
    (void)value;
    o->version = true;
    return true;
}

#define ON(c) (1u << COMMAND_##c)
#define ON_READING (ON(EXTRACT) | ON(EXPLAIN) | ON(CHECK))
#define ON_RULES (ON(RULES_CHECK) | ON(RULES_LIST) | ON(RULES_SHOW) | ON(RULES_TRY))
#define ON_ALL ((1u << COMMAND_COUNT) - 1)
#define KINDS "speech|feedback|plan|progress|ledger|other"

const struct option_row option_table[] = {
    { "format", 'f', "FORMAT", "md|json|jsonl", COMPLETE_NOTHING, ON(EXTRACT), { "清单格式：md（默认）、json、jsonl（流的默认格式）", "format of the checklist: md (default), json, jsonl (default for streams)" }, take_format },
    { "format", 'f', "FORMAT", "text|json|jsonl", COMPLETE_NOTHING, ON(CHECK), { "结果格式：text（默认，一行一条）、json、jsonl", "format of the report: text (default, a line each), json, jsonl" }, take_report },
    { "level", 0, "LEVEL", "error|warning|note", COMPLETE_NOTHING, ON(CHECK), { "报到哪一级为止，默认 warning；有一条即退出码 1", "report down to this level, warning by default; anything reported gives exit status 1" }, take_level },
    { "output", 'o', "PATH", NULL, COMPLETE_FILES, ON(EXTRACT), { "写入文件；以 / 结尾或已有的文件夹：每份文件各写一份", "write to a file; a folder (or a name ending in /) gets one file for each input" }, take_output },
    { "from", 0, "FORMAT", "auto|txt|md|html|jsonl", COMPLETE_NOTHING, ON_READING | ON(RULES_TRY), { "输入格式，默认按内容判断", "input format; the content decides by default" }, take_as },
    { "date", 0, "YYYY-MM-DD", NULL, COMPLETE_NOTHING, ON_READING, { "文件日期，时限由此推算；代替文中的日期", "the document's date, from which time limits are counted; replaces its own" }, take_date },
    { "kind", 0, "KIND", KINDS, COMPLETE_NOTHING, ON_READING | ON(RULES_TRY), { "文件种类，默认自行判断", "the kind of document; found out by default" }, take_kind },
    { "anchor", 0, "EVENT=YYYY-MM-DD", NULL, COMPLETE_NOTHING, ON_READING, { "某事的日期，如 反馈=2025-06-20：“收到反馈后…内”由此推算；可重复", "the day of an event, as in 反馈=2025-06-20, from which limits with these words are counted; may be repeated" }, take_anchor },
    { "all", 0, NULL, NULL, COMPLETE_NOTHING, ON(EXTRACT), { "展开一般性要求（默认折叠）", "unfold general exhortations, folded by default" }, take_all },
    { "rules", 0, "DIR", NULL, COMPLETE_FOLDERS, ON_READING | ON_RULES, { "自备规则文件夹，叠加在自带规则之上；可重复", "a folder of rules on top of the shipped ones; may be repeated" }, take_rules },
    { "line", 0, "N", NULL, COMPLETE_NOTHING, ON(EXPLAIN), { "只说明第 N 行的句子", "only sentences on line N" }, take_line },
    { "text", 0, "TEXT", NULL, COMPLETE_NOTHING, ON(EXPLAIN), { "只说明含有这些字的句子", "only sentences that hold this text" }, take_text },
    { "lang", 0, "LANG", "zh|en", COMPLETE_NOTHING, ON_ALL, { "界面与清单用语", "language of messages and checklists" }, take_lang },
    { "help", 'h', NULL, NULL, COMPLETE_NOTHING, ON_ALL, { "显示用法", "show how to use it" }, take_help },
    { "version", 0, NULL, NULL, COMPLETE_NOTHING, ON_ALL, { "显示版本", "show the version" }, take_version },
};
const size_t option_count = sizeof option_table / sizeof *option_table;

bool option_serves(const struct option_row *row, enum command c)
{
    return (row->commands >> c & 1) != 0;
}

/* ---- telling what is wrong ---- */

static const char *const words[][2] = {
    { "没有这个选项", "no such option" },
    { "没有这个命令，也没有这个文件", "no such command or file" },
    { "选项缺少值", "the option needs a value" },
    { "选项不取值", "the option takes no value" },
    { "选项的值不对", "not a value for the option" },
    { "这个命令没有此选项", "the command has no such option" },
    { "参数太少", "too few arguments" },
    { "参数太多", "too many arguments" },
};
enum word { NO_OPTION, NO_COMMAND, NEEDS_VALUE, NO_VALUE, BAD_VALUE, NOT_HERE, TOO_FEW, TOO_MANY };

void options_complain(const struct options *o, struct diags *d, const char *const what[2], const char *thing, const char *hint)
{
    static const char *const about[2] = { "；可用：", "; try: " };
    struct buf detail;
    buf_init(&detail, BUF_NO_CEILING);
    buf_addz(&detail, what[o->lang]);
    if (thing != NULL)
        buf_addf(&detail, "%s%s", o->lang == LANG_ZH ? "：" : ": ", thing);
    if (hint != NULL)
        buf_addf(&detail, "%s%s", about[o->lang], hint);
    diags_add(d, DIAG_USE_OPTION, (struct place){ .file = STR("qingdan") }, STR(""), buf_str(&detail));
    buf_release(&detail);
}

static bool complain(const struct options *o, struct diags *d, enum word what, const char *thing, const char *hint)
{
    options_complain(o, d, words[what], thing, hint);
    return false;
}

static bool unknown_option(const struct options *o, struct diags *d, const char *arg, size_t len)
{
    const char *names[sizeof option_table / sizeof *option_table];
    for (size_t i = 0; i < option_count; i++)
        names[i] = option_table[i].name;
    const char *near = arg[1] == '-' ? suggest_name(names, option_count, (struct str){ arg + 2, len - 2 }) : NULL;
    struct buf shown, hint;
    buf_init(&shown, 1024);
    buf_init(&hint, 1024);
    buf_add(&shown, (struct str){ arg, len });
    buf_addc(&shown, '\0');
    buf_addf(&hint, near == NULL ? "qingdan --help" : "--%s", near);
    buf_addc(&hint, '\0');
    complain(o, d, NO_OPTION, shown.at == NULL ? "" : shown.at, hint.at);
    buf_release(&shown);
    buf_release(&hint);
    return false;
}

/* ---- reading ---- */

/* What stands on the line while it is read. */
struct line {
    char **at;
    int count, i;
    unsigned long used;             /* bit set of rows of option_table */
};

_Static_assert(sizeof option_table / sizeof *option_table <= 32, "struct line keeps the options used in a bit set");

/* The row for the command; where none serves it, the first of that name or letter. */
static const struct option_row *row_for(enum command c, struct str name, char letter)
{
    const struct option_row *first = NULL;
    for (size_t i = option_count; i-- > 0;) {
        const struct option_row *row = &option_table[i];
        if (letter != 0 ? row->letter != letter : !str_is(name, row->name))
            continue;
        if (option_serves(row, c))
            return row;
        first = row;
    }
    return first;
}

/* An argument that begins with '-': its row, and its value where it brings one along ("--name=value", "-fvalue"). */
static const struct option_row *row_of(enum command c, const char *arg, const char **value, size_t *name_len)
{
    *value = NULL;
    if (arg[1] != '-') {
        *name_len = strlen(arg);
        *value = arg[2] != '\0' ? arg + 2 : NULL;
        return row_for(c, STR(""), arg[1]);
    }
    const char *equals = strchr(arg, '=');
    *name_len = equals == NULL ? strlen(arg) : (size_t)(equals - arg);
    *value = equals == NULL ? NULL : equals + 1;
    return row_for(c, (struct str){ arg + 2, *name_len - 2 }, 0);
}

static bool bad_value(const struct options *o, struct diags *d, const struct option_row *row, const char *value)
{
    struct buf shown;
    buf_init(&shown, BUF_NO_CEILING);
    buf_addf(&shown, "--%s=%s", row->name, value);
    buf_addc(&shown, '\0');
    complain(o, d, BAD_VALUE, shown.at, row->choices != NULL ? row->choices : row->value);
    buf_release(&shown);
    return false;
}

static bool read_option(struct options *o, struct line *l, struct diags *d)
{
    const char *arg = l->at[l->i], *value;
    size_t name_len;
    const struct option_row *row = row_of(o->command, arg, &value, &name_len);
    if (row == NULL || (row->value == NULL && value != NULL && arg[1] != '-'))
        return unknown_option(o, d, arg, name_len);
    if (row->value == NULL && value != NULL)
        return complain(o, d, NO_VALUE, arg, NULL);
    if (row->value != NULL && value == NULL) {
        if (l->i + 1 >= l->count)
            return complain(o, d, NEEDS_VALUE, arg, row->choices != NULL ? row->choices : row->value);
        value = l->at[++l->i];
    }
    l->used |= 1ul << (row - option_table);
    return row->take(o, value) || bad_value(o, d, row, value);
}

/* The number of operands that name the command; 0: none does, and it is COMMAND_EXTRACT. */
static size_t command_of(struct options *o)
{
    for (int c = 0; c < COMMAND_COUNT && o->operand_count > 0; c++) {
        const char *name = command_table[c].name, *space = strchr(name, ' ');
        size_t first = space == NULL ? strlen(name) : (size_t)(space - name);
        bool same = str_eq(str_of(o->operands[0]), (struct str){ name, first });
        if (same && space != NULL)
            same = o->operand_count > 1 && strcmp(o->operands[1], space + 1) == 0;
        if (same) {
            o->command = (enum command)c;
            return space == NULL ? 1 : 2;
        }
    }
    o->command = COMMAND_EXTRACT;
    return 0;
}

static const char *near_command(const struct options *o)
{
    const char *names[COMMAND_COUNT];
    size_t count = 0;
    bool two = strcmp(o->operands[0], "rules") == 0;
    for (size_t c = 0; c < COMMAND_COUNT; c++) {
        const char *space = strchr(command_table[c].name, ' ');
        if (command_table[c].hidden || two != (space != NULL))
            continue;
        names[count++] = two ? space + 1 : command_table[c].name;
    }
    if (!two)
        names[count++] = "rules";
    if (two && o->operand_count < 2)
        return NULL;
    return suggest_name(names, count, str_of(o->operands[two ? 1 : 0]));
}

/* Does the first operand look like a command that was misspelt, rather than like a file? */
static bool is_misspelt(const struct options *o)
{
    const char *first = o->operands[0];
    if (strcmp(first, "rules") == 0)
        return true;
    return strcmp(first, "-") != 0 && strpbrk(first, "./") == NULL && access(first, F_OK) != 0;
}

static bool check_command(struct options *o, struct diags *d)
{
    size_t named = command_of(o);
    if (named == 0 && o->operand_count > 0 && is_misspelt(o)) {
        bool two = strcmp(o->operands[0], "rules") == 0;
        const char *near = near_command(o);
        const char *hint = near != NULL ? near : two ? "qingdan help rules" : "qingdan --help";
        return (two && (o->help || o->version)) || complain(o, d, NO_COMMAND, two && o->operand_count > 1 ? o->operands[1] : o->operands[0], hint);
    }
    o->named = named > 0;
    o->operands += named;
    o->operand_count -= named;
    return true;
}

static bool check_use(const struct options *o, const struct line *l, struct diags *d)
{
    const struct command_row *c = &command_table[o->command];
    for (size_t i = 0; i < option_count; i++) {
        if ((l->used >> i & 1) != 0 && !option_serves(&option_table[i], o->command))
            return complain(o, d, NOT_HERE, option_table[i].name, c->name);
    }
    if (o->help || o->version)
        return true;
    if (o->operand_count < c->least)
        return complain(o, d, TOO_FEW, c->name, c->operands);
    if (o->operand_count > c->most)
        return complain(o, d, TOO_MANY, o->operands[c->most], c->name);
    return true;
}

/* Chinese, unless the environment speaks English. */
static enum lang lang_of_environment(void)
{
    static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (value != NULL && value[0] != '\0')
            return strncmp(value, "en", 2) == 0 ? LANG_EN : LANG_ZH;
    }
    return LANG_ZH;
}

/* --lang speaks for the whole line, also for a mistake ahead of it. */
static void read_lang_first(struct options *o, int argc, char **argv)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc)
            o->lang = strcmp(argv[i + 1], "en") == 0 ? LANG_EN : LANG_ZH;
        else if (strncmp(argv[i], "--lang=", 7) == 0)
            o->lang = strcmp(argv[i] + 7, "en") == 0 ? LANG_EN : LANG_ZH;
    }
}

static bool is_operand(const char *arg, bool only_operands)
{
    return only_operands || arg[0] != '-' || arg[1] == '\0';
}

/* An option may mean different things to different commands, and the command may stand behind it. */
static void find_command_first(struct options *o, int argc, char **argv)
{
    bool only_operands = false;
    for (int i = 1; i < argc; i++) {
        const char *arg = argv[i], *value;
        size_t name_len;
        if (is_operand(arg, only_operands)) {
            o->operands[o->operand_count++] = arg;
            continue;
        }
        only_operands = strcmp(arg, "--") == 0;
        const struct option_row *row = only_operands ? NULL : row_of(COMMAND_EXTRACT, arg, &value, &name_len);
        i += row != NULL && row->value != NULL && value == NULL;
    }
    command_of(o);
    o->operand_count = 0;
}

bool options_read(struct options *o, int argc, char **argv, struct diags *d)
{
    size_t room = (size_t)argc + 1;
    *o = (struct options){ .command = COMMAND_EXTRACT, .lang = lang_of_environment(), .kind = -1, .as = INPUT_AUTO, .level = CONSTRAINT_WARNING };
    o->rules = must_alloc(room * sizeof *o->rules);
    o->anchors = must_alloc(room * sizeof *o->anchors);
    o->operands = must_alloc(room * sizeof *o->operands);
    o->operands_owned = o->operands;
    read_lang_first(o, argc, argv);
    find_command_first(o, argc, argv);
    struct line l = { argv, argc, 1, 0 };
    bool only_operands = false;
    for (; l.i < argc; l.i++) {
        const char *arg = argv[l.i];
        if (is_operand(arg, only_operands))
            o->operands[o->operand_count++] = arg;
        else if (strcmp(arg, "--") == 0)
            only_operands = true;
        else if (!read_option(o, &l, d))
            return false;
    }
    return check_command(o, d) && check_use(o, &l, d);
}

void options_release(struct options *o)
{
    free(o->rules);
    free(o->anchors);
    free(o->operands_owned);
}
