/*
 * What the user's terminal can do, as it becomes known: from terminfo and the environment at once, from
 * the terminal's own answers a moment later. Nothing here reads or writes the terminal.
 */
#ifndef SKUA_ENDPOINTS_CLIENT_ABILITIES_H
#define SKUA_ENDPOINTS_CLIENT_ABILITIES_H

#include <stdbool.h>

#include "endpoints/client/terminfo.h"
#include "term/outer/adjust.h"
#include "term/outer/probe.h"
#include "term/screen/record.h"

struct abilities {
    struct terminfo_terminal before; /* what was known before the terminal was asked */
    struct adjustment wanted;        /* the user's own word, which is the last */
    bool is_limited_to_256;
    struct caps caps;     /* for painting */
    struct record record; /* for the server, which answers programs from it */
    enum known_probes probes;
};

/* From the environment (TERM, COLORTERM, SKUA_TERM_FEATURES and their like), without waiting. */
void abilities_init(struct abilities *a);

/* Take the terminal's answers so far into account. Returns whether that changes caps or record. */
bool abilities_learn(struct abilities *a, const struct probe_answers *answers);

#endif
