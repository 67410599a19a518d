/* A client's and a server's link with one key, and the addresses between them. */
#ifndef SKUA_TESTS_UNIT_NET_DATAGRAM_LINK_FIXTURE_H
#define SKUA_TESTS_UNIT_NET_DATAGRAM_LINK_FIXTURE_H

#include "test.h"

#include "net/hex.h"

#include "net/crypto/aes_ocb.h"
#include "net/crypto/crypto_start.h"
#include "net/datagram/link.h"
#include "net/datagram/packet.h"

#define SERVER_PATH 7

static const struct key test_key = { { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 } };
static const struct addr client_addr = { 6, { 10, 0, 0, 1, 0x80, 1 } };
static const struct addr other_addr = { 6, { 10, 0, 0, 2, 0x80, 2 } };
static const struct addr server_addr = { 6, { 192, 0, 2, 1, 0xea, 0x61 } };
static const struct addr server_addr_v6 = { 18, { 0x20, 1, 0xd, 0xb8 } };

struct ends {
    struct link *client, *server;
    struct buf datagram, scratch;
    struct departure how;        /* of the datagram sent last */
    struct link_payload payload; /* received last */
};

/* Open and close what the client's link orders. How many paths were closed. */
static inline size_t
obey_orders(struct link *link, uint64_t now_ms)
{
    struct path_order order;
    size_t closed = 0;
    while (link_next_order(link, &order, now_ms)) {
        if (order.what == PATH_ORDER_OPEN)
            link_path_event(link, order.path, PATH_UP, now_ms);
        else
            closed++;
    }
    return closed;
}

static inline int
ends_set_up_at(void **state, uint64_t now_ms)
{
    static struct ends ends;
    if (crypto_start() != SKUA_OK)
        return -1;
    const struct link_peer peers[] = { { server_addr, PATH_FAMILY_V4 },
                                       { server_addr_v6, PATH_FAMILY_V6 } };
    ends.client = link_new_client(&test_key, peers, 2, now_ms);
    ends.server = link_new_server(&test_key, SERVER_PATH, PATH_FAMILY_V4, now_ms);
    if (ends.client == NULL || ends.server == NULL)
        return -1;
    obey_orders(ends.client, now_ms);
    buf_init(&ends.datagram, LINK_DATAGRAM_MAX_BYTES);
    buf_init(&ends.scratch, LINK_DATAGRAM_MAX_BYTES);
    *state = &ends;
    return 0;
}

static inline int
ends_set_up(void **state)
{
    return ends_set_up_at(state, 1000);
}

static inline int
ends_tear_down(void **state)
{
    struct ends *ends = *state;
    link_free(ends->client);
    link_free(ends->server);
    buf_fini(&ends->datagram);
    buf_fini(&ends->scratch);
    return 0;
}

/* Send len bytes from this end; the datagram is in ends->datagram. */
static inline enum skua_err
send_bytes(struct ends *ends, struct link *from, size_t len, uint64_t now_ms)
{
    static const uint8_t bytes[LINK_DATAGRAM_MAX_BYTES] = "0123456789abcdef";
    return link_send(from, view_of(bytes, len), &ends->datagram, &ends->how, now_ms);
}

/* Hand a datagram to this end, from that address, on a path. */
static inline enum skua_err
receive_on(struct ends *ends, struct link *to, struct view datagram, const struct addr *from,
           uint32_t path, uint64_t now_ms)
{
    const struct arrival how = { .path = path, .from = *from, .to = server_addr };
    return link_receive(to, datagram, &how, &ends->scratch, &ends->payload, now_ms);
}

/* One datagram from the client, received by the server as coming from `from`. */
static inline enum skua_err
to_server(struct ends *ends, const struct addr *from, uint64_t sent_ms, uint64_t at_ms)
{
    assert_int_equal(send_bytes(ends, ends->client, 20, sent_ms), SKUA_OK);
    return receive_on(ends, ends->server, buf_view(&ends->datagram), from, SERVER_PATH, at_ms);
}

/* One datagram from the server, received by the client on the path that it sends on. */
static inline enum skua_err
to_client(struct ends *ends, uint64_t sent_ms, uint64_t at_ms)
{
    assert_int_equal(send_bytes(ends, ends->server, 20, sent_ms), SKUA_OK);
    return receive_on(ends, ends->client, buf_view(&ends->datagram), &server_addr, 1, at_ms);
}

/* A copy of the datagram sent last, in storage of the caller's. */
static inline struct view
keep(struct ends *ends, uint8_t storage[LINK_DATAGRAM_MAX_BYTES])
{
    memcpy(storage, ends->datagram.data, ends->datagram.len);
    return view_of(storage, ends->datagram.len);
}

/* The sequence number and timestamps of the datagram sent last. */
static inline struct packet
opened(struct ends *ends)
{
    struct aes_ocb *ocb = aes_ocb_new(&test_key);
    assert_non_null(ocb);
    struct packet packet;
    assert_int_equal(packet_open(ocb, buf_view(&ends->datagram), &ends->scratch, &packet), SKUA_OK);
    aes_ocb_free(ocb);
    return packet;
}

#define end_to_end_test(test) cmocka_unit_test_setup_teardown(test, ends_set_up, ends_tear_down)

#endif
