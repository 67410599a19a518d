/*
 * Two honest ends and a hostile network between them: payloads are lost, repeated, kept back and sent
 * out of order as the tape says. Once it delivers again, both ends are equal and every key arrived
 * once, in order. With an intruder who can speak (first byte), only that both survive.
 */
#include "net/transport/transport.h"
#include "sync/host_state.h"
#include "sync/input_log.h"
#include "term/display/project.h"
#include "play.h"
#include "tape.h"
#include "target.h"

#define QUEUE_MAX     64
#define PAYLOAD_MAX   2000
#define HEAL_STEP_MS  10
#define HEAL_LIMIT_MS 60000

struct queue {
    size_t count;
    struct buf payload[QUEUE_MAX];
};

struct pair {
    struct transport *client, *server;
    struct input_log typed, heard;
    struct emulator *program;
    enum caps_dialect dialect;
    struct queue up, down;
    struct buf keys, got; /* as typed, as delivered */
    struct input_cursor cursor;
    uint64_t now_ms;
};

static struct link_timing
timing(void)
{
    return (struct link_timing){ .srtt_ms = 40,
                                 .rto_ms = 120,
                                 .send_interval_ms = 20,
                                 .has_sample = true,
                                 .piece_bytes = 300,
                                 .has_peer = true,
                                 .allowance_bytes = SIZE_MAX,
                                 .has_heard = true };
}

/* What is due goes on its way; what has no place any more is lost. */
static void
collect(struct transport *t, struct queue *q, uint64_t now_ms)
{
    struct link_timing how = timing();
    how.last_heard_ms = now_ms;
    struct buf out;
    buf_init(&out, PAYLOAD_MAX);
    while (transport_next(t, &how, &out, now_ms)) {
        if (q->count == QUEUE_MAX)
            continue;
        struct buf *place = &q->payload[q->count++];
        buf_init(place, PAYLOAD_MAX);
        buf_put(place, buf_view(&out));
    }
    buf_fini(&out);
}

static void
drop(struct queue *q, size_t i)
{
    buf_fini(&q->payload[i]);
    for (q->count--; i < q->count; i++)
        q->payload[i] = q->payload[i + 1];
}

static void
take_input(struct pair *p)
{
    struct user_event event;
    struct buf scratch;
    uint64_t to = transport_newest(p->server)->position;
    buf_init(&scratch, INPUT_LOG_MAX_UNITS);
    while (input_log_next(&p->heard, &p->cursor, to, &scratch, &event)) {
        if (event.kind == USER_KEYS)
            buf_put(&p->got, event.keys);
        buf_clear(&scratch);
    }
    p->heard.delivered = p->cursor.position;
    buf_fini(&scratch);
}

static void
deliver(struct pair *p, struct queue *q, struct transport *to, size_t i)
{
    if (i >= q->count)
        return;
    (void)transport_receive(to, buf_view(&q->payload[i]), p->now_ms);
    if (to == p->server)
        take_input(p);
}

static void
type(struct pair *p, struct view keys)
{
    if (!input_log_put_keys(&p->typed, keys))
        return;
    buf_put(&p->keys, keys);
    transport_publish(p->client, input_log_state(&p->typed), p->now_ms);
}

/* The program's screen as the client can hold it; a new reference. */
static struct screen *
projected(const struct pair *p)
{
    struct screen *whole = emulator_snapshot(p->program, p->now_ms);
    struct screen *cut = screen_project(whole, &caps_skua);
    screen_unref(whole);
    return cut;
}

static void
print(struct pair *p, struct view bytes)
{
    play_all(p->program, bytes);
    struct state state = { .value = host_state_new(projected(p), 0, NULL) };
    transport_publish(p->server, state, p->now_ms);
}

static void
act(struct pair *p, struct reader *tape, bool has_intruder)
{
    struct queue *q = tape_pick(tape, 2) == 0 ? &p->up : &p->down;
    struct transport *to = q == &p->up ? p->server : p->client;
    size_t i = q->count > 0 ? tape_u8(tape) % q->count : 0;
    switch (tape_pick(tape, 8)) {
    case 0: type(p, tape_chunk(tape)); break;
    case 1: print(p, tape_chunk(tape)); break;
    case 2: transport_poke(to, p->now_ms); break;
    case 3: deliver(p, q, to, i); break; /* and again later */
    case 4:
        if (has_intruder)
            (void)transport_receive(to, tape_chunk(tape), p->now_ms);
        break;
    case 5:
        if (i < q->count)
            drop(q, i);
        break;
    default:
        deliver(p, q, to, i);
        if (i < q->count)
            drop(q, i);
    }
    p->now_ms += tape_u8(tape);
    collect(p->client, &p->up, p->now_ms);
    collect(p->server, &p->down, p->now_ms);
}

static bool
is_equal(const struct pair *p)
{
    struct screen *s = projected(p);
    const struct host_state *shown = host_state_of(transport_newest(p->client));
    bool equal = screen_equal(s, shown->screen) && p->got.len == p->keys.len;
    screen_unref(s);
    return equal;
}

static void
heal(struct pair *p)
{
    uint64_t limit_ms = p->now_ms + HEAL_LIMIT_MS;
    while (!is_equal(p) && p->now_ms < limit_ms) {
        for (; p->up.count > 0; drop(&p->up, 0))
            deliver(p, &p->up, p->server, 0);
        for (; p->down.count > 0; drop(&p->down, 0))
            deliver(p, &p->down, p->client, 0);
        p->now_ms += HEAL_STEP_MS;
        collect(p->client, &p->up, p->now_ms);
        collect(p->server, &p->down, p->now_ms);
    }
    assert(is_equal(p));
    assert(view_equal(buf_view(&p->got), buf_view(&p->keys)));
}

static void
start(struct pair *p)
{
    const struct transport_config client = { .role = TRANSPORT_CLIENT,
                                             .outgoing = input_log_outgoing(&p->typed),
                                             .incoming = host_state_incoming(),
                                             .first_outgoing = input_log_first(),
                                             .first_incoming = host_state_first(4, 10) };
    const struct transport_config server = { .role = TRANSPORT_SERVER,
                                             .outgoing = host_state_outgoing(&p->dialect),
                                             .incoming = input_log_incoming(&p->heard),
                                             .first_outgoing = host_state_first(4, 10),
                                             .first_incoming = input_log_first() };
    p->now_ms = 1000;
    p->dialect = CAPS_DIALECT_SKUA;
    input_log_init(&p->typed);
    input_log_init(&p->heard);
    buf_init(&p->keys, INPUT_LOG_MAX_UNITS);
    buf_init(&p->got, INPUT_LOG_MAX_UNITS);
    p->program = emulator_new(EMULATOR_PTY, screen_new(4, 10));
    p->client = transport_new(&client, p->now_ms);
    p->server = transport_new(&server, p->now_ms);
}

static void
end(struct pair *p)
{
    while (p->up.count > 0)
        drop(&p->up, 0);
    while (p->down.count > 0)
        drop(&p->down, 0);
    transport_free(p->server);
    transport_free(p->client);
    emulator_free(p->program);
    buf_fini(&p->got);
    buf_fini(&p->keys);
    input_log_fini(&p->heard);
    input_log_fini(&p->typed);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct reader tape = reader_of(view_of(data, size));
    struct pair p = { 0 };
    bool has_intruder = tape_pick(&tape, 4) == 3;
    start(&p);
    while (!tape_is_over(&tape))
        act(&p, &tape, has_intruder);
    if (!has_intruder)
        heal(&p);
    end(&p);
    return 0;
}
