/* A client's loop with nobody at the keys and nothing to paint on. */
#include "endpoints/client/reach.h"

#include "endpoints/client/client.h"
#include "endpoints/client/sockets.h"
#include "rim/clock.h"
#include "rim/loop.h"
#include "rim/random.h"
#include "rim/resolve.h"
#include "session/client_session.h"

#define ROWS 24
#define COLS 80

/* The end of a session is said more than once; who does not hear it stops by himself. */
#define END_MS 2000

struct reach {
    struct loop *loop;
    struct sockets *sockets;
    struct client_session *session;
    struct addr peers[CLIENT_ADDRESSES_MAX];
    bool heard;
};

static void
obey_orders(struct reach *r)
{
    struct path_order order;
    uint64_t now_ms = clock_now_ms();

    while (client_session_next_order(r->session, &order, now_ms)) {
        enum path_event event = sockets_obey(r->sockets, &order, NULL);
        client_session_path_event(r->session, order.path, event, now_ms);
    }
}

static void
send_due(struct reach *r, struct buf *datagram)
{
    struct departure how;
    int os_error;

    buf_clear(datagram);
    while (client_session_next_datagram(r->session, datagram, &how, clock_now_ms())) {
        sockets_send(r->sockets, buf_view(datagram), &how, &os_error);
        buf_clear(datagram);
    }
}

static void
receive(struct reach *r)
{
    struct view datagram;
    struct arrival how;

    while (sockets_receive(r->sockets, &datagram, &how)) {
        uint64_t now_ms = clock_now_ms();
        if (client_session_receive(r->session, datagram, &how, now_ms) != SKUA_OK || r->heard)
            continue;
        r->heard = true;
        client_session_shutdown(r->session, "", now_ms);
    }
}

static void
run(struct reach *r, uint64_t wait_ms)
{
    struct buf datagram;
    uint64_t deadline_ms = clock_now_ms() + wait_ms;
    bool had_heard = false;

    buf_init(&datagram, LINK_DATAGRAM_MAX_BYTES);
    while (clock_now_ms() < deadline_ms &&
           client_session_end(r->session, clock_now_ms()) == CLIENT_GOES_ON) {
        obey_orders(r);
        send_due(r, &datagram);
        obey_orders(r);
        uint64_t due_ms = client_session_deadline_ms(r->session, clock_now_ms());
        loop_wait(r->loop, due_ms < deadline_ms ? due_ms : deadline_ms);
        receive(r);
        client_session_tick(r->session, clock_now_ms());
        if (r->heard && !had_heard)
            deadline_ms = clock_now_ms() + END_MS;
        had_heard = r->heard;
    }
    send_due(r, &datagram);
    buf_fini(&datagram);
}

static enum skua_err
start(struct reach *r, const char *const *addresses, size_t count, uint16_t port,
      const struct key *key, struct fail *why)
{
    struct link_peer peers[CLIENT_ADDRESSES_MAX];
    uint64_t seed;
    enum skua_err err;

    for (size_t i = 0; i < count; i++) {
        if ((err = resolve_numeric(addresses[i], port, &r->peers[i])) != SKUA_OK)
            return fail_set(why, err, 0, "bad IP address (%s)", addresses[i]);
        bool is_inet6 = resolve_family_of(&r->peers[i]) == RESOLVE_INET6;
        peers[i] = (struct link_peer){ .addr = r->peers[i],
                                       .family = is_inet6 ? PATH_FAMILY_V6 : PATH_FAMILY_V4 };
    }
    if ((err = random_fill(&seed, sizeof seed, why)) != SKUA_OK ||
        (err = loop_new(&r->loop, why)) != SKUA_OK)
        return err;
    const struct client_session_config config = {
        .key = key,
        .peers = peers,
        .peer_count = count,
        .server_port = port,
        .rows = ROWS,
        .cols = COLS,
        .name = "skua",
        .caps = caps_xterm,
        .seed = seed,
    };
    r->session = client_session_new(&config, clock_now_ms());
    if (r->session == NULL)
        return fail_set(why, SKUA_ERR_SYSTEM, 0, "the crypto library refuses to work");
    r->sockets = sockets_new(r->loop, r->peers, count);
    return SKUA_OK;
}

enum skua_err
reach_server(const char *const *addresses, size_t count, uint16_t port, const struct key *key,
             uint64_t wait_ms, bool *heard, struct fail *why)
{
    struct reach r = { 0 };
    size_t used = count < CLIENT_ADDRESSES_MAX ? count : CLIENT_ADDRESSES_MAX;

    enum skua_err err = start(&r, addresses, used, port, key, why);
    if (err == SKUA_OK) {
        run(&r, wait_ms);
        *heard = r.heard;
    }
    sockets_free(r.sockets);
    client_session_free(r.session);
    loop_free(r.loop);
    return err;
}
