#include "test.h"

#include "term/emulator/charset.h"
#include "term/vt/parser.h"

static void
test_graphics(void **state)
{
    (void)state;
    struct charsets c = { 0 };
    assert_true(charset_is_ascii(&c));
    assert_true(charset_designate(&c, PARSER_KEY(0, '(', 0, '0')));
    assert_false(charset_is_ascii(&c));
    assert_int_equal(charset_map(&c, 'q'), 0x2500);
    assert_int_equal(charset_map(&c, 'A'), 'A');
    assert_int_equal(charset_map(&c, '~'), 0xB7);
    assert_int_equal(charset_map(&c, '_'), ' ');
    assert_int_equal(charset_map(&c, 0x4E2D), 0x4E2D);
}

static void
test_slots_and_shifts(void **state)
{
    (void)state;
    struct charsets c = { 0 };
    assert_true(charset_designate(&c, PARSER_KEY(0, '*', 0, 'A')));
    c.single = 2;
    assert_false(charset_is_ascii(&c));
    assert_int_equal(charset_map(&c, '#'), 0xA3);
    assert_int_equal(charset_map(&c, '#'), '#');
    c.left = 2;
    assert_int_equal(charset_map(&c, '#'), 0xA3);
    assert_true(charset_designate(&c, PARSER_KEY(0, '*', '%', '5')));
    assert_int_equal(charset_map(&c, '#'), '#');
}

static void
test_what_is_no_designation(void **state)
{
    (void)state;
    struct charsets c = { 0 };
    assert_false(charset_designate(&c, PARSER_KEY(0, '%', 0, 'G')));
    assert_false(charset_designate(&c, PARSER_KEY(0, 0, 0, '0')));
    assert_false(charset_designate(&c, PARSER_KEY(0, '#', 0, '8')));
    assert_true(charset_designate(&c, PARSER_KEY(0, '-', 0, 'F')));
    assert_int_equal(c.set[1], CHARSET_ASCII);
}

static void
test_latin_1(void **state)
{
    (void)state;
    struct charsets c = { 0 };
    assert_true(charset_designate(&c, PARSER_KEY(0, '-', 0, 'A')));
    c.left = 1;
    assert_int_equal(charset_map(&c, 'i'), 0xE9);
    assert_int_equal(charset_map(&c, ' '), 0xA0);
    assert_int_equal(charset_map(&c, '~'), 0xFE);
    assert_int_equal(charset_map(&c, 0xE9), 0xE9);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_graphics),
        cmocka_unit_test(test_slots_and_shifts),
        cmocka_unit_test(test_what_is_no_designation),
        cmocka_unit_test(test_latin_1),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
