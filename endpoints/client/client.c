/*
 * A client from start to end: the terminal is taken, sockets are opened as the session orders, bytes
 * are pumped between the three until it is over, and the terminal is given back.
 *
 * The terminal is written to only when it can take bytes: screens that it was too slow for are skipped.
 */
#include "endpoints/client/client.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "endpoints/client/recording.h"
#include "endpoints/client/sockets.h"
#include "endpoints/client/terminal.h"
#include "net/crypto/crypto_start.h"
#include "rim/clock.h"
#include "rim/log.h"
#include "rim/loop.h"
#include "rim/memory.h"
#include "rim/net_watch.h"
#include "rim/random.h"
#include "rim/resolve.h"
#include "rim/sandbox.h"
#include "rim/signals.h"
#include "session/client_session.h"
#include "session/escape.h"

/* Work in one turn of the loop, so that everybody gets theirs. docs/SECURITY.md, "Bounds". */
#define DATAGRAMS_A_TURN 256
#define READ_BYTES       16384

/* When the system refuses a datagram: look again after so long, or when something changes. */
#define BLOCKED_MS     10
#define UNREACHABLE_MS 1000

struct client {
    const struct client_options *options;
    struct client_session *session;
    struct terminal *terminal;
    struct sockets *sockets;
    struct recording *recording;
    struct signals *signals;
    struct loop *loop;
    struct loop_watch *tty_watch, *signals_watch, *net_watch;
    int net_fd;
    struct memory memory;
    struct addr peers[CLIENT_ADDRESSES_MAX];
    struct clock_reading clocks;
    uint64_t quiet_until_ms; /* the system takes no datagrams before */
    uint32_t path;           /* the one that was sent on last */
    bool has_more;           /* datagrams wait that no readiness will announce */
    bool terminal_is_gone;
};

static const int caught[] = { SIGTERM, SIGINT, SIGHUP, SIGPIPE, SIGQUIT, SIGWINCH, SIGCONT };

static void
note_unsent(struct client *c, enum path_event what, int os_error, uint64_t now_ms)
{
    uint64_t wait_ms = os_error == 0 ? BLOCKED_MS : UNREACHABLE_MS;
    client_session_path_event(c->session, c->path, what, now_ms);
    if (what == PATH_TOO_BIG)
        return;
    c->quiet_until_ms = now_ms + wait_ms;
    if (os_error != 0) {
        char text[128];
        snprintf(text, sizeof text, "sendto: %s", strerror(os_error));
        client_session_notify(c->session, text, now_ms);
    }
}

/* A path that may not even exist: what does not work there is no news for the user, and holds up nothing. */
static void
look(struct client *c, const struct buf *datagram, const struct departure *how, uint64_t now_ms)
{
    int os_error;
    enum udp_sent sent = sockets_send(c->sockets, buf_view(datagram), how, &os_error);
    if (sent != UDP_SENT && sent != UDP_REFUSED)
        client_session_path_event(c->session, how->path, PATH_UNSENT, now_ms);
}

static void
send_due(struct client *c, struct buf *datagram, uint64_t now_ms)
{
    struct departure how;
    int os_error = 0;
    for (int i = 0; i < DATAGRAMS_A_TURN && now_ms >= c->quiet_until_ms; i++) {
        if (!client_session_next_datagram(c->session, datagram, &how, now_ms))
            return;
        if (how.is_look) {
            look(c, datagram, &how, now_ms);
            continue;
        }
        c->path = how.path;
        switch (sockets_send(c->sockets, buf_view(datagram), &how, &os_error)) {
        case UDP_SENT: break;
        case UDP_REFUSED: /* a hint that anybody can forge: the datagram counts as sent */
            client_session_path_event(c->session, how.path, PATH_REFUSED, now_ms);
            break;
        case UDP_TOO_BIG: note_unsent(c, PATH_TOO_BIG, os_error, now_ms); break;
        case UDP_BLOCKED: note_unsent(c, PATH_UNSENT, 0, now_ms); break;
        case UDP_UNREACHABLE:
        case UDP_FAILED: note_unsent(c, PATH_UNSENT, os_error, now_ms); break;
        }
    }
}

static void
obey_orders(struct client *c, uint64_t now_ms)
{
    struct path_order order;
    struct fail why = { 0 };
    while (client_session_next_order(c->session, &order, now_ms)) {
        enum path_event event = sockets_obey(c->sockets, &order, &why);
        if (order.what != PATH_ORDER_OPEN)
            continue;
        client_session_path_event(c->session, order.path, event, now_ms);
        if (event == PATH_DOWN && !order.is_scout)
            client_session_notify(c->session, why.text, now_ms);
    }
}

static void
receive_waiting(struct client *c, uint64_t now_ms)
{
    struct view datagram;
    struct arrival how;
    c->has_more = false;
    for (int i = 0; sockets_receive(c->sockets, &datagram, &how); i++) {
        if (client_session_receive(c->session, datagram, &how, now_ms) == SKUA_OK)
            c->quiet_until_ms = now_ms;
        memory_note(&c->memory, datagram.len, now_ms);
        if (i == DATAGRAMS_A_TURN) {
            c->has_more = true;
            return;
        }
    }
}

static void
read_keys(struct client *c, uint64_t now_ms)
{
    uint8_t typed[READ_BYTES];
    size_t room = client_session_room(c->session);
    if (room == 0)
        return;
    ssize_t got =
        terminal_read(c->terminal, typed, room < sizeof typed ? room : sizeof typed, now_ms);
    if (got < 0) {
        c->terminal_is_gone = true;
        loop_want(c->tty_watch, 0);
        client_session_shutdown(c->session, "Exiting...", now_ms);
    } else {
        client_session_type(c->session, view_of(typed, (size_t)got), now_ms);
    }
    if (got > 0)
        explicit_bzero(
            typed,
            (size_t)got); /* all of it would be touched, and stay in memory, at the first key */
    if (terminal_take_news(c->terminal))
        client_session_set_caps(c->session, terminal_caps(c->terminal),
                                terminal_record(c->terminal), now_ms);
}

/* Whether read_keys() has something to do. While the session has no room the terminal keeps it. */
static bool
keys_are_due(struct client *c, uint64_t now_ms)
{
    if (c->terminal_is_gone)
        return false;
    return (loop_ready(c->tty_watch) & LOOP_READ) != 0 ||
           terminal_deadline_ms(c->terminal, now_ms) <= now_ms;
}

static void
wake(struct client *c, uint64_t now_ms)
{
    uint8_t random[LINK_SKIP_RANDOM_BYTES];
    if (random_fill(random, sizeof random, NULL) == SKUA_OK)
        client_session_woke(c->session, view_of(random, sizeof random), now_ms);
}

/* We slept, or we are a copy: no sequence number may be used twice. */
static void
check_clocks(struct client *c, uint64_t now_ms)
{
    struct clock_reading clocks = clock_read();
    if (clock_jumped(&c->clocks, &clocks))
        wake(c, now_ms);
    c->clocks = clocks;
}

static void
resize(struct client *c, uint64_t now_ms)
{
    struct tty_window window = terminal_window(c->terminal);
    struct fail why;
    client_session_resize(c->session, window.rows, window.cols, now_ms);
    if (recording_resize(c->recording, window.rows, window.cols, now_ms, &why) != SKUA_OK)
        client_session_say(c->session, why.text, now_ms);
}

/* We were stopped, by our own doing or not: the terminal may hold anything. */
static void
resume(struct client *c, uint64_t now_ms)
{
    terminal_enter(c->terminal);
    client_session_repaint(c->session);
    resize(c, now_ms);
    wake(c, now_ms);
}

static void
suspend(struct client *c)
{
    terminal_leave(c->terminal);
    printf("\n\033[37;44m[%s is suspended.]\033[m\n", c->options->name);
    fflush(stdout);
    signals_suspend();
    (void)signals_take(c->signals, SIGCONT);
    resume(c, clock_now_ms());
}

static void
take_signals(struct client *c, uint64_t now_ms)
{
    signals_drain(c->signals);
    if (signals_take(c->signals, SIGWINCH))
        resize(c, now_ms);
    if (signals_take(c->signals, SIGCONT))
        resume(c, now_ms);
    const int fatal[] = { SIGTERM, SIGINT, SIGHUP, SIGPIPE, SIGQUIT };
    for (size_t i = 0; i < sizeof fatal / sizeof fatal[0]; i++) {
        if (!signals_take(c->signals, fatal[i]))
            continue;
        if (fatal[i] == SIGHUP)
            c->terminal_is_gone = true;
        client_session_shutdown(c->session, "Signal received, shutting down...", now_ms);
    }
}

static void
note_network_change(struct client *c, uint64_t now_ms)
{
    if (!net_watch_drain(c->net_fd))
        return;
    c->quiet_until_ms = now_ms;
    client_session_path_event(c->session, c->path, PATH_MOVED, now_ms);
}

/* What the terminal gets next, now that it has taken all else. Returns whether there is something. */
static bool
paint(struct client *c, uint64_t now_ms)
{
    struct buf *out = terminal_output(c->terminal);
    struct fail why;
    const size_t before = out->len;
    if (!client_session_paint(c->session, out, now_ms))
        return false;
    const struct view painted = view_of(out->data + before, out->len - before);
    if (recording_output(c->recording, painted, now_ms, &why) != SKUA_OK)
        client_session_say(c->session, why.text, now_ms);
    return true;
}

/* Paint when the terminal has taken what was painted before. */
static void
tend_terminal(struct client *c, uint64_t now_ms)
{
    if (c->terminal_is_gone)
        return;
    struct buf *out = terminal_output(c->terminal);
    bool is_there = terminal_flush(c->terminal);
    if (is_there && out->len == 0 && paint(c, now_ms))
        is_there = terminal_flush(c->terminal);
    if (!is_there) {
        c->terminal_is_gone = true;
        client_session_shutdown(c->session, "Exiting...", now_ms);
    }
    bool can_read = client_session_room(c->session) > 0 && !c->terminal_is_gone;
    loop_want(c->tty_watch, (can_read ? LOOP_READ : 0) | (out->len > 0 ? LOOP_WRITE : 0));
}

static uint64_t
next_wake(struct client *c, uint64_t now_ms)
{
    if (c->has_more)
        return now_ms;
    uint64_t keys = UINT64_MAX;
    if (!c->terminal_is_gone && client_session_room(c->session) > 0)
        keys = terminal_deadline_ms(c->terminal, now_ms);
    uint64_t deadline = client_session_deadline_ms(c->session, now_ms);
    if (deadline < c->quiet_until_ms)
        deadline = c->quiet_until_ms;
    if (memory_deadline_ms(&c->memory) < deadline)
        deadline = memory_deadline_ms(&c->memory);
    return keys < deadline ? keys : deadline;
}

static void
turn(struct client *c, struct buf *datagram)
{
    uint64_t now_ms = clock_now_ms();
    obey_orders(c, now_ms);
    send_due(c, datagram, now_ms);
    obey_orders(c, now_ms);
    tend_terminal(c, now_ms);
    memory_rest(&c->memory, now_ms);
    loop_wait(c->loop, next_wake(c, now_ms));

    now_ms = clock_now_ms();
    check_clocks(c, now_ms);
    receive_waiting(c, now_ms);
    if (keys_are_due(c, now_ms))
        read_keys(c, now_ms);
    if (loop_ready(c->signals_watch) != 0)
        take_signals(c, now_ms);
    if (c->net_watch != NULL && loop_ready(c->net_watch) != 0)
        note_network_change(c, now_ms);
    client_session_tick(c->session, now_ms);
    if (client_session_take_suspend(c->session))
        suspend(c);
}

static enum skua_err
open_loop(struct client *c, struct fail *why)
{
    enum skua_err err = loop_new(&c->loop, why);
    if (err == SKUA_OK)
        err = signals_open(caught, sizeof caught / sizeof caught[0], &c->signals, why);
    if (err == SKUA_OK)
        err = loop_add(c->loop, signals_fd(c->signals), LOOP_READ, &c->signals_watch, why);
    if (err == SKUA_OK)
        err = loop_add(c->loop, terminal_fd(c->terminal), LOOP_READ, &c->tty_watch, why);
    if (err != SKUA_OK)
        return err;
    /* Without news of the network the timers do: docs/PROTOCOL.md, "Roaming". */
    if (net_watch_open(&c->net_fd, NULL) == SKUA_OK &&
        loop_add(c->loop, c->net_fd, LOOP_READ, &c->net_watch, NULL) != SKUA_OK)
        c->net_watch = NULL;
    return SKUA_OK;
}

static enum skua_err
read_addresses(struct client *c, struct link_peer *peers, struct fail *why)
{
    const struct client_options *o = c->options;
    for (size_t i = 0; i < o->address_count; i++) {
        enum skua_err err = resolve_numeric(o->addresses[i], o->port, &c->peers[i]);
        if (err != SKUA_OK)
            return fail_set(why, err, 0, "bad IP address (%s)", o->addresses[i]);
        bool is_inet6 = resolve_family_of(&c->peers[i]) == RESOLVE_INET6;
        peers[i] = (struct link_peer){ .addr = c->peers[i],
                                       .family = is_inet6 ? PATH_FAMILY_V6 : PATH_FAMILY_V4 };
    }
    return SKUA_OK;
}

static enum skua_err
start_session(struct client *c, const struct trace *trace, struct fail *why)
{
    const struct client_options *o = c->options;
    struct link_peer peers[CLIENT_ADDRESSES_MAX];
    struct tty_window window = terminal_window(c->terminal);
    uint64_t seed;
    enum skua_err err = read_addresses(c, peers, why);
    if (err == SKUA_OK)
        err = random_fill(&seed, sizeof seed, why);
    if (err != SKUA_OK)
        return err;
    const struct client_session_config config = {
        .key = &o->key,
        .peers = peers,
        .peer_names = o->addresses,
        .peer_count = o->address_count,
        .server_port = o->port,
        .rows = window.rows,
        .cols = window.cols,
        .name = strncmp(o->name, "mosh", 4) == 0 ? "mosh" : "skua",
        .title_prefix = o->title_prefix,
        .escape_key = escape_key_of(o->escape_key),
        .escape_extras = strncmp(o->name, "mosh", 4) != 0,
        .says_hello = true,
        .is_metered = o->is_metered,
        .predict = o->predict,
        .caps = *terminal_caps(c->terminal),
        .record = *terminal_record(c->terminal),
        .seed = seed,
        .trace = trace,
    };
    c->session = client_session_new(&config, clock_now_ms());
    if (c->session == NULL)
        return fail_set(why, SKUA_ERR_SYSTEM, 0, "the crypto library refuses to work");
    c->sockets = sockets_new(c->loop, c->peers, o->address_count);
    return SKUA_OK;
}

static int
say_how_it_ended(const struct client *c, enum client_end end, struct fail *why)
{
    const struct client_options *o = c->options;
    printf("\n[%s is exiting.]\n", strncmp(o->name, "mosh", 4) == 0 ? "mosh" : "skua");
    fflush(stdout);
    if (end == CLIENT_ENDED)
        return 0;
    if (end == CLIENT_NEVER_CONNECTED)
        fail_set(why, SKUA_ERR_CLOSED, 0,
                 "nothing was ever heard from %s on UDP port %u; is a firewall in between? The "
                 "server needs UDP 60001-60999, or those given with -p%s%s",
                 o->addresses[0], (unsigned)o->port, o->advice == NULL ? "" : "; ",
                 o->advice == NULL ? "" : o->advice);
    else
        fail_set(why, SKUA_ERR_CLOSED, 0,
                 "the server did not acknowledge the end of the session; it may still be running");
    return 1;
}

static enum skua_err
open_recording(struct client *c, struct fail *why)
{
    struct tty_window window = terminal_window(c->terminal);
    return recording_open(c->options->record, window.rows, window.cols, &c->recording, why);
}

/* Everything is open that ever will be, but for sockets. */
static void
confine(void)
{
    struct fail why = { 0 };
    if (sandbox_client(&why) != SKUA_OK)
        log_linef(LOG_INFO, "without a full sandbox: %s", why.text);
}

static enum client_end
run_session(struct client *c)
{
    struct buf datagram;
    enum client_end end;
    buf_init(&datagram, LINK_DATAGRAM_MAX_BYTES);
    c->clocks = clock_read();
    while ((end = client_session_end(c->session, clock_now_ms())) == CLIENT_GOES_ON)
        turn(c, &datagram);
    /* The last acknowledgement of the server's shutdown is due now. */
    send_due(c, &datagram, clock_now_ms());
    buf_fini(&datagram);
    client_session_unadorn(c->session);
    if (!c->terminal_is_gone)
        (void)paint(c, clock_now_ms());
    return end;
}

int
client_run(struct client_options *options, struct fail *why)
{
    struct client c = { .options = options, .net_fd = -1 };
    struct trace trace = { 0 };
    int status = 1;
    log_open(options->name, options->verbose);
    trace = log_trace(LOG_INFO);
    memory_init(&c.memory);
    if (crypto_start() != SKUA_OK) {
        fail_set(why, SKUA_ERR_SYSTEM, 0, "the crypto library refuses to work");
        goto out;
    }
    if (terminal_open(options->term_init, &c.terminal, why) != SKUA_OK ||
        open_loop(&c, why) != SKUA_OK || open_recording(&c, why) != SKUA_OK ||
        start_session(&c, &trace, why) != SKUA_OK)
        goto out;
    key_wipe(&options->key);
    confine();
    terminal_enter(c.terminal);
    enum client_end end = run_session(&c);
    terminal_leave(c.terminal);
    status = say_how_it_ended(&c, end, why);
out:
    key_wipe(&options->key);
    sockets_free(c.sockets);
    client_session_free(c.session);
    recording_close(c.recording);
    signals_close(c.signals);
    loop_free(c.loop);
    terminal_close(c.terminal);
    return status;
}
