#include "predict_fixture.h"

/* A prompt, a line sent off, and keys typed behind it that nobody can place yet. */
static void
start_ahead(struct fixture *f, const char *typed)
{
    start_proved(f, PREDICT_ALWAYS, 250);
    for (int i = 0; i < 3; i++) {
        type(f, "a");
        print(f, "a");
        answer(f);
    }
    type(f, "\r");
    for (; *typed != '\0'; typed++) {
        const char key[2] = { *typed, '\0' };
        wait(f, 150);
        type(f, key);
    }
    wait(f, 250);
}

static void
test_keys_behind_enter_are_held(void **state)
{
    (void)state;
    struct fixture f;
    start_ahead(&f, "ls");
    expect_row(&f, 0, "$ aaaa");
    expect_row(&f, 1, "");
    expect_cursor(&f, 1, 0);
    print(&f, "\r\n$ ");
    frame(&f, f.sync.sent - 2);
    expect_row(&f, 1, "$ ls");
    expect_cursor(&f, 1, 4);
    stop(&f);
}

static void
test_a_screen_ahead_is_not_counted_twice(void **state)
{
    (void)state;
    const char *shown[] = { "l", "ls", "" };
    for (int i = 0; i < 3; i++) {
        struct fixture f;
        start_ahead(&f, "ls");
        print(&f, "\r\n$ ");
        print(&f, shown[i]);
        frame(&f, f.sync.sent - 2);
        expect_row(&f, 1, "$ ls");
        print(&f, &"ls"[strlen(shown[i])]);
        answer(&f);
        expect_row(&f, 1, "$ ls");
        assert_int_equal(predictor_stats(f.p)->refuted, 0);
        stop(&f);
    }
}

/*
 * The answer comes with the echo of what was typed behind the line, some of which is answered by then: the
 * next line begins at its prompt all the same, or at the edge where there is none.
 */
static void
test_keys_that_are_answered_with_the_line(void **state)
{
    (void)state;
    static const char *const prompts[] = { "$ ", "" };
    for (int i = 0; i < 2; i++) {
        struct fixture f;
        const char *const want[] = { "$ ls -l", "ls -l" };
        start(&f, PREDICT_ALWAYS, 250);
        f.hints = usual_tty(false, false);
        print(&f, prompts[i]);
        answer(&f);
        for (int k = 0; k < 4; k++) {
            type(&f, "a");
            print(&f, "a");
            answer(&f);
        }
        type(&f, "\r");
        for (const char *key = "ls -"; *key != '\0'; key++) {
            const char one[2] = { *key, '\0' };
            wait(&f, 150);
            type(&f, one);
        }
        wait(&f, 250);
        print(&f, "\r\n");
        print(&f, prompts[i]);
        print(&f, "ls");
        frame(&f, f.sync.sent - 3); /* Enter and the l */
        type(&f, "l");
        expect_row(&f, 1, want[i]);
        type(&f, "\x15");
        expect_row(&f, 1, i == 0 ? "$" : "");
        stop(&f);
    }
}

/* Old enough to have been sent off: that their text is not there does not mean that they have not arrived. */
static void
test_a_line_that_may_be_gone(void **state)
{
    (void)state;
    struct fixture f;
    start_proved(&f, PREDICT_ALWAYS, 250);
    for (int i = 0; i < 3; i++) {
        type(&f, "a");
        print(&f, "a");
        answer(&f);
    }
    f.hints = usual_tty(false, false);
    answer(&f);
    type(&f, "\x16"); /* nobody knows what it does */
    type(&f, "ls");
    type(&f, "\r");
    wait(&f, 500);
    print(&f, "\rfind> ");
    frame(&f, f.sync.sent - 2);
    expect_row(&f, 0, "find>");
    expect_cursor(&f, 0, 6);
    stop(&f);
}

/* The prompt is back because of an Enter whose turn has not come: it is not painted on top. */
static void
test_a_prompt_that_is_early(void **state)
{
    (void)state;
    struct fixture f;
    start_proved(&f, PREDICT_ALWAYS, 250);
    f.hints = usual_tty(false, false);
    answer(&f);
    type(&f, "\t");
    type(&f, "\r");
    wait(&f, 500);
    print(&f, "bc\r\nout\r\n$ ");
    frame(&f, f.sync.sent - 1);
    expect_row(&f, 2, "$");
    expect_cursor(&f, 2, 2);
    stop(&f);
}

static void
test_corrections_are_taken_into_account(void **state)
{
    (void)state;
    struct fixture f;
    start_ahead(&f, "lx\177s");
    print(&f, "\r\n$ l");
    frame(&f, f.sync.sent - 4);
    expect_row(&f, 1, "$ ls");
    stop(&f);
}

static void
test_keys_behind_a_completion_are_placed_when_it_is_there(void **state)
{
    (void)state;
    struct fixture f;
    start_proved(&f, PREDICT_ALWAYS, 250);
    type(&f, "b");
    type(&f, "\t");
    wait(&f, 200);
    type(&f, "|");
    expect(&f, "$ ab");
    wait(&f, 310);
    print(&f, "bout ");
    frame(&f, f.sync.sent - 1);
    expect(&f, "$ about |");
    stop(&f);
}

static void
test_a_mode_that_reads_characters_shows_nothing(void **state)
{
    (void)state;
    struct fixture f;
    start_ahead(&f, "");
    print(&f, "\r\n");
    f.hints = (struct hints){ .known = true, .echo = true };
    answer(&f);
    for (int i = 0; i < 6; i++) {
        type(&f, "a");
        expect_row(&f, 1, i > 0 ? &"aaaaa"[5 - i] : "");
        print(&f, "a");
        answer(&f);
    }
    stop(&f);
}

static void
test_a_stranger_needs_more_proof(void **state)
{
    (void)state;
    struct fixture f;
    start_ahead(&f, "");
    print(&f, "\r\n");
    f.server->modes.bracketed_paste = false;
    answer(&f);
    /* A field of eight characters, a date, may be followed by one that is secret. */
    for (int i = 0; i < 9; i++) {
        type(&f, "a");
        expect_row(&f, 1, &"aaaaaaaa"[8 - i]);
        print(&f, "a");
        answer(&f);
    }
    type(&f, "b");
    expect_row(&f, 1, "aaaaaaaaab");
    stop(&f);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_keys_behind_enter_are_held),
        cmocka_unit_test(test_a_screen_ahead_is_not_counted_twice),
        cmocka_unit_test(test_a_line_that_may_be_gone),
        cmocka_unit_test(test_a_prompt_that_is_early),
        cmocka_unit_test(test_corrections_are_taken_into_account),
        cmocka_unit_test(test_keys_behind_a_completion_are_placed_when_it_is_there),
        cmocka_unit_test(test_a_mode_that_reads_characters_shows_nothing),
        cmocka_unit_test(test_a_stranger_needs_more_proof),
        cmocka_unit_test(test_keys_that_are_answered_with_the_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
