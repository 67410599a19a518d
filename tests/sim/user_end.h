/* The client of a simulated world: a session of ours, or the model of stock's. One of the two is set. */
#ifndef SKUA_TESTS_SIM_USER_END_H
#define SKUA_TESTS_SIM_USER_END_H

#include <stdbool.h>
#include <stdint.h>

#include "session/client_session.h"
#include "stock_client.h"

struct user_end {
    struct client_session *session;
    struct stock_client *stock;
    uint32_t path;           /* sent on last */
    bool path_is_inet6[256]; /* of our sockets; path numbers are few in a test */
    struct buf painted;
};

void user_end_fini(struct user_end *e);

void user_end_receive(struct user_end *e, struct view datagram, const struct arrival *how,
                      uint64_t now_ms);
void user_end_type(struct user_end *e, struct view keys, uint64_t now_ms);

/* Time passes: timers, sockets, the terminal. */
void user_end_tick(struct user_end *e, uint64_t now_ms);
bool
user_end_next_datagram(struct user_end *e, struct buf *out, struct departure *how, uint64_t now_ms);
uint64_t user_end_deadline_ms(struct user_end *e, uint64_t now_ms);

/* The host's news about the path that was sent on last, or all that there are. Stock has no ear for it. */
void user_end_path_event(struct user_end *e, enum path_event what, uint64_t now_ms);

/* The server's newest screen, borrowed. */
const struct screen *user_end_screen(const struct user_end *e);

/* How far the server has got with what was typed. */
struct predict_sync user_end_sync(const struct user_end *e, uint64_t now_ms);

/* The session ended in order. */
bool user_end_is_over(const struct user_end *e, uint64_t now_ms);

#endif
