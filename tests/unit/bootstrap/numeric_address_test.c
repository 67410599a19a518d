#include "test.h"

#include "bootstrap/numeric_address.h"

static void
assert_address(const char *text, enum numeric_address_family family, const char *expected)
{
    struct numeric_address out;
    assert_int_equal(numeric_address_parse(view_of_text(text), &out), SKUA_OK);
    assert_int_equal(out.family, family);
    assert_string_equal(out.text, expected);
}

static void
assert_refused(const char *text)
{
    struct numeric_address out = { .text = "kept" };
    assert_int_equal(numeric_address_parse(view_of_text(text), &out), SKUA_ERR_MALFORMED);
    assert_string_equal(out.text, "kept");
}

static void
test_inet(void **state)
{
    (void)state;
    assert_address("127.0.0.1", NUMERIC_ADDRESS_INET, "127.0.0.1");
    assert_address("255.255.255.255", NUMERIC_ADDRESS_INET, "255.255.255.255");
    assert_refused("");
    assert_refused("1.2.3");
    assert_refused("1.2.3.4.5");
    assert_refused("1.2.3.256");
    assert_refused("1.2.3.04");
    assert_refused("1.2.3.");
    assert_refused("1.2.3.4 ");
    assert_refused("-1.2.3.4");
    assert_refused("1.2.3.4%eth0");
    assert_refused("host.example");
}

static void
test_inet6(void **state)
{
    (void)state;
    assert_address("::", NUMERIC_ADDRESS_INET6, "::");
    assert_address("::1", NUMERIC_ADDRESS_INET6, "::1");
    assert_address("2001:db8::", NUMERIC_ADDRESS_INET6, "2001:db8::");
    assert_address("1:2:3:4:5:6:7:8", NUMERIC_ADDRESS_INET6, "1:2:3:4:5:6:7:8");
    assert_address("1:2:3:4:5:6:7::", NUMERIC_ADDRESS_INET6, "1:2:3:4:5:6:7::");
    assert_address("64:ff9b::192.0.2.1", NUMERIC_ADDRESS_INET6, "64:ff9b::192.0.2.1");
    assert_address("fe80::1%eth0", NUMERIC_ADDRESS_INET6, "fe80::1%eth0");
    assert_refused("1:2:3:4:5:6:7");
    assert_refused("1:2:3:4:5:6:7:8:9");
    assert_refused("1:2:3:4::5:6:7:8");
    assert_refused("1::2::3");
    assert_refused(":::");
    assert_refused(":1::2");
    assert_refused("12345::");
    assert_refused("g::1");
    assert_refused("::1.2.3.4:5");
    assert_refused("fe80::1%");
    assert_refused("fe80::1%a/b");
    assert_refused("fe80::1%sixteen-letters-");
    assert_refused("[::1]");
}

static void
test_mapped_is_folded(void **state)
{
    (void)state;
    assert_address("::ffff:192.0.2.7", NUMERIC_ADDRESS_INET, "192.0.2.7");
    assert_address("::FFFF:192.0.2.7", NUMERIC_ADDRESS_INET, "192.0.2.7");
    assert_address("::ffff:c000:207", NUMERIC_ADDRESS_INET6, "::ffff:c000:207");
    assert_refused("::ffff:1.2.3.4.5");
}

static void
test_longest_and_past_it(void **state)
{
    (void)state;
    assert_address("0000:0000:0000:0000:0000:0000:255.255.255.255%abcdefghijklmno",
                   NUMERIC_ADDRESS_INET6,
                   "0000:0000:0000:0000:0000:0000:255.255.255.255%abcdefghijklmno");
    char longer[301];
    memset(longer, '1', 300);
    longer[300] = '\0';
    assert_refused(longer);
}

static void
test_loopback(void **state)
{
    (void)state;
    struct numeric_address a;
    assert_int_equal(numeric_address_parse(view_of_text("127.8.0.1"), &a), SKUA_OK);
    assert_true(numeric_address_is_loopback(&a));
    assert_int_equal(numeric_address_parse(view_of_text("::1"), &a), SKUA_OK);
    assert_true(numeric_address_is_loopback(&a));
    assert_int_equal(numeric_address_parse(view_of_text("128.0.0.1"), &a), SKUA_OK);
    assert_false(numeric_address_is_loopback(&a));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_inet),
        cmocka_unit_test(test_inet6),
        cmocka_unit_test(test_mapped_is_folded),
        cmocka_unit_test(test_longest_and_past_it),
        cmocka_unit_test(test_loopback),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
