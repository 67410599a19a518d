/*
 * Two transports and a network between them, all in memory, on a clock that the test turns. Losses,
 * delays and duplicates come from a seed. Stands in for the link: it measures the round trip and knows
 * when something was heard.
 */
#ifndef SKUA_TESTS_UNIT_NET_TRANSPORT_CHANNEL_H
#define SKUA_TESTS_UNIT_NET_TRANSPORT_CHANNEL_H

#include "test.h"

#include "net/transport/counter.h"
#include "net/transport/transport.h"

#define CHANNEL_FLIGHT_MAX 4096
#define CHANNEL_PIECE      1214

struct flight {
    bool used;
    int to;
    uint64_t at_ms;
    uint8_t bytes[2048];
    size_t len;
};

struct end {
    struct transport *transport;
    struct counter out, in;
    struct link_timing timing;
    uint64_t position;         /* what was published last */
    uint64_t sent, sent_bytes; /* datagrams; with headers of UDP and IPv4 */
};

struct channel {
    struct end end[2]; /* 0: client, 1: server */
    struct flight *flight;
    uint64_t now_ms, random;
    unsigned loss[2]; /* of 1000, on the way to this end */
    unsigned delay_ms, jitter_ms, duplicates;
};

static inline unsigned
channel_random(struct channel *c, unsigned below)
{
    c->random = c->random * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)((c->random >> 33) % below);
}

static inline void
channel_publish(struct channel *c, int end, uint64_t position)
{
    struct end *e = &c->end[end];
    e->position = position;
    transport_publish(e->transport, counter_at(&e->out, position), c->now_ms);
}

static inline void
channel_init(struct channel *c, uint64_t seed, unsigned delay_ms)
{
    *c = (struct channel){ .random = seed, .now_ms = 1000000, .delay_ms = delay_ms };
    c->flight = calloc(CHANNEL_FLIGHT_MAX, sizeof *c->flight);
    assert_non_null(c->flight);
    for (int i = 0; i < 2; i++) {
        struct end *e = &c->end[i];
        const struct transport_config config = {
            .role = i == 0 ? TRANSPORT_CLIENT : TRANSPORT_SERVER,
            .outgoing = counter_syncable(&e->out),
            .incoming = counter_syncable(&e->in),
            .first_outgoing = counter_at(&e->out, 0),
            .first_incoming = counter_at(&e->in, 0),
            .hello = { .version = 1 },
            .seed = seed * 2 + (uint64_t)i,
        };
        e->transport = transport_new(&config, c->now_ms);
        e->timing = (struct link_timing){ .srtt_ms = 1000,
                                          .rto_ms = 1000,
                                          .send_interval_ms = 250,
                                          .piece_bytes = CHANNEL_PIECE,
                                          .has_peer = i == 0,
                                          .allowance_bytes = SIZE_MAX };
    }
}

static inline void
channel_fini(struct channel *c)
{
    for (int i = 0; i < 2; i++) {
        transport_free(c->end[i].transport);
        assert_int_equal(c->end[i].out.held, 0);
        assert_int_equal(c->end[i].in.held, 0);
    }
    free(c->flight);
}

static inline void
channel_post(struct channel *c, int to, struct view payload)
{
    if (channel_random(c, 1000) < c->loss[to])
        return;
    unsigned copies = 1 + (channel_random(c, 1000) < c->duplicates);
    while (copies-- > 0) {
        size_t i = 0;
        while (i < CHANNEL_FLIGHT_MAX && c->flight[i].used)
            i++;
        if (i == CHANNEL_FLIGHT_MAX)
            return; /* a full queue drops */
        struct flight *f = &c->flight[i];
        f->used = true;
        f->to = to;
        f->at_ms = c->now_ms + c->delay_ms;
        if (c->jitter_ms > 0)
            f->at_ms += channel_random(c, c->jitter_ms);
        f->len = payload.len;
        memcpy(f->bytes, payload.data, payload.len);
    }
}

static inline void
channel_heard(struct channel *c, struct end *e)
{
    uint64_t rtt = 2 * (uint64_t)c->delay_ms + c->jitter_ms;
    e->timing.has_peer = e->timing.has_heard = e->timing.has_sample = true;
    e->timing.last_heard_ms = c->now_ms;
    e->timing.srtt_ms = rtt;
    e->timing.rto_ms = rtt + 30 < 50 ? 50 : rtt + 30;
    e->timing.send_interval_ms = rtt / 2 < 20 ? 20 : rtt / 2 > 250 ? 250 : rtt / 2;
}

/* Everything that happens at c->now_ms. */
static inline void
channel_settle(struct channel *c)
{
    for (size_t i = 0; i < CHANNEL_FLIGHT_MAX; i++) {
        struct flight *f = &c->flight[i];
        if (!f->used || f->at_ms > c->now_ms)
            continue;
        f->used = false;
        channel_heard(c, &c->end[f->to]);
        transport_receive(c->end[f->to].transport, view_of(f->bytes, f->len), c->now_ms);
    }
    struct buf out;
    buf_init(&out, 2048);
    for (int i = 0; i < 2; i++) {
        struct end *e = &c->end[i];
        int guard = 0;
        while (transport_next(e->transport, &e->timing, &out, c->now_ms)) {
            assert_true(guard++ < 20000);
            assert_true(out.len <= CHANNEL_PIECE + 10);
            e->sent++;
            e->sent_bytes += out.len + 28 + 28;
            channel_post(c, 1 - i, buf_view(&out));
        }
    }
    buf_fini(&out);
}

static inline uint64_t
channel_next_ms(struct channel *c)
{
    uint64_t next = UINT64_MAX;
    for (size_t i = 0; i < CHANNEL_FLIGHT_MAX; i++) {
        if (c->flight[i].used && c->flight[i].at_ms < next)
            next = c->flight[i].at_ms;
    }
    for (int i = 0; i < 2; i++) {
        struct end *e = &c->end[i];
        uint64_t due = transport_deadline_ms(e->transport, &e->timing, c->now_ms);
        if (due < next)
            next = due;
    }
    return next;
}

/* Let ms pass. */
static inline void
channel_run(struct channel *c, uint64_t ms)
{
    uint64_t end = c->now_ms + ms;
    int still = 0;
    channel_settle(c);
    for (;;) {
        uint64_t next = channel_next_ms(c);
        if (next > end)
            break;
        assert_true(still++ < 100000); /* time does move on */
        if (next > c->now_ms)
            c->now_ms = next;
        channel_settle(c);
    }
    c->now_ms = end;
}

/* Whether each end holds what the other published. */
static inline bool
channel_is_equal(struct channel *c)
{
    for (int i = 0; i < 2; i++) {
        if (transport_newest(c->end[i].transport)->position != c->end[1 - i].position)
            return false;
    }
    return true;
}

/* How many milliseconds pass until both are equal; fails after limit. */
static inline uint64_t
channel_run_until_equal(struct channel *c, uint64_t limit_ms)
{
    uint64_t start = c->now_ms;
    channel_settle(c);
    while (!channel_is_equal(c)) {
        uint64_t next = channel_next_ms(c);
        if (next > start + limit_ms)
            fail_msg("not equal after %u ms", (unsigned)limit_ms);
        if (next > c->now_ms)
            c->now_ms = next;
        channel_settle(c);
    }
    return c->now_ms - start;
}

#endif
