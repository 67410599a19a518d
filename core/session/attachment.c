/*
 * Link, transport, dialect, input log and echo ack of one client, wired together. The dialect moves
 * from stock to Skua with the first hello that arrives, and never back.
 */
#include "session/attachment.h"

#include <stdlib.h>

#include "base/mem.h"
#include "session/features.h"
#include "session/wire_record.h"
#include "sync/echo_ack.h"
#include "sync/host_state.h"
#include "sync/input_log.h"
#include "term/display/project.h"

/* Keys handed to the pty's queue at once; the rest waits in the log, where it is bounded too. */
#define INPUT_CHUNK_BYTES (64 * 1024)

struct attachment {
    enum attachment_role role;
    struct link *link;
    struct transport *transport;
    enum caps_dialect dialect;
    struct input_log input;
    struct echo_ack echo_ack;
    struct translate translate;
    struct buf scratch, payload, keys;
    struct addr peer;
    uint64_t delivered_num;   /* newest client state that was handed over */
    struct hints hints;       /* as last published */
    struct screen *screen;    /* as last published, before projection */
    struct event_counts seen; /* events before this client: to it they never happened */
    uint64_t published_echo_ack;
    bool republish; /* the dialect changed */
};

struct attachment *
attachment_new(const struct attachment_config *config, uint64_t now_ms)
{
    struct link *link = link_new_server(config->key, config->path, config->family, now_ms);
    if (link == NULL)
        return NULL;
    struct attachment *a = mem_new(1, sizeof *a);
    a->role = config->role;
    a->link = link;
    a->dialect = CAPS_DIALECT_STOCK;
    a->seen = config->seen;
    input_log_init(&a->input);
    buf_init(&a->scratch, LINK_DATAGRAM_MAX_BYTES);
    buf_init(&a->payload, LINK_DATAGRAM_MAX_BYTES);
    buf_init(&a->keys, INPUT_LOG_MAX_UNITS);
    struct transport_config transport = {
        .role = TRANSPORT_SERVER,
        .outgoing = host_state_outgoing(&a->dialect),
        .incoming = input_log_incoming(&a->input),
        .first_outgoing = host_state_first(config->rows, config->cols),
        .first_incoming = input_log_first(),
        .seed = config->seed,
        .trace = config->trace,
    };
    if (config->says_hello)
        transport.hello = features_ours(false);
    a->transport = transport_new(&transport, now_ms);
    return a;
}

void
attachment_free(struct attachment *a)
{
    if (a == NULL)
        return;
    screen_unref(a->screen);
    transport_free(a->transport);
    link_free(a->link);
    input_log_fini(&a->input);
    buf_wipe(&a->keys);
    buf_fini(&a->keys);
    buf_wipe(&a->scratch);
    buf_fini(&a->scratch);
    buf_wipe(&a->payload);
    buf_fini(&a->payload);
    free(a);
}

static void
choose_dialect(struct attachment *a)
{
    if (a->dialect == CAPS_DIALECT_SKUA ||
        !features_have(transport_peer_hello(a->transport), FEATURE_SKUA_SCREEN))
        return;
    a->dialect = CAPS_DIALECT_SKUA;
    a->republish = true;
}

enum skua_err
attachment_receive(struct attachment *a, struct view datagram, const struct arrival *how,
                   uint64_t now_ms)
{
    struct link_payload payload;
    enum skua_err err = link_receive(a->link, datagram, how, &a->scratch, &payload, now_ms);
    if (err != SKUA_OK)
        return err;
    if (payload.moved)
        a->peer = how->from;
    uint64_t acked = transport_acked_num(a->transport);
    err = transport_receive(a->transport, payload.bytes, now_ms);
    choose_dialect(a);
    if (features_have(transport_peer_hello(a->transport), FEATURE_METERED))
        transport_note_metered(a->transport);
    if (transport_acked_num(a->transport) != acked) {
        link_note_acked(a->link, transport_acked_sent_ms(a->transport), now_ms);
        if (payload.newest)
            link_confirm_path(a->link, transport_acked_first_sent_ms(a->transport));
    }
    if (transport_take_black_hole(a->transport))
        link_note_black_hole(a->link, now_ms);
    if (payload.moved)
        transport_poke(a->transport, now_ms);
    return err;
}

static void
take_event(struct attachment *a, const struct user_event *event,
           const struct translate_modes *modes, struct buf *keys, struct attachment_input *out,
           uint64_t now_ms)
{
    switch (event->kind) {
    case USER_KEYS: translate_bytes(&a->translate, event->keys, modes, keys, now_ms); break;
    case USER_RESIZE:
        if (screen_size_is_valid(event->rows, event->cols)) {
            out->has_window = true;
            out->rows = event->rows;
            out->cols = event->cols;
        }
        break;
    case USER_RECORD:
        out->has_record = true;
        out->record = wire_record_parse(&event->record);
        break;
    }
}

void
attachment_take_input(struct attachment *a, const struct translate_modes *modes, struct buf *keys,
                      struct attachment_input *out, uint64_t now_ms)
{
    *out = (struct attachment_input){ 0 };
    uint64_t end = transport_newest(a->transport)->position;
    uint64_t num = transport_newest_num(a->transport);
    struct input_cursor cursor = input_log_cursor(&a->input, a->input.delivered);
    struct user_event event;
    bool any = cursor.position < end;
    while (cursor.position < end) {
        /* Translation adds at most one byte to each. */
        size_t room = keys->len >= INPUT_CHUNK_BYTES ? 0 : INPUT_CHUNK_BYTES - keys->len;
        uint64_t to = end - cursor.position > room ? cursor.position + room : end;
        if (room == 0 || !input_log_next(&a->input, &cursor, to, &a->keys, &event))
            break;
        if (a->role == ATTACHMENT_DRIVING)
            take_event(a, &event, modes, keys, out, now_ms);
    }
    a->input.delivered = cursor.position;
    if (any && cursor.position == end && num != INSTRUCTION_SHUTDOWN)
        echo_ack_note(&a->echo_ack, num, now_ms);
    translate_flush(&a->translate, keys, now_ms);
    a->delivered_num = num;
}

/*
 * Take over what is known of the tty. Returns whether the client must be told now; the rest goes with
 * the next screen.
 */
static bool
hints_moved(struct attachment *a, const struct hints *hints)
{
    if (hints == NULL || !features_have(transport_peer_hello(a->transport), FEATURE_HINTS))
        return false;
    const struct hints was = a->hints;
    a->hints = *hints;
    bool echoes_same = was.known && was.echo == hints->echo && was.canonical == hints->canonical;
    a->hints.since_input = echoes_same ? was.since_input : a->delivered_num;
    return !hints_same_mode(&was, hints);
}

void
attachment_publish(struct attachment *a, struct screen *screen, const struct hints *hints,
                   uint64_t now_ms)
{
    uint64_t echo_ack = echo_ack_value(&a->echo_ack, now_ms);
    bool moved = hints_moved(a, hints);
    if (screen == a->screen && echo_ack == a->published_echo_ack && !moved && !a->republish)
        return;
    screen_ref(screen);
    screen_unref(a->screen);
    a->screen = screen;
    a->published_echo_ack = echo_ack;
    a->republish = false;
    struct screen *recent = events_since(screen, &a->seen);
    struct screen *projected =
        screen_project(recent, a->dialect == CAPS_DIALECT_SKUA ? &caps_skua : &caps_stock);
    screen_unref(recent);
    struct state state = { .value = host_state_new(projected, echo_ack, &a->hints) };
    transport_publish(a->transport, state, now_ms);
}

bool
attachment_can_wait(struct attachment *a, uint64_t now_ms)
{
    const struct link_timing timing = link_timing(a->link, now_ms);
    return echo_ack_deadline_ms(&a->echo_ack) > now_ms &&
           transport_is_waiting(a->transport, &timing, now_ms);
}

void
attachment_touch(struct attachment *a, uint64_t now_ms)
{
    transport_touch(a->transport, now_ms);
}

void
attachment_quiet(struct attachment *a)
{
    transport_quiet(a->transport);
}

bool
attachment_next_datagram(struct attachment *a, struct buf *out, struct departure *how,
                         uint64_t now_ms)
{
    const struct link_timing timing = link_timing(a->link, now_ms);
    if (!transport_next(a->transport, &timing, &a->payload, now_ms))
        return false;
    if (link_send(a->link, buf_view(&a->payload), out, how, now_ms) == SKUA_OK)
        return true;
    transport_unsent(a->transport, now_ms);
    return false;
}

void
attachment_path_event(struct attachment *a, uint32_t path, enum path_event what, uint64_t now_ms)
{
    link_path_event(a->link, path, what, now_ms);
    if (what == PATH_UNSENT || what == PATH_TOO_BIG)
        transport_unsent(a->transport, now_ms);
    if (what == PATH_UP || what == PATH_MOVED)
        transport_poke(a->transport, now_ms);
}

void
attachment_woke(struct attachment *a, struct view random, uint64_t now_ms)
{
    link_woke(a->link, random, now_ms);
    transport_poke(a->transport, now_ms);
}

uint64_t
attachment_deadline_ms(struct attachment *a, uint64_t now_ms)
{
    const struct link_timing timing = link_timing(a->link, now_ms);
    uint64_t deadline = transport_deadline_ms(a->transport, &timing, now_ms);
    const uint64_t others[] = { echo_ack_deadline_ms(&a->echo_ack),
                                translate_deadline_ms(&a->translate), link_deadline_ms(a->link) };
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        if (others[i] < deadline)
            deadline = others[i];
    }
    return deadline;
}

void
attachment_shutdown(struct attachment *a, uint64_t now_ms)
{
    transport_shutdown(a->transport, now_ms);
}

bool
attachment_is_over(const struct attachment *a, uint64_t now_ms)
{
    if (transport_is_asked(a->transport))
        return transport_is_answered(a->transport, now_ms);
    if (!transport_is_shutting(a->transport))
        return false;
    return transport_is_acked(a->transport) || transport_is_over(a->transport, now_ms) ||
           !link_has_peer(a->link);
}

bool
attachment_has_client(const struct attachment *a)
{
    return transport_newest_num(a->transport) != 0;
}

uint64_t
attachment_silence_ms(const struct attachment *a, uint64_t now_ms)
{
    return transport_silence_ms(a->transport, now_ms);
}

uint64_t
attachment_heard_ms(const struct attachment *a)
{
    return transport_newest_ms(a->transport);
}

const struct addr *
attachment_peer(const struct attachment *a)
{
    return &a->peer;
}

bool
attachment_is_skua(const struct attachment *a)
{
    return a->dialect == CAPS_DIALECT_SKUA;
}

enum attachment_role
attachment_role(const struct attachment *a)
{
    return a->role;
}

struct link_stats
attachment_link_stats(const struct attachment *a)
{
    return link_stats(a->link);
}

const struct transport_stats *
attachment_transport_stats(const struct attachment *a)
{
    return transport_stats(a->transport);
}
