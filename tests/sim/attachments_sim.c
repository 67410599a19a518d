/*
 * Two clients of one session, with keys of their own: one speaks the stock dialect, one Skua's. Both
 * become equal to their projection of the same screen; neither can read a datagram of the other, and
 * only the one that drives can type.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "net/crypto/crypto_start.h"
#include "session/client_session.h"
#include "session/server_session.h"
#include "term/display/project.h"
#include "wire.h"

#define SEEDS   200
#define CLIENTS 2

struct scene {
    uint64_t now_ms;
    struct dice dice;
    struct server_session *server;
    struct client_session *client[CLIENTS];
    struct wire up[CLIENTS], down[CLIENTS];
    struct buf datagram;
    uint64_t strays_refused;
};

static const struct wire_config lossy = { .delay_ms = 30, .jitter_ms = 10, .loss_permille = 100 };

static void
open_scene(struct scene *s, uint64_t seed, const char *printed_before)
{
    const struct server_options_core options = { .rows = 24, .cols = 80 };
    *s = (struct scene){ .now_ms = 500000, .dice = { seed } };
    assert_int_equal(crypto_start(), SKUA_OK);
    buf_init(&s->datagram, LINK_DATAGRAM_MAX_BYTES);
    s->server = server_session_new(&options, s->now_ms);
    server_session_pty_output(s->server, view_of_text(printed_before), s->now_ms);
    for (int n = 0; n < CLIENTS; n++) {
        const struct key key = { .bytes = { (uint8_t)(n + 1) } };
        const struct attachment_config attachment = {
            .role = n == 0 ? ATTACHMENT_DRIVING : ATTACHMENT_VIEWING,
            .key = &key,
            .says_hello = true,
            .path = 1,
            .family = PATH_FAMILY_V4,
            .seed = dice_u64(&s->dice),
        };
        assert_int_equal(server_session_attach(s->server, &attachment, s->now_ms), n);
        const struct link_peer peer = { .addr = { .len = 1, .bytes = { 1 } } };
        const struct client_session_config client = { .key = &key,
                                                      .peers = &peer,
                                                      .peer_count = 1,
                                                      .rows = 24,
                                                      .cols = 80,
                                                      .name = "skua",
                                                      .says_hello = n == 0,
                                                      .caps = caps_xterm,
                                                      .seed = dice_u64(&s->dice) };
        s->client[n] = client_session_new(&client, s->now_ms);
        wire_init(&s->up[n], &lossy, dice_u64(&s->dice));
        wire_init(&s->down[n], &lossy, dice_u64(&s->dice));
    }
}

static void
close_scene(struct scene *s)
{
    for (int n = 0; n < CLIENTS; n++) {
        client_session_free(s->client[n]);
        wire_fini(&s->up[n]);
        wire_fini(&s->down[n]);
    }
    server_session_free(s->server);
    buf_fini(&s->datagram);
}

/* Each datagram is shown to the other end too: it must not be able to read it. */
static void
deliver(struct scene *s, int n)
{
    struct wire_packet *p;
    const struct arrival how = { .path = 1, .from = { .len = 1, .bytes = { (uint8_t)(10 + n) } } };
    while ((p = wire_next(&s->up[n], s->now_ms)) != NULL) {
        struct view bytes = view_of(p->bytes, p->len);
        (void)server_session_receive(s->server, n, bytes, &how, s->now_ms);
        enum skua_err err = server_session_receive(s->server, 1 - n, bytes, &how, s->now_ms);
        assert_true(err == SKUA_ERR_FORGED || err == SKUA_ERR_REPLAYED);
        s->strays_refused++;
        free(p);
    }
    while ((p = wire_next(&s->down[n], s->now_ms)) != NULL) {
        struct view bytes = view_of(p->bytes, p->len);
        (void)client_session_receive(s->client[n], bytes, &how, s->now_ms);
        enum skua_err err = client_session_receive(s->client[1 - n], bytes, &how, s->now_ms);
        assert_true(err == SKUA_ERR_FORGED || err == SKUA_ERR_REPLAYED);
        s->strays_refused++;
        free(p);
    }
}

static void
turn_client(struct scene *s, int n)
{
    struct path_order order;
    struct departure how;
    const struct addr here = { .len = 1, .bytes = { (uint8_t)(10 + n) } };
    while (client_session_next_order(s->client[n], &order, s->now_ms)) {
        if (order.what == PATH_ORDER_OPEN)
            client_session_path_event(s->client[n], order.path, PATH_UP, s->now_ms);
    }
    client_session_tick(s->client[n], s->now_ms);
    while (client_session_next_datagram(s->client[n], &s->datagram, &how, s->now_ms))
        wire_send(&s->up[n], buf_view(&s->datagram), &here, &how.to, s->now_ms);
}

static void
run(struct scene *s, uint64_t ms)
{
    struct departure how;
    for (uint64_t end_ms = s->now_ms + ms; s->now_ms < end_ms; s->now_ms++) {
        for (int n = 0; n < CLIENTS; n++) {
            deliver(s, n);
            turn_client(s, n);
        }
        server_session_tick(s->server, s->now_ms);
        for (int n = 0; n < CLIENTS; n++) {
            while (server_session_next_datagram(s->server, n, &s->datagram, &how, s->now_ms))
                wire_send(&s->down[n], buf_view(&s->datagram), &how.from, &how.to, s->now_ms);
        }
    }
}

static bool
is_equal(struct scene *s, int n)
{
    struct screen *screen = server_session_snapshot(s->server, s->now_ms);
    struct screen *projected = screen_project(screen, n == 0 ? &caps_skua : &caps_stock);
    bool equal = screen_equal(projected, client_session_raw(s->client[n]));
    screen_unref(projected);
    screen_unref(screen);
    return equal;
}

static void
test_both_converge_and_neither_reads_the_other(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct scene s;
        open_scene(&s, seed, "");
        run(&s, 200);
        for (int i = 0; i < 10; i++) {
            char text[64];
            snprintf(text, sizeof text, "\033[%u;%um line %d\033[m \r\n", dice_below(&s.dice, 10),
                     30 + dice_below(&s.dice, 8), i);
            server_session_pty_output(s.server, view_of_text(text), s.now_ms);
            client_session_type(s.client[i % 2], view_of_text(i % 2 ? "x" : "d"), s.now_ms);
            run(&s, dice_below(&s.dice, 200));
        }
        for (int i = 0; i < 200 && !(is_equal(&s, 0) && is_equal(&s, 1)); i++)
            run(&s, 50);
        if (!is_equal(&s, 0) || !is_equal(&s, 1))
            fail_msg("seed %llu: not equal", (unsigned long long)seed);
        assert_true(attachment_is_skua(server_session_attachment(s.server, 0)));
        assert_false(attachment_is_skua(server_session_attachment(s.server, 1)));
        run(&s, 3000);
        assert_true(
            view_equal(buf_view(server_session_pty_input(s.server)), view_of_text("ddddd")));
        assert_true(s.strays_refused > 20);
        close_scene(&s);
    }
}

/* Who comes later is told of no bell, no write to the clipboard, no notification of before. */
static void
test_attaching_replays_nothing(void **state)
{
    (void)state;
    static const char events[] = "\a\033]52;c;aGk=\a\033]9;done\a";
    struct scene s;
    open_scene(&s, 1, events);
    for (int i = 0; i < 100 && !client_session_raw(s.client[0])->title_set; i++) {
        if (i == 10)
            server_session_pty_output(s.server, view_of_text("\033]0;here\a"), s.now_ms);
        run(&s, 50);
    }
    const struct screen *skua = client_session_raw(s.client[0]);
    assert_true(skua->title_set);
    assert_int_equal(skua->bell_count + skua->clipboard.count + skua->notifications.count, 0);
    assert_int_equal(skua->clipboard.target, 0);

    server_session_pty_output(s.server, view_of_text(events), s.now_ms);
    run(&s, 5000);
    skua = client_session_raw(s.client[0]);
    assert_int_equal(skua->bell_count, 1);
    assert_int_equal(skua->clipboard.count, 1);
    assert_int_equal(skua->notifications.count, 1);
    assert_true(view_equal(payload_view(skua->notifications.recent[0]), view_of_text("\ndone")));
    assert_int_equal(client_session_raw(s.client[1])->bell_count, 1);
    close_scene(&s);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_both_converge_and_neither_reads_the_other),
        cmocka_unit_test(test_attaching_replays_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
