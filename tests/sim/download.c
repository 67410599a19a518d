/* Additive increase, multiplicative decrease (RFC 5681), in segments that stand for bursts of eight. */
#include "download.h"

#include <string.h>

#define SEGMENT_BYTES 12000
#define ACK_BYTES     52
#define START_WINDOW  4
#define SHRINK        0.7 /* RFC 9438 §4.6 */
#define GROWTH        4.0 /* segments a round trip; the cubic function is about so fast here */

void
download_start(struct download *d)
{
    *d = (struct download){ .is_on = true, .window = START_WINDOW };
}

static void
shrink(struct download *d, uint64_t now_ms)
{
    d->has_lost = true;
    if (now_ms < d->cut_ms + d->rtt_ms)
        return; /* once in a round trip */
    d->window *= SHRINK;
    d->cut_ms = now_ms;
}

void
download_send(struct download *d, struct wire *down, uint64_t now_ms)
{
    uint8_t bytes[SEGMENT_BYTES] = { 0 };
    memcpy(bytes, &now_ms, sizeof now_ms);
    while (d->is_on && d->under_way < (uint32_t)d->window) {
        if (!wire_send_cross(down, view_of(bytes, sizeof bytes), now_ms)) {
            shrink(d, now_ms);
            return;
        }
        d->under_way++;
    }
}

void
download_segment(struct wire *up, const struct wire_packet *p, uint64_t now_ms)
{
    uint8_t bytes[ACK_BYTES] = { 0 };
    memcpy(bytes, p->bytes, sizeof(uint64_t)); /* the time of sending */
    (void)wire_send_cross(up, view_of(bytes, sizeof bytes), now_ms);
}

void
download_ack(struct download *d, const struct wire_packet *p, uint64_t now_ms)
{
    uint64_t sent_ms;
    memcpy(&sent_ms, p->bytes, sizeof sent_ms);
    d->rtt_ms = now_ms - sent_ms;
    d->under_way -= d->under_way > 0;
    d->window += d->has_lost ? GROWTH / d->window : 1;
}
