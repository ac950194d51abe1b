/* SAX2 to events. */
#include "office/xml.h"

#include <limits.h>
#include <pthread.h>
#include <stdlib.h>

#include <libxml/parser.h>


struct run {
    const struct xml_events *events;
    void *self;
    xmlParserCtxtPtr parser;
    bool refused;                       /* a DOCTYPE */
    bool failed;
};

struct str xml_attribute(struct xml_attributes a, const char *name, const char *otherwise)
{
    for (size_t i = 0; i < a.count; i++) {
        const char *const *one = (const char *const *)(a.at + 5 * i);
        if (strcmp(one[0], name) == 0)
            return (struct str){ one[3], (size_t)(one[4] - one[3]) };
    }
    return str_of(otherwise);
}

long xml_number(struct xml_attributes a, const char *name, long otherwise)
{
    struct str v = xml_attribute(a, name, NULL);
    long n = 0;
    bool minus = v.len > 0 && v.at[0] == '-';
    for (size_t i = minus; i < v.len && v.at[i] >= '0' && v.at[i] <= '9' && n < INT_MAX / 16; i++)
        n = n * 10 + (v.at[i] - '0');
    return v.len == 0 ? otherwise : minus ? -n : n;
}

static void on_start(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int namespace_count,
                     const xmlChar **namespaces, int attribute_count, int defaulted, const xmlChar **attributes)
{
    struct run *r = ctx;
    (void)prefix, (void)uri, (void)namespace_count, (void)namespaces, (void)defaulted;
    if (r->events->start != NULL)
        r->events->start(r->self, (const char *)name, (struct xml_attributes){ (const void *const *)attributes, (size_t)attribute_count });
}

static void on_end(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    struct run *r = ctx;
    (void)prefix, (void)uri;
    if (r->events->end != NULL)
        r->events->end(r->self, (const char *)name);
}

static void on_text(void *ctx, const xmlChar *words, int len)
{
    struct run *r = ctx;
    if (r->events->text != NULL)
        r->events->text(r->self, (struct str){ (const char *)words, (size_t)len });
}

static void on_doctype(void *ctx, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
    struct run *r = ctx;
    (void)name, (void)external, (void)system;
    r->refused = true;
    xmlStopParser(r->parser);
}

static void silence(void *ctx, const char *format, ...)
{
    (void)ctx, (void)format;
}

static void start_library(void)
{
    xmlInitParser();
    xmlSetGenericErrorFunc(NULL, silence);
}

static void run_begin(struct run *r)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, start_library);
    static const xmlSAXHandler handler = {
        .initialized = XML_SAX2_MAGIC, .startElementNs = on_start, .endElementNs = on_end, .characters = on_text, .cdataBlock = on_text,
        .ignorableWhitespace = on_text, .internalSubset = on_doctype, .error = silence, .warning = silence, .fatalError = silence,
    };
    xmlSAXHandler mine = handler;
    r->parser = xmlCreatePushParserCtxt(&mine, r, NULL, 0, NULL);
    if (r->parser == NULL)
        memory_gone();
    xmlCtxtUseOptions(r->parser, XML_PARSE_NONET | XML_PARSE_NOENT);      /* only the five of XML itself: a DOCTYPE is refused */
}

static bool feed(void *to, struct str piece)
{
    struct run *r = to;
    while (piece.len > 0 && !r->failed && !r->refused) {
        int n = piece.len > INT_MAX / 2 ? INT_MAX / 2 : (int)piece.len;
        xmlParseChunk(r->parser, piece.at, n, 0);
        r->failed = !r->parser->wellFormed;                 /* a prefix that nobody declared does no harm */
        piece = (struct str){ piece.at + n, piece.len - (size_t)n };
    }
    return !r->failed && !r->refused;
}

static enum package_result run_end(struct run *r, enum package_result result)
{
    if (result == PACKAGE_READ && !r->failed && !r->refused) {
        xmlParseChunk(r->parser, "", 0, 1);
        r->failed = !r->parser->wellFormed;
    }
    xmlFreeParserCtxt(r->parser);
    return result != PACKAGE_READ ? result : r->failed || r->refused ? PACKAGE_BROKEN : PACKAGE_READ;
}

enum package_result xml_part(struct str package, struct str part, const struct xml_events *events, void *self)
{
    struct run r = { .events = events, .self = self };
    run_begin(&r);
    return run_end(&r, package_stream(package, part, feed, &r));
}

enum package_result xml_memory(struct str markup, const struct xml_events *events, void *self)
{
    struct run r = { .events = events, .self = self };
    run_begin(&r);
    feed(&r, markup);
    return run_end(&r, PACKAGE_READ);
}
