/* Lines and their rows, the last time. */
#include "term/predict/landing.h"

#include <stddef.h>

/* The place of a line; else, for_new: the one to take for it, or NULL. */
static int
place_of(const struct landings *l, uint32_t line)
{
    for (int i = 0; i < LANDING_MAX; i++) {
        if (l->slot[i].line == line)
            return i;
    }
    return -1;
}

static int
oldest(const struct landings *l)
{
    int at = 0;
    for (int i = 1; i < LANDING_MAX; i++) {
        if (l->slot[i].used < l->slot[at].used)
            at = i;
    }
    return at;
}

int
landings_rows(struct landings *l, uint32_t line)
{
    if (line == 0)
        return 0;
    int at = place_of(l, line);
    if (at < 0)
        return LANDING_UNKNOWN;
    l->slot[at].used = ++l->clock;
    return l->slot[at].rows;
}

void
landings_note(struct landings *l, uint32_t line, int rows)
{
    if (line == 0)
        return;
    int at = place_of(l, line);
    if (at < 0)
        at = oldest(l);
    l->slot[at].line = line;
    l->slot[at].rows = rows;
    l->slot[at].used = ++l->clock;
}
