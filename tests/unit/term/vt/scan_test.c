#include "test.h"

#include "term/vt/scan.h"

/* Each byte at each place in words that are printable otherwise. */
static void
test_ends_at_the_first_unprintable_byte(void **state)
{
    (void)state;
    uint8_t bytes[27];
    for (int byte = 0; byte < 256; byte++) {
        for (size_t at = 0; at < sizeof bytes; at++) {
            memset(bytes, at % 2 == 0 ? 0x7E : 0x20, sizeof bytes);
            bytes[at] = (uint8_t)byte;
            bool is_printable = byte >= 0x20 && byte <= 0x7E;
            size_t expected = is_printable ? sizeof bytes : at;
            assert_int_equal(scan_printable(view_of(bytes, sizeof bytes)), expected);
            assert_int_equal(scan_printable(view_of(bytes, at)), at);
        }
    }
    assert_int_equal(scan_printable((struct view){ 0 }), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ends_at_the_first_unprintable_byte),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
