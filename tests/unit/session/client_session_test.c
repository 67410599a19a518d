#include "pair.h"

#include "session/first_contact.h"

/* A row that the user sees, as text. */
static void
read_row(struct pair *p, int row, char line[81])
{
    struct screen *s = client_session_shown(p->client, p->now_ms);
    memset(line, 0, 81);
    for (int x = 0; x < s->cols && x < 80; x++) {
        uint32_t c = s->row[row]->cell[x].text;
        line[x] = c == 0 || c > 126 ? ' ' : (char)c;
    }
    screen_unref(s);
}

static bool
shows(struct pair *p, const char *text)
{
    char line[81];
    read_row(p, 0, line);
    return strstr(line, text) != NULL;
}

static void
test_says_that_nothing_is_heard_then_gives_up(void **state)
{
    (void)state;
    struct pair p;
    pair_init(&p, true, true);
    uint64_t start_ms = p.now_ms;
    for (; p.now_ms < start_ms + FIRST_CONTACT_NOTICE_MS; p.now_ms++)
        pair_turn_client(&p, true);
    assert_false(shows(&p, "60001"));
    p.now_ms += 10;
    pair_turn_client(&p, true);
    assert_true(shows(&p, "60001"));
    for (; p.now_ms < start_ms + FIRST_CONTACT_TIMEOUT_MS + 10; p.now_ms += 5)
        pair_turn_client(&p, true);
    assert_int_equal(client_session_end(p.client, p.now_ms), CLIENT_GOES_ON);
    for (; p.now_ms < start_ms + 60000; p.now_ms += 5)
        pair_turn_client(&p, true);
    assert_int_equal(client_session_end(p.client, p.now_ms), CLIENT_NEVER_CONNECTED);
    pair_fini(&p);
}

static void
test_the_escape_key_quits(void **state)
{
    (void)state;
    struct pair p;
    pair_init(&p, true, true);
    pair_run(&p, 300);
    client_session_type(p.client, view_of_text("\x1e"), p.now_ms);
    assert_true(shows(&p, "Ctrl-Z"));
    client_session_type(p.client, view_of_text("."), p.now_ms);
    pair_run(&p, 3000);
    assert_int_equal(client_session_end(p.client, p.now_ms), CLIENT_ENDED);
    assert_true(server_session_is_over(p.server, p.now_ms));
    assert_int_equal(server_session_pty_input(p.server)->len, 0);
    pair_fini(&p);
}

/* A terminal driver echoes that key as "^^", but it stays here. */
static void
test_the_escape_key_is_not_predicted(void **state)
{
    (void)state;
    struct pair p;
    pair_init(&p, true, true);
    const struct hints driver = { .known = true, .echo = true, .canonical = true, .signals = true };
    server_session_note_tty(p.server, &driver);
    pair_print(&p, "\r\n\r\n");
    pair_run(&p, 3000);
    client_session_type(p.client, view_of_text("ls\x1e"), p.now_ms);
    char line[81];
    read_row(&p, 2, line);
    assert_memory_equal(line, "ls    ", 6);
    /* Twice, it is meant. */
    client_session_type(p.client, view_of_text("^"), p.now_ms);
    read_row(&p, 2, line);
    assert_memory_equal(line, "ls^^  ", 6);
    pair_fini(&p);
}

static void
test_suspend_is_asked_for_once(void **state)
{
    (void)state;
    struct pair p;
    pair_init(&p, true, true);
    pair_run(&p, 300);
    client_session_type(p.client, view_of_text("\x1e\x1a"), p.now_ms);
    assert_true(client_session_take_suspend(p.client));
    assert_false(client_session_take_suspend(p.client));
    assert_int_equal(client_session_end(p.client, p.now_ms), CLIENT_GOES_ON);
    pair_fini(&p);
}

static void
test_paints_only_what_changed(void **state)
{
    (void)state;
    struct pair p;
    pair_init(&p, true, true);
    pair_run(&p, 300);
    assert_true(client_session_paint(p.client, &p.painted, p.now_ms));
    buf_clear(&p.painted);
    assert_false(client_session_paint(p.client, &p.painted, p.now_ms));
    pair_print(&p, "x");
    pair_run(&p, 300);
    assert_true(client_session_paint(p.client, &p.painted, p.now_ms));
    size_t change = p.painted.len;
    buf_clear(&p.painted);
    client_session_repaint(p.client);
    assert_true(client_session_paint(p.client, &p.painted, p.now_ms));
    assert_true(p.painted.len > change);
    pair_fini(&p);
}

static void
test_silence_is_told(void **state)
{
    (void)state;
    struct pair p;
    pair_init(&p, true, true);
    pair_run(&p, 300);
    for (int i = 0; i < 70; i++, p.now_ms += 100)
        pair_turn_client(&p, true);
    assert_true(shows(&p, "skua: "));
    pair_run(&p, 5000);
    assert_false(shows(&p, "skua: "));
    pair_fini(&p);
}

static void
test_keys_wait_when_too_much_is_unacknowledged(void **state)
{
    (void)state;
    struct pair p;
    pair_init(&p, true, true);
    pair_run(&p, 300);
    char chunk[4096];
    memset(chunk, 'k', sizeof chunk);
    while (client_session_room(p.client) > 0) {
        size_t room = client_session_room(p.client);
        client_session_type(p.client, view_of(chunk, room < sizeof chunk ? room : sizeof chunk),
                            p.now_ms);
    }
    for (int i = 0; i < 20000 && client_session_room(p.client) < 1000000; i++) {
        pair_run(&p, 1);
        buf_clear(server_session_pty_input(p.server));
    }
    assert_true(client_session_room(p.client) >= 1000000);
    pair_fini(&p);
}

/*
 * Without a word, at the slow pace of idle ends: nobody is told that the other is late. Each seed begins
 * the silence at another moment.
 */
static void
test_no_notice_between_idle_ends(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 6; seed++) {
        struct pair p;
        int packets = 0;
        pair_init(&p, true, true);
        pair_run(&p, 500 + seed * 777);
        client_session_type(p.client, view_of_text("x"), p.now_ms);
        pair_run(&p, 1000 + seed * 333);
        pair_print(&p, "y");
        pair_run(&p, 40000);
        struct screen *quiet = client_session_shown(p.client, p.now_ms);
        for (int ms = 0; ms < 120000; ms++) {
            uint64_t heard = server_session_heard_ms(p.server);
            pair_run(&p, 1);
            packets += server_session_heard_ms(p.server) != heard;
            struct screen *now = client_session_shown(p.client, p.now_ms);
            if (!screen_equal(now, quiet))
                fail_msg("seed %u: a notice after %d ms", (unsigned)seed, ms);
            screen_unref(now);
        }
        assert_in_range(packets, 11, 13); /* in two minutes */
        screen_unref(quiet);
        pair_fini(&p);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_says_that_nothing_is_heard_then_gives_up),
        cmocka_unit_test(test_the_escape_key_quits),
        cmocka_unit_test(test_the_escape_key_is_not_predicted),
        cmocka_unit_test(test_suspend_is_asked_for_once),
        cmocka_unit_test(test_paints_only_what_changed),
        cmocka_unit_test(test_silence_is_told),
        cmocka_unit_test(test_keys_wait_when_too_much_is_unacknowledged),
        cmocka_unit_test(test_no_notice_between_idle_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
