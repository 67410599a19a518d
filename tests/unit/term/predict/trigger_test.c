#include "test.h"

#include "term/predict/trigger.h"

static void
test_slow_links_have_two_thresholds(void **state)
{
    (void)state;
    struct trigger t = { 0 };
    trigger_measure(&t, 30, false);
    assert_false(trigger_shows(&t, PREDICT_ADAPTIVE));
    trigger_measure(&t, 31, false);
    assert_true(trigger_shows(&t, PREDICT_ADAPTIVE));
    trigger_measure(&t, 21, false);
    assert_true(trigger_shows(&t, PREDICT_ADAPTIVE));
    trigger_measure(&t, 20, true);
    assert_true(trigger_shows(&t, PREDICT_ADAPTIVE));
    trigger_measure(&t, 20, false);
    assert_false(trigger_shows(&t, PREDICT_ADAPTIVE));
}

static void
test_underlining_has_two_thresholds(void **state)
{
    (void)state;
    struct trigger t = { 0 };
    trigger_measure(&t, 80, false);
    assert_false(t.underline);
    trigger_measure(&t, 81, false);
    assert_true(t.underline);
    trigger_measure(&t, 51, false);
    assert_true(t.underline);
    trigger_measure(&t, 50, false);
    assert_false(t.underline);
}

static void
test_preferences(void **state)
{
    (void)state;
    struct trigger t = { 0 };
    assert_true(trigger_shows(&t, PREDICT_ALWAYS));
    assert_true(trigger_shows(&t, PREDICT_EXPERIMENTAL));
    t.slow_link = true;
    assert_false(trigger_shows(&t, PREDICT_NEVER));
}

static void
test_glitches_come_and_are_cured(void **state)
{
    (void)state;
    struct trigger t = { 0 };
    assert_int_equal(trigger_deadline_ms(&t, 100), 350);
    trigger_wait(&t, 249);
    assert_false(trigger_shows(&t, PREDICT_ADAPTIVE));
    trigger_wait(&t, 250);
    assert_true(trigger_shows(&t, PREDICT_ADAPTIVE));
    assert_int_equal(trigger_deadline_ms(&t, 100), 5100);

    uint64_t now_ms = 1000;
    trigger_confirm(&t, 250, now_ms); /* not quick */
    assert_int_equal(t.glitch, 10);
    for (int left = 9; left >= 0; left--) {
        trigger_confirm(&t, 249, now_ms);
        trigger_confirm(&t, 249, now_ms + 149); /* too soon to count */
        assert_int_equal(t.glitch, left);
        now_ms += 150;
    }
    assert_false(trigger_shows(&t, PREDICT_ADAPTIVE));
}

static void
test_big_glitches_underline(void **state)
{
    (void)state;
    struct trigger t = { 0 };
    trigger_wait(&t, 5000);
    assert_int_equal(t.glitch, 20);
    assert_true(t.underline);
    trigger_measure(&t, 20, true);
    assert_true(t.underline);
    assert_true(trigger_deadline_ms(&t, 0) == UINT64_MAX);
    t.glitch = 10;
    trigger_measure(&t, 20, true);
    assert_false(t.underline);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_slow_links_have_two_thresholds),
        cmocka_unit_test(test_underlining_has_two_thresholds),
        cmocka_unit_test(test_preferences),
        cmocka_unit_test(test_glitches_come_and_are_cured),
        cmocka_unit_test(test_big_glitches_underline),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
