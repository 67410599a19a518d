/* A few lines, the newest first. */
#include "term/predict/history.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void
history_forget(struct history *h)
{
    for (int i = 0; i < h->count; i++)
        free(h->line[i].text);
    h->count = 0;
}

void
history_fini(struct history *h)
{
    history_forget(h);
}

void
history_push(struct history *h, uint32_t place, struct view text)
{
    if (text.len > HISTORY_MAX_BYTES)
        history_forget(h);
    if (text.len == 0 || text.len > HISTORY_MAX_BYTES)
        return;
    if (h->count == HISTORY_MAX)
        free(h->line[--h->count].text);
    memmove(h->line + 1, h->line, (size_t)h->count * sizeof h->line[0]);
    h->count++;
    h->line[0].text = mem_new(text.len, 1);
    memcpy(h->line[0].text, text.data, text.len);
    h->line[0].len = text.len;
    h->line[0].place = place;
}

bool
history_nth(const struct history *h, uint32_t place, int n, struct view *text)
{
    for (int i = 0; i < h->count; i++) {
        if (h->line[i].place != place || --n > 0)
            continue;
        *text = view_of(h->line[i].text, h->line[i].len);
        return true;
    }
    return false;
}
