/*
 * The sockets of a client: one for each path that its session ordered, known by the path's number.
 */
#ifndef SKUA_ENDPOINTS_CLIENT_SOCKETS_H
#define SKUA_ENDPOINTS_CLIENT_SOCKETS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/addr.h"
#include "rim/loop.h"
#include "rim/udp.h"
#include "session/client_session.h"

struct sockets;

/* No socket yet. The loop must outlive it. peers: the server's addresses, in the session's order. */
struct sockets *sockets_new(struct loop *loop, const struct addr *peers, size_t count);

/* Close all. NULL is fine. */
void sockets_free(struct sockets *s);

/*
 * Do what the session ordered. Returns what it wants to hear about it: PATH_UP for a socket that is
 * open; PATH_DOWN with *why for one that could not be opened, and for one that was closed.
 */
enum path_event sockets_obey(struct sockets *s, const struct path_order *order, struct fail *why);

/* Send a datagram where the session says; UDP_FAILED for a path that is not open. */
enum udp_sent
sockets_send(struct sockets *s, struct view datagram, const struct departure *how, int *os_error);

/*
 * The next datagram that arrived on any socket, until false. The bytes are valid until the next call.
 */
bool sockets_receive(struct sockets *s, struct view *datagram, struct arrival *how);

#endif
