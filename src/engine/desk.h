/* desk: what a worker is made of. Private to engine/. */
#ifndef QD_ENGINE_DESK_H
#define QD_ENGINE_DESK_H

#include "engine/engine.h"

struct worker {
    const struct engine *engine;
    struct arena *arena;        /* of the document */
    struct rule_scan *scan;
    struct diags *diags;        /* of the document */
};

#endif
