#include "test.h"

#include "term/emulator/title.h"
#include "terminal.h"

static void
expect_title(struct emulator *e, const char *expected)
{
    assert_true(view_equal(payload_view(emulator_screen(e)->title), view_of_text(expected)));
}

static void
feed_repeated(struct emulator *e, const char *before, const char *piece, int count)
{
    terminal_feed(e, before);
    for (int i = 0; i < count; i++)
        terminal_feed(e, piece);
    terminal_feed(e, "\a");
}

static void
test_length_is_bounded(void **state)
{
    (void)state;
    struct emulator *e = terminal_new(EMULATOR_PTY);
    feed_repeated(e, "\033]2;", "x", 1000);
    assert_int_equal(payload_view(emulator_screen(e)->title).len, TITLE_MAX_POINTS);
    feed_repeated(e, "\033]2;", "e\u0301", 1000);
    assert_int_equal(payload_view(emulator_screen(e)->title).len, TITLE_MAX_POINTS / 2 * 3);
    feed_repeated(e, "\033]2;x", "e\u0301", 1000);
    assert_int_equal(payload_view(emulator_screen(e)->title).len, 1 + 126 * 3);
    emulator_free(e);

    e = terminal_new(EMULATOR_HOST_STOCK);
    feed_repeated(e, "\033];", "x", 1000);
    assert_int_equal(payload_view(emulator_screen(e)->title).len, TITLE_MAX_POINTS + 1);
    emulator_free(e);
}

static void
test_only_text_gets_in(void **state)
{
    (void)state;
    struct emulator *e = terminal_new(EMULATOR_PTY);
    terminal_feed(e, "\033]0;a\n\177b\u202Ec\u2066d\u2028e\a");
    expect_title(e, "abcde");
    emulator_free(e);
}

static void
test_stack(void **state)
{
    (void)state;
    struct emulator *e = terminal_new(EMULATOR_PTY);
    char text[64];
    for (int i = 0; i < TITLE_STACK_MAX + 5; i++) {
        snprintf(text, sizeof text, "\033]2;%d\a\033[22t", i);
        terminal_feed(e, text);
    }
    for (int i = TITLE_STACK_MAX + 4; i >= 5; i--) {
        terminal_feed(e, "\033[23t");
        snprintf(text, sizeof text, "%d", i);
        expect_title(e, text);
    }
    terminal_feed(e, "\033]2;kept\a\033[23t");
    expect_title(e, "kept");
    emulator_free(e);
}

static void
test_no_title_comes_back_as_none(void **state)
{
    (void)state;
    struct emulator *e = terminal_new(EMULATOR_PTY);
    terminal_feed(e, "\033[22;0t\033]0;editor\a\033[23;0t");
    expect_title(e, "");
    assert_null(emulator_screen(e)->icon);
    terminal_feed(e, "\033]0;shell\a\033[22;1t\033]0;editor\a\033[23;0t");
    expect_title(e, "editor");
    assert_true(view_equal(payload_view(emulator_screen(e)->icon), view_of_text("shell")));
    emulator_free(e);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_length_is_bounded),
        cmocka_unit_test(test_only_text_gets_in),
        cmocka_unit_test(test_stack),
        cmocka_unit_test(test_no_title_comes_back_as_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
