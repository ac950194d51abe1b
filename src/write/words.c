/* The two tables of words: sentences of the page, and the vocabularies of the checklist. */
#include "write/words.h"

#include <string.h>

static const char *const words[WORD_COUNT][2] = {
#define WORD(id, zh, en) [WORD_##id] = { zh, en },
#include "write/words.def"
#undef WORD
};

static const struct { const char *name, *in[2]; } vocabulary[] = {
    /* kinds of documents */
    { "speech",        { "讲话",           "speech" } },
    { "feedback",      { "反馈意见",       "feedback report" } },
    { "plan",          { "整改方案",       "rectification plan" } },
    { "progress",      { "整改进展",       "progress report" } },
    { "ledger",        { "台账",           "ledger" } },
    { "other",         { "其他",           "other" } },
    /* types of items */
    { "finding",       { "问题",           "finding" } },
    { "focus",         { "监督重点",       "focus" } },
    { "slogan",        { "数字提法",       "numbered formula" } },
    { "demand",        { "要求",           "demand" } },
    { "measure",       { "整改措施",       "measure" } },
    { "deadline",      { "时限",           "time limit" } },
    { "responsibility", { "责任",          "responsibility" } },
    { "stat",          { "统计",           "figure" } },
    { "transfer",      { "线索移交",       "transfer" } },
    { "cause",         { "原因",           "cause" } },
    { "commitment",    { "表态",           "commitment" } },
    /* categories of findings */
    { "leadership",    { "党的领导弱化",   "weakened Party leadership" } },
    { "building",      { "党的建设缺失",   "deficient Party building" } },
    { "governance",    { "全面从严治党不力", "lax Party self-governance" } },
    { "rectification", { "整改落实",       "rectification" } },
    /* demands */
    { "must",          { "须做",           "must" } },
    { "must_not",      { "禁止",           "must not" } },
    { "task",          { "任务",           "task" } },
    { "report",        { "报告",           "report" } },
    { "accountability", { "问责",          "accountability" } },
    { "stated",        { "写明",           "stated" } },
    { "heading",       { "据标题",         "from the heading" } },
    { "inherited",     { "承上文",         "from the context" } },
    { "addressee",     { "据主送单位",     "from the addressee" } },
    /* time limits */
    { "by_date",       { "截止日期",       "by a date" } },
    { "window",        { "起止期间",       "window" } },
    { "within",        { "期限",           "within" } },
    { "immediate",     { "立即",           "at once" } },
    { "standing",      { "长期坚持",       "standing" } },
    { "recurring",     { "定期",           "recurring" } },
    { "event",         { "随事件",         "event" } },
    { "unspecified",   { "未明确",         "unspecified" } },
    /* roles */
    { "lead_official", { "责任领导",       "lead official" } },
    { "lead_unit",     { "牵头单位",       "lead unit" } },
    { "support_unit",  { "配合单位",       "supporting unit" } },
    { "person",        { "责任人",         "person" } },
    { "supervisor",    { "督导单位",       "supervisor" } },
    /* states */
    { "done",          { "已完成",         "done" } },
    { "stage",         { "阶段性完成",     "stage done" } },
    { "ongoing",       { "正在整改",       "under way" } },
    { "not_done",      { "未完成",         "not done" } },
    { "extended",      { "申请延期",       "extended" } },
};

const char *word(enum word w, enum lang lang)
{
    return words[w][lang];
}

const char *word_of(const char *name, enum lang lang)
{
    for (size_t i = 0; name != NULL && i < sizeof vocabulary / sizeof *vocabulary; i++) {
        if (strcmp(vocabulary[i].name, name) == 0)
            return vocabulary[i].in[lang];
    }
    return name == NULL ? "" : name;
}
