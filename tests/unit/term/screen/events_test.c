#include "test.h"

#include "term/screen/events.h"
#include "term/screen/screen.h"

static struct payload *
recent(const struct screen *s, int i)
{
    return s->notifications.recent[i];
}

static void
test_the_newest_are_remembered(void **state)
{
    (void)state;
    struct screen *s = screen_new(2, 2);
    char text[16];
    for (int i = 0; i < 20; i++) {
        snprintf(text, sizeof text, "title\n%d", i);
        assert_true(events_notify(s, view_of_text(text)));
    }
    assert_int_equal(s->notifications.count, 20);
    assert_true(view_equal(payload_view(recent(s, 0)), view_of_text("title\n19")));
    assert_true(view_equal(payload_view(recent(s, 7)), view_of_text("title\n12")));
    struct screen *copy = screen_copy(s);
    assert_true(screen_equal(s, copy));
    events_forget_notifications(copy);
    assert_false(screen_equal(s, copy));
    assert_null(recent(copy, 0));
    screen_unref(copy);
    screen_unref(s);
}

static void
test_text_is_checked(void **state)
{
    (void)state;
    struct screen *s = screen_new(2, 2);
    static const char *const bad[] = { "no separator", "two\n\n", "\033[m\n",
                                       "\302\205\n",   "\377\n",  "" };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_false(events_notify(s, view_of_text(bad[i])));
    uint8_t long_text[EVENTS_NOTIFICATION_MAX_BYTES + 1];
    memset(long_text, 'x', sizeof long_text);
    long_text[0] = '\n';
    assert_false(events_notify(s, view_of(long_text, sizeof long_text)));
    assert_int_equal(s->notifications.count, 0);
    assert_true(events_notify(s, view_of(long_text, sizeof long_text - 1)));
    screen_unref(s);
}

/* Who comes later is told of nothing that happened before. */
static void
test_since(void **state)
{
    (void)state;
    struct screen *s = screen_new(2, 2);
    const struct event_counts none = { 0 };
    struct screen *same = events_since(s, &none);
    assert_ptr_equal(same, s);
    screen_unref(same);

    s->bell_count = 3;
    s->clipboard.count = 1;
    s->clipboard.target = 'c';
    s->clipboard.contents = payload_new(view_of_text("aGk="));
    (void)events_notify(s, view_of_text("\nold"));
    const struct event_counts seen = events_counts(s);
    struct screen *later = events_since(s, &seen);
    const struct event_counts counts = events_counts(later);
    assert_int_equal(counts.bells + counts.clipboards + counts.notifications, 0);
    assert_null(later->clipboard.contents);
    assert_int_equal(later->clipboard.target, 0);
    assert_null(recent(later, 0));
    screen_unref(later);

    (void)events_notify(s, view_of_text("\nnew"));
    s->clipboard.count++;
    later = events_since(s, &seen);
    assert_int_equal(later->notifications.count, 1);
    assert_int_equal(later->clipboard.count, 1);
    assert_non_null(later->clipboard.contents);
    assert_true(view_equal(payload_view(recent(later, 0)), view_of_text("\nnew")));
    assert_null(recent(later, 1));
    screen_unref(later);
    screen_unref(s);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_newest_are_remembered),
        cmocka_unit_test(test_text_is_checked),
        cmocka_unit_test(test_since),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
