#include "test.h"

#include "term/screen/payload.h"

static void
test_is_counted_and_compared_by_bytes(void **state)
{
    (void)state;
    struct payload *a = payload_new(view_of_text("x"));
    struct payload *b = payload_new(view_of_text("x"));
    struct payload *slot = NULL;
    assert_true(payload_equal(a, b));
    assert_false(payload_equal(a, NULL));
    payload_set(&slot, a);
    assert_int_equal(a->refs, 2);
    payload_set(&slot, slot);
    assert_int_equal(a->refs, 2);
    payload_set(&slot, b);
    assert_int_equal(a->refs, 1);
    payload_set(&slot, NULL);
    assert_int_equal(payload_view(slot).len, 0);
    payload_unref(a);
    payload_unref(b);
    payload_unref(NULL);
}

int
main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_is_counted_and_compared_by_bytes) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
