#include "test.h"

#include "base/buf.h"

static void
test_grows_up_to_its_maximum(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b, 100);
    for (int i = 0; i < 100; i++)
        assert_true(buf_put_u8(&b, (uint8_t)i));
    assert_false(buf_put_u8(&b, 0));
    assert_true(b.overflow);
    assert_int_equal(b.len, 100);
    assert_int_equal(b.data[99], 99);
    buf_clear(&b);
    assert_false(b.overflow);
    buf_fini(&b);
    buf_fini(&b);
}

static void
test_refuses_whole(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b, 4);
    assert_true(buf_put_text(&b, "abc"));
    assert_false(buf_put_u16(&b, 1));
    assert_int_equal(b.len, 3);
    buf_fini(&b);
}

static void
test_is_big_endian(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b, 64);
    assert_true(buf_put_u16(&b, 0x0102));
    assert_true(buf_put_u64(&b, 0x030405060708090aULL));
    const uint8_t expected[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 };
    assert_true(view_equal(buf_view(&b), view_of(expected, sizeof expected)));
    buf_fini(&b);
}

static void
test_takes_from_the_front_and_shrinks(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b, 1 << 20);
    for (int i = 0; i < 1000; i++)
        assert_true(buf_putf(&b, "%03d,", i));
    buf_take(&b, 3996);
    assert_true(view_equal(buf_view(&b), view_of_text("999,")));
    buf_shrink(&b, 256);
    assert_int_equal(b.cap, 256);
    buf_take(&b, 99);
    assert_int_equal(b.len, 0);
    buf_shrink(&b, 256);
    buf_fini(&b);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_grows_up_to_its_maximum),
        cmocka_unit_test(test_refuses_whole),
        cmocka_unit_test(test_is_big_endian),
        cmocka_unit_test(test_takes_from_the_front_and_shrinks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
