/* The tables are what the plain functions say. */
#include "test.h"

#include "term/text/width.h"

static void
test_widths_are_the_same(void **state)
{
    (void)state;
    int known = 0;
    for (uint32_t c = 0; c <= 0x110000; c++) {
        int width = width_common(c) & WIDTH_COLUMNS;
        if (width != 0)
            assert_int_equal(width, width_of(c));
        known += width != 0;
    }
    assert_true(known > 30000);
}

/* What text that every peer measures alike is, by comparing. */
static bool
is_undisputed(uint32_t c)
{
    return c < 0x300 || (c >= 0x4e00 && c <= 0x9fcc) ||
           (c >= 0x3041 && c <= 0x30ff && c != 0x3099 && c != 0x309a) ||
           (c >= 0xac00 && c <= 0xd7a3) || (c >= 0x2500 && c <= 0x257f);
}

static void
test_disputed(void **state)
{
    (void)state;
    for (uint32_t c = 0; c <= 0x110000; c++) {
        unsigned common = width_common(c);
        if (common != 0)
            assert_int_equal((common & WIDTH_DISPUTED) == 0, is_undisputed(c));
        else if (width_of(c) > 0)
            assert_false(is_undisputed(c));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_widths_are_the_same),
        cmocka_unit_test(test_disputed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
