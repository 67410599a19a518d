/*
 * A client session and a server session joined by a wire without delay or loss, for unit tests. What
 * networks do is the business of tests/sim.
 */
#ifndef SKUA_TESTS_UNIT_SESSION_PAIR_H
#define SKUA_TESTS_UNIT_SESSION_PAIR_H

#include "test.h"

#include "net/crypto/crypto_start.h"
#include "session/client_session.h"
#include "session/server_session.h"

struct pair {
    uint64_t now_ms;
    struct key key;
    struct client_session *client;
    struct server_session *server;
    struct buf datagram, painted;
};

static inline struct addr
pair_addr(uint8_t number)
{
    return (struct addr){ .len = 1, .bytes = { number } };
}

static inline struct client_session *
pair_client(const struct pair *p, bool says_hello)
{
    const struct link_peer peer = { .addr = pair_addr(1), .family = PATH_FAMILY_V4 };
    const struct client_session_config config = { .key = &p->key,
                                                  .peers = &peer,
                                                  .peer_count = 1,
                                                  .server_port = 60001,
                                                  .rows = 24,
                                                  .cols = 80,
                                                  .name = "skua",
                                                  .title_prefix = true,
                                                  .escape_key = 0x1e,
                                                  .escape_extras = true,
                                                  .says_hello = says_hello,
                                                  .caps = caps_xterm,
                                                  .record = { .colors = 256 },
                                                  .predict = { .display = PREDICT_ALWAYS },
                                                  .seed = 7 };
    return client_session_new(&config, p->now_ms);
}

static inline void
pair_init_with(struct pair *p, const struct server_options_core *options, bool client_says_hello,
               bool server_says_hello)
{
    *p = (struct pair){ .now_ms = 100000, .key = { { 1, 2, 3, 4 } } };
    assert_int_equal(crypto_start(), SKUA_OK);
    buf_init(&p->datagram, LINK_DATAGRAM_MAX_BYTES);
    buf_init(&p->painted, 1 << 24);
    p->server = server_session_new(options, p->now_ms);
    const struct attachment_config attachment = { .role = ATTACHMENT_DRIVING,
                                                  .key = &p->key,
                                                  .says_hello = server_says_hello,
                                                  .path = 1,
                                                  .family = PATH_FAMILY_V4,
                                                  .seed = 9 };
    assert_int_equal(server_session_attach(p->server, &attachment, p->now_ms), 0);
    p->client = pair_client(p, client_says_hello);
    assert_non_null(p->client);
}

static inline void
pair_init(struct pair *p, bool client_says_hello, bool server_says_hello)
{
    const struct server_options_core options = { .rows = 24, .cols = 80 };
    pair_init_with(p, &options, client_says_hello, server_says_hello);
}

static inline void
pair_fini(struct pair *p)
{
    client_session_free(p->client);
    server_session_free(p->server);
    buf_fini(&p->datagram);
    buf_fini(&p->painted);
}

/* One turn of the client; deaf: what it sends is lost. */
static inline void
pair_turn_client(struct pair *p, bool deaf)
{
    struct path_order order;
    struct departure how;
    while (client_session_next_order(p->client, &order, p->now_ms)) {
        if (order.what == PATH_ORDER_OPEN)
            client_session_path_event(p->client, order.path, PATH_UP, p->now_ms);
    }
    client_session_tick(p->client, p->now_ms);
    while (client_session_next_datagram(p->client, &p->datagram, &how, p->now_ms)) {
        const struct arrival arrival = { .path = 1, .from = pair_addr((uint8_t)(1 + how.path)) };
        if (!deaf)
            (void)server_session_receive(p->server, 0, buf_view(&p->datagram), &arrival, p->now_ms);
    }
}

static inline void
pair_send_server(struct pair *p)
{
    struct departure how;
    while (server_session_next_datagram(p->server, 0, &p->datagram, &how, p->now_ms)) {
        const struct arrival arrival = { .path = (uint32_t)how.to.bytes[0] - 1,
                                         .from = pair_addr(1) };
        (void)client_session_receive(p->client, buf_view(&p->datagram), &arrival, p->now_ms);
    }
}

static inline void
pair_turn_server(struct pair *p)
{
    server_session_tick(p->server, p->now_ms);
    pair_send_server(p);
}

/* Let ms pass, one at a time. */
static inline void
pair_run(struct pair *p, uint64_t ms)
{
    for (uint64_t i = 0; i < ms; i++) {
        pair_turn_client(p, false);
        pair_turn_server(p);
        p->now_ms++;
    }
}

static inline void
pair_print(struct pair *p, const char *text)
{
    server_session_pty_output(p->server, view_of_text(text), p->now_ms);
}

/* The character at a place of the client's raw screen; ' ' for an empty cell. */
static inline char
pair_char(const struct pair *p, int row, int col)
{
    uint32_t text = client_session_raw(p->client)->row[row]->cell[col].text;
    return text == 0 ? ' ' : (char)text;
}

#endif
