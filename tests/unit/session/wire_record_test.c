#include "test.h"

#include "session/wire_record.h"

static void
test_there_and_back(void **state)
{
    (void)state;
    struct record r = { .colors = 256,
                        .can = RECORD_CAN_SYNC | RECORD_CAN_LINKS,
                        .cell_width_px = 9,
                        .cell_height_px = 18,
                        .foreground = { true, 0, 0, 0 }, /* black is not unknown */
                        .cursor = { true, 255, 128, 1 },
                        .theme = RECORD_THEME_DARK };
    r.palette[15] = (struct record_color){ true, 1, 2, 3 };
    const struct user_record wire = wire_record_encode(&r);
    assert_int_equal(wire.foreground, 0x1000000);
    assert_int_equal(wire.background, 0);
    assert_int_equal(wire.palette[15], 0x1010203);
    const struct record back = wire_record_parse(&wire);
    assert_int_equal(back.colors, 256);
    assert_int_equal(back.can, r.can);
    assert_int_equal(back.cell_height_px, 18);
    assert_true(back.foreground.known);
    assert_false(back.background.known);
    assert_int_equal(back.cursor.green, 128);
    assert_int_equal(back.palette[15].blue, 3);
    assert_int_equal(back.theme, RECORD_THEME_DARK);
}

static void
test_values_of_a_peer(void **state)
{
    (void)state;
    struct user_record wire;
    memset(&wire, 0xff, sizeof wire);
    const struct record r = wire_record_parse(&wire);
    assert_int_equal(r.cell_width_px, 0);
    assert_int_equal(r.theme, RECORD_THEME_UNKNOWN);
    assert_true(r.cursor.known);
    assert_int_equal(r.cursor.red, 255);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_there_and_back),
        cmocka_unit_test(test_values_of_a_peer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
