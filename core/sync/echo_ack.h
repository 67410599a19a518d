/*
 * Which of the client's keys a screen already shows: a state counts as echoed once the program has had
 * 50 ms to answer it.
 */
#ifndef SKUA_SYNC_ECHO_ACK_H
#define SKUA_SYNC_ECHO_ACK_H

#include <stddef.h>
#include <stdint.h>

/* What the program is given. docs/PROTOCOL.md, "Echo acknowledgement". */
#define ECHO_ACK_DELAY_MS 50

/* States that wait at the same time; when there are more the newest two are taken as one. */
#define ECHO_ACK_WAITING_MAX 128

struct echo_ack {
    uint64_t value; /* newest state that had its time */
    size_t count;
    struct {
        uint64_t num, at_ms;
    } waiting[ECHO_ACK_WAITING_MAX];
};

/* The initial value is all zeros. */

/* Client state num, with at least one event in it, went to the program now. Numbers grow. */
void echo_ack_note(struct echo_ack *e, uint64_t num, uint64_t now_ms);

/* The newest state that had its time by now. Never goes back. */
uint64_t echo_ack_value(struct echo_ack *e, uint64_t now_ms);

/* When the value will move next. UINT64_MAX: nothing waits. */
uint64_t echo_ack_deadline_ms(const struct echo_ack *e);

#endif
