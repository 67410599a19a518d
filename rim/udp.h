/*
 * UDP sockets as both ends need them: never blocking, ECN-capable, fragmentation left to the
 * network, and aware of the local address that a datagram was sent to, so that the answer leaves
 * from there.
 *
 * Addresses are folded: an IPv4 peer of a dual-stack socket is an IPv4 `struct addr`, in and out.
 * Ports are part of an address; flow labels are not; scope ids are kept for link-local addresses
 * only.
 */
#ifndef SKUA_RIM_UDP_H
#define SKUA_RIM_UDP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/addr.h"
#include "base/view.h"
#include "rim/fail.h"

/* Longest datagram taken in; what is longer is dropped. docs/PROTOCOL.md, "Packets". */
#define UDP_DATAGRAM_MAX_BYTES 2048

/* The ECN codepoints that matter here: RFC 3168 §5. */
#define UDP_ECN_ECT0 2
#define UDP_ECN_CE   3

struct udp;

/* Who sends to this socket: what its packet filter lets through. */
enum udp_end {
    UDP_SERVER, /* receives from clients: first bit of the nonce clear */
    UDP_CLIENT, /* receives from a server: first bit set */
};

/* How a datagram came. */
struct udp_arrival {
    struct addr from,
        to;         /* to: our address, with the socket's port; unset if the system did not say */
    uint8_t ecn;    /* low two bits of the TOS or traffic class */
    uint64_t at_ms; /* clock_now_ms() at which the kernel took it in */
};

enum udp_sent {
    UDP_SENT,
    UDP_BLOCKED,     /* no room now: wait for LOOP_WRITE, or for a little while (ENOBUFS) */
    UDP_TOO_BIG,     /* EMSGSIZE: larger than this path takes */
    UDP_UNREACHABLE, /* no route, no address, or a local firewall: wait for the network to change */
    UDP_REFUSED,     /* an ICMP answer said that nobody listens; forgeable, so a hint only */
    UDP_FAILED,      /* anything else: udp_error() */
};

/*
 * A server's socket. Ports port_low..port_high are tried ascending (0, 0: the kernel picks).
 *
 * bind_address  Numeric, or NULL for any address: [::] with IPv4 peers included, or 0.0.0.0 on a
 *               machine without IPv6. If it cannot be bound, any address is tried in its place.
 * notice        May be NULL. code is SKUA_OK unless bind_address was asked for and could not be
 *               used; then it says why.
 * Returns       SKUA_ERR_SYSTEM with *why if no port could be bound; SKUA_ERR_MALFORMED never.
 */
enum skua_err udp_open_server(const char *bind_address, uint16_t port_low, uint16_t port_high,
                              struct udp **out, struct fail *notice, struct fail *why);

/*
 * A client's socket for peers of the same family as peer (IPv4 or IPv6). Not bound: the kernel
 * picks the port at the first send and the source address at each, so a changed route is followed
 * by itself.
 */
enum skua_err udp_open_client(const struct addr *peer, struct udp **out, struct fail *why);

/* Close the socket. NULL is fine. */
void udp_close(struct udp *u);

/* The descriptor, for loop_add(). Owned by u. */
int udp_fd(const struct udp *u);

/* The local port; 0 for a client that has not sent yet. */
uint16_t udp_port(const struct udp *u);

/*
 * From now on datagrams go out whole or not at all (UDP_TOO_BIG), whatever the system believes of the path:
 * for who measures it.
 */
void udp_forbid_fragments(struct udp *u);

/* Whether the socket can reach that address's family. */
bool udp_can_reach(const struct udp *u, const struct addr *to);

/*
 * Take the next datagram. Reads the kernel's queue in batches; once it returned true keep calling
 * until it returns false (nothing more now), for a batch that was read does not make the descriptor
 * ready again.
 *
 * datagram  1..UDP_DATAGRAM_MAX_BYTES bytes, valid until the next call or udp_close().
 */
bool udp_receive(struct udp *u, struct view *datagram, struct udp_arrival *how);

/*
 * Send one datagram to `to`, from the local address `from` (its port is ignored; NULL or unset: the
 * kernel's choice, also taken when the machine no longer has `from`), marked with ecn (0..3).
 *
 * A process that was forked off after the socket was opened sends nothing: UDP_FAILED. docs/SECURITY.md,
 * "Clones".
 */
enum udp_sent udp_send(struct udp *u, struct view datagram, const struct addr *to,
                       const struct addr *from, uint8_t ecn);

/* errno of the last udp_send() that was not UDP_SENT. */
int udp_error(const struct udp *u);

/* Datagrams dropped for their length since the socket was opened. */
uint64_t udp_dropped(const struct udp *u);

#endif
