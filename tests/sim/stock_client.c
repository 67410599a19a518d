/* The peer under a log of input. */
#include "stock_client.h"

#include <stdlib.h>

#include "base/mem.h"
#include "stock_lint.h"
#include "sync/host_state.h"
#include "sync/input_log.h"

#define CONTACT_MS 6500

struct stock_client {
    struct input_log input;
    struct stock_peer *peer;
};

static void
publish(struct stock_client *c)
{
    stock_peer_publish(c->peer, input_log_state(&c->input));
}

struct stock_client *
stock_client_new(const struct key *key, const struct addr *server, bool is_inet6, int rows,
                 int cols, uint64_t seed, uint64_t now_ms)
{
    struct stock_client *c = mem_new(1, sizeof *c);
    input_log_init(&c->input);
    const struct stock_peer_config config = { .key = key,
                                              .server = server,
                                              .is_inet6 = is_inet6,
                                              .outgoing = input_log_outgoing(&c->input),
                                              .incoming = stock_lint_incoming(),
                                              .first_outgoing = input_log_first(),
                                              .first_incoming = host_state_first(rows, cols),
                                              .seed = seed };
    c->peer = stock_peer_new(&config, now_ms);
    stock_client_resize(c, rows, cols, now_ms);
    return c;
}

void
stock_client_free(struct stock_client *c)
{
    if (c == NULL)
        return;
    stock_peer_free(c->peer);
    input_log_fini(&c->input);
    free(c);
}

void
stock_client_receive(struct stock_client *c, struct view datagram, const struct arrival *how,
                     uint64_t now_ms)
{
    stock_peer_receive(c->peer, datagram, how, now_ms);
    stock_peer_tick(c->peer, now_ms);
}

void
stock_client_type(struct stock_client *c, struct view keys, uint64_t now_ms)
{
    (void)input_log_put_keys(&c->input, keys);
    publish(c);
    stock_peer_tick(c->peer, now_ms);
}

void
stock_client_resize(struct stock_client *c, int rows, int cols, uint64_t now_ms)
{
    (void)input_log_put_resize(&c->input, rows, cols);
    publish(c);
    stock_peer_tick(c->peer, now_ms);
}

void
stock_client_tick(struct stock_client *c, uint64_t now_ms)
{
    stock_peer_tick(c->peer, now_ms);
}

bool
stock_client_next_datagram(struct stock_client *c, struct buf *out, struct departure *how,
                           uint64_t now_ms)
{
    return stock_peer_next_datagram(c->peer, out, how, now_ms);
}

uint64_t
stock_client_deadline_ms(struct stock_client *c, uint64_t now_ms)
{
    return stock_peer_deadline_ms(c->peer, now_ms);
}

const struct screen *
stock_client_screen(const struct stock_client *c)
{
    return host_state_of(stock_peer_newest(c->peer))->screen;
}

bool
stock_client_shows_contact(const struct stock_client *c, uint64_t now_ms)
{
    return now_ms - stock_peer_newest_ms(c->peer) > CONTACT_MS;
}

struct predict_sync
stock_client_sync(const struct stock_client *c)
{
    return (struct predict_sync){
        .sent = stock_peer_sent_num(c->peer),
        .echo_ack = host_state_of(stock_peer_newest(c->peer))->echo_ack,
        .send_interval_ms = (uint32_t)stock_link_interval_ms(stock_peer_link(c->peer)),
    };
}

bool
stock_client_is_over(const struct stock_client *c, uint64_t now_ms)
{
    return stock_peer_is_over(c->peer, now_ms);
}
