#include "test.h"

#include "net/wire/arena.h"

static void
test_hands_out_up_to_its_maximum(void **state)
{
    (void)state;
    struct arena *a = arena_new(1000);
    size_t taken = 0;
    while (arena_take(a, 100) != NULL)
        taken += 100;
    assert_in_range(taken, 500, 1000);
    assert_true(arena_is_spent(a));
    arena_free(a);
}

static void
test_refuses_sizes_beyond_it(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 20);
    assert_non_null(arena_take(a, 10));
    assert_false(arena_is_spent(a));
    assert_null(arena_take(a, SIZE_MAX));
    assert_null(arena_take(a, SIZE_MAX - 20));
    assert_null(arena_take(a, (1 << 20) + 1));
    assert_true(arena_is_spent(a));
    assert_non_null(arena_take(a, 10));
    arena_free(a);
}

static void
test_pieces_are_aligned_and_apart(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 20);
    uint8_t *at[100];
    for (size_t i = 0; i < 100; i++) {
        at[i] = arena_take(a, i + 1);
        assert_non_null(at[i]);
        assert_int_equal((uintptr_t)at[i] % _Alignof(max_align_t), 0);
        memset(at[i], (int)i, i + 1);
    }
    for (size_t i = 0; i < 100; i++) {
        for (size_t k = 0; k <= i; k++)
            assert_int_equal(at[i][k], i);
    }
    arena_free(a);
    arena_free(NULL);
}

static void
test_serves_protobuf(void **state)
{
    (void)state;
    struct arena *a = arena_new(4096);
    ProtobufCAllocator allocator = arena_allocator(a);
    void *p = allocator.alloc(allocator.allocator_data, 64);
    assert_non_null(p);
    allocator.free(allocator.allocator_data, p);
    assert_null(allocator.alloc(allocator.allocator_data, 5000));
    assert_true(arena_is_spent(a));
    arena_free(a);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hands_out_up_to_its_maximum),
        cmocka_unit_test(test_refuses_sizes_beyond_it),
        cmocka_unit_test(test_pieces_are_aligned_and_apart),
        cmocka_unit_test(test_serves_protobuf),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
