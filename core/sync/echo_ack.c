/* A short queue of states and when each went to the program. */
#include "sync/echo_ack.h"

#include <string.h>

void
echo_ack_note(struct echo_ack *e, uint64_t num, uint64_t now_ms)
{
    if (e->count == ECHO_ACK_WAITING_MAX)
        e->count--;
    e->waiting[e->count].num = num;
    e->waiting[e->count].at_ms = now_ms;
    e->count++;
}

uint64_t
echo_ack_value(struct echo_ack *e, uint64_t now_ms)
{
    size_t due = 0;
    while (due < e->count && e->waiting[due].at_ms + ECHO_ACK_DELAY_MS <= now_ms) {
        if (e->waiting[due].num > e->value)
            e->value = e->waiting[due].num;
        due++;
    }
    e->count -= due;
    memmove(e->waiting, e->waiting + due, e->count * sizeof e->waiting[0]);
    return e->value;
}

uint64_t
echo_ack_deadline_ms(const struct echo_ack *e)
{
    return e->count > 0 ? e->waiting[0].at_ms + ECHO_ACK_DELAY_MS : UINT64_MAX;
}
