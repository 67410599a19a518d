#include "test.h"

#include "sync/echo_ack.h"

static void
test_a_state_is_echoed_after_its_time(void **state)
{
    (void)state;
    struct echo_ack e = { 0 };
    assert_int_equal(echo_ack_deadline_ms(&e), UINT64_MAX);
    echo_ack_note(&e, 3, 1000);
    assert_int_equal(echo_ack_deadline_ms(&e), 1000 + ECHO_ACK_DELAY_MS);
    assert_int_equal(echo_ack_value(&e, 999 + ECHO_ACK_DELAY_MS), 0);
    assert_int_equal(echo_ack_value(&e, 1000 + ECHO_ACK_DELAY_MS), 3);
    assert_int_equal(echo_ack_deadline_ms(&e), UINT64_MAX);
}

static void
test_never_goes_back_and_stays_bounded(void **state)
{
    (void)state;
    struct echo_ack e = { 0 };
    for (uint64_t num = 1; num <= 1000; num++)
        echo_ack_note(&e, num, 1000 + num / 10);
    assert_true(e.count <= ECHO_ACK_WAITING_MAX);
    uint64_t last = 0;
    for (uint64_t now = 1000; now < 2000; now++) {
        uint64_t value = echo_ack_value(&e, now);
        assert_true(value >= last);
        last = value;
    }
    assert_int_equal(last, 1000);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_state_is_echoed_after_its_time),
        cmocka_unit_test(test_never_goes_back_and_stays_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
