/*
 * How long the program on the pty takes to echo a key: from the key's last byte going its way to the
 * first output after it. A hint for the client, which waits so long before it calls a prediction wrong.
 */
#ifndef SKUA_SESSION_ECHO_DELAY_H
#define SKUA_SESSION_ECHO_DELAY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/view.h"

/* Output that comes later than this is no echo. */
#define ECHO_DELAY_MAX_MS 1000

/* All zeros is the start. */
struct echo_delay {
    bool is_waiting;
    uint64_t typed_ms;
    uint32_t smoothed; /* in eighths of a millisecond; 0: not measured */
    uint32_t said_ms;
};

/*
 * Bytes that the user typed go to the program. Only characters are measured: what a control key sets
 * going may take as long as it likes.
 */
void echo_delay_typed(struct echo_delay *e, struct view keys, uint64_t now_ms);

/* The program wrote something. */
void echo_delay_answered(struct echo_delay *e, uint64_t now_ms);

/* The measure, 0: none yet. Small changes are not told, since each would have to travel. */
uint32_t echo_delay_ms(struct echo_delay *e);

#endif
