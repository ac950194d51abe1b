/* The library's face: reading in pieces, accessors, logs, writing, and threads over one set of rules. */
#include "api/qingdan.h"

#include <pthread.h>

#include "check.h"

/* The tests run from the source tree. */
static const char shipped[] = "rules";

static const char document[] =
    "关于巡察整改的讲话\n"
    "一、压实责任\n"
    "各单位党组织要在2025年6月30日前建立整改台账，严禁弄虚作假。\n";

static struct str view(struct qd_text t)
{
    return (struct str){ t.at, t.len };
}

static size_t count_type(const struct qd_checklist *list, enum qd_type type)
{
    size_t n = 0;
    for (size_t i = 0; i < qd_checklist_count(list); i++)
        n += qd_item_type(qd_checklist_item(list, i)) == type;
    return n;
}

static const struct qd_item *first_of(const struct qd_checklist *list, enum qd_type type)
{
    for (size_t i = 0; i < qd_checklist_count(list); i++) {
        if (qd_item_type(qd_checklist_item(list, i)) == type)
            return qd_checklist_item(list, i);
    }
    return NULL;
}

static char *as_json(const struct qd_checklist *list)
{
    return list == NULL ? NULL : qd_checklist_to_string(list, QD_FORMAT_JSON, QD_LANG_ZH, false, NULL);
}

static void reads_a_document(const struct qd_rules *rules)
{
    struct qd_reader *r = qd_reader_new(rules);
    qd_reader_set_name(r, "讲话.txt");
    const struct qd_checklist *list = qd_reader_read(r, document, strlen(document));
    check_true("a speech is read", list != NULL);
    check_str("the name it was given", STR("讲话.txt"), view(qd_checklist_about(list, QD_ABOUT_NAME)));
    check_str("its kind", STR("speech"), view(qd_checklist_about(list, QD_ABOUT_KIND)));
    check_str("its title", STR("关于巡察整改的讲话"), view(qd_checklist_about(list, QD_ABOUT_TITLE)));
    check_int("a hash of 64 digits", 64, (long long)qd_checklist_about(list, QD_ABOUT_SHA256).len);
    check_str("the rules' version", view(qd_rules_version(rules)), view(qd_checklist_about(list, QD_ABOUT_RULES_VERSION)));

    struct qd_heading h;
    check_int("one heading", 1, (long long)qd_checklist_heading_count(list));
    check_true("the heading is there", qd_checklist_heading(list, 0, &h));
    check_str("its marker", STR("一、"), view(h.marker));
    check_str("its title", STR("压实责任"), view(h.title));
    check_true("there is no second", !qd_checklist_heading(list, 1, &h));

    check_true("demands are found", count_type(list, QD_DEMAND) >= 2);
    check_true("past the last item there is none", qd_checklist_item(list, qd_checklist_count(list)) == NULL);
    for (size_t i = 0; i < qd_checklist_count(list); i++) {
        const struct qd_item *item = qd_checklist_item(list, i);
        struct qd_place p = qd_item_place(item);
        struct qd_text text = qd_item_text(item, QD_FIELD_TEXT);
        check_true("places are in the file", p.in_file && p.byte_end <= strlen(document));
        check_str("the text is what stands at its place", (struct str){ document + p.byte_start, p.byte_end - p.byte_start }, view(text));
    }
    qd_reader_free(r);
}

static void knows_fields(const struct qd_rules *rules)
{
    struct qd_reader *r = qd_reader_new(rules);
    const struct qd_checklist *list = qd_reader_read(r, document, strlen(document));
    const struct qd_item *due = list == NULL ? NULL : first_of(list, QD_DEADLINE);
    long n;
    check_true("the time limit is found", due != NULL);
    if (due != NULL) {
        check_str("its kind", STR("by_date"), view(qd_item_text(due, QD_FIELD_KIND)));
        check_str("its day", STR("2025-06-30"), view(qd_item_text(due, QD_FIELD_ISO)));
        check_str("it is nobody's responsibility", STR(""), view(qd_item_text(due, QD_FIELD_ROLE)));
        check_true("it says no number of days", !qd_item_number(due, QD_NUMBER_N, &n));
        const struct qd_item *demand = qd_item_link(list, due);
        check_true("it belongs to a demand", demand != NULL && qd_item_type(demand) == QD_DEMAND);
    }
    check_str("names of types", STR("finding"), str_of(qd_type_name(QD_FINDING)));
    check_str("words of types", STR("问题"), str_of(qd_type_word(QD_FINDING)));
    qd_reader_free(r);
}

static void pieces_make_no_difference(const struct qd_rules *rules)
{
    struct qd_reader *r = qd_reader_new(rules);
    char *whole = as_json(qd_reader_read(r, document, strlen(document)));
    for (size_t step = 1; step <= 20; step++) {
        for (size_t at = 0; at < strlen(document); at += step) {
            size_t left = strlen(document) - at;
            qd_reader_feed(r, document + at, left < step ? left : step);
        }
        char *pieces = as_json(qd_reader_finish(r));
        check_true("the same from pieces", whole != NULL && pieces != NULL && strcmp(whole, pieces) == 0);
        qd_string_free(pieces);
    }
    qd_string_free(whole);
    qd_reader_free(r);
}

static void tells_what_is_wrong(const struct qd_rules *rules)
{
    struct qd_reader *r = qd_reader_new(rules);
    struct qd_message m;
    check_true("noise is no document", qd_reader_read(r, "\0\1\2\3\4\5\6\7", 8) == NULL);
    check_true("the log says why", qd_log_message(qd_reader_log(r), 0, QD_LANG_EN, &m));
    check_str("by a lasting name", STR("INPUT_NOT_TEXT"), str_of(m.name));
    check_int("and level", QD_LEVEL_ERROR, m.level);
    check_true("the next document is read all the same", qd_reader_read(r, document, strlen(document)) != NULL);
    check_true("and its log holds no error of the one before",
               !qd_log_message(qd_reader_log(r), 0, QD_LANG_EN, &m) || m.level == QD_LEVEL_WARNING);
    check_true("a record without text is refused", qd_reader_read_record(r, "{\"id\":\"a\"}", 10) == NULL);
    check_true("a day that does not exist is refused", !qd_reader_set_date(r, "2025-02-30"));
    check_true("a kind that does not exist is refused", !qd_reader_set_kind(r, "letter"));
    qd_reader_free(r);

    struct qd_log *log = qd_log_new();
    const char *none = "no-such-folder";
    check_true("rules that are not there", qd_rules_load_from(shipped, &none, 1, log) == NULL);
    check_true("are told", qd_log_count(log) > 0);
    check_true("a log may be left out", qd_rules_load_from(shipped, &none, 1, NULL) == NULL);
    qd_log_free(log);
}

static void obeys_settings(const struct qd_rules *rules)
{
    struct qd_reader *r = qd_reader_new(rules);
    check_true("a date is taken", qd_reader_set_date(r, "2021-03-04"));
    check_true("a kind is taken", qd_reader_set_kind(r, "plan"));
    const struct qd_checklist *list = qd_reader_read(r, document, strlen(document));
    check_str("the date set", STR("2021-03-04"), view(qd_checklist_about(list, QD_ABOUT_DATE)));
    check_str("the kind set", STR("plan"), view(qd_checklist_about(list, QD_ABOUT_KIND)));
    qd_reader_set_date(r, NULL);
    qd_reader_set_kind(r, NULL);
    list = qd_reader_read(r, document, strlen(document));
    check_str("and unset", STR("speech"), view(qd_checklist_about(list, QD_ABOUT_KIND)));
    static const char record[] = "{\"id\":\"r7\",\"text\":\"各单位要建立台账。\"}";
    list = qd_reader_read_record(r, record, strlen(record));
    check_str("a record keeps its id", STR("r7"), list == NULL ? STR("") : view(qd_checklist_about(list, QD_ABOUT_ID)));
    qd_reader_free(r);
}

static void check_due(const char *name, const char *want, struct qd_reader *r)
{
    static const char text[] = "各单位应在收到反馈意见后两个月内报整改方案。\n";
    const struct qd_checklist *list = qd_reader_read(r, text, strlen(text));
    const struct qd_item *due = list == NULL ? NULL : first_of(list, QD_DEADLINE);
    check_true("the time limit is found", due != NULL);
    if (due == NULL)
        return;
    check_str(name, str_of(want), view(qd_item_text(due, QD_FIELD_ISO)));
    check_int("a day that was counted is inferred", want[0] != '\0', qd_item_flag(due, QD_FLAG_INFERRED));
}

static void counts_from_anchors(const struct qd_rules *rules)
{
    struct qd_reader *r = qd_reader_new(rules);
    char event[] = "反馈", day[] = "2025-06-20";
    check_due("an event nobody dated", "", r);
    check_true("a day of an event is taken", qd_reader_set_anchor(r, event, day));
    memset(event, 'x', sizeof event - 1);
    memset(day, 'x', sizeof day - 1);
    check_due("counted from it, and copied", "2025-08-20", r);
    check_true("another event", qd_reader_set_anchor(r, "印发", "2020-01-01"));
    check_due("makes no difference", "2025-08-20", r);
    check_true("the same event again", qd_reader_set_anchor(r, "反馈", "2025-07-01"));
    check_due("replaces it", "2025-09-01", r);
    check_true("a day that does not exist is refused", !qd_reader_set_anchor(r, "反馈", "2025-02-30"));
    check_true("an event without words is refused", !qd_reader_set_anchor(r, "", "2025-02-20"));
    check_true("a day of nothing is refused", !qd_reader_set_anchor(r, NULL, "2025-02-20"));
    check_due("and nothing set", "2025-09-01", r);
    check_true("an event is forgotten", qd_reader_set_anchor(r, "反馈", NULL));
    check_due("then nobody knows", "", r);
    qd_reader_set_anchor(r, "反馈", "2025-07-01");
    check_true("all are forgotten", qd_reader_set_anchor(r, NULL, NULL));
    check_due("then nobody knows either", "", r);
    qd_reader_set_anchor(r, "意见", "2025-07-01");
    qd_reader_free(r);
}

struct counted { size_t bytes, most; };

static bool count(void *self, const char *bytes, size_t len)
{
    struct counted *c = self;
    c->bytes += len;
    return bytes != NULL && c->bytes <= c->most;
}

static void writes(const struct qd_rules *rules)
{
    struct qd_reader *r = qd_reader_new(rules);
    const struct qd_checklist *list = qd_reader_read(r, document, strlen(document));
    static const enum qd_format formats[] = { QD_FORMAT_MD, QD_FORMAT_JSON, QD_FORMAT_JSONL };
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        size_t len = 0;
        struct counted all = { 0, (size_t)-1 }, few = { 0, 10 };
        char *text = qd_checklist_to_string(list, formats[i], QD_LANG_ZH, false, &len);
        check_true("as long as it says", len > 0 && strlen(text) == len);
        check_true("a sink gets the same", qd_checklist_write(list, formats[i], QD_LANG_ZH, false, count, &all) && all.bytes == len);
        check_true("a sink may refuse", !qd_checklist_write(list, formats[i], QD_LANG_ZH, false, count, &few));
        qd_string_free(text);
    }
    qd_reader_free(r);
}

struct job { const struct qd_rules *rules; const char *want; bool same; };

static void *read_often(void *self)
{
    struct job *job = self;
    struct qd_reader *r = qd_reader_new(job->rules);
    job->same = true;
    for (int i = 0; i < 25; i++) {
        char *got = as_json(qd_reader_read(r, document, strlen(document)));
        job->same = job->same && got != NULL && strcmp(got, job->want) == 0;
        qd_string_free(got);
    }
    qd_reader_free(r);
    return NULL;
}

static void threads_share_rules(const struct qd_rules *rules)
{
    enum { THREADS = 4 };
    struct qd_reader *r = qd_reader_new(rules);
    char *want = as_json(qd_reader_read(r, document, strlen(document)));
    pthread_t threads[THREADS];
    struct job jobs[THREADS];
    for (int i = 0; i < THREADS; i++) {
        jobs[i] = (struct job){ rules, want, false };
        pthread_create(&threads[i], NULL, read_often, &jobs[i]);
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        check_true("every thread reads the same", jobs[i].same);
    }
    qd_string_free(want);
    qd_reader_free(r);
}

int main(void)
{
    struct qd_log *log = qd_log_new();
    struct qd_rules *rules = qd_rules_load_from(shipped, NULL, 0, log);
    check_true("the shipped rules load", rules != NULL && qd_log_count(log) == 0);
    if (rules != NULL) {
        check_true("there are some", qd_rules_count(rules) > 100);
        reads_a_document(rules);
        knows_fields(rules);
        pieces_make_no_difference(rules);
        tells_what_is_wrong(rules);
        obeys_settings(rules);
        counts_from_anchors(rules);
        writes(rules);
        threads_share_rules(rules);
    }
    qd_rules_free(rules);
    qd_log_free(log);
    return check_done();
}
