#include "predict_fixture.h"

#include "term/predict/line_editor.h"

static void
test_first_key_waits_for_its_echo(void **state)
{
    (void)state;
    struct fixture f;
    start(&f, PREDICT_ALWAYS, 250);
    print(&f, "$ ");
    answer(&f);
    type(&f, "a");
    expect(&f, "$");
    expect_cursor(&f, 0, 2);
    wait(&f, 100);
    type(&f, "b");
    expect(&f, "$");
    print(&f, "a");
    frame(&f, 1);
    expect(&f, "$ ab");
    expect_cursor(&f, 0, 4);
    assert_false(is_underlined(&f, 0, 2));
    assert_true(is_underlined(&f, 0, 3));
    type(&f, "c");
    expect(&f, "$ abc");
    stop(&f);
}

static void
test_says_why_a_key_is_held(void **state)
{
    (void)state;
    struct fixture f;
    int command = -1;
    start(&f, PREDICT_ALWAYS, 250);
    print(&f, "$ ");
    answer(&f);
    assert_int_equal(predictor_hold(f.p, f.raw, &command, f.now_ms), PREDICT_HOLD_NONE);
    type(&f, "a");
    assert_int_equal(predictor_hold(f.p, f.raw, &command, f.now_ms), PREDICT_HOLD_UNPROVED);
    assert_int_equal(command, LINE_COMMAND_TEXT);
    print(&f, "a");
    answer(&f);
    type(&f, "b");
    assert_int_equal(predictor_hold(f.p, f.raw, &command, f.now_ms), PREDICT_HOLD_NONE);
    type(&f, "\033[A");
    assert_int_equal(predictor_hold(f.p, f.raw, &command, f.now_ms), PREDICT_HOLD_UNKNOWN);
    assert_int_equal(command, LINE_COMMAND_UP);
    stop(&f);
}

/* tmux takes the key behind its prefix for a command of its own. */
static void
test_the_key_behind_a_prefix_is_no_text(void **state)
{
    (void)state;
    struct fixture f;
    const struct style bar = { .attrs = STYLE_INVERSE };
    start(&f, PREDICT_ALWAYS, 250);
    f.hints = usual_tty(false, false);
    f.server->modes.alternate = true;
    for (int x = 0; x < COLS; x++)
        row_set(screen_row_mut(f.server, ROWS - 1), x, view_of(" ", 1), CELL_NARROW, &bar);
    print(&f, "$ ");
    answer(&f);
    type(&f, "a");
    expect(&f, "$ a");
    print(&f, "a");
    answer(&f);
    type(&f, "\x02");
    answer(&f);
    type(&f, "o");
    expect(&f, "$ a");
    answer(&f);
    type(&f, "b");
    expect(&f, "$ ab");
    print(&f, "b");
    answer(&f);
    /* Where it moves the cursor it is none. */
    type(&f, "\x02");
    print(&f, "\b");
    answer(&f);
    type(&f, "x");
    print(&f, "xb\b");
    answer(&f);
    type(&f, "\x02");
    type(&f, "y");
    expect(&f, "$ ayxb");
    stop(&f);
}

/* A chat client's field is empty behind a line that was said; a command may ask for a password. */
static void
test_what_is_said_leaves_the_field(void **state)
{
    (void)state;
    struct fixture f;
    start(&f, PREDICT_ALWAYS, 250);
    f.hints = usual_tty(false, false);
    f.server->modes.alternate = true;
    f.server->modes.bracketed_paste = false;
    f.server->cursor_row = ROWS - 1;
    print(&f, "[a] ");
    answer(&f);
    for (int i = 0; i < 4; i++) {
        type(&f, "h");
        print(&f, "h");
        answer(&f);
    }
    type(&f, "\r");
    expect(&f, "[a] hhhh"); /* it has to prove itself */
    print(&f, "\b\b\b\b    \b\b\b\b");
    answer(&f);
    type(&f, "hi");
    type(&f, "\r");
    type(&f, "/oper x");
    expect(&f, "[a] /oper x");
    type(&f, "\r");
    type(&f, "s");
    expect(&f, "[a] /oper x");
    stop(&f);
}

static void
test_adaptive_needs_a_slow_link(void **state)
{
    (void)state;
    struct fixture f;
    start_proved(&f, PREDICT_ADAPTIVE, 20);
    type(&f, "b");
    expect(&f, "$ a");
    print(&f, "b");
    answer(&f);
    f.sync.send_interval_ms = 31;
    answer(&f);
    type(&f, "c");
    expect(&f, "$ abc");
    assert_false(is_underlined(&f, 0, 4));
    /* Cured only when nothing is outstanding. */
    f.sync.send_interval_ms = 20;
    frame(&f, f.sync.sent - 1);
    expect(&f, "$ abc");
    print(&f, "c");
    answer(&f);
    answer(&f);
    type(&f, "d");
    expect(&f, "$ abc");
    stop(&f);
}

static void
test_adaptive_shows_when_an_answer_is_late(void **state)
{
    (void)state;
    struct fixture f;
    start_proved(&f, PREDICT_ADAPTIVE, 20);
    type(&f, "b");
    uint64_t typed_ms = f.now_ms;
    wait(&f, 120);
    expect(&f, "$ a");
    assert_int_equal(predictor_deadline_ms(f.p, f.now_ms), typed_ms + 250);
    wait(&f, 250);
    expect(&f, "$ ab");
    assert_false(is_underlined(&f, 0, 3));
    assert_int_equal(predictor_deadline_ms(f.p, f.now_ms), typed_ms + 5000);
    wait(&f, 4700);
    assert_true(is_underlined(&f, 0, 3));
    assert_true(predictor_deadline_ms(f.p, f.now_ms) == UINT64_MAX);
    stop(&f);
}

static void
test_never_and_pastes_show_nothing(void **state)
{
    (void)state;
    struct fixture f;
    start_proved(&f, PREDICT_NEVER, 250);
    type(&f, "b");
    expect(&f, "$ a");
    assert_false(predictor_is_active(f.p));
    stop(&f);

    char text[102];
    memset(text, 'x', sizeof text);
    text[30] = '\0';
    start_proved(&f, PREDICT_ALWAYS, 250);
    type(&f, text);
    expect(&f, "$ axxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");
    stop(&f);
    text[30] = 'x';
    text[101] = '\0';
    start_proved(&f, PREDICT_ALWAYS, 250);
    type(&f, text);
    expect(&f, "$ a");
    stop(&f);
}

static void
test_experimental_shows_the_first_key(void **state)
{
    (void)state;
    struct fixture f;
    start(&f, PREDICT_EXPERIMENTAL, 20);
    print(&f, "$ ");
    answer(&f);
    type(&f, "a");
    expect(&f, "$ a");
    stop(&f);
}

static void
test_password_prompts_are_never_predicted(void **state)
{
    (void)state;
    const char *prompts[] = { "Password: ", "[sudo] password for ann: ", "Enter PIN: ",
                              "Verification code: ", "Enter passphrase for key 'id': " };
    for (size_t i = 0; i < sizeof prompts / sizeof prompts[0]; i++) {
        struct fixture f;
        start_proved(&f, PREDICT_EXPERIMENTAL, 250);
        type(&f, "\r");
        print(&f, "\r\n");
        print(&f, prompts[i]);
        answer(&f);
        char want[COLS + 1];
        snprintf(want, sizeof want, "%s", prompts[i]);
        want[strlen(want) - 1] = '\0';
        for (int k = 0; k < 8; k++) {
            type(&f, "s");
            expect(&f, want);
            wait(&f, 100);
        }
        answer(&f);
        type(&f, "t");
        expect(&f, want);
        stop(&f);
    }
}

static void
test_a_word_in_an_echoing_line_is_no_secret(void **state)
{
    (void)state;
    struct fixture f;
    start_proved(&f, PREDICT_ALWAYS, 250);
    type(&f, " password:");
    expect(&f, "$ a password:");
    print(&f, " password:");
    answer(&f);
    type(&f, "x");
    expect(&f, "$ a password:x");
    stop(&f);
}

static void
test_hints_silence_everything(void **state)
{
    (void)state;
    struct fixture f;
    start_proved(&f, PREDICT_EXPERIMENTAL, 250);
    f.hints = (struct hints){ .known = true, .canonical = true, .echo = false };
    answer(&f);
    type(&f, "secret");
    expect(&f, "$ a");
    stop(&f);
}

static void
test_hints_of_an_echoing_driver_are_trusted(void **state)
{
    (void)state;
    struct fixture f;
    start(&f, PREDICT_ALWAYS, 250);
    f.hints = usual_tty(true, true);
    print(&f, "name? ");
    answer(&f);
    wait(&f, 1000);
    type(&f, "Ann x");
    expect(&f, "name? Ann x");
    type(&f, "\x17");
    expect(&f, "name? Ann");
    expect_cursor(&f, 0, 10);
    type(&f, "\x7f\x7f\x7f\x7f\x7f\x7f");
    expect(&f, "name?");
    expect_cursor(&f, 0, 6);
    type(&f, "\x01z");
    expect(&f, "name? ^Az");
    type(&f, "\x15"
             "ab\tc");
    expect(&f, "name? ab        c");
    type(&f, "\r");
    expect_cursor(&f, 1, 0);
    expect_row(&f, 0, "name? ab        c");
    /* Behind Enter anything may come. */
    type(&f, "x");
    expect_row(&f, 1, "");
    stop(&f);
}

static void
test_backspace_and_arrows_stop_at_the_prompt(void **state)
{
    (void)state;
    struct fixture f;
    start_proved(&f, PREDICT_ALWAYS, 250);
    type(&f, "\x7f");
    expect(&f, "$");
    expect_cursor(&f, 0, 2);
    type(&f, "\x7f\x7f\033[D\033OD");
    expect(&f, "$");
    expect_cursor(&f, 0, 2);
    type(&f, "bc\033[D");
    expect(&f, "$ bc");
    expect_cursor(&f, 0, 3);
    type(&f, "x");
    expect(&f, "$ bxc");
    type(&f, "\033[C\033[C\033[C");
    expect_cursor(&f, 0, 5);
    stop(&f);
}

static void
test_overwrite_leaves_the_rest(void **state)
{
    (void)state;
    struct fixture f;
    start_proved(&f, PREDICT_ALWAYS, 250);
    predictor_free(f.p);
    const struct predict_preference preference = { PREDICT_ALWAYS, .overwrite = true };
    f.p = predictor_new(&preference);
    answer(&f);
    type(&f, "b");
    print(&f, "b");
    answer(&f);
    type(&f, "cd\033[D\033[D");
    type(&f, "x");
    expect(&f, "$ abxd");
    type(&f, "\x7f");
    expect(&f, "$ ab d");
    stop(&f);
}

static void
test_long_lines_fold(void **state)
{
    (void)state;
    struct fixture f;
    start_proved(&f, PREDICT_ALWAYS, 250);
    char text[COLS];
    memset(text, 'x', sizeof text);
    text[COLS - 1] = '\0';
    type(&f, text);
    expect_cursor(&f, 1, 2);
    expect_row(&f, 1, "xx");
    type(&f, "\x7f\x7f\x7f");
    expect_row(&f, 1, "");
    expect_cursor(&f, 0, COLS - 1);
    stop(&f);
}

static void
test_wide_and_combining_characters(void **state)
{
    (void)state;
    struct fixture f;
    start_proved(&f, PREDICT_ALWAYS, 250);
    type(&f, "\xe4\xb8\xad");
    expect(&f, "$ a\xe4\xb8\xad");
    expect_cursor(&f, 0, 5);
    type(&f, "e\xcc\x81z");
    expect(&f, "$ a\xe4\xb8\xad"
               "e\xcc\x81z");
    expect_cursor(&f, 0, 7);
    type(&f, "\x7f\x7f\x7f");
    expect(&f, "$ a");
    expect_cursor(&f, 0, 3);
    stop(&f);
}

static void
test_a_new_size_forgets(void **state)
{
    (void)state;
    struct fixture f;
    start_proved(&f, PREDICT_ALWAYS, 250);
    type(&f, "b");
    screen_resize(f.server, ROWS, COLS + 3);
    frame(&f, f.sync.sent - 1);
    struct screen *s = predictor_overlay(f.p, f.raw, f.now_ms);
    assert_ptr_equal(s, f.raw);
    screen_unref(s);
    stop(&f);
}

static void
test_any_bytes_and_any_screens(void **state)
{
    (void)state;
    uint32_t seed = 7;
    for (int run = 0; run < 60; run++) {
        struct fixture f;
        start(&f, (enum predict_display)(run % 4), 20 + (uint32_t)run * 4);
        for (int i = 0; i < 400; i++) {
            char bytes[9] = "";
            for (int k = 0; k < 8; k++) {
                seed = seed * 1664525u + 1013904223u;
                bytes[k] = (char)(seed >> 24);
                if ((seed & 0x700) == 0)
                    bytes[k] = "\033[\r\x7f"[seed >> 30];
            }
            type(&f, bytes);
            char out[9];
            for (int k = 0; k < 8; k++)
                out[k] = bytes[k] >= ' ' || bytes[k] == '\r' || bytes[k] == '\n' ? bytes[k] : '.';
            out[8] = '\0';
            f.hints = (struct hints){ .known = seed & 1, .echo = seed & 2, .canonical = seed & 4 };
            if ((seed & 0x30) != 0)
                print(&f, out);
            f.server->modes.bracketed_paste = (seed & 0x800) != 0;
            f.server->modes.alternate = (seed & 0x1000) != 0;
            wait(&f, seed >> 26);
            frame(&f, f.sync.sent - (f.sync.sent > 3 ? seed >> 30 : 0));
            screen_unref(predictor_overlay(f.p, f.raw, f.now_ms));
        }
        stop(&f);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_first_key_waits_for_its_echo),
        cmocka_unit_test(test_says_why_a_key_is_held),
        cmocka_unit_test(test_the_key_behind_a_prefix_is_no_text),
        cmocka_unit_test(test_what_is_said_leaves_the_field),
        cmocka_unit_test(test_adaptive_needs_a_slow_link),
        cmocka_unit_test(test_adaptive_shows_when_an_answer_is_late),
        cmocka_unit_test(test_never_and_pastes_show_nothing),
        cmocka_unit_test(test_experimental_shows_the_first_key),
        cmocka_unit_test(test_password_prompts_are_never_predicted),
        cmocka_unit_test(test_a_word_in_an_echoing_line_is_no_secret),
        cmocka_unit_test(test_hints_silence_everything),
        cmocka_unit_test(test_hints_of_an_echoing_driver_are_trusted),
        cmocka_unit_test(test_backspace_and_arrows_stop_at_the_prompt),
        cmocka_unit_test(test_overwrite_leaves_the_rest),
        cmocka_unit_test(test_long_lines_fold),
        cmocka_unit_test(test_wide_and_combining_characters),
        cmocka_unit_test(test_a_new_size_forgets),
        cmocka_unit_test(test_any_bytes_and_any_screens),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
