#include "test.h"

#include "bootstrap/host_name.h"

static void
assert_split(const char *text, const char *user, const char *host)
{
    struct view u, h;
    assert_int_equal(host_name_split(view_of_text(text), &u, &h), SKUA_OK);
    assert_true(view_equal(u, view_of_text(user)));
    assert_true(view_equal(h, view_of_text(host)));
}

static void
assert_refused(const char *text)
{
    struct view u, h;
    assert_int_equal(host_name_split(view_of_text(text), &u, &h), SKUA_ERR_MALFORMED);
}

static void
test_accepted(void **state)
{
    (void)state;
    assert_split("host", "", "host");
    assert_split("me@host.example", "me", "host.example");
    assert_split("me@corp@host", "me@corp", "host");
    assert_split("CORP\\me@host", "CORP\\me", "host");
    assert_split("fe80::1%eth0", "", "fe80::1%eth0");
    assert_split("ssh://me@host:22", "ssh://me", "host:22");
    assert_split("b\xc3\xbc"
                 "ro",
                 "",
                 "b\xc3\xbc"
                 "ro");
}

static void
test_refused(void **state)
{
    (void)state;
    const char *const bad[] = {
        "",
        "-oProxyCommand=x",
        "me@-oProxyCommand=x",
        "-l@host",
        "@host",
        "me@",
        "a b",
        "a;b",
        "a$b",
        "a`b",
        "a'b",
        "a\"b",
        "a(b",
        "a{b}",
        "a|b",
        "a&b",
        "a<b",
        "a>b",
        "a\\b",
        "a\nb",
        "a\tb",
        ("a\x7f"
         "b"),
        "u\\@host",
        "u$(id)@host",
        "u;x@host",
        "u x@host",
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_refused(bad[i]);
    struct view u, h;
    assert_int_equal(host_name_split(view_of("a\0b", 3), &u, &h), SKUA_ERR_MALFORMED);
}

static void
test_length(void **state)
{
    (void)state;
    char text[HOST_NAME_MAX_BYTES + 1];
    struct view u, h;
    memset(text, 'a', sizeof text);
    assert_int_equal(host_name_split(view_of(text, HOST_NAME_MAX_BYTES), &u, &h), SKUA_OK);
    assert_int_equal(host_name_split(view_of(text, sizeof text), &u, &h), SKUA_ERR_TOO_LARGE);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_accepted),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_length),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
