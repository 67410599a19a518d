#include "predict_fixture.h"

static void
test_silence_without_a_prompt_hides_at_once(void **state)
{
    (void)state;
    struct fixture f;
    start_proved(&f, PREDICT_ALWAYS, 250);
    type(&f, "s");
    expect(&f, "$ as");
    wait(&f, 550);
    answer(&f); /* the program has had its 50 ms, and nothing came */
    expect(&f, "$ a");
    type(&f, "e");
    expect(&f, "$ a");
    wait(&f, 550);
    answer(&f);
    type(&f, "c");
    expect(&f, "$ a");
    stop(&f);
}

static void
test_a_slow_echo_is_waited_for(void **state)
{
    (void)state;
    struct fixture f;
    start_proved(&f, PREDICT_ALWAYS, 250);
    type(&f, "b");
    wait(&f, 550);
    answer(&f);
    expect(&f, "$ a");
    assert_int_equal(predictor_deadline_ms(f.p, f.now_ms), f.now_ms + 150);
    wait(&f, 60);
    print(&f, "b");
    answer(&f);
    expect(&f, "$ ab");
    assert_int_equal(predictor_stats(f.p)->refuted, 0);
    type(&f, "c");
    expect(&f, "$ abc");
    stop(&f);
}

static void
test_key_and_frame_in_one_turn(void **state)
{
    (void)state;
    struct fixture f;
    start(&f, PREDICT_ALWAYS, 250);
    print(&f, "$ ");
    answer(&f);
    type(&f, "a");
    type(&f, "b");
    /* The frame that shows "a" comes with the next key: what is painted still lacks it. */
    print(&f, "a");
    frame(&f, 1);
    type(&f, "c");
    expect(&f, "$ abc");
    print(&f, "bc");
    answer(&f);
    assert_int_equal(predictor_stats(f.p)->refuted, 0);
    assert_false(predictor_is_active(f.p));
    stop(&f);
}

static void
test_a_screen_ahead_of_its_ack_gives_credit(void **state)
{
    (void)state;
    struct fixture f;
    start(&f, PREDICT_ALWAYS, 250);
    print(&f, "$ ");
    answer(&f);
    type(&f, "a");
    type(&f, "b");
    print(&f, "a");
    frame(&f, 0);
    expect(&f, "$ ab");
    type(&f, "c");
    expect(&f, "$ abc");
    stop(&f);
}

static void
test_wrong_guesses_are_taken_back(void **state)
{
    (void)state;
    struct fixture f;
    start_proved(&f, PREDICT_ALWAYS, 250);
    type(&f, "b");
    type(&f, "c");
    expect(&f, "$ abc");
    print(&f, "X");
    frame(&f, f.sync.sent - 1);
    expect(&f, "$ aX");
    assert_int_equal(predictor_stats(f.p)->refuted, 1);
    print(&f, "c");
    answer(&f);
    expect(&f, "$ aXc");
    type(&f, "d");
    expect(&f, "$ aXcd");
    stop(&f);
}

static void
test_output_elsewhere_is_shown_with_guesses(void **state)
{
    (void)state;
    struct fixture f;
    start_proved(&f, PREDICT_ALWAYS, 250);
    type(&f, "b");
    static const struct style plain = { 0 };
    row_set(screen_row_mut(f.server, 3), 0, view_of_text("!"), CELL_NARROW, &plain);
    frame(&f, f.sync.sent - 1);
    expect(&f, "$ ab");
    expect_row(&f, 3, "!");
    stop(&f);
}

static void
test_neighbours_stay_where_they_are(void **state)
{
    (void)state;
    const char *neighbours[] = { "|right", "     12:30" };
    for (int i = 0; i < 2; i++) {
        struct fixture f;
        start(&f, PREDICT_ALWAYS, 250);
        for (int y = 0; y < ROWS; y++) {
            f.server->cursor_row = y;
            f.server->cursor_col = 20;
            print(&f, neighbours[i]);
        }
        f.server->cursor_row = f.server->cursor_col = 0;
        print(&f, "$ ");
        answer(&f);
        type(&f, "a");
        print(&f, "a");
        answer(&f);
        type(&f, "bc");
        char want[COLS + 1];
        snprintf(want, sizeof want, "%-20s%s", "$ abc", neighbours[i]);
        expect(&f, want);
        print(&f, "bc");
        answer(&f);
        assert_int_equal(predictor_stats(f.p)->refuted, 0);
        stop(&f);
    }
}

static void
test_a_new_line_is_proved_anew(void **state)
{
    (void)state;
    struct fixture f;
    start_proved(&f, PREDICT_ALWAYS, 250);
    type(&f, "\r");
    print(&f, "\r\n$ ");
    answer(&f);
    type(&f, "b");
    expect(&f, "$");
    print(&f, "b");
    answer(&f);
    type(&f, "c");
    expect(&f, "$ bc");
    stop(&f);
}

static void
test_a_line_editor_need_not_be_proved_for_ever(void **state)
{
    (void)state;
    struct fixture f;
    start(&f, PREDICT_ALWAYS, 250);
    f.server->modes.bracketed_paste = true;
    print(&f, "$ ");
    answer(&f);
    for (int i = 0; i < 3; i++) {
        type(&f, "a");
        print(&f, "a");
        answer(&f);
    }
    type(&f, "\r");
    print(&f, "\r\n$ ");
    answer(&f);
    type(&f, "b");
    expect(&f, "$ b");
    stop(&f);
}

static void
test_text_stays_over_enter_at_the_bottom(void **state)
{
    (void)state;
    struct fixture f;
    start(&f, PREDICT_ALWAYS, 250);
    f.server->cursor_row = ROWS - 1;
    print(&f, "$ ");
    answer(&f);
    type(&f, "a");
    print(&f, "a");
    answer(&f);
    type(&f, "b");
    expect_row(&f, ROWS - 1, "$ ab");
    type(&f, "\r");
    expect_row(&f, ROWS - 2, "$ ab");
    expect_row(&f, ROWS - 1, "");
    expect_cursor(&f, ROWS - 1, 0);
    print(&f, "b\r\n$ ");
    answer(&f);
    expect_row(&f, ROWS - 2, "$ ab");
    expect_row(&f, ROWS - 1, "$");
    stop(&f);
}

static void
test_a_scrolled_screen_keeps_its_guesses(void **state)
{
    (void)state;
    struct fixture f;
    start(&f, PREDICT_ALWAYS, 250);
    print(&f, "\n\n\n$ ");
    answer(&f);
    type(&f, "a");
    print(&f, "a");
    answer(&f);
    type(&f, "b");
    type(&f, "c");
    print(&f, "b");
    for (int y = 0; y < ROWS; y++)
        screen_row_replace(f.server, y,
                           y + 1 < ROWS ? row_ref(f.server->row[y + 1]) : row_new(COLS, 0));
    f.server->cursor_row--;
    frame(&f, f.sync.sent - 1);
    expect_row(&f, 2, "$ abc");
    expect_cursor(&f, 2, 5);
    stop(&f);
}

static void
test_a_line_moved_off_the_bottom_folds_without_a_scroll(void **state)
{
    (void)state;
    struct fixture f;
    start(&f, PREDICT_ALWAYS, 250);
    print(&f, "\n\n\n\n\n$ 345678901234567890123456789012345");
    answer(&f);
    type(&f, "a");
    print(&f, "a");
    answer(&f);
    type(&f, "b");
    type(&f, "cdef");
    print(&f, "b");
    for (int y = 0; y < ROWS; y++)
        screen_row_replace(f.server, y,
                           y + 1 < ROWS ? row_ref(f.server->row[y + 1]) : row_new(COLS, 0));
    f.server->cursor_row--;
    frame(&f, f.sync.sent - 1);
    expect_row(&f, 4, "$ 345678901234567890123456789012345abcde");
    expect_row(&f, 5, "f");
    expect_cursor(&f, 5, 1);
    stop(&f);
}

/* The program writes over the tail, then pushes it: the last that was seen is what is painted. */
static void
test_a_tail_is_learned_both_ways(void **state)
{
    (void)state;
    struct fixture f;
    start_proved(&f, PREDICT_ALWAYS, 20);
    print(&f, "bWXYZ\b\b\b\b");
    answer(&f);
    type(&f, "c");
    expect(&f, "$ abcWXYZ");
    print(&f, "c"); /* over the W */
    answer(&f);
    type(&f, "d");
    expect(&f, "$ abcdYZ");
    print(&f, "dXYZ\b\b\b"); /* pushed */
    answer(&f);
    expect(&f, "$ abcdXYZ");
    type(&f, "e");
    expect(&f, "$ abcdeXYZ");
    /* Something else is there: that says nothing of the tail. */
    print(&f, "eother\b\b\b\b\b");
    answer(&f);
    type(&f, "f");
    expect(&f, "$ abcdefother");
    stop(&f);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_silence_without_a_prompt_hides_at_once),
        cmocka_unit_test(test_a_slow_echo_is_waited_for),
        cmocka_unit_test(test_key_and_frame_in_one_turn),
        cmocka_unit_test(test_a_screen_ahead_of_its_ack_gives_credit),
        cmocka_unit_test(test_wrong_guesses_are_taken_back),
        cmocka_unit_test(test_output_elsewhere_is_shown_with_guesses),
        cmocka_unit_test(test_neighbours_stay_where_they_are),
        cmocka_unit_test(test_a_new_line_is_proved_anew),
        cmocka_unit_test(test_a_line_editor_need_not_be_proved_for_ever),
        cmocka_unit_test(test_text_stays_over_enter_at_the_bottom),
        cmocka_unit_test(test_a_scrolled_screen_keeps_its_guesses),
        cmocka_unit_test(test_a_tail_is_learned_both_ways),
        cmocka_unit_test(test_a_line_moved_off_the_bottom_folds_without_a_scroll),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
