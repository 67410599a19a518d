/* A sender of a counter on a path of 100 ms, and the time, which moves only when told to. */
#ifndef SKUA_TESTS_UNIT_NET_TRANSPORT_SENDER_FIXTURE_H
#define SKUA_TESTS_UNIT_NET_TRANSPORT_SENDER_FIXTURE_H

#include "test.h"

#include "net/transport/counter.h"
#include "net/transport/pacer.h"
#include "net/transport/cadence.h"
#include "net/transport/sender.h"

struct fixture {
    struct counter counter;
    struct syncable object;
    struct sender *sender;
    struct link_timing timing;
    struct instruction out;
    bool can_repeat;
    uint64_t now_ms;
};

static inline void
start(struct fixture *f, bool is_client)
{
    const struct hello hello = { .version = 1, .features = 5 };
    *f = (struct fixture){ .now_ms = 100000 };
    f->object = counter_syncable(&f->counter);
    f->sender = sender_new(&f->object, counter_at(&f->counter, 0), is_client, &hello, 9, f->now_ms);
    f->timing = (struct link_timing){
        .srtt_ms = 100,
        .rto_ms = 300,
        .send_interval_ms = 50,
        .has_sample = true,
        .piece_bytes = 1214,
        .has_peer = true,
        .allowance_bytes = SIZE_MAX,
        .has_heard = true,
        .last_heard_ms = f->now_ms,
    };
}

static inline void
end(struct fixture *f)
{
    sender_free(f->sender);
    sender_free(NULL);
    assert_int_equal(f->counter.held, 0);
}

static inline void
publish(struct fixture *f, uint64_t position)
{
    sender_publish(f->sender, counter_at(&f->counter, position), f->now_ms);
}

static inline enum sender_step
next(struct fixture *f)
{
    return sender_next(f->sender, &f->timing, &f->out, &f->can_repeat, f->now_ms);
}

/* Let time pass until something is due, and take it. */
static inline enum sender_step
next_due(struct fixture *f)
{
    for (int i = 0; i < 10; i++) {
        uint64_t at = sender_deadline_ms(f->sender, &f->timing, f->now_ms);
        assert_true(at != UINT64_MAX && at >= f->now_ms);
        f->now_ms = at;
        enum sender_step step = next(f);
        if (step != SENDER_NOTHING)
            return step;
    }
    fail_msg("a deadline without anything to do");
    return SENDER_NOTHING;
}

static inline void
expect(const struct fixture *f, uint64_t old_num, uint64_t new_num, uint64_t throwaway)
{
    assert_true(f->out.old_num == old_num);
    assert_true(f->out.new_num == new_num);
    assert_true(f->out.throwaway_num == throwaway);
    assert_int_equal(f->out.protocol_version, INSTRUCTION_PROTOCOL_VERSION);
    assert_int_equal(f->out.hello.features, throwaway == 0 ? 5 : 0); /* until it is known */
}

/* Send whatever is due now, as a peer that acknowledges everything would see it. */
static inline void
settle(struct fixture *f)
{
    while (next(f) != SENDER_NOTHING)
        ;
    sender_ack(f->sender, sender_figures(f->sender).sent_num);
}

static inline bool
is_filler(struct view diff)
{
    const uint8_t filler[] = { 0xc0, 0x3e, 0x00 };
    return view_equal(diff, view_of(filler, sizeof filler));
}

#endif
