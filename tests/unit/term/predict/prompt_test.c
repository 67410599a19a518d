#include "screen_text.h"

#include "term/predict/prompt.h"

static void
test_the_first_key_marks_it(void **state)
{
    (void)state;
    struct prompt p = { 0 };
    struct screen *s = screen_new(6, 30);
    put_text(s, 1, 0, "ann$ ");
    prompt_find(&p, s);
    assert_int_equal(p.row, 1);
    assert_int_equal(p.col, 5);
    assert_true(p.is_known);
    assert_int_equal(prompt_mark(&p), '$');
    /* More text behind it: it still begins there. */
    put_text(s, 1, 5, "ls -l");
    prompt_find(&p, s);
    assert_int_equal(p.col, 5);
    screen_unref(s);
    prompt_fini(&p);
}

static void
test_it_is_found_where_it_moved(void **state)
{
    (void)state;
    struct prompt p = { 0 };
    struct screen *s = screen_new(6, 30);
    put_text(s, 1, 0, "ann$ ");
    prompt_find(&p, s);
    screen_unref(s);
    /* A list of completions pushed it down, and the line has text. */
    s = screen_new(6, 30);
    put_text(s, 4, 0, "ann$ make");
    prompt_find(&p, s);
    assert_int_equal(p.row, 4);
    assert_int_equal(p.col, 5);
    assert_true(p.is_known);
    screen_unref(s);
    prompt_fini(&p);
}

static void
test_a_new_line_begins_at_the_cursor(void **state)
{
    (void)state;
    struct prompt p = { 0 };
    struct screen *s = screen_new(6, 30);
    put_text(s, 0, 0, "ann$ ");
    prompt_find(&p, s);
    prompt_move_on(&p);
    put_text(s, 1, 0, "name? ");
    prompt_find(&p, s);
    assert_int_equal(p.row, 1);
    assert_int_equal(p.col, 6);
    assert_true(p.is_known);
    assert_int_equal(prompt_mark(&p), '?');
    screen_unref(s);
    prompt_fini(&p);
}

static void
test_elsewhere_nothing_is_known(void **state)
{
    (void)state;
    struct prompt p = { 0 };
    struct screen *s = screen_new(20, 30);
    put_text(s, 0, 0, "some text");
    prompt_find(&p, s);
    put_text(s, 15, 0, "other text");
    prompt_find(&p, s);
    assert_int_equal(p.row, 15);
    assert_int_equal(p.col, 10);
    assert_false(p.is_known);
    screen_unref(s);
    prompt_fini(&p);
}

static void
test_it_scrolls(void **state)
{
    (void)state;
    struct prompt p = { 0 };
    struct screen *s = screen_new(6, 30);
    prompt_find(&p, s);
    assert_int_equal(prompt_mark(&p), 0);
    prompt_scroll(&p, 2);
    assert_int_equal(p.row, -2);
    prompt_find(&p, s);
    assert_int_equal(p.row, 0);
    screen_unref(s);
    /* A window of another width shows other rows. */
    s = screen_new(6, 10);
    put_text(s, 3, 0, "$ ");
    prompt_find(&p, s);
    assert_int_equal(p.row, 3);
    screen_unref(s);
    prompt_fini(&p);
}

static void
test_typed_ahead_text_is_none_of_it(void **state)
{
    (void)state;
    struct prompt p = { 0 };
    struct screen *s = screen_new(6, 30);
    put_text(s, 0, 0, "ann$ ");
    prompt_find(&p, s);
    assert_false(prompt_again(&p, s));
    prompt_move_on(&p);
    put_text(s, 3, 0, "ann$ ls");
    assert_true(prompt_again(&p, s));
    assert_int_equal(p.row, 3);
    assert_int_equal(p.col, 5);
    /* Another prompt, with what was typed ahead of it behind it. */
    prompt_move_on(&p);
    put_text(s, 4, 0, "src$ ls");
    assert_false(prompt_again(&p, s));
    prompt_begin(&p, s, 5);
    assert_int_equal(p.row, 4);
    assert_true(p.is_known);
    prompt_find(&p, s);
    assert_int_equal(p.col, 5);
    screen_unref(s);
    prompt_fini(&p);
}

static void
test_prompts_known_by_their_text(void **state)
{
    (void)state;
    const struct {
        const char *text;
        bool is_of_shell, is_of_interpreter;
    } cases[] = {
        { "$ ", true, false },      { "~/src # ", true, false },     { "name: ", false, false },
        { "sure? ", false, false }, { ">>> ", true, true },          { "... ", false, true },
        { "(gdb) ", false, true },  { "sqlite> ", true, true },      { "shop=# ", true, true },
        { "shop=> ", true, true },  { "=> ", true, false },          { "password> ", true, false },
        { "a >>> ", true, false },  { "your pin => ", true, false },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct prompt p = { 0 };
        struct screen *s = screen_new(2, 30);
        put_text(s, 0, 0, cases[i].text);
        prompt_find(&p, s);
        if (prompt_is_of_shell(&p) != cases[i].is_of_shell ||
            prompt_is_of_interpreter(&p) != cases[i].is_of_interpreter)
            fail_msg("\"%s\"", cases[i].text);
        screen_unref(s);
        prompt_fini(&p);
    }
    const struct prompt none = { 0 };
    assert_false(prompt_is_of_shell(&none));
    assert_false(prompt_is_of_interpreter(&none));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_first_key_marks_it),
        cmocka_unit_test(test_it_is_found_where_it_moved),
        cmocka_unit_test(test_a_new_line_begins_at_the_cursor),
        cmocka_unit_test(test_elsewhere_nothing_is_known),
        cmocka_unit_test(test_it_scrolls),
        cmocka_unit_test(test_prompts_known_by_their_text),
        cmocka_unit_test(test_typed_ahead_text_is_none_of_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
