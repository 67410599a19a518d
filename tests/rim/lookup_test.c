/* Names that need no network. */
#include "test.h"

#include "rim/lookup.h"

static void
test_names(void **state)
{
    (void)state;
    struct lookup_list list;
    struct fail why = { 0 };
    assert_int_equal(lookup_name("127.0.0.1", RESOLVE_ANY, 22, &list, &why), SKUA_OK);
    assert_int_equal(list.count, 1);
    assert_int_equal(resolve_port(&list.addresses[0]), 22);
    assert_int_equal(lookup_name("::1", RESOLVE_INET, 22, &list, &why), SKUA_ERR_SYSTEM);
    assert_int_equal(list.count, 0);
    assert_non_null(strstr(why.text, "::1"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_names) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
