#include "test.h"

#include "base/mem.h"

static void
test_new_is_zeroed_and_wipe_clears(void **state)
{
    (void)state;
    unsigned char *p = mem_new(16, 4);
    for (int i = 0; i < 64; i++)
        assert_int_equal(p[i], 0);
    memset(p, 0xaa, 64);
    p = mem_resize(p, 32, 4);
    assert_int_equal(p[63], 0xaa);
    mem_wipe(p, 64);
    for (int i = 0; i < 64; i++)
        assert_int_equal(p[i], 0);
    free(p);
    free(mem_new(0, 0));
}

int
main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_new_is_zeroed_and_wipe_clears) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
