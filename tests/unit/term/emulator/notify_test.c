#include "test.h"

#include "terminal.h"

/* What the newest notification says, and how many there were. */
static void
expect(struct emulator *e, uint64_t count, const char *text)
{
    const struct screen_notifications *n = &emulator_screen(e)->notifications;
    assert_int_equal(n->count, count);
    assert_true(view_equal(payload_view(n->recent[0]), view_of_text(text)));
}

static void
test_forms(void **state)
{
    (void)state;
    struct emulator *e = terminal_new(EMULATOR_PTY);
    terminal_feed(e, "\033]9;done\a");
    expect(e, 1, "\ndone");
    terminal_feed(e, "\033]777;notify;build;ok; really\a");
    expect(e, 2, "build\nok; really");
    terminal_feed(e, "\033]99;;hello; you\033\\");
    expect(e, 3, "hello; you\n");
    terminal_feed(e,
                  "\033]99;i=1:d=0;ti\033\\\033]99;i=1:d=0;tle\033\\\033]99;i=1:p=body;text\033\\");
    expect(e, 4, "title\ntext");
    terminal_feed(e, "\033]99;e=1:p=body;aMOkbGxv\033\\");
    expect(e, 5, "\nh\303\244llo");
    terminal_expect_reply(e, "");
    emulator_free(e);
}

static void
test_what_is_none(void **state)
{
    (void)state;
    struct emulator *e = terminal_new(EMULATOR_PTY);
    terminal_feed(
        e, "\033]9;\a\033]9\a\033]9;1;500\a\033]9;12\a\033]777;other;a;b\a\033]777;notify\a");
    terminal_feed(e, "\033]99;i=1:p=?;\033\\\033]99;e=1;a*b\033\\\033]99;e=1;/w==\033\\");
    terminal_feed(e, "\033]99;p=icon;x\033\\");
    expect(e, 0, "");
    terminal_expect_reply(e, "");
    emulator_free(e);
}

static void
test_text_is_cleaned_and_cut(void **state)
{
    (void)state;
    struct emulator *e = terminal_new(EMULATOR_PTY);
    terminal_feed(e, "\033]9;a\302\205b\342\200\256c\a");
    /* A C1 control ends the string, as everywhere. */
    expect(e, 1, "\na");
    terminal_feed(e, "\033]9;a\342\200\256b\177c\a");
    expect(e, 2, "\nabc");
    terminal_feed(e, "\033]9;");
    for (int i = 0; i < 2000; i++)
        terminal_feed(e, "\303\244");
    terminal_feed(e, "\a");
    const struct payload *p = emulator_screen(e)->notifications.recent[0];
    assert_int_equal(p->len, EVENTS_NOTIFICATION_MAX_BYTES - 1);
    emulator_free(e);
}

static void
test_five_in_ten_seconds(void **state)
{
    (void)state;
    struct emulator *e = terminal_new(EMULATOR_PTY);
    for (int i = 0; i < 1000; i++)
        emulator_feed(e, view_of_text("\033]9;x\a"), 50000);
    assert_int_equal(emulator_screen(e)->notifications.count, 5);
    for (int i = 0; i < 1000; i++)
        emulator_feed(e, view_of_text("\033]9;x\a"), 60000);
    assert_int_equal(emulator_screen(e)->notifications.count, 10);
    emulator_free(e);
}

/* They come to a client beside the painted bytes, so that skipping screens loses none. */
static void
test_host_roles_take_none(void **state)
{
    (void)state;
    for (int role = EMULATOR_HOST_STOCK; role <= EMULATOR_HOST_SKUA; role++) {
        struct emulator *e = terminal_new((enum emulator_role)role);
        terminal_feed(e, "\033]9;x\a\033]99;;x\a\033]777;notify;a;b\a");
        expect(e, 0, "");
        emulator_free(e);
    }
}

static void
expect_progress(struct emulator *e, const char *bytes, int progress, int percent)
{
    terminal_feed(e, bytes);
    assert_int_equal(emulator_screen(e)->modes.progress_state, progress);
    assert_int_equal(emulator_screen(e)->modes.progress_percent, percent);
}

static void
test_progress(void **state)
{
    (void)state;
    struct emulator *e = terminal_new(EMULATOR_PTY);
    expect_progress(e, "\033]9;4;1;40\a", 1, 40);
    expect_progress(e, "\033]9;4;1\a", 1, 40);
    expect_progress(e, "\033]9;4;2\a", 2, 0);
    expect_progress(e, "\033]9;4;4;999\a", 4, 100);
    expect_progress(e, "\033]9;4;3;50\a", 3, 0);
    expect_progress(e, "\033]9;4;5;1\a\033]9;4\a\033]9;4;x;1\a", 3, 0);
    expect_progress(e, "\033]9;4;0\a", 0, 0);
    assert_int_equal(emulator_screen(e)->notifications.count, 0);
    expect_progress(e, "\033]9;4;1;40\a\033c", 0, 0);
    emulator_free(e);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_forms),
        cmocka_unit_test(test_what_is_none),
        cmocka_unit_test(test_text_is_cleaned_and_cut),
        cmocka_unit_test(test_five_in_ten_seconds),
        cmocka_unit_test(test_host_roles_take_none),
        cmocka_unit_test(test_progress),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
