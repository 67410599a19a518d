#include "test.h"

#include "terminal.h"

static void
expect_clipboard(struct emulator *e, uint64_t count, uint8_t target, const char *contents)
{
    const struct screen_clipboard *c = &emulator_screen(e)->clipboard;
    assert_int_equal(c->count, count);
    assert_int_equal(c->target, target);
    assert_true(view_equal(payload_view(c->contents), view_of_text(contents)));
}

static void
test_clipboard(void **state)
{
    (void)state;
    struct emulator *e = terminal_new(EMULATOR_PTY);
    terminal_feed(e, "\033]52;c;?\a\033]52;c\a\033]52\a\033]52;z;aGk=\a");
    expect_clipboard(e, 0, 0, "");
    terminal_feed(e, "\033]52;;aGk=\a");
    expect_clipboard(e, 1, 'c', "aGk=");
    terminal_feed(e, "\033]52;;aGk=\a");
    expect_clipboard(e, 2, 'c', "aGk=");
    terminal_feed(e, "\033]52;ps;a=k=\a");
    expect_clipboard(e, 3, 'p', "");
    terminal_expect_reply(e, "");
    emulator_free(e);
}

static void
feed_clipboard(struct emulator *e, size_t chars)
{
    terminal_feed(e, "\033]52;c;");
    for (size_t i = 0; i < chars; i += 4)
        terminal_feed(e, "AAAA");
    terminal_feed(e, "\a");
}

static void
test_clipboard_is_bounded_and_never_cut(void **state)
{
    (void)state;
    struct emulator *e = terminal_new(EMULATOR_PTY);
    size_t most = (256 * 1024 + 2) / 3 * 4;
    feed_clipboard(e, most);
    assert_int_equal(emulator_screen(e)->clipboard.contents->len, most);
    feed_clipboard(e, most + 64);
    assert_int_equal(emulator_screen(e)->clipboard.count, 1);
    emulator_free(e);
}

static void
test_stock_takes_its_five_forms(void **state)
{
    (void)state;
    struct emulator *e = terminal_new(EMULATOR_HOST_STOCK);
    terminal_feed(e, "\033]02;x\a\033]52;p;x\a\033]8;;http://x\aL\033]133;A\a");
    assert_false(emulator_screen(e)->title_set);
    expect_clipboard(e, 0, 0, "");
    assert_int_equal(emulator_screen(e)->row[0]->mark, ROW_MARK_NONE);
    assert_int_equal(emulator_screen(e)->row[0]->beyond, 0);
    terminal_feed(e, "\033]52;c;not base64\a");
    expect_clipboard(e, 1, 'c', "not base64");
    emulator_free(e);
}

static void
expect_directory(struct emulator *e, const char *bytes, const char *url)
{
    terminal_feed(e, bytes);
    assert_true(view_equal(payload_view(emulator_screen(e)->directory), view_of_text(url)));
}

static void
test_directory(void **state)
{
    (void)state;
    struct emulator *e = terminal_new(EMULATOR_PTY);
    expect_directory(e, "\033]7;file://host/a%20b\033\\", "file://host/a%20b");
    expect_directory(e, "\033]7;http://host/\a\033]7;file://\303\244\a", "file://host/a%20b");
    terminal_feed(e, "\033]7;file://");
    for (int i = 0; i < 4096; i++)
        terminal_feed(e, "x");
    expect_directory(e, "\a", "file://host/a%20b");
    expect_directory(e, "\033]7;\a", "");
    terminal_expect_reply(e, "");
    emulator_free(e);
}

/* What a program may do to its user's ears and clipboard in a second. */
static void
test_events_are_rationed(void **state)
{
    (void)state;
    struct emulator *e = terminal_new(EMULATOR_PTY);
    for (int i = 0; i < 1000; i++)
        emulator_feed(e, view_of_text("\a\033]52;c;aGk=\a"), 7000);
    assert_int_equal(emulator_screen(e)->bell_count, 5);
    expect_clipboard(e, 10, 'c', "aGk=");
    for (int i = 0; i < 1000; i++)
        emulator_feed(e, view_of_text("\a\033]52;c;aGk=\a"), 8000);
    assert_int_equal(emulator_screen(e)->bell_count, 10);
    expect_clipboard(e, 10, 'c', "aGk=");
    emulator_feed(e, view_of_text("\033]52;c;aG8=\a"), 67000);
    expect_clipboard(e, 11, 'c', "aG8=");
    emulator_free(e);
    e = terminal_new(EMULATOR_HOST_SKUA);
    for (int i = 0; i < 100; i++)
        terminal_feed(e, "\a");
    assert_int_equal(emulator_screen(e)->bell_count, 100);
    emulator_free(e);
}

static void
test_prompt_marks(void **state)
{
    (void)state;
    struct emulator *e = terminal_new(EMULATOR_PTY);
    terminal_feed(e, "\033]133;A;k=i\a$\033]133;B\a x\r\n\033]133;C\a\033]133;Z\a\033]133\a");
    assert_int_equal(emulator_screen(e)->row[0]->mark, ROW_MARK_PROMPT);
    assert_int_equal(emulator_screen(e)->row[1]->mark, ROW_MARK_OUTPUT);
    emulator_free(e);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_clipboard),
        cmocka_unit_test(test_clipboard_is_bounded_and_never_cut),
        cmocka_unit_test(test_stock_takes_its_five_forms),
        cmocka_unit_test(test_directory),
        cmocka_unit_test(test_events_are_rationed),
        cmocka_unit_test(test_prompt_marks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
