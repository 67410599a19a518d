#include "test.h"

#include "term/display/palette.h"
#include "term/outer/caps.h"
#include "term/screen/style.h"

static void
test_what_fits_stays(void **state)
{
    (void)state;
    assert_int_equal(palette_nearest(COLOR_DEFAULT, 0, NULL), COLOR_DEFAULT);
    assert_int_equal(palette_nearest(color_rgb(1, 2, 3), CAPS_COLORS_DIRECT, NULL),
                     color_rgb(1, 2, 3));
    assert_int_equal(palette_nearest(color_palette(200), 256, NULL), color_palette(200));
    assert_int_equal(palette_nearest(color_palette(12), 16, NULL), color_palette(12));
}

static void
test_direct_to_256(void **state)
{
    (void)state;
    assert_int_equal(palette_nearest(color_rgb(255, 0, 0), 256, NULL), color_palette(196));
    assert_int_equal(palette_nearest(color_rgb(96, 134, 176), 256, NULL),
                     color_palette(16 + 36 * 1 + 6 * 2 + 3));
    assert_int_equal(palette_nearest(color_rgb(18, 18, 18), 256, NULL), color_palette(233));
    assert_int_equal(palette_nearest(color_rgb(255, 255, 255), 256, NULL), color_palette(231));
}

static void
test_to_16_and_8(void **state)
{
    (void)state;
    bool bright = false;
    assert_int_equal(palette_nearest(color_rgb(250, 10, 10), 16, NULL), color_palette(9));
    assert_int_equal(palette_nearest(color_palette(196), 16, NULL), color_palette(9));
    assert_int_equal(palette_nearest(color_rgb(250, 10, 10), 8, &bright), color_palette(1));
    assert_true(bright);
    bright = false;
    assert_int_equal(palette_nearest(color_palette(4), 8, &bright), color_palette(4));
    assert_false(bright);
    assert_int_equal(palette_nearest(color_palette(12), 8, &bright), color_palette(4));
    assert_true(bright);
}

static void
test_none(void **state)
{
    (void)state;
    assert_int_equal(palette_nearest(color_palette(4), 0, NULL), COLOR_DEFAULT);
    assert_int_equal(palette_nearest(color_rgb(9, 9, 9), 2, NULL), COLOR_DEFAULT);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_fits_stays),
        cmocka_unit_test(test_direct_to_256),
        cmocka_unit_test(test_to_16_and_8),
        cmocka_unit_test(test_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
