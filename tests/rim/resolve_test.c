/* Numbers to addresses and back; folding. */
#include "test.h"

#include "rim/resolve.h"

static void
check_round_trip(const char *text, const char *expected)
{
    struct addr a;
    assert_int_equal(resolve_numeric(text, 60001, &a), SKUA_OK);
    char back[RESOLVE_TEXT_BYTES];
    resolve_text(&a, back);
    assert_string_equal(back, expected);
    assert_int_equal(resolve_port(&a), 60001);
}

static void
test_numbers(void **state)
{
    (void)state;
    check_round_trip("192.0.2.1", "192.0.2.1");
    check_round_trip("2001:DB8::1", "2001:db8::1");
    check_round_trip("::", "::");
    check_round_trip("fe80::1%lo", "fe80::1%lo");
    check_round_trip("fe80::1%1", "fe80::1%lo");
}

static void
test_mapped_is_folded(void **state)
{
    (void)state;
    struct addr mapped, plain;
    assert_int_equal(resolve_numeric("::ffff:192.0.2.1", 5, &mapped), SKUA_OK);
    assert_int_equal(resolve_numeric("192.0.2.1", 5, &plain), SKUA_OK);
    assert_true(addr_equal(&mapped, &plain));
    assert_int_equal(resolve_family_of(&mapped), RESOLVE_INET);
}

static void
test_refused(void **state)
{
    (void)state;
    static const char *const bad[] = { "",
                                       "localhost",
                                       "1",
                                       "127.1",
                                       "0x7f.0.0.1",
                                       "1.2.3.4.5",
                                       "1.2.3.256",
                                       "1.2.3.4 ",
                                       ":",
                                       "1::2::3",
                                       "[::1]",
                                       "fe80::1%nosuchif",
                                       "fe80::1%",
                                       "fe80::1%0",
                                       "fe80::1%99999999999",
                                       "192.0.2.1%lo",
                                       "%lo" };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct addr a = { .len = 99 };
        assert_int_equal(resolve_numeric(bad[i], 1, &a), SKUA_ERR_MALFORMED);
        assert_int_equal(a.len, 99);
    }
}

static void
test_port_and_no_address(void **state)
{
    (void)state;
    struct addr a = { 0 };
    resolve_set_port(&a, 7);
    assert_false(addr_is_set(&a));
    assert_int_equal(resolve_port(&a), 0);
    assert_int_equal(resolve_family_of(&a), RESOLVE_ANY);
    char text[RESOLVE_TEXT_BYTES];
    resolve_text(&a, text);
    assert_string_equal(text, "");
    assert_false(resolve_is_loopback(&a));
}

static void
test_loopback(void **state)
{
    (void)state;
    struct addr a;
    resolve_numeric("127.3.2.1", 0, &a);
    assert_true(resolve_is_loopback(&a));
    resolve_numeric("::1", 0, &a);
    assert_true(resolve_is_loopback(&a));
    resolve_numeric("128.0.0.1", 0, &a);
    assert_false(resolve_is_loopback(&a));
    resolve_numeric("2001:db8::1", 0, &a);
    assert_false(resolve_is_loopback(&a));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers),  cmocka_unit_test(test_mapped_is_folded),
        cmocka_unit_test(test_refused),  cmocka_unit_test(test_port_and_no_address),
        cmocka_unit_test(test_loopback),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
