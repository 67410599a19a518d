/* The peer under our emulator. Stock's list of input states waits for its second entry: kept so. */
#include "stock_server.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "sync/host_state.h"
#include "sync/input_log.h"
#include "term/display/project.h"
#include "term/emulator/emulator.h"

#define ECHO_MS     50
#define WAITING_MAX 1024

struct stock_server {
    struct emulator *emulator;
    struct input_log input;
    struct stock_peer *peer;
    struct buf pty_input, keys;
    struct screen *shown;
    uint64_t echo_ack, shown_echo_ack, delivered_num;
    size_t waiting; /* input states, oldest first; the newest acknowledged one stays */
    struct {
        uint64_t num, at_ms;
    } input_state[WAITING_MAX];
};

static const enum caps_dialect dialect = CAPS_DIALECT_STOCK;

struct stock_server *
stock_server_new(const struct key *key, bool is_inet6, uint64_t seed, uint64_t now_ms)
{
    struct stock_server *s = mem_new(1, sizeof *s);
    s->emulator = emulator_new(EMULATOR_PTY, screen_new(24, 80));
    input_log_init(&s->input);
    buf_init(&s->pty_input, INPUT_LOG_MAX_UNITS);
    buf_init(&s->keys, INPUT_LOG_MAX_UNITS);
    const struct stock_peer_config config = { .key = key,
                                              .is_inet6 = is_inet6,
                                              .outgoing = host_state_outgoing(&dialect),
                                              .incoming = input_log_incoming(&s->input),
                                              .first_outgoing = host_state_first(24, 80),
                                              .first_incoming = input_log_first(),
                                              .seed = seed };
    s->peer = stock_peer_new(&config, now_ms);
    return s;
}

void
stock_server_free(struct stock_server *s)
{
    if (s == NULL)
        return;
    stock_peer_free(s->peer);
    screen_unref(s->shown);
    emulator_free(s->emulator);
    input_log_fini(&s->input);
    buf_fini(&s->pty_input);
    buf_fini(&s->keys);
    free(s);
}

static void
deliver(struct stock_server *s, uint64_t now_ms)
{
    uint64_t num = stock_peer_newest_num(s->peer), end = stock_peer_newest(s->peer)->position;
    struct input_cursor cursor = input_log_cursor(&s->input, s->input.delivered);
    struct user_event event;
    if (num == s->delivered_num || num == INSTRUCTION_SHUTDOWN)
        return;
    s->delivered_num = num;
    bool any = cursor.position < end;
    while (cursor.position < end && input_log_next(&s->input, &cursor, end, &s->keys, &event)) {
        if (event.kind == USER_KEYS)
            buf_put(&s->pty_input, event.keys);
        else if (event.kind == USER_RESIZE)
            emulator_resize(s->emulator, event.rows, event.cols, now_ms);
    }
    s->input.delivered = cursor.position;
    if (!any)
        return;
    if (s->waiting == WAITING_MAX)
        abort();
    s->input_state[s->waiting].num = num;
    s->input_state[s->waiting].at_ms = now_ms;
    s->waiting++;
}

static void
acknowledge_echoes(struct stock_server *s, uint64_t now_ms)
{
    uint64_t newest = 0;
    for (size_t i = 0; i < s->waiting; i++) {
        if (s->input_state[i].at_ms + ECHO_MS <= now_ms)
            newest = s->input_state[i].num;
    }
    size_t gone = 0;
    while (gone < s->waiting && s->input_state[gone].num < newest)
        gone++;
    s->waiting -= gone;
    memmove(s->input_state, s->input_state + gone, s->waiting * sizeof s->input_state[0]);
    s->echo_ack = newest > s->echo_ack ? newest : s->echo_ack;
}

static void
publish(struct stock_server *s, uint64_t now_ms)
{
    struct screen *screen = emulator_snapshot(s->emulator, now_ms);
    if (screen == s->shown && s->echo_ack == s->shown_echo_ack) {
        screen_unref(screen);
        return;
    }
    const struct hints none = { 0 };
    screen_unref(s->shown);
    s->shown = screen;
    s->shown_echo_ack = s->echo_ack;
    struct host_state *state =
        host_state_new(screen_project(screen, &caps_stock), s->echo_ack, &none);
    stock_peer_publish(s->peer, (struct state){ .value = state });
}

void
stock_server_tick(struct stock_server *s, uint64_t now_ms)
{
    if (!stock_peer_is_shutting(s->peer)) {
        acknowledge_echoes(s, now_ms);
        publish(s, now_ms);
    }
    stock_peer_tick(s->peer, now_ms);
}

void
stock_server_receive(struct stock_server *s, struct view datagram, const struct arrival *how,
                     uint64_t now_ms)
{
    stock_peer_receive(s->peer, datagram, how, now_ms);
    deliver(s, now_ms);
    stock_server_tick(s, now_ms);
}

void
stock_server_pty_output(struct stock_server *s, struct view bytes, uint64_t now_ms)
{
    emulator_feed(s->emulator, bytes, now_ms);
    struct buf *answers = emulator_replies(s->emulator);
    buf_put(&s->pty_input, buf_view(answers));
    buf_clear(answers);
    stock_server_tick(s, now_ms);
}

struct buf *
stock_server_pty_input(struct stock_server *s)
{
    return &s->pty_input;
}

bool
stock_server_next_datagram(struct stock_server *s, struct buf *out, struct departure *how,
                           uint64_t now_ms)
{
    return stock_peer_next_datagram(s->peer, out, how, now_ms);
}

uint64_t
stock_server_deadline_ms(struct stock_server *s, uint64_t now_ms)
{
    uint64_t deadline = stock_peer_deadline_ms(s->peer, now_ms);
    /* The quirk: the second entry is waited for, not the first. */
    if (s->waiting < 2 || stock_peer_is_shutting(s->peer))
        return deadline;
    uint64_t echo_ms = s->input_state[1].at_ms + ECHO_MS;
    return echo_ms < deadline ? echo_ms : deadline;
}

void
stock_server_shutdown(struct stock_server *s, uint64_t now_ms)
{
    publish(s, now_ms);
    stock_peer_shutdown(s->peer, now_ms);
}

bool
stock_server_is_over(const struct stock_server *s, uint64_t now_ms)
{
    return stock_peer_is_over(s->peer, now_ms);
}

bool
stock_server_has_client(const struct stock_server *s)
{
    return stock_peer_newest_num(s->peer) != 0;
}

bool
stock_server_has_peer(const struct stock_server *s)
{
    return stock_peer_link(s->peer)->has_peer;
}

struct screen *
stock_server_snapshot(struct stock_server *s, uint64_t now_ms)
{
    return emulator_snapshot(s->emulator, now_ms);
}
