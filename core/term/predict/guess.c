/* The queue of guesses. */
#include "term/predict/guess.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define ROOM_FIRST 8

void
guesses_fini(struct guesses *g)
{
    guesses_drop(g, g->count);
    free(g->at);
    *g = (struct guesses){ 0 };
}

void
guesses_push(struct guesses *g, const struct guess *guess)
{
    assert(g->count < GUESS_MAX);
    if (g->count == g->room) {
        g->room = g->room > 0 ? 2 * g->room : ROOM_FIRST;
        g->at = mem_resize(g->at, (size_t)g->room, sizeof *g->at);
    }
    g->at[g->count++] = *guess;
}

void
guesses_drop(struct guesses *g, int count)
{
    assert(count >= 0 && count <= g->count);
    for (int i = 0; i < count; i++) {
        if (g->at[i].is_modelled)
            line_fini(&g->at[i].line);
    }
    g->count -= count;
    if (g->count > 0 && count > 0)
        memmove(&g->at[0], &g->at[count], (size_t)g->count * sizeof g->at[0]);
}

int
guesses_due(const struct guesses *g, uint64_t echo_ack)
{
    int due = 0;
    while (due < g->count && g->at[due].due <= echo_ack)
        due++;
    return due;
}

struct guess *
guesses_last(struct guesses *g)
{
    return g->count > 0 ? &g->at[g->count - 1] : NULL;
}

uint64_t
guesses_oldest_ms(const struct guesses *g)
{
    for (int i = 0; i < g->count; i++) {
        if (g->at[i].is_modelled)
            return g->at[i].born_ms;
    }
    return UINT64_MAX;
}
