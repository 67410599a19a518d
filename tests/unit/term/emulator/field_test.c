#include "test.h"

#include "term/emulator/field.h"

static void
test_take(void **state)
{
    (void)state;
    struct view text = view_of_text("a;;bc");
    assert_true(view_equal(field_take(&text, ';'), view_of_text("a")));
    assert_int_equal(field_take(&text, ';').len, 0);
    assert_true(view_equal(field_take(&text, ';'), view_of_text("bc")));
    assert_int_equal(text.len, 0);
    assert_int_equal(field_take(&text, ';').len, 0);
}

static void
test_numbers(void **state)
{
    (void)state;
    assert_int_equal(field_number(view_of_text("0")), 0);
    assert_int_equal(field_number(view_of_text("012")), 12);
    assert_int_equal(field_number(view_of_text("999999999")), 999999999);
    assert_int_equal(field_number(view_of_text("9999999999")), -1);
    assert_int_equal(field_number(view_of_text("")), -1);
    assert_int_equal(field_number(view_of_text("-1")), -1);
    assert_int_equal(field_number(view_of_text("1 ")), -1);
}

static void
test_hex_digits(void **state)
{
    (void)state;
    assert_int_equal(field_hex_digit('0'), 0);
    assert_int_equal(field_hex_digit('f'), 15);
    assert_int_equal(field_hex_digit('F'), 15);
    assert_int_equal(field_hex_digit('g'), -1);
    assert_int_equal(field_hex_digit('/'), -1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_take),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_hex_digits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
