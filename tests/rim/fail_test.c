/* Text of failures: order, cutting, one line. */
#include "test.h"

#include <errno.h>

#include "rim/fail.h"

static void
test_text_and_reason(void **state)
{
    (void)state;
    struct fail why;
    enum skua_err err = fail_set(&why, SKUA_ERR_SYSTEM, EADDRINUSE, "bind port %d", 60001);
    assert_int_equal(err, SKUA_ERR_SYSTEM);
    assert_int_equal(why.code, SKUA_ERR_SYSTEM);
    assert_int_equal(why.os_error, EADDRINUSE);
    assert_string_equal(why.text, "bind port 60001: Address already in use");
}

static void
test_no_reason(void **state)
{
    (void)state;
    struct fail why;
    fail_set(&why, SKUA_ERR_MALFORMED, 0, "not a port");
    assert_string_equal(why.text, "not a port");
}

static void
test_context_goes_in_front(void **state)
{
    (void)state;
    struct fail why;
    fail_set(&why, SKUA_ERR_SYSTEM, 0, "inner");
    fail_context(&why, "outer %s", "thing");
    assert_string_equal(why.text, "outer thing: inner");
}

static void
test_cut_at_size(void **state)
{
    (void)state;
    char longer[2 * FAIL_TEXT_BYTES];
    memset(longer, 'x', sizeof longer - 1);
    longer[sizeof longer - 1] = '\0';
    struct fail why;
    fail_set(&why, SKUA_ERR_SYSTEM, EIO, "%s", longer);
    assert_int_equal(strlen(why.text), FAIL_TEXT_BYTES - 1);
    fail_context(&why, "%s", longer);
    assert_int_equal(strlen(why.text), FAIL_TEXT_BYTES - 1);
}

static void
test_stays_one_line(void **state)
{
    (void)state;
    struct fail why;
    fail_set(&why, SKUA_ERR_SYSTEM, 0, "file %s", "a\nb\033[2J");
    assert_string_equal(why.text, "file a?b?[2J");
    fail_context(&why, "c\rd");
    assert_string_equal(why.text, "c?d: file a?b?[2J");
}

static void
test_nobody_asks(void **state)
{
    (void)state;
    assert_int_equal(fail_set(NULL, SKUA_ERR_FULL, 0, "x"), SKUA_ERR_FULL);
    fail_context(NULL, "x");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text_and_reason),       cmocka_unit_test(test_no_reason),
        cmocka_unit_test(test_context_goes_in_front), cmocka_unit_test(test_cut_at_size),
        cmocka_unit_test(test_stays_one_line),        cmocka_unit_test(test_nobody_asks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
