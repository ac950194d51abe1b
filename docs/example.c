/* Reads a document from standard input in small pieces and lists what it asks of whom, until when. */
#include <qingdan.h>

#include <stdio.h>

static void print(const char *label, struct qd_text text)
{
    if (text.len > 0)
        printf("  %s: %.*s\n", label, (int)text.len, text.at);
}

static void print_log(const struct qd_log *log)
{
    struct qd_message m;
    for (size_t i = 0; qd_log_message(log, i, QD_LANG_EN, &m); i++)
        fprintf(stderr, "QD%d %s: %.*s\n", m.code, m.text, (int)m.detail.len, m.detail.at);
}

int main(int argc, char **argv)
{
    struct qd_log *log = qd_log_new();
    /* without an argument the installed rules, else those of a folder */
    struct qd_rules *rules = argc > 1 ? qd_rules_load_from(argv[1], NULL, 0, log) : qd_rules_load(NULL, 0, log);
    if (rules == NULL) {
        print_log(log);
        qd_log_free(log);
        return 1;
    }
    struct qd_reader *reader = qd_reader_new(rules);
    char piece[64];
    for (size_t n; (n = fread(piece, 1, sizeof piece, stdin)) > 0;)
        qd_reader_feed(reader, piece, n);

    const struct qd_checklist *list = qd_reader_finish(reader);
    print_log(qd_reader_log(reader));
    for (size_t i = 0; list != NULL && i < qd_checklist_count(list); i++) {
        const struct qd_item *item = qd_checklist_item(list, i);
        if (qd_item_type(item) != QD_DEMAND)
            continue;
        struct qd_text text = qd_item_text(item, QD_FIELD_CLEAN);
        printf("line %u: %.*s\n", (unsigned)qd_item_place(item).line, (int)text.len, text.at);
        print("actor", qd_item_text(item, QD_FIELD_ACTOR));
    }
    int status = list == NULL;
    qd_reader_free(reader);
    qd_rules_free(rules);
    qd_log_free(log);
    return status;
}
