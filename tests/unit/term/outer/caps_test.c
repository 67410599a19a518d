#include "test.h"

#include "term/outer/caps.h"

static void
test_dialects(void **state)
{
    (void)state;
    assert_int_equal(caps_stock.dialect, CAPS_DIALECT_STOCK);
    assert_int_equal(caps_skua.dialect, CAPS_DIALECT_SKUA);
    assert_int_equal(caps_xterm.dialect, CAPS_DIALECT_OUTER);
}

/* What the wire relies on: the painter erases, wraps and scrolls there without asking. */
static void
test_wires_can_what_the_painter_needs(void **state)
{
    (void)state;
    const uint32_t needed =
        CAPS_CAN_ERASE_CHARS | CAPS_CAN_COLOR_ERASE | CAPS_CAN_LAST_CELL | CAPS_CAN_SCROLL_REGION;
    assert_int_equal(caps_stock.can & needed, needed);
    assert_int_equal(caps_skua.can & needed, needed);
    assert_int_equal(caps_stock.can & ~caps_skua.can, 0);
    assert_int_equal((caps_stock.can | caps_skua.can) & CAPS_CAN_SYNC, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dialects),
        cmocka_unit_test(test_wires_can_what_the_painter_needs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
