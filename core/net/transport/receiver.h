/*
 * The peer's states as far as they arrived: each new one is made by applying a diff to one that is
 * held. The peer says which of them it will never name again.
 */
#ifndef SKUA_NET_TRANSPORT_RECEIVER_H
#define SKUA_NET_TRANSPORT_RECEIVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "net/transport/syncable.h"
#include "net/wire/instruction.h"

/* docs/PROTOCOL.md, "Receiver": with more than these, states are refused for a while. */
#define RECEIVER_STATES_MAX 1024
#define RECEIVER_QUENCH_MS  15000

/* One state gets past the quench at a time; with these, none does until the peer throws some away. */
#define RECEIVER_STATES_LIMIT 2048

struct receiver;

/* Number 0 is `first`, whose reference is taken over; object is borrowed. */
struct receiver *receiver_new(const struct syncable *object, struct state first, uint64_t now_ms);
void receiver_free(struct receiver *r);

/*
 * Take the states of an instruction in; its version and its acknowledgement are not looked at.
 *
 * Returns  SKUA_OK, and a state was added: the newest, or an older one that was late.
 *          SKUA_ERR_DUPLICATE: it is here already. SKUA_ERR_STALE: its base is not held, or it goes
 *          backwards. SKUA_ERR_MALFORMED: it throws its own base away. SKUA_ERR_FULL: too many states
 *          are held. SKUA_ERR_CLOSED: the peer's last state is here. Else what apply() said.
 *          Nothing changed after an error.
 * Source   docs/PROTOCOL.md, "Receiver".
 */
enum skua_err receiver_take(struct receiver *r, const struct instruction *in, uint64_t now_ms);

/* The newest state, its number and its arrival (for number 0, the start); the oldest held. */
const struct state *receiver_newest(const struct receiver *r);
uint64_t receiver_newest_num(const struct receiver *r);
uint64_t receiver_newest_ms(const struct receiver *r);
const struct state *receiver_oldest(const struct receiver *r);

/* How many states are held. */
size_t receiver_count(const struct receiver *r);

#endif
