/*
 * What a server keeps equal at its client: a projected screen, how much of the client's input it
 * shows, and what only the server knows of the tty.
 *
 * The same value serves both ends. A server's diff says itself how it is read: HostBytes in the stock
 * dialect until the client has said hello, extension 1000 afterwards.
 */
#ifndef SKUA_SYNC_HOST_STATE_H
#define SKUA_SYNC_HOST_STATE_H

#include <stdbool.h>
#include <stdint.h>

#include "net/transport/syncable.h"
#include "term/outer/caps.h"
#include "term/screen/hints.h"
#include "term/screen/screen.h"

/* An immutable, counted value. */
struct host_state {
    uint32_t refs;
    struct screen *screen; /* projected for the client; holds a reference */
    uint64_t echo_ack;     /* newest client state that the screen has had time to show */
    struct hints hints;    /* not known toward a stock client */
};

/*
 * A state with one reference. The screen's reference is taken over.
 */
struct host_state *
host_state_new(struct screen *screen, uint64_t echo_ack, const struct hints *hints);

/* One reference less. NULL is fine. */
void host_state_unref(struct host_state *h);

/* The host state in a transport's state: borrowed. */
static inline const struct host_state *
host_state_of(const struct state *s)
{
    return s->value;
}

/* The number 0 of both ends: a blank screen of this size. Owned by the caller. */
struct state host_state_first(int rows, int cols);

/*
 * The server's side. *dialect is read at each diff, so that the caller may change what it points to
 * when the client says hello; it must outlive the transport.
 */
struct syncable host_state_outgoing(const enum caps_dialect *dialect);

/* The client's side: apply() takes anything that a server may send, in either dialect. */
struct syncable host_state_incoming(void);

#endif
