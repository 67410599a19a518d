#include "pair.h"

static void
test_ends_when_nobody_ever_comes(void **state)
{
    (void)state;
    struct pair p;
    pair_init(&p, true, true);
    p.now_ms += SERVER_NO_CLIENT_MS - 1;
    server_session_tick(p.server, p.now_ms);
    assert_false(server_session_is_over(p.server, p.now_ms));
    assert_int_equal(server_session_deadline_ms(p.server, p.now_ms), p.now_ms + 1);
    p.now_ms++;
    server_session_tick(p.server, p.now_ms);
    assert_true(server_session_is_over(p.server, p.now_ms));
    pair_fini(&p);
}

static void
test_ends_soon_after_a_long_silence(void **state)
{
    (void)state;
    const struct server_options_core options = { 24, 80, .network_timeout_ms = 4000 };
    struct pair p;
    pair_init_with(&p, &options, true, true);
    pair_run(&p, 5000);
    uint64_t silent_ms = p.now_ms;
    while (!server_session_is_over(p.server, p.now_ms)) {
        pair_turn_server(&p);
        assert_true(server_session_deadline_ms(p.server, p.now_ms) != UINT64_MAX);
        assert_in_range(p.now_ms, silent_ms, silent_ms + 14000);
        p.now_ms++;
    }
    assert_in_range(p.now_ms, silent_ms + 10000, silent_ms + 14001);
    pair_fini(&p);
}

static void
test_keys_and_answers_go_to_the_program(void **state)
{
    (void)state;
    struct pair p;
    pair_init(&p, true, true);
    assert_false(server_session_has_client(p.server));
    pair_run(&p, 100);
    assert_true(server_session_has_client(p.server));
    client_session_type(p.client, view_of_text("ls\r"), p.now_ms);
    pair_run(&p, 50);
    struct buf *input = server_session_pty_input(p.server);
    assert_true(view_equal(buf_view(input), view_of_text("ls\r")));
    buf_clear(input);
    pair_print(&p, "\033[5n");
    assert_true(view_equal(buf_view(input), view_of_text("\033[0n")));
    pair_fini(&p);
}

static void
test_arrows_follow_the_programs_mode(void **state)
{
    (void)state;
    struct pair p;
    pair_init(&p, true, true);
    pair_run(&p, 100);
    struct buf *input = server_session_pty_input(p.server);
    client_session_type(p.client, view_of_text("\033OA"), p.now_ms);
    pair_run(&p, 50);
    assert_true(view_equal(buf_view(input), view_of_text("\033[A")));
    buf_clear(input);
    pair_print(&p, "\033[?1h");
    client_session_type(p.client, view_of_text("\033OA"), p.now_ms);
    pair_run(&p, 50);
    assert_true(view_equal(buf_view(input), view_of_text("\033OA")));
    pair_fini(&p);
}

static void
test_the_window_follows_the_client(void **state)
{
    (void)state;
    struct pair p;
    int rows = 0, cols = 0;
    pair_init(&p, true, true);
    pair_run(&p, 100);
    assert_true(server_session_take_window(p.server, &rows, &cols));
    assert_int_equal(rows, 24);
    assert_false(server_session_take_window(p.server, &rows, &cols));
    client_session_resize(p.client, 40, 100, p.now_ms);
    pair_run(&p, 100);
    assert_true(server_session_take_window(p.server, &rows, &cols));
    assert_int_equal(rows, 40);
    assert_int_equal(cols, 100);
    assert_int_equal(client_session_raw(p.client)->cols, 100);
    pair_fini(&p);
}

static void
test_the_record_is_kept(void **state)
{
    (void)state;
    struct pair p;
    struct record record;
    pair_init(&p, true, true);
    assert_false(server_session_record(p.server, &record));
    pair_run(&p, 100);
    assert_true(server_session_record(p.server, &record));
    assert_int_equal(record.colors, 256);
    pair_fini(&p);
}

/* What is shown in the same millisecond: a key's echo, but not the beginning of more. */
static void
test_a_short_answer_is_shown_at_once(void **state)
{
    (void)state;
    struct pair p;
    pair_init(&p, true, true);
    pair_run(&p, 1000);
    client_session_type(p.client, view_of_text("x"), p.now_ms);
    pair_turn_client(&p, false);
    pair_print(&p, "x");
    pair_turn_server(&p);
    assert_int_equal(pair_char(&p, 0, 0), 'x');
    pair_print(&p, "0123456789012345678901234567890123456789012345678901234567890123");
    pair_turn_server(&p);
    assert_int_equal(pair_char(&p, 0, 1), ' ');
    p.now_ms++;
    pair_turn_server(&p);
    assert_int_equal(pair_char(&p, 0, 1), '0');
    pair_fini(&p);
}

/* Or the loop would turn without end: echo acknowledgements and held screens have their own times. */
static void
test_a_flood_leaves_nothing_due(void **state)
{
    (void)state;
    struct pair p;
    pair_init(&p, true, true);
    pair_run(&p, 1000);
    for (int n = 0; n < 3000; n++) {
        if (n % 20 == 0)
            client_session_type(p.client, view_of_text("x"), p.now_ms);
        if (n % 500 == 250)
            pair_print(&p, "\033[?2026h");
        pair_print(&p,
                   "a line of the flood that is longer than what answers a key, and then some\r\n");
        pair_turn_client(&p, false);
        pair_turn_server(&p);
        assert_true(server_session_deadline_ms(p.server, p.now_ms) > p.now_ms);
        p.now_ms++;
    }
    pair_fini(&p);
}

static void
test_shutdown_shows_the_last_screen(void **state)
{
    (void)state;
    struct pair p;
    pair_init(&p, true, true);
    pair_run(&p, 300);
    pair_print(&p, "bye");
    server_session_shutdown(p.server, p.now_ms);
    pair_run(&p, 3000);
    assert_int_equal(pair_char(&p, 0, 0), 'b');
    assert_int_equal(client_session_end(p.client, p.now_ms), CLIENT_ENDED);
    assert_true(server_session_is_over(p.server, p.now_ms));
    pair_fini(&p);
}

static void
test_shutdown_shows_what_was_held_back(void **state)
{
    (void)state;
    struct pair p;
    pair_init(&p, true, true);
    pair_run(&p, 300);
    pair_print(&p, "\033[?2026hbye");
    server_session_shutdown(p.server, p.now_ms);
    pair_run(&p, 3000);
    assert_int_equal(pair_char(&p, 0, 0), 'b');
    pair_fini(&p);
}

/* The number in the last line that the client shows. */
static int
shown_number(const struct pair *p)
{
    int number = 0;
    for (int col = 5; col < 12; col++)
        number = number * 10 + (pair_char(p, 23, col) - '0');
    return number;
}

/* Of a flood few screens are sent, each of them the newest; and its last one is not forgotten. */
static void
test_a_flood_shows_its_newest(void **state)
{
    (void)state;
    struct pair p;
    char line[80];
    int changes = 0;
    pair_init(&p, true, true);
    pair_run(&p, 1000);
    for (int n = 0; n < 3000; n++) {
        int before = shown_number(&p);
        snprintf(line, sizeof line, "\r\nline %07d of a flood that nobody can read", n);
        for (int i = 0; i < 5; i++)
            pair_print(&p, line);
        pair_turn_client(&p, false);
        server_session_tick(p.server, p.now_ms++);
        pair_send_server(
            &p); /* a moment later, as a loop does that looks at the clock in between */
        if (shown_number(&p) == before)
            continue;
        assert_int_equal(shown_number(&p), n);
        changes++;
    }
    assert_in_range(changes, 30, 400);
    pair_run(&p, 100);
    assert_int_equal(shown_number(&p), 2999);
    pair_fini(&p);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ends_when_nobody_ever_comes),
        cmocka_unit_test(test_ends_soon_after_a_long_silence),
        cmocka_unit_test(test_keys_and_answers_go_to_the_program),
        cmocka_unit_test(test_arrows_follow_the_programs_mode),
        cmocka_unit_test(test_the_window_follows_the_client),
        cmocka_unit_test(test_the_record_is_kept),
        cmocka_unit_test(test_a_short_answer_is_shown_at_once),
        cmocka_unit_test(test_a_flood_shows_its_newest),
        cmocka_unit_test(test_a_flood_leaves_nothing_due),
        cmocka_unit_test(test_shutdown_shows_the_last_screen),
        cmocka_unit_test(test_shutdown_shows_what_was_held_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
