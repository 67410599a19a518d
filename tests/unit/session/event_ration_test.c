#include "test.h"

#include "session/event_ration.h"

static struct screen *
screen_with(uint64_t bells, uint64_t clipboards, const char *contents, uint64_t notifications)
{
    struct screen *s = screen_new(2, 4);
    s->bell_count = bells;
    s->clipboard.count = clipboards;
    if (clipboards > 0) {
        struct payload *p = payload_new(view_of_text(contents));
        payload_set(&s->clipboard.contents, p);
        payload_unref(p);
        s->clipboard.target = 'c';
    }
    for (uint64_t i = 0; i < notifications; i++)
        assert_true(events_notify(s, view_of_text("title\nbody")));
    return s;
}

/* What goes out for such a screen; s is taken. */
static struct screen *
apply(struct event_ration *r, struct screen *s, uint64_t now_ms)
{
    struct screen *granted = event_ration_apply(r, s, now_ms);
    screen_unref(s);
    return granted;
}

static void
test_few_pass_as_they_are(void **state)
{
    (void)state;
    struct event_ration r = { 0 };
    struct screen *s = screen_with(1, 1, "aGk=", 1);
    struct screen *granted = event_ration_apply(&r, s, 1000);
    assert_ptr_equal(granted, s);
    screen_unref(granted);
    granted = event_ration_apply(&r, s, 1000);
    assert_ptr_equal(granted, s);
    screen_unref(granted);
    screen_unref(s);
    event_ration_fini(&r);
}

static void
test_bells_a_second(void **state)
{
    (void)state;
    struct event_ration r = { 0 };
    uint64_t rung = 0;
    for (uint64_t i = 1; i <= 100; i++) {
        struct screen *s = apply(&r, screen_with(i * 7, 0, NULL, 0), 1000);
        rung = s->bell_count;
        screen_unref(s);
    }
    assert_int_equal(rung, 5);
    struct screen *s = apply(&r, screen_with(3, 0, NULL, 0), 1200); /* less than before: it rang */
    assert_int_equal(s->bell_count, 6);
    screen_unref(s);
    event_ration_fini(&r);
}

static void
test_what_is_not_granted_leaves_the_clipboard(void **state)
{
    (void)state;
    struct event_ration r = { 0 };
    for (uint64_t i = 1; i <= 10; i++)
        screen_unref(apply(&r, screen_with(0, i, "aGk=", 0), 1000));
    struct screen *s = apply(&r, screen_with(0, 11, "aG8=", 0), 1000);
    assert_int_equal(s->clipboard.count, 10);
    assert_true(view_equal(payload_view(s->clipboard.contents), view_of_text("aGk=")));
    screen_unref(s);
    s = apply(&r, screen_with(0, 12, "aG8=", 0), 7000);
    assert_int_equal(s->clipboard.count, 11);
    assert_true(view_equal(payload_view(s->clipboard.contents), view_of_text("aG8=")));
    screen_unref(s);
    event_ration_fini(&r);
}

static void
test_the_newest_notifications_pass(void **state)
{
    (void)state;
    struct event_ration r = { 0 };
    struct screen *s = apply(&r, screen_with(0, 0, NULL, 8), 1000);
    assert_int_equal(s->notifications.count, 5);
    screen_unref(s);
    s = apply(&r, screen_with(0, 0, NULL, 1), 1000); /* a counter that went back */
    assert_int_equal(s->notifications.count, 5);
    screen_unref(s);
    s = apply(&r, screen_with(0, 0, NULL, 2), 3000);
    assert_int_equal(s->notifications.count, 6);
    screen_unref(s);
    event_ration_fini(&r);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_few_pass_as_they_are),
        cmocka_unit_test(test_bells_a_second),
        cmocka_unit_test(test_what_is_not_granted_leaves_the_clipboard),
        cmocka_unit_test(test_the_newest_notifications_pass),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
