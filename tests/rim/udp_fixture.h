/* A server and a client on loopback, for the tests of rim/udp. */
#ifndef SKUA_TESTS_RIM_UDP_FIXTURE_H
#define SKUA_TESTS_RIM_UDP_FIXTURE_H

#include "test.h"

#include <poll.h>

#include "rim/resolve.h"
#include "rim/udp.h"

/* Long enough that reaching it means that a datagram did not come. */
#define UDP_LATE_MS 10000

static inline struct addr
address(const char *text, uint16_t port)
{
    struct addr a;
    assert_int_equal(resolve_numeric(text, port, &a), SKUA_OK);
    return a;
}

static inline struct udp *
open_server(const char *bind_address)
{
    struct udp *u = NULL;
    struct fail notice;
    assert_int_equal(udp_open_server(bind_address, 0, 0, &u, &notice, NULL), SKUA_OK);
    assert_int_equal(notice.code, SKUA_OK);
    return u;
}

static inline struct udp *
open_client(const char *peer)
{
    struct udp *u = NULL;
    struct addr a = address(peer, 1);
    assert_int_equal(udp_open_client(&a, &u, NULL), SKUA_OK);
    return u;
}

/* Wait for one datagram. */
static inline bool
receive(struct udp *u, struct view *datagram, struct udp_arrival *how, int wait_ms)
{
    if (udp_receive(u, datagram, how))
        return true;
    struct pollfd p = { .fd = udp_fd(u), .events = POLLIN };
    return poll(&p, 1, wait_ms) == 1 && udp_receive(u, datagram, how);
}

static inline void
check_address(const struct addr *a, const char *text, uint16_t port)
{
    struct addr expected = address(text, port);
    assert_true(addr_equal(a, &expected));
}

#endif
