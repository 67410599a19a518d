#include "test.h"

#include "term/display/sequence.h"

static void
expect(const struct sequence *s, const char *text)
{
    assert_true(view_equal(sequence_view(s), view_of_text(text)));
}

static void
test_numbers(void **state)
{
    (void)state;
    struct sequence s = { .len = 0 };
    sequence_number(&s, 0);
    sequence_byte(&s, ';');
    sequence_number(&s, 4096);
    sequence_text(&s, "-");
    sequence_number(&s, 4294967295u);
    expect(&s, "0;4096-4294967295");
}

static void
test_csi_leaves_its_default_out(void **state)
{
    (void)state;
    struct sequence s = { .len = 0 };
    sequence_csi(&s, 1, 'X');
    sequence_csi(&s, 12, 'C');
    expect(&s, "\033[X\033[12C");
}

static void
test_repeat_stops_at_the_end(void **state)
{
    (void)state;
    struct sequence s = { .len = 0 };
    sequence_repeat(&s, '\b', 3);
    expect(&s, "\b\b\b");
    sequence_repeat(&s, '\n', 10 * SEQUENCE_MAX_BYTES);
    assert_int_equal(s.len, SEQUENCE_MAX_BYTES);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_csi_leaves_its_default_out),
        cmocka_unit_test(test_repeat_stops_at_the_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
