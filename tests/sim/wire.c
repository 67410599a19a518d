#include "wire.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void
wire_init(struct wire *w, const struct wire_config *config, uint64_t seed)
{
    *w = (struct wire){ .config = *config, .dice = { seed } };
}

void
wire_fini(struct wire *w)
{
    while (w->first != NULL) {
        struct wire_packet *p = w->first;
        w->first = p->next;
        free(p);
    }
}

/* Spells last by time, not by datagrams: a quiet sender does not stretch them. */
static void
move_burst(struct wire *w, uint64_t now_ms)
{
    const struct wire_config *c = &w->config;
    if (c->burst_bad_ms == 0)
        return;
    if (w->burst_until_ms == 0)
        w->burst_until_ms = now_ms;
    while (w->burst_until_ms <= now_ms) {
        w->in_burst = !w->in_burst;
        uint32_t mean_ms = w->in_burst ? c->burst_bad_ms : c->burst_good_ms;
        w->burst_until_ms += 1 + dice_below(&w->dice, 2 * mean_ms);
    }
}

static bool
is_lost(struct wire *w, size_t len, uint64_t now_ms)
{
    const struct wire_config *c = &w->config;
    if (w->is_cut || (c->mtu_bytes != 0 && len > c->mtu_bytes))
        return true;
    move_burst(w, now_ms);
    bool bad = w->in_burst && c->burst_bad_ms != 0;
    return dice_permille(&w->dice, bad ? c->burst_loss_permille : c->loss_permille);
}

/* When a datagram of len bytes leaves the queue; UINT64_MAX: it found the queue full. */
static uint64_t
leaves_queue(struct wire *w, size_t len, uint64_t now_ms)
{
    const struct wire_config *c = &w->config;
    if (c->rate_bytes_per_s == 0)
        return now_ms;
    if (w->free_ms < now_ms)
        w->free_ms = now_ms;
    uint64_t waiting_bytes = (w->free_ms - now_ms) * c->rate_bytes_per_s / 1000;
    if (waiting_bytes + len > c->queue_bytes)
        return UINT64_MAX;
    w->free_ms += (len * 1000 + c->rate_bytes_per_s - 1) / c->rate_bytes_per_s;
    return w->free_ms;
}

static void
insert(struct wire *w, struct wire_packet *p)
{
    if (w->last != NULL && w->last->due_ms <= p->due_ms) {
        w->last = w->last->next = p;
        return;
    }
    struct wire_packet **at = &w->first;
    while (*at != NULL && (*at)->due_ms <= p->due_ms)
        at = &(*at)->next;
    p->next = *at;
    *at = p;
    if (p->next == NULL)
        w->last = p;
}

static struct wire_packet *
packet_of(struct view bytes, uint64_t left_ms, uint64_t due_ms)
{
    struct wire_packet *p = mem_new(1, sizeof *p + bytes.len);
    p->left_ms = left_ms;
    p->due_ms = due_ms;
    p->len = bytes.len;
    memcpy(p->bytes, bytes.data, bytes.len);
    return p;
}

static void
enqueue(struct wire *w, struct view bytes, const struct addr *from, const struct addr *to,
        uint64_t left_ms, uint64_t due_ms)
{
    struct wire_packet *p = packet_of(bytes, left_ms, due_ms);
    p->from = *from;
    p->to = *to;
    insert(w, p);
}

/* Note what of ours is still in the queue. */
static void
note_waiting(struct wire *w, uint64_t now_ms)
{
    uint64_t bytes = 0;
    if (w->config.rate_bytes_per_s == 0)
        return;
    for (const struct wire_packet *p = w->first; p != NULL; p = p->next) {
        if (!p->is_cross && p->left_ms > now_ms)
            bytes += p->len;
    }
    if (bytes > w->own_waiting_max_bytes)
        w->own_waiting_max_bytes = bytes;
}

static uint64_t
keep_order(struct wire *w, uint64_t due_ms)
{
    if (due_ms < w->last_due_ms)
        due_ms = w->last_due_ms;
    w->last_due_ms = due_ms;
    return due_ms;
}

void
wire_send(struct wire *w, struct view bytes, const struct addr *from, const struct addr *to,
          uint64_t now_ms)
{
    const struct wire_config *c = &w->config;
    w->sent++;
    w->sent_bytes += bytes.len;
    note_waiting(w, now_ms);
    bool lost = is_lost(w, bytes.len, now_ms);
    uint64_t left_ms = lost ? UINT64_MAX : leaves_queue(w, bytes.len, now_ms);
    if (left_ms == UINT64_MAX) {
        w->lost++;
        return;
    }
    uint64_t due_ms = left_ms + c->delay_ms + dice_below(&w->dice, c->jitter_ms + 1);
    if (dice_permille(&w->dice, c->reorder_permille))
        due_ms += dice_below(&w->dice, c->reorder_ms + 1);
    else
        due_ms = keep_order(w, due_ms);
    enqueue(w, bytes, from, to, left_ms, due_ms);
    if (dice_permille(&w->dice, c->duplicate_permille))
        enqueue(w, bytes, from, to, left_ms, due_ms + dice_below(&w->dice, 20));
}

bool
wire_send_cross(struct wire *w, struct view bytes, uint64_t now_ms)
{
    uint64_t left_ms = leaves_queue(w, bytes.len, now_ms);
    if (left_ms == UINT64_MAX)
        return false;
    struct wire_packet *p = packet_of(bytes, left_ms, keep_order(w, left_ms + w->config.delay_ms));
    p->is_cross = true;
    insert(w, p);
    return true;
}

struct wire_packet *
wire_next(struct wire *w, uint64_t now_ms)
{
    struct wire_packet *p = w->first;
    if (p == NULL || p->due_ms > now_ms)
        return NULL;
    w->first = p->next;
    if (w->first == NULL)
        w->last = NULL;
    return p;
}

uint64_t
wire_deadline_ms(const struct wire *w)
{
    return w->first != NULL ? w->first->due_ms : UINT64_MAX;
}
