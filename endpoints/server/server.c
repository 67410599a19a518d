/*
 * A server from start to end: bind, detach, make the key, say CONNECT, then pump datagrams, pty and
 * timers through one server_session until it is over. The order of the start is what keeps a key from
 * ever being in two processes: everything that forks is forked before the key is made.
 */
#include "endpoints/server/server.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "endpoints/server/announce.h"
#include "endpoints/server/detach.h"
#include "endpoints/server/login_shell.h"
#include "endpoints/server/tty_mode.h"
#include "endpoints/server/whereabouts.h"
#include "net/crypto/crypto_start.h"
#include "net/crypto/key.h"
#include "rim/audit.h"
#include "rim/clock.h"
#include "rim/limits.h"
#include "rim/log.h"
#include "rim/loop.h"
#include "rim/memory.h"
#include "rim/pty.h"
#include "rim/random.h"
#include "rim/sandbox.h"
#include "rim/signals.h"
#include "rim/tty.h"
#include "rim/udp.h"
#include "rim/udp_filter.h"
#include "session/server_session.h"

/* The session has one socket and, so far, one client. */
#define ONLY_PATH       1
#define ONLY_ATTACHMENT 0

/* Work in one turn of the loop, so that everybody gets theirs. docs/SECURITY.md, "Bounds". */
#define DATAGRAMS_A_TURN 256
#define PTY_BYTES_A_TURN (64 * 1024)
#define PTY_MS_A_TURN    4    /* some sequences cost more than their bytes */
#define PTY_READ_BYTES   4096 /* what a read of a pty gives at most, on Linux */
#define FLOOD_BYTES      2048 /* read in a turn, there is more where that came from */

/* In a flood the pty's driver is asked about echo no more often than that. */
#define LOOK_MS 10

/* After the shell has ended, what it left running may print for so long. */
#define DRAIN_MS 1000

/* When the system refuses a datagram: look again after so long, or when something changes. */
#define BLOCKED_MS     10
#define UNREACHABLE_MS 1000

struct server {
    const struct server_options *options;
    struct server_session *session;
    struct udp *udp;
    struct pty *pty;
    struct audit *audit;
    struct signals *signals;
    struct loop *loop;
    struct loop_watch *udp_watch, *pty_watch, *signals_watch;
    struct clock_reading clocks;
    struct trace trace;
    uint64_t quiet_until_ms; /* the system takes no datagrams before */
    uint64_t drain_until_ms; /* the shell has ended; UINT64_MAX: it has not */
    bool pty_is_open;
    bool is_told; /* a signal asked us to end; the second one is obeyed at once */
    bool leave_now;
    bool child_moved; /* SIGCHLD came, or may have come before we listened */
    bool is_flooded;  /* the programs print faster than we read */
    bool owes_look;   /* the pty's driver was not asked in this turn */
    uint64_t look_ms; /* in a flood: when to ask it again */
    struct whereabouts whereabouts;
    struct memory memory;
    bool has_more; /* datagrams wait that no readiness will announce */
};

static void
shut_down(struct server *s, uint64_t now_ms)
{
    server_session_shutdown(s->session, now_ms);
}

static void
note_unsent(struct server *s, enum path_event what, uint64_t wait_ms, uint64_t now_ms)
{
    server_session_path_event(s->session, ONLY_ATTACHMENT, ONLY_PATH, what, now_ms);
    s->quiet_until_ms = now_ms + wait_ms;
}

static void
send_due(struct server *s, struct buf *datagram, uint64_t now_ms)
{
    struct departure how;
    for (int i = 0; i < DATAGRAMS_A_TURN && now_ms >= s->quiet_until_ms; i++) {
        if (!server_session_next_datagram(s->session, ONLY_ATTACHMENT, datagram, &how, now_ms))
            return;
        switch (udp_send(s->udp, buf_view(datagram), &how.to, &how.from, how.ecn)) {
        case UDP_SENT: break;
        case UDP_TOO_BIG: note_unsent(s, PATH_TOO_BIG, 0, now_ms); break;
        case UDP_REFUSED: /* a hint that anybody can forge: the datagram counts as sent */
            server_session_path_event(s->session, ONLY_ATTACHMENT, ONLY_PATH, PATH_REFUSED, now_ms);
            break;
        case UDP_BLOCKED: note_unsent(s, PATH_UNSENT, BLOCKED_MS, now_ms); break;
        case UDP_UNREACHABLE:
        case UDP_FAILED: note_unsent(s, PATH_UNSENT, UNREACHABLE_MS, now_ms); break;
        }
    }
}

static void
receive_waiting(struct server *s, uint64_t now_ms)
{
    struct view datagram;
    struct udp_arrival how;
    s->has_more = true;
    for (int i = 0; i < DATAGRAMS_A_TURN; i++) {
        if (!udp_receive(s->udp, &datagram, &how)) {
            s->has_more = false;
            return;
        }
        const struct arrival arrival = {
            .path = ONLY_PATH, .from = how.from, .to = how.to, .ecn = how.ecn, .at_ms = how.at_ms
        };
        if (server_session_receive(s->session, ONLY_ATTACHMENT, datagram, &arrival, now_ms) ==
            SKUA_OK)
            s->quiet_until_ms = now_ms;
    }
}

static void
read_pty(struct server *s, uint64_t now_ms)
{
    uint8_t bytes[PTY_READ_BYTES];
    size_t total = 0;
    const uint64_t until_ms = clock_now_ms() + PTY_MS_A_TURN;
    while (total < PTY_BYTES_A_TURN && clock_now_ms() < until_ms) {
        ssize_t got = pty_read(s->pty, bytes, sizeof bytes);
        if (got < 0) {
            s->pty_is_open = false;
            loop_want(s->pty_watch, 0);
            shut_down(s, now_ms);
        }
        if (got <= 0)
            break;
        server_session_pty_output(s->session, view_of(bytes, (size_t)got), now_ms);
        total += (size_t)got;
    }
    s->is_flooded = total >= FLOOD_BYTES;
    memory_note(&s->memory, total, now_ms);
}

static void
write_pty(struct server *s, uint64_t now_ms)
{
    struct buf *input = server_session_pty_input(s->session);
    while (input->len > 0) {
        ssize_t put = pty_write(s->pty, buf_view(input));
        if (put < 0) {
            buf_clear(input);
            shut_down(s, now_ms);
        }
        if (put <= 0)
            return;
        buf_take(input, (size_t)put);
    }
}

/* The shell starts when its first client is there, in a window of that one's size, and is told what
 * that one's terminal can show. */
static void
release_shell(struct server *s)
{
    struct record record;
    bool direct = server_session_record(s->session, &record) && record.colors > 256;
    pty_release(s->pty, direct ? LOGIN_SHELL_TRUECOLOR : 0);
}

static void
tend_pty(struct server *s, uint64_t now_ms)
{
    int rows, cols;
    if (server_session_take_window(s->session, &rows, &cols)) {
        const struct tty_window window = { .rows = rows, .cols = cols };
        (void)pty_resize(s->pty, &window, NULL);
    }
    if (server_session_has_client(s->session))
        release_shell(s);
    if (!s->pty_is_open)
        return;
    write_pty(s, now_ms);
    s->owes_look = s->is_flooded && now_ms < s->look_ms;
    if (s->owes_look)
        return;
    s->look_ms = now_ms + LOOK_MS;
    struct hints tty;
    if (tty_mode_read(pty_fd(s->pty), &tty))
        server_session_note_tty(s->session, &tty);
}

/* A background job may hold the pty for ever: the session ends with its leader, and a short drain. */
static void
reap_shell(struct server *s, uint64_t now_ms)
{
    struct pty_exit status;
    bool can_have_ended = s->child_moved || !s->pty_is_open;
    s->child_moved = false;
    if (can_have_ended && s->drain_until_ms == UINT64_MAX && pty_reap(s->pty, &status))
        s->drain_until_ms = now_ms + DRAIN_MS;
    if (now_ms >= s->drain_until_ms)
        shut_down(s, now_ms);
}

static void
end_by_signal(struct server *s, uint64_t now_ms)
{
    if (s->is_told)
        s->leave_now = true;
    s->is_told = true;
    shut_down(s, now_ms);
}

static void
end_by_usr1(struct server *s, uint64_t now_ms)
{
    uint64_t limit_ms = s->options->signal_timeout_s * UINT64_C(1000);
    if (limit_ms == 0 || now_ms - server_session_heard_ms(s->session) >= limit_ms)
        end_by_signal(s, now_ms);
}

static void
take_signals(struct server *s, uint64_t now_ms)
{
    signals_drain(s->signals);
    if (signals_take(s->signals, SIGUSR1))
        end_by_usr1(s, now_ms);
    const int fatal[] = { SIGTERM, SIGINT, SIGQUIT };
    for (size_t i = 0; i < sizeof fatal / sizeof fatal[0]; i++) {
        if (signals_take(s->signals, fatal[i]))
            end_by_signal(s, now_ms);
    }
    if (signals_take(s->signals, SIGCHLD))
        s->child_moved = true;
}

/* We slept, or we are a copy: no sequence number may be used twice. */
static void
check_clocks(struct server *s, uint64_t now_ms)
{
    struct clock_reading clocks = clock_read();
    uint8_t random[LINK_SKIP_RANDOM_BYTES];
    if (clock_jumped(&s->clocks, &clocks) && random_fill(random, sizeof random, NULL) == SKUA_OK)
        server_session_woke(s->session, view_of(random, sizeof random), now_ms);
    s->clocks = clocks;
}

static uint64_t
next_wake(struct server *s, uint64_t now_ms)
{
    if (s->has_more)
        return now_ms;
    uint64_t deadline = server_session_deadline_ms(s->session, now_ms);
    if (deadline < s->quiet_until_ms)
        deadline = s->quiet_until_ms;
    if (memory_deadline_ms(&s->memory) < deadline)
        deadline = memory_deadline_ms(&s->memory);
    if (s->owes_look && s->pty_is_open && s->look_ms < deadline)
        deadline = s->look_ms;
    return s->drain_until_ms < deadline && s->drain_until_ms > now_ms ? s->drain_until_ms
                                                                      : deadline;
}

static void
turn(struct server *s, struct buf *datagram)
{
    uint64_t now_ms = clock_now_ms();
    send_due(s, datagram, now_ms);
    bool has_input = server_session_pty_input(s->session)->len > 0;
    if (s->pty_is_open)
        loop_want(s->pty_watch, LOOP_READ | (has_input ? LOOP_WRITE : 0));
    memory_rest(&s->memory, now_ms);
    loop_wait(s->loop, next_wake(s, now_ms));

    now_ms = clock_now_ms();
    check_clocks(s, now_ms);
    if (loop_ready(s->signals_watch) != 0)
        take_signals(s, now_ms);
    if (s->has_more || (loop_ready(s->udp_watch) & LOOP_READ) != 0)
        receive_waiting(s, now_ms);
    if (s->pty_is_open && (loop_ready(s->pty_watch) & LOOP_READ) != 0)
        read_pty(s, now_ms);
    tend_pty(s, now_ms);
    reap_shell(s, now_ms);
    server_session_tick(s->session, now_ms);
    whereabouts_note(&s->whereabouts, server_session_attachment(s->session, ONLY_ATTACHMENT),
                     now_ms);
}

/* The shell, and who keeps the login records, are processes of their own by now: they keep their rights. */
static void
confine(void)
{
    struct fail why = { 0 };
    if (sandbox_server(&why) != SKUA_OK)
        log_linef(LOG_INFO, "without a full sandbox: %s", why.text);
}

/* All descriptors that a session needs: behind the last fork, and before a CONNECT line promises one. */
static enum skua_err
watch(struct server *s, struct fail *why)
{
    static const int numbers[] = { SIGTERM, SIGINT, SIGQUIT, SIGUSR1, SIGCHLD };
    enum skua_err err = loop_new(&s->loop, why);
    if (err == SKUA_OK)
        err = signals_open(numbers, sizeof numbers / sizeof numbers[0], &s->signals, why);
    if (err == SKUA_OK)
        err = loop_add(s->loop, signals_fd(s->signals), LOOP_READ, &s->signals_watch, why);
    if (err == SKUA_OK)
        err = loop_add(s->loop, udp_fd(s->udp), LOOP_READ, &s->udp_watch, why);
    if (err == SKUA_OK)
        err = loop_add(s->loop, pty_fd(s->pty), LOOP_READ, &s->pty_watch, why);
    return err;
}

static void
serve(struct server *s)
{
    struct buf datagram;
    buf_init(&datagram, LINK_DATAGRAM_MAX_BYTES);
    confine();
    s->clocks = clock_read();
    memory_init(&s->memory);
    s->pty_is_open = s->child_moved = true;
    while (!s->leave_now && !server_session_is_over(s->session, clock_now_ms()))
        turn(s, &datagram);
    buf_fini(&datagram);
}

/* Everything that forks, then the port, then the key: docs/ARCHITECTURE.md, "A server from start to end". */
static enum skua_err
prepare(struct server *s, struct login_shell *shell, const struct tty_window *window,
        struct fail *why)
{
    const struct server_options *o = s->options;
    struct fail notice = { 0 };
    enum skua_err err = pty_open(window, &s->pty, why);
    if (err != SKUA_OK)
        return err;
    whereabouts_open(&s->whereabouts, s->pty);
    shell->terminal = pty_path(s->pty);
    shell->server = getpid();
    err = pty_fork(s->pty, login_shell_run, shell, why);
    if (err == SKUA_OK)
        err = udp_open_server(o->bind_address, o->port_low, o->port_high, &s->udp, &notice, why);
    if (err != SKUA_OK)
        return err;
    if (notice.code != SKUA_OK)
        fprintf(stderr, "%s: %s; using any address\n", o->name, notice.text);
    (void)udp_filter_attach(s->udp, UDP_SERVER);
    limits_descriptors();
    s->audit = audit_open(o->name, NULL);
    whereabouts_enter(&s->whereabouts, s->pty, udp_port(s->udp), o->command, s->audit);
    return watch(s, why);
}

/* Make the key, give it to the session, and say it once. */
static enum skua_err
make_session(struct server *s, const struct tty_window *window, bool on_terminal, struct fail *why)
{
    struct key key;
    uint64_t seed;
    char text[KEY_TEXT_CHARS + 1];
    enum skua_err err = crypto_start();
    if (err != SKUA_OK)
        return fail_set(why, err, 0, "the crypto library refuses to work");
    err = random_fill(key.bytes, sizeof key.bytes, why);
    if (err == SKUA_OK)
        err = random_fill(&seed, sizeof seed, why);
    if (err != SKUA_OK)
        return err;
    const struct server_options_core options = {
        .rows = window->rows,
        .cols = window->cols,
        .network_timeout_ms = s->options->network_timeout_s * UINT64_C(1000),
    };
    const struct attachment_config attachment = { .role = ATTACHMENT_DRIVING,
                                                  .key = &key,
                                                  .says_hello = true,
                                                  .path = ONLY_PATH,
                                                  .family = PATH_FAMILY_V6,
                                                  .seed = seed,
                                                  .trace = &s->trace };
    s->session = server_session_new(&options, clock_now_ms());
    if (server_session_attach(s->session, &attachment, clock_now_ms()) != ONLY_ATTACHMENT) {
        key_wipe(&key);
        return fail_set(why, SKUA_ERR_SYSTEM, 0, "the crypto library refuses to work");
    }
    key_text(&key, text);
    err = announce(on_terminal, udp_port(s->udp), text, why);
    key_wipe(&key);
    mem_wipe(text, sizeof text);
    return err;
}

static int
hold_session(const struct server_options *options, const struct tty_window *window,
             bool on_terminal, const struct limits *limits, struct detach *detach, struct fail *why)
{
    struct server s = { .options = options, .drain_until_ms = UINT64_MAX };
    struct login_shell shell = { .command = options->command,
                                 .colors = options->colors,
                                 .limits = limits };
    int status = 1;
    s.trace = log_trace(LOG_INFO);
    if (prepare(&s, &shell, window, why) != SKUA_OK ||
        make_session(&s, window, on_terminal, why) != SKUA_OK) {
        detach_failed(detach, why);
    } else {
        detach_done(detach, options->verbose > 0);
        audit_linef(s.audit, clock_now_ms(), "session of user %lu begins on UDP port %u",
                    (unsigned long)getuid(), (unsigned)udp_port(s.udp));
        serve(&s);
        audit_linef(s.audit, clock_now_ms(), "session ends");
        status = 0;
    }
    loop_free(s.loop);
    signals_close(s.signals);
    server_session_free(s.session);
    udp_close(s.udp);
    whereabouts_close(&s.whereabouts);
    audit_close(s.audit);
    pty_close(s.pty);
    return status;
}

int
server_run(const struct server_options *options, struct fail *why)
{
    struct detach detach;
    enum detach_side side;
    struct limits limits;
    struct tty_window window;
    /* Asked now: the session will not have this terminal. */
    (void)tty_window_of(STDIN_FILENO, &window);
    bool on_terminal = isatty(STDIN_FILENO);
    log_open(options->name, options->verbose);
    limits_harden(&limits);
    if (detach_start(&detach, &side, why) != SKUA_OK)
        return 1;
    if (side == DETACH_WAITING)
        return detach_wait(&detach, options->name, why);
    return hold_session(options, &window, on_terminal, &limits, &detach, why);
}
