#include "predict_fixture.h"

static const struct hints no_hints;

/* A program that reads lines, for longer than it takes to switch echo off. */
static void
start_lines(struct fixture *f)
{
    start(f, PREDICT_ALWAYS, 250);
    f->server->modes.bracketed_paste = false;
    f->hints = usual_tty(true, true);
    print(f, "? ");
    answer(f);
    wait(f, 1000);
}

static void
test_the_drivers_own_keys_edit(void **state)
{
    (void)state;
    struct fixture f;
    start_lines(&f);
    f.hints.erase = 8;
    f.hints.word_erase = 0;
    f.hints.kill = '@';
    f.hints.signals = false;
    answer(&f);
    wait(&f, 1000);
    type(&f, "abc\b");
    expect(&f, "? ab");
    type(&f, "\x7f");
    expect(&f, "? ab^?");
    type(&f, "@one two\x17");
    expect(&f, "? one two^W");
    type(&f, "\x03");
    expect(&f, "? one two^W^C");
    stop(&f);
}

static void
test_a_program_that_begins_is_given_a_while(void **state)
{
    (void)state;
    struct fixture f;
    start_lines(&f);
    f.hints.program = 7;
    answer(&f);
    type(&f, "hun");
    expect(&f, "?");
    print(&f, "h"); /* typed ahead, and echoed by the driver */
    frame(&f, 1);
    expect(&f, "? h");
    wait(&f, 999);
    expect(&f, "? h");
    f.hints = usual_tty(false, true);
    frame(&f, 1);
    wait(&f, 5000);
    expect(&f, "? h");
    type(&f, "ter2");
    expect(&f, "? h");
    stop(&f);
}

/* A secret, and Enter: the mode comes back before the echo ack does. */
static void
test_what_was_typed_silently_is_never_shown(void **state)
{
    (void)state;
    struct fixture f;
    start_lines(&f);
    f.hints = usual_tty(false, true);
    answer(&f);
    type(&f, "hunter2");
    expect(&f, "?");
    f.hints = usual_tty(true, true);
    f.hints.since_input = 0;
    frame(&f, 0);
    wait(&f, 2000);
    frame(&f, 0);
    expect(&f, "?");
    type(&f, "x"); /* and nothing behind it, until the server has answered */
    expect(&f, "?");
    stop(&f);
}

/* Typed while the driver echoed, as far as we knew; by then it was in another mode. */
static void
test_keys_of_the_mode_before_wait(void **state)
{
    (void)state;
    struct fixture f;
    start_lines(&f);
    type(&f, "a");
    type(&f, "b");
    expect(&f, "? ab");
    f.hints = usual_tty(false, false);
    f.hints.since_input = 2;
    frame(&f, 0);
    expect(&f, "?");
    /* Not before: the server saw it in the new mode, which echoes. */
    f.hints = usual_tty(true, true);
    f.hints.since_input = 1;
    frame(&f, 1);
    wait(&f, 1000);
    type(&f, "c");
    stop(&f);
}

static void
test_echo_off_in_the_middle_hides_at_once(void **state)
{
    (void)state;
    struct fixture f;
    start_lines(&f);
    type(&f, "abc");
    expect(&f, "? abc");
    f.hints = usual_tty(false, true);
    f.hints.since_input = 1;
    frame(&f, 0);
    expect(&f, "?");
    type(&f, "hunter2");
    expect(&f, "?");
    stop(&f);
}

/* `stty -icanon`: more in a row than any field of a fixed length holds, and its end ends the proof. */
static void
test_characters_echoed_by_the_driver(void **state)
{
    (void)state;
    struct fixture f;
    start_lines(&f);
    f.hints = usual_tty(true, false);
    answer(&f);
    char all[32] = "? ";
    for (int i = 0; i < 20; i++) {
        char key[2] = { (char)('a' + i), '\0' };
        type(&f, key);
        expect(&f, i > 0 ? all : "?");
        print(&f, key);
        answer(&f);
        all[2 + i] = key[0];
    }
    type(&f, "x");
    expect(&f, "? abcdefghijklmnopqrstx");
    f.hints = usual_tty(false, false);
    f.hints.since_input = 1;
    frame(&f, 0);
    expect(&f, "? abcdefghijklmnopqrst");
    type(&f, "hunter2");
    expect(&f, "? abcdefghijklmnopqrst");
    stop(&f);
}

/* ssh: seconds of a driver that echoes, then a password. */
static void
test_programs_that_ask_are_never_trusted(void **state)
{
    (void)state;
    struct fixture f;
    start_proved(&f, PREDICT_ALWAYS, 250);
    f.hints = usual_tty(false, false);
    answer(&f);
    type(&f, "\x15ssh host");
    print(&f, "\r$          \r$ ssh host");
    answer(&f);
    type(&f, "\r");
    f.server->modes.bracketed_paste = false;
    f.hints = usual_tty(true, true);
    f.hints.program = 9;
    print(&f, "\r\n");
    answer(&f);
    wait(&f, 5000);
    answer(&f);
    type(&f, "hunter2");
    expect_row(&f, 1, "");
    stop(&f);
}

/* Many good echoes in one program say nothing of another with the same prompt. */
static void
test_trust_is_a_programs_own(void **state)
{
    (void)state;
    struct fixture f;
    start(&f, PREDICT_ALWAYS, 250);
    f.server->modes.bracketed_paste = false;
    f.hints = usual_tty(false, false);
    f.hints.program = 5;
    for (int i = 0; i < 30; i++) {
        print(&f, "\r> ");
        answer(&f);
        type(&f, "a");
        print(&f, "a");
        answer(&f);
        type(&f, "\r");
        print(&f, "\r\n> ");
        answer(&f);
    }
    type(&f, "b");
    expect(&f, "> b");
    print(&f, "b");
    answer(&f);
    type(&f, "\r");
    f.hints.program = 6;
    print(&f, "\r\n> ");
    answer(&f);
    type(&f, "hunter2");
    expect(&f, ">");
    stop(&f);
}

/* read -n3, then read -s: without hints the row without a prompt says it, with them the mode. */
static void
test_eagerness_stops_where_a_secret_may_follow(void **state)
{
    (void)state;
    for (int has_hints = 0; has_hints < 2; has_hints++) {
        struct fixture f;
        start(&f, PREDICT_EXPERIMENTAL, 250);
        print(&f, "$ ");
        answer(&f);
        type(&f, "r");
        expect(&f, "$ r");
        type(&f, "\r");
        f.server->modes.bracketed_paste = false;
        f.hints = has_hints ? usual_tty(true, false) : no_hints;
        print(&f, "r\r\n");
        answer(&f);
        type(&f, "a");
        print(&f, "a");
        answer(&f);
        type(&f, "bcd");
        expect(&f, "a");
        stop(&f);
    }
}

static void
test_a_client_without_hints_asks_for_proof(void **state)
{
    (void)state;
    struct fixture f;
    start_lines(&f);
    f.hints = no_hints;
    print(&f, "\r\n? ");
    answer(&f);
    type(&f, "hunter2");
    expect(&f, "?");
    stop(&f);
}

/* Not even the mode that waits for nothing shows keys to a program of which nothing is known. */
static void
test_experiments_keep_secrets_of_strangers(void **state)
{
    (void)state;
    struct fixture f;
    start(&f, PREDICT_EXPERIMENTAL, 250);
    print(&f, "$ ");
    answer(&f);
    type(&f, "x");
    expect_row(&f, 0, "$ x");
    type(&f, "\r");
    f.server->modes.bracketed_paste = false;
    print(&f, "x\r\ndate> ");
    answer(&f);
    type(&f, "s");
    expect_row(&f, 1, "date>");
    stop(&f);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_experiments_keep_secrets_of_strangers),
        cmocka_unit_test(test_the_drivers_own_keys_edit),
        cmocka_unit_test(test_a_program_that_begins_is_given_a_while),
        cmocka_unit_test(test_what_was_typed_silently_is_never_shown),
        cmocka_unit_test(test_keys_of_the_mode_before_wait),
        cmocka_unit_test(test_echo_off_in_the_middle_hides_at_once),
        cmocka_unit_test(test_characters_echoed_by_the_driver),
        cmocka_unit_test(test_programs_that_ask_are_never_trusted),
        cmocka_unit_test(test_trust_is_a_programs_own),
        cmocka_unit_test(test_eagerness_stops_where_a_secret_may_follow),
        cmocka_unit_test(test_a_client_without_hints_asks_for_proof),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
