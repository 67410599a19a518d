#include "test.h"

#include "session/echo_delay.h"

static void
test_characters_are_measured(void **state)
{
    (void)state;
    struct echo_delay e = { 0 };
    assert_int_equal(echo_delay_ms(&e), 0);
    echo_delay_answered(&e, 50); /* nobody asked */
    assert_int_equal(echo_delay_ms(&e), 0);
    for (uint64_t at = 1000; at < 5000; at += 200) {
        echo_delay_typed(&e, view_of_text("a"), at);
        echo_delay_answered(&e, at + 100);
        echo_delay_answered(&e, at + 180); /* the rest of the answer */
    }
    assert_in_range(echo_delay_ms(&e), 100, 102);
    /* The first of two counts. */
    echo_delay_typed(&e, view_of_text("b"), 5000);
    echo_delay_typed(&e, view_of_text("c"), 5090);
    echo_delay_answered(&e, 5100);
    assert_in_range(echo_delay_ms(&e), 100, 102);
}

static void
test_controls_and_late_output_are_not(void **state)
{
    (void)state;
    struct echo_delay e = { 0 };
    echo_delay_typed(&e, view_of_text("\r"), 1000);
    echo_delay_answered(&e, 1400);
    echo_delay_typed(&e, view_of_text("a"), 2000);
    echo_delay_typed(&e, view_of_text("\x7f"), 2010);
    echo_delay_answered(&e, 2300);
    echo_delay_typed(&e, view_of_text("s"), 3000); /* a secret, and then something else */
    echo_delay_answered(&e, 3000 + ECHO_DELAY_MAX_MS + 1);
    assert_int_equal(echo_delay_ms(&e), 0);
}

static void
test_small_changes_are_not_told(void **state)
{
    (void)state;
    struct echo_delay e = { 0 };
    echo_delay_typed(&e, view_of_text("a"), 1000);
    echo_delay_answered(&e, 1010);
    uint32_t first = echo_delay_ms(&e);
    for (uint64_t at = 2000; at < 12000; at += 500) {
        echo_delay_typed(&e, view_of_text("a"), at);
        echo_delay_answered(&e, at + 15);
        assert_int_equal(echo_delay_ms(&e), first);
    }
    for (uint64_t at = 20000; at < 30000; at += 500) {
        echo_delay_typed(&e, view_of_text("a"), at);
        echo_delay_answered(&e, at + 80);
    }
    assert_in_range(echo_delay_ms(&e), 65, 82);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_characters_are_measured),
        cmocka_unit_test(test_controls_and_late_output_are_not),
        cmocka_unit_test(test_small_changes_are_not_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
