/*
 * xml: parts of office files as events, by libxml2's push parser.
 *
 * Names come without their prefix: w:p is p. A part with a DOCTYPE is refused: office files have none, and what they
 * bring are entities that swell or reach outside.
 */
#ifndef QD_OFFICE_XML_H
#define QD_OFFICE_XML_H

#include "office/package.h"

#define XML_DEPTH_MOST 256              /* elements in elements; libxml2 stops there too */

/* Attributes of an element: five pointers each, as SAX2 hands them on. */
struct xml_attributes { const void *const *at; size_t count; };

/* The value of the attribute with that local name, whatever its prefix, in a place good until the next event; `otherwise` if none. */
struct str xml_attribute(struct xml_attributes attributes, const char *name, const char *otherwise);
/* The same as a whole number. */
long xml_number(struct xml_attributes attributes, const char *name, long otherwise);

struct xml_events {
    void (*start)(void *self, const char *name, struct xml_attributes attributes);
    void (*end)(void *self, const char *name);
    void (*text)(void *self, struct str words);
};

/* Runs a part of a package through the events. */
enum package_result xml_part(struct str package, struct str part, const struct xml_events *events, void *self);
/* The same for markup in memory. */
enum package_result xml_memory(struct str markup, const struct xml_events *events, void *self);

#endif
