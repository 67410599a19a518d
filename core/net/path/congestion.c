/* The delay is RFC 6817's business, the loss RFC 5681's. */
#include "net/path/congestion.h"

#define SHRINK          0.7 /* RFC 9438, 4.6 */
#define NO_BASE         UINT64_MAX
#define SHRINK_LEAST_MS 100

void
congestion_init(struct congestion *c)
{
    *c = (struct congestion){ .window_bytes = CONGESTION_START_BYTES,
                              .base_ms = NO_BASE,
                              .before_ms = NO_BASE };
}

uint64_t
congestion_note_sent(struct congestion *c, size_t bytes)
{
    c->sent_bytes += bytes;
    return c->sent_bytes;
}

static void
grow(struct congestion *c, double bytes)
{
    c->window_bytes += bytes;
    if (c->window_bytes > CONGESTION_MAX_BYTES)
        c->window_bytes = CONGESTION_MAX_BYTES;
}

static void
shrink(struct congestion *c, uint64_t rtt_ms, uint64_t now_ms)
{
    uint64_t once_ms = rtt_ms > SHRINK_LEAST_MS ? rtt_ms : SHRINK_LEAST_MS;
    if (c->has_shrunk && now_ms - c->shrunk_ms < once_ms)
        return;
    c->has_shrunk = true;
    c->shrunk_ms = now_ms;
    c->window_bytes *= SHRINK;
    if (c->window_bytes < CONGESTION_MIN_BYTES)
        c->window_bytes = CONGESTION_MIN_BYTES;
}

void
congestion_note_acked(struct congestion *c, uint64_t mark)
{
    if (mark > c->acked_bytes && mark <= c->sent_bytes)
        c->acked_bytes = mark;
}

static uint64_t
note_base(struct congestion *c, uint64_t rtt_ms, uint64_t now_ms)
{
    if (!c->has_base || now_ms - c->spell_ms >= CONGESTION_BASE_MS) {
        c->before_ms = c->has_base ? c->base_ms : NO_BASE;
        c->base_ms = NO_BASE;
        c->has_base = true;
        c->spell_ms = now_ms;
    }
    if (rtt_ms < c->base_ms)
        c->base_ms = rtt_ms;
    return c->base_ms < c->before_ms ? c->base_ms : c->before_ms;
}

/* The least of the newest samples; those that are missing count as 0. */
static uint64_t
filtered(struct congestion *c, uint64_t rtt_ms)
{
    uint64_t least_ms = rtt_ms;
    for (size_t i = 0; i + 1 < CONGESTION_SAMPLES; i++) {
        c->newest_ms[i] = c->newest_ms[i + 1];
        if (c->newest_ms[i] < least_ms)
            least_ms = c->newest_ms[i];
    }
    c->newest_ms[CONGESTION_SAMPLES - 1] = rtt_ms;
    return least_ms;
}

void
congestion_note_rtt(struct congestion *c, uint64_t rtt_ms, uint64_t now_ms)
{
    uint64_t base_ms = note_base(c, rtt_ms, now_ms), least_ms = filtered(c, rtt_ms);
    uint64_t waited_ms = least_ms > base_ms ? least_ms - base_ms : 0;
    if (waited_ms > CONGESTION_LIMIT_MS)
        shrink(c, rtt_ms, now_ms);
    else if (waited_ms < CONGESTION_TARGET_MS && c->was_full)
        grow(c, c->has_shrunk ? CONGESTION_DATAGRAM_BYTES / 2 : CONGESTION_DATAGRAM_BYTES);
    c->was_full = false;
}

void
congestion_note_loss(struct congestion *c, uint64_t srtt_ms, uint64_t now_ms)
{
    shrink(c, srtt_ms, now_ms);
}

bool
congestion_has_room(struct congestion *c, size_t beyond_bytes)
{
    bool has_room =
        (double)(c->sent_bytes - c->acked_bytes) < c->window_bytes + (double)beyond_bytes;
    c->was_full = c->was_full || !has_room;
    return has_room;
}
