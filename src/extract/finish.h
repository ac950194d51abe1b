/* finish: drafts in the order they were found, to a checklist in the order of the document. */
#ifndef QD_EXTRACT_FINISH_H
#define QD_EXTRACT_FINISH_H

#include "extract/reading.h"

const struct checklist *finish_checklist(struct reading *r);

/* link.c: findings to measures and progress, actors, deadlines and owners to the items they belong to. Drafts are sorted. */
void link_drafts(struct reading *r);
/* slogan.c: once a document defines the members of a name, every mention has them; counts are compared. */
void slogans_settle(struct reading *r);
/* reconcile.c: announced counts against what was found, gaps in the numbering of headings. Drafts are sorted. */
void reconcile(struct reading *r);
/* quotes.c: words at each quotation mark or book title mark without a partner, spans of the cleaned text. */
struct strays { VEC(struct span) list; };
void quotes_find(struct reading *r, struct strays *out);
/* category.c */
void category_fill(struct reading *r);

#endif
