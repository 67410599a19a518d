#include "test.h"

#include "term/text/codepoint.h"

static void
test_round_trip_at_every_length(void **state)
{
    (void)state;
    const uint32_t points[] = { 0x20, 0x7f, 0x80, 0x7ff, 0x800, 0xfffd, 0x10000, 0x10ffff };
    for (size_t i = 0; i < sizeof points / sizeof points[0]; i++) {
        uint8_t bytes[4];
        size_t len = codepoint_encode(points[i], bytes);
        uint32_t back = 0;
        assert_true(codepoint_only(view_of(bytes, len), &back));
        assert_int_equal(back, points[i]);
    }
}

static void
test_walks_and_survives_damage(void **state)
{
    (void)state;
    struct view rest = view_of("\xc3\xa9x\xe4\xb8", 5);
    assert_int_equal(codepoint_first(rest, &rest), 0xe9);
    assert_int_equal(codepoint_first(rest, &rest), 'x');
    assert_int_equal(codepoint_first(rest, &rest), 0xfffd);
    assert_int_equal(codepoint_first(rest, &rest), 0xfffd);
    assert_int_equal(rest.len, 0);
    uint32_t only = 0;
    assert_false(codepoint_only(rest, &only));
    assert_false(codepoint_only(view_of_text("ab"), &only));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip_at_every_length),
        cmocka_unit_test(test_walks_and_survives_damage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
