/* A pacer on a path of 100 ms: RTO 300, send interval 50. */
#ifndef SKUA_TESTS_UNIT_NET_TRANSPORT_PACER_FIXTURE_H
#define SKUA_TESTS_UNIT_NET_TRANSPORT_PACER_FIXTURE_H

#include "test.h"

#include "net/transport/pacer.h"

#define START 100000

static inline struct link_timing
timing_of_100_ms(void)
{
    return (struct link_timing){
        .srtt_ms = 100,
        .rto_ms = 300,
        .send_interval_ms = 50,
        .has_sample = true,
        .piece_bytes = 1214,
        .has_peer = true,
        .allowance_bytes = SIZE_MAX,
        .has_heard = true,
        .last_heard_ms = START,
    };
}

struct fixture {
    struct pacer pacer;
    struct link_timing timing;
    struct pacer_facts facts;
    enum pacer_what what;
};

static inline struct fixture
make(bool is_client)
{
    struct fixture f = { .timing = timing_of_100_ms() };
    f.facts.assumed_until_ms = UINT64_MAX;
    pacer_init(&f.pacer, is_client, 42);
    f.pacer.last_input_ms = START; /* not idle */
    return f;
}

static inline uint64_t
due(struct fixture *f, uint64_t now_ms)
{
    uint64_t window = pacer_window_ms(&f->timing, false);
    return pacer_due_ms(&f->pacer, &f->facts, &f->timing, window, &f->what, now_ms);
}

static inline void
sent(struct fixture *f, enum pacer_what what, size_t diff_bytes, uint64_t now_ms)
{
    const struct pacer_sent s = { .what = what,
                                  .is_new = true,
                                  .is_data = diff_bytes > 0,
                                  .has_ack = true,
                                  .diff_bytes = diff_bytes };
    pacer_note_sent(&f->pacer, &s, &f->timing, now_ms);
}

/* The end that has spoken once, so that no first heartbeat is due. */
static inline struct fixture
make_settled(bool is_client)
{
    struct fixture f = make(is_client);
    sent(&f, PACER_HEARTBEAT, 0, START);
    return f;
}

static inline void
change(struct fixture *f, uint64_t now_ms)
{
    f->facts.fresh = true;
    pacer_note_change(&f->pacer, now_ms);
}

#endif
