/* One transport that is fed by hand, instruction by instruction, with anything. */
#ifndef SKUA_TESTS_UNIT_NET_TRANSPORT_HAND_H
#define SKUA_TESTS_UNIT_NET_TRANSPORT_HAND_H

#include "test.h"

#include "net/transport/counter.h"
#include "net/transport/deflate.h"
#include "net/transport/fragment.h"
#include "net/transport/transport.h"

/* One transport, fed by hand. */
struct hand {
    struct counter out, in;
    struct transport *transport;
    struct link_timing timing;
    struct buf payload, packed, plain;
    struct deflate *deflate;
    uint64_t id, now_ms;
    char line[256];
    int lines;
};

static inline void
note_line(void *context, const char *line)
{
    struct hand *h = context;
    h->lines++;
    snprintf(h->line, sizeof h->line, "%s", line);
}

static inline void
hand_init(struct hand *h, enum transport_role role, const struct trace *trace)
{
    *h = (struct hand){ .now_ms = 50000 };
    const struct transport_config config = {
        .role = role,
        .outgoing = counter_syncable(&h->out),
        .incoming = counter_syncable(&h->in),
        .first_outgoing = counter_at(&h->out, 0),
        .first_incoming = counter_at(&h->in, 0),
        .seed = 5,
        .trace = trace,
    };
    h->transport = transport_new(&config, h->now_ms);
    h->timing = (struct link_timing){ .rto_ms = 100,
                                      .send_interval_ms = 20,
                                      .piece_bytes = 1214,
                                      .has_peer = true,
                                      .allowance_bytes = SIZE_MAX,
                                      .has_heard = true,
                                      .last_heard_ms = h->now_ms };
    buf_init(&h->payload, 2048);
    buf_init(&h->packed, 1 << 16);
    buf_init(&h->plain, 1 << 16);
    h->deflate = deflate_new(DEFLATE_SCREENS);
}

static inline void
hand_fini(struct hand *h)
{
    transport_free(h->transport);
    assert_int_equal(h->out.held, 0);
    assert_int_equal(h->in.held, 0);
    deflate_free(h->deflate);
    buf_fini(&h->payload);
    buf_fini(&h->packed);
    buf_fini(&h->plain);
}

/* Give bytes as a compressed instruction of one fragment. */
static inline enum skua_err
give_plain(struct hand *h, struct view plain)
{
    buf_clear(&h->packed);
    buf_clear(&h->payload);
    assert_int_equal(deflate_pack(h->deflate, plain, &h->packed), SKUA_OK);
    const struct fragment f = { .id = ++h->id, .final = true, .body = buf_view(&h->packed) };
    assert_int_equal(fragment_encode(&f, &h->payload), SKUA_OK);
    return transport_receive(h->transport, buf_view(&h->payload), h->now_ms);
}

static inline enum skua_err
give(struct hand *h, const struct instruction *in)
{
    buf_clear(&h->plain);
    assert_int_equal(instruction_encode(in, &h->plain), SKUA_OK);
    return give_plain(h, buf_view(&h->plain));
}

/* An instruction of version 2 with a counter's diff. */
static inline enum skua_err
give_state(struct hand *h, uint64_t old_num, uint64_t new_num, uint64_t ack, uint64_t throwaway)
{
    struct buf diff;
    buf_init(&diff, 100);
    const struct state from = { .position = old_num }, to = { .position = new_num };
    counter_diff(&h->in, &from, old_num, &to, &diff);
    const struct instruction in = { .protocol_version = INSTRUCTION_PROTOCOL_VERSION,
                                    .old_num = old_num,
                                    .new_num = new_num,
                                    .ack_num = ack,
                                    .throwaway_num = throwaway,
                                    .diff = buf_view(&diff) };
    enum skua_err err = give(h, &in);
    buf_fini(&diff);
    return err;
}

static inline uint64_t
dropped(const struct hand *h, enum skua_err err)
{
    return transport_stats(h->transport)->dropped[err];
}

#endif
