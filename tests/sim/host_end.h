/* The server of a simulated world: a session of ours, or the model of stock's. One of the two is set. */
#ifndef SKUA_TESTS_SIM_HOST_END_H
#define SKUA_TESTS_SIM_HOST_END_H

#include <stdbool.h>
#include <stdint.h>

#include "session/server_session.h"
#include "stock_server.h"

struct host_end {
    struct server_session *session;
    struct stock_server *stock;
};

void host_end_fini(struct host_end *e);

void host_end_receive(struct host_end *e, struct view datagram, const struct arrival *how,
                      uint64_t now_ms);
void host_end_pty_output(struct host_end *e, struct view bytes, uint64_t now_ms);
struct buf *host_end_pty_input(struct host_end *e);

/* What the tty says now. Stock does not ask. */
void host_end_note_tty(struct host_end *e, const struct hints *tty);
void host_end_tick(struct host_end *e, uint64_t now_ms);
bool
host_end_next_datagram(struct host_end *e, struct buf *out, struct departure *how, uint64_t now_ms);
uint64_t host_end_deadline_ms(struct host_end *e, uint64_t now_ms);

/* The program ended. */
void host_end_shutdown(struct host_end *e, uint64_t now_ms);

/* Whether a client was heard, ever: the program may start. */
bool host_end_has_client(const struct host_end *e);

/* What the client's screen is to become: projected, a new reference. */
struct screen *host_end_snapshot(struct host_end *e, uint64_t now_ms);

#endif
