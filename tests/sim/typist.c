/* Each letter has a place on the screen, known before it is typed: a prompt, 70 letters, the next line. */
#include "typist.h"

#include <stdlib.h>

#include "base/mem.h"

#define PROMPT_CELLS 2
#define LINE_KEYS    70

void
latencies_fini(struct latencies *l)
{
    free(l->ms);
    *l = (struct latencies){ 0 };
}

void
latencies_add(struct latencies *l, uint64_t ms)
{
    if (l->count == l->cap) {
        l->cap = l->cap > 0 ? 2 * l->cap : 1024;
        l->ms = mem_resize(l->ms, l->cap, sizeof *l->ms);
    }
    l->ms[l->count++] = ms > UINT32_MAX ? UINT32_MAX : (uint32_t)ms;
}

static int
compare(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

uint32_t
latencies_quantile(struct latencies *l, uint32_t permille)
{
    if (l->count == 0)
        return 0;
    qsort(l->ms, l->count, sizeof *l->ms, compare);
    size_t at = l->count * permille / 1000;
    return l->ms[at < l->count ? at : l->count - 1];
}

double
latencies_mean(const struct latencies *l)
{
    double sum = 0;
    for (size_t i = 0; i < l->count; i++)
        sum += l->ms[i];
    return l->count > 0 ? sum / (double)l->count : 0;
}

void
typist_init(struct typist *t, struct latencies *latencies)
{
    *t = (struct typist){ .latencies = latencies };
}

static char
letter(size_t key)
{
    return (char)('a' + key % 26);
}

static bool
is_shown(const struct screen *s, size_t key)
{
    int row = (int)(key / LINE_KEYS), col = PROMPT_CELLS + (int)(key % LINE_KEYS);
    return row < s->rows && col < s->cols &&
           s->row[row]->cell[col].text == (uint32_t)(unsigned char)letter(key);
}

/* Note what shows by now. */
static bool
look(struct world *w, void *context)
{
    struct typist *t = context;
    const struct screen *s = user_end_screen(&w->user_end);
    while (t->shown < t->typed && is_shown(s, t->shown)) {
        latencies_add(t->latencies, w->now_ms - t->typed_ms[t->shown]);
        t->shown++;
    }
    return false;
}

static bool
look_for_all(struct world *w, void *context)
{
    const struct typist *t = context;
    (void)look(w, context);
    return t->shown == t->typed;
}

static void
type(struct typist *t, struct world *w)
{
    if (t->typed == TYPIST_KEYS_MAX)
        abort();
    if (t->typed > 0 && t->typed % LINE_KEYS == 0)
        world_type(w, "\r");
    const char key[] = { letter(t->typed), '\0' };
    t->typed_ms[t->typed++] = w->now_ms;
    world_type(w, key);
}

bool
typist_type(struct typist *t, struct world *w, size_t keys, uint32_t gap_min_ms,
            uint32_t gap_max_ms, uint64_t limit_ms)
{
    for (size_t i = 0; i < keys; i++) {
        type(t, w);
        uint32_t gap_ms = gap_min_ms + dice_below(&w->dice, gap_max_ms - gap_min_ms + 1);
        (void)world_run_until(w, look, t, gap_ms);
    }
    return world_run_until(w, look_for_all, t, limit_ms) != UINT64_MAX;
}

uint64_t
typist_press(struct typist *t, struct world *w, uint64_t limit_ms)
{
    type(t, w);
    return typist_wait(t, w, limit_ms);
}

uint64_t
typist_wait(struct typist *t, struct world *w, uint64_t limit_ms)
{
    return world_run_until(w, look_for_all, t, limit_ms);
}
