/*
 * Keys go to the predictor, then through the escape key into the input log. The newest raw screen is
 * decorated with predictions, notice and title, cut to the terminal and painted against what was
 * painted last.
 */
#include "session/client_session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "session/escape.h"
#include "session/event_ration.h"
#include "session/features.h"
#include "session/first_contact.h"
#include "session/notices.h"
#include "session/status.h"
#include "session/wire_record.h"
#include "sync/host_state.h"
#include "sync/input_log.h"
#include "term/display/paint.h"
#include "term/display/project.h"
#include "term/overlay/notice.h"
#include "term/overlay/title.h"

#define FORM_FEED 0x0c


struct client_session {
    struct client_session_config config;
    struct link *link;
    struct transport *transport;
    struct input_log input;
    struct escape escape;
    struct predictor *predictor;
    struct notice notice;
    char title_prefix[TITLE_PREFIX_MAX_BYTES];
    struct event_ration events;
    struct screen *painted; /* projected; NULL: what the terminal shows is unknown */
    struct buf scratch, payload, keys;
    struct first_contact first_contact;
    bool adorned; /* notices, predictions and the prefix are shown */
    bool wants_suspend;
};

static void
put_record(struct client_session *c, const struct record *r)
{
    if (!c->config.says_hello)
        return;
    const struct user_record wire = wire_record_encode(r);
    (void)input_log_put_record(&c->input, &wire);
}

static void
publish(struct client_session *c, uint64_t now_ms)
{
    transport_publish(c->transport, input_log_state(&c->input), now_ms);
}

struct predict_sync
client_session_sync(const struct client_session *c, uint64_t now_ms)
{
    const struct link_timing timing = link_timing(c->link, now_ms);
    return (struct predict_sync){
        .sent = transport_sent_num(c->transport),
        .echo_ack = host_state_of(transport_newest(c->transport))->echo_ack,
        .send_interval_ms = (uint32_t)timing.send_interval_ms,
    };
}

static void
start_transport(struct client_session *c, uint64_t now_ms)
{
    const struct client_session_config *config = &c->config;
    struct transport_config transport = {
        .role = TRANSPORT_CLIENT,
        .outgoing = input_log_outgoing(&c->input),
        .incoming = host_state_incoming(),
        .first_outgoing = input_log_first(),
        .first_incoming = host_state_first(config->rows, config->cols),
        .seed = config->seed,
        .trace = config->trace,
    };
    if (config->says_hello)
        transport.hello = features_ours(config->is_metered);
    c->transport = transport_new(&transport, now_ms);
    if (config->is_metered)
        transport_note_metered(c->transport);
    (void)input_log_put_resize(&c->input, config->rows, config->cols);
    put_record(c, &config->record);
    publish(c, now_ms);
}

struct client_session *
client_session_new(const struct client_session_config *config, uint64_t now_ms)
{
    struct link *link = link_new_client(config->key, config->peers, config->peer_count, now_ms);
    if (link == NULL)
        return NULL;
    struct client_session *c = mem_new(1, sizeof *c);
    c->config = *config;
    c->config.key = NULL;
    c->config.peers = NULL;
    c->link = link;
    c->first_contact.start_ms = now_ms;
    c->adorned = true;
    c->escape = escape_start(config->escape_key, config->escape_extras);
    c->predictor = predictor_new(&config->predict);
    notices_start(&c->notice, config->name, &c->escape, now_ms);
    snprintf(c->title_prefix, sizeof c->title_prefix, "[%.32s] ", config->name);
    input_log_init(&c->input);
    buf_init(&c->scratch, LINK_DATAGRAM_MAX_BYTES);
    buf_init(&c->payload, LINK_DATAGRAM_MAX_BYTES);
    buf_init(&c->keys, INPUT_LOG_MAX_UNITS);
    start_transport(c, now_ms);
    return c;
}

void
client_session_free(struct client_session *c)
{
    if (c == NULL)
        return;
    screen_unref(c->painted);
    event_ration_fini(&c->events);
    notice_fini(&c->notice);
    predictor_free(c->predictor);
    transport_free(c->transport);
    link_free(c->link);
    input_log_fini(&c->input);
    struct buf *bufs[] = { &c->scratch, &c->payload, &c->keys };
    for (size_t i = 0; i < sizeof bufs / sizeof bufs[0]; i++) {
        buf_wipe(bufs[i]);
        buf_fini(bufs[i]);
    }
    free(c);
}

const struct screen *
client_session_raw(const struct client_session *c)
{
    return host_state_of(transport_newest(c->transport))->screen;
}

static void
judge(struct client_session *c, uint64_t now_ms)
{
    const struct host_state *state = host_state_of(transport_newest(c->transport));
    const struct predict_sync sync = client_session_sync(c, now_ms);
    predictor_judge(c->predictor, state->screen, &state->hints, &sync, now_ms);
}

enum skua_err
client_session_receive(struct client_session *c, struct view datagram, const struct arrival *how,
                       uint64_t now_ms)
{
    struct link_payload payload;
    enum skua_err err = link_receive(c->link, datagram, how, &c->scratch, &payload, now_ms);
    if (err != SKUA_OK)
        return err;
    uint64_t newest = transport_newest_num(c->transport);
    err = transport_receive(c->transport, payload.bytes, now_ms);
    link_note_acked(c->link, transport_acked_sent_ms(c->transport), now_ms);
    if (transport_take_black_hole(c->transport))
        link_note_black_hole(c->link, now_ms);
    notice_acked(&c->notice, transport_acked_sent_ms(c->transport));
    if (transport_newest_num(c->transport) != newest) {
        notice_heard(&c->notice, now_ms);
        judge(c, now_ms);
    }
    return err;
}

bool
client_session_next_datagram(struct client_session *c, struct buf *out, struct departure *how,
                             uint64_t now_ms)
{
    if (link_next_copy(c->link, out, how, now_ms))
        return true;
    if (link_wants_packet(c->link, transport_tries(c->transport) == 0, now_ms))
        transport_poke(c->transport, now_ms);
    const struct link_timing timing = link_timing(c->link, now_ms);
    if (!transport_awaits_answer(c->transport))
        link_note_unasked(c->link, now_ms);
    if (!transport_next(c->transport, &timing, &c->payload, now_ms))
        return false;
    if (link_send(c->link, buf_view(&c->payload), out, how, now_ms) == SKUA_OK) {
        link_note_tries(c->link, transport_tries(c->transport), now_ms);
        return true;
    }
    transport_unsent(c->transport, now_ms);
    return false;
}

bool
client_session_next_order(struct client_session *c, struct path_order *out, uint64_t now_ms)
{
    return link_next_order(c->link, out, now_ms);
}

void
client_session_path_event(struct client_session *c, uint32_t path, enum path_event what,
                          uint64_t now_ms)
{
    link_path_event(c->link, path, what, now_ms);
    if (what == PATH_UNSENT || what == PATH_TOO_BIG)
        transport_unsent(c->transport, now_ms);
    if (what == PATH_UP || what == PATH_MOVED)
        transport_poke(c->transport, now_ms);
}

size_t
client_session_room(const struct client_session *c)
{
    return input_log_room(&c->input);
}

static void
say(struct client_session *c, const char *text, bool with_hint, uint64_t ttl_ms, uint64_t now_ms)
{
    notice_set(&c->notice, view_of_text(text), with_hint, ttl_ms, now_ms);
}

static void
show_status(struct client_session *c, uint64_t now_ms)
{
    char text[STATUS_TEXT_BYTES];
    const struct link_stats link = link_stats(c->link);
    const struct link_timing timing = link_timing(c->link, now_ms);
    const char *const *names = c->config.peer_names;
    const struct status status = {
        .server = names != NULL ? names[link.peer] : NULL,
        .port = c->config.server_port,
        .link = &link,
        .silent_ms = now_ms - (timing.has_heard ? timing.last_heard_ms : c->first_contact.start_ms),
        .predict = predictor_stats(c->predictor),
        .peer = transport_peer_hello(c->transport),
    };
    status_text(&status, text);
    notices_answer(&c->notice, text, now_ms);
}

static void
obey(struct client_session *c, enum escape_command command, uint64_t now_ms)
{
    switch (command) {
    case ESCAPE_NOTHING: break;
    case ESCAPE_QUIT: client_session_shutdown(c, "Exiting on user request...", now_ms); break;
    case ESCAPE_SUSPEND: c->wants_suspend = true; break;
    case ESCAPE_STATUS: show_status(c, now_ms); break;
    case ESCAPE_HELP: notices_help(&c->notice, now_ms); break;
    }
}

void
client_session_type(struct client_session *c, struct view typed, uint64_t now_ms)
{
    if (transport_is_shutting(c->transport) || transport_is_asked(c->transport))
        return;
    link_note_active(c->link, now_ms);
    const struct predict_sync sync = client_session_sync(c, now_ms);
    if (typed.len > 0 && memchr(typed.data, FORM_FEED, typed.len) != NULL)
        client_session_repaint(c);
    while (typed.len > 0) {
        enum escape_command command;
        buf_clear(&c->keys);
        bool had_menu = c->escape.menu;
        typed = view_from(typed, escape_type(&c->escape, typed, &c->keys, &command));
        /* The escape key and its commands go nowhere: nothing will echo them. */
        predictor_type(c->predictor, buf_view(&c->keys), client_session_raw(c), &sync, now_ms);
        (void)input_log_put_keys(&c->input, buf_view(&c->keys));
        if (had_menu || c->escape.menu)
            notices_menu(&c->notice, &c->escape, now_ms);
        obey(c, command, now_ms);
    }
    publish(c, now_ms);
}

void
client_session_resize(struct client_session *c, int rows, int cols, uint64_t now_ms)
{
    if (rows == c->config.rows && cols == c->config.cols)
        return;
    c->config.rows = rows;
    c->config.cols = cols;
    (void)input_log_put_resize(&c->input, rows, cols);
    predictor_reset(c->predictor);
    client_session_repaint(c);
    publish(c, now_ms);
}

void
client_session_set_caps(struct client_session *c, const struct caps *caps,
                        const struct record *record, uint64_t now_ms)
{
    if (caps->can != c->config.caps.can || caps->colors != c->config.caps.colors)
        client_session_repaint(c);
    c->config.caps = *caps;
    put_record(c, record);
    publish(c, now_ms);
}

bool
client_session_take_suspend(struct client_session *c)
{
    bool wanted = c->wants_suspend;
    c->wants_suspend = false;
    return wanted;
}

void
client_session_repaint(struct client_session *c)
{
    screen_unref(c->painted);
    c->painted = NULL;
}

/* One step of decoration: the old screen is given up for the new one. */
static struct screen *
instead(struct screen *old, struct screen *fresh)
{
    screen_unref(old);
    return fresh;
}

struct screen *
client_session_shown(struct client_session *c, uint64_t now_ms)
{
    struct screen *s = screen_ref(host_state_of(transport_newest(c->transport))->screen);
    if (!c->adorned)
        return s;
    s = instead(s, predictor_overlay(c->predictor, s, now_ms));
    s = instead(s, notice_overlay(&c->notice, s, now_ms));
    if (c->config.title_prefix)
        s = instead(s, title_overlay(s, view_of_text(c->title_prefix)));
    return s;
}

bool
client_session_paint(struct client_session *c, struct buf *out, uint64_t now_ms)
{
    struct screen *shown = client_session_shown(c, now_ms);
    shown = instead(shown, event_ration_apply(&c->events, shown, now_ms));
    shown = instead(shown, screen_project(shown, &c->config.caps));
    size_t before = out->len;
    paint(c->painted, shown, &c->config.caps, out);
    screen_unref(c->painted);
    c->painted = shown;
    return out->len > before;
}

void
client_session_shutdown(struct client_session *c, const char *why, uint64_t now_ms)
{
    say(c, why, true, NOTICE_FOR_EVER, now_ms);
    transport_shutdown(c->transport, now_ms);
}

void
client_session_say(struct client_session *c, const char *text, uint64_t now_ms)
{
    notices_answer(&c->notice, text, now_ms);
}

void
client_session_notify(struct client_session *c, const char *text, uint64_t now_ms)
{
    notice_network_error(&c->notice, view_of_text(text), now_ms);
}

void
client_session_woke(struct client_session *c, struct view random, uint64_t now_ms)
{
    link_woke(c->link, random, now_ms);
    transport_poke(c->transport, now_ms);
}

static bool
is_connected(const struct client_session *c)
{
    return transport_newest_num(c->transport) != 0;
}

static void
tend_first_contact(struct client_session *c, uint64_t now_ms)
{
    struct buf text;
    switch (first_contact_tend(&c->first_contact, now_ms)) {
    case FIRST_CONTACT_WAIT: break;
    case FIRST_CONTACT_GIVE_UP:
        client_session_shutdown(c, "Timed out waiting for server...", now_ms);
        break;
    case FIRST_CONTACT_TELL:
        buf_init(&text, NOTICE_TEXT_MAX_BYTES);
        first_contact_text(c->config.server_port, &text);
        notice_set(&c->notice, buf_view(&text), true, NOTICE_MESSAGE_MS, now_ms);
        buf_fini(&text);
        break;
    }
}

void
client_session_tick(struct client_session *c, uint64_t now_ms)
{
    bool is_shutting = transport_is_shutting(c->transport);
    if (!is_connected(c) && !is_shutting)
        tend_first_contact(c, now_ms);
    else if (is_connected(c) && first_contact_end(&c->first_contact) && !is_shutting)
        notice_clear(&c->notice);
    notice_expect(&c->notice, transport_silence_ms(c->transport, now_ms), now_ms);
    judge(c, now_ms);
}

uint64_t
client_session_deadline_ms(struct client_session *c, uint64_t now_ms)
{
    const struct link_timing timing = link_timing(c->link, now_ms);
    uint64_t deadline = transport_deadline_ms(c->transport, &timing, now_ms);
    uint64_t connecting = UINT64_MAX;
    if (!is_connected(c) && !transport_is_shutting(c->transport))
        connecting = first_contact_deadline_ms(&c->first_contact, now_ms);
    const uint64_t others[] = { link_deadline_ms(c->link),
                                predictor_deadline_ms(c->predictor, now_ms),
                                notice_deadline_ms(&c->notice, now_ms), connecting };
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        if (others[i] < deadline)
            deadline = others[i];
    }
    return deadline;
}

enum client_end
client_session_end(const struct client_session *c, uint64_t now_ms)
{
    if (transport_is_asked(c->transport))
        return transport_is_answered(c->transport, now_ms) ? CLIENT_ENDED : CLIENT_GOES_ON;
    if (!transport_is_shutting(c->transport))
        return CLIENT_GOES_ON;
    if (transport_is_acked(c->transport))
        return CLIENT_ENDED;
    if (!is_connected(c))
        return transport_is_over(c->transport, now_ms) || !c->first_contact.has_given_up
                   ? CLIENT_NEVER_CONNECTED
                   : CLIENT_GOES_ON;
    return transport_is_over(c->transport, now_ms) ? CLIENT_UNACKNOWLEDGED : CLIENT_GOES_ON;
}

void
client_session_unadorn(struct client_session *c)
{
    c->adorned = false;
    notice_end(&c->notice);
}

const struct transport_stats *
client_session_transport_stats(const struct client_session *c)
{
    return transport_stats(c->transport);
}

const struct predictor *
client_session_predictor(const struct client_session *c)
{
    return c->predictor;
}

const struct predict_stats *
client_session_predict_stats(const struct client_session *c)
{
    return predictor_stats(c->predictor);
}
