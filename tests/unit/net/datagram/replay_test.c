#include "test.h"

#include "net/datagram/replay.h"

static int
set_up(void **state)
{
    static struct replay replay;
    replay_init(&replay);
    *state = &replay;
    return 0;
}

static void
test_each_number_once(void **state)
{
    struct replay *replay = *state;
    assert_true(replay_is_fresh(replay, 0));
    assert_true(replay_note(replay, 0));
    assert_false(replay_is_fresh(replay, 0));
    assert_true(replay_note(replay, 5));
    assert_true(replay_is_fresh(replay, 3));
    assert_false(replay_note(replay, 3)); /* taken, but not the newest */
    assert_false(replay_is_fresh(replay, 3));
    assert_true(replay_is_fresh(replay, 4));
    assert_false(replay_is_fresh(replay, 5));
    assert_true(replay_is_fresh(replay, 6));
}

static void
test_window_has_8192_numbers(void **state)
{
    struct replay *replay = *state;
    replay_note(replay, 10000);
    assert_true(replay_is_fresh(replay, 10000 - 8191));
    assert_false(replay_is_fresh(replay, 10000 - 8192));
    assert_false(replay_is_fresh(replay, 0));
}

/* Against a plain list of everything seen, with steps and jumps of all sizes. */
static void
test_agrees_with_a_list(void **state)
{
    struct replay *replay = *state;
    static bool seen[200000];
    memset(seen, 0, sizeof seen);
    uint64_t newest = 0;
    bool has_any = false;
    uint32_t random = 12345;
    for (int i = 0; i < 100000; i++) {
        random = random * 1664525 + 1013904223;
        uint64_t back = random >> 8 & 0x3fff;
        random = random * 1664525 + 1013904223;
        uint64_t ahead = random >> 8 & (i % 1000 == 0 ? 0x2fff : 1);
        uint64_t sequence =
            random >> 31 ? newest + ahead : newest - (back < newest ? back : newest);
        if (sequence >= sizeof seen)
            break;
        bool fresh = !seen[sequence] && (!has_any || newest < sequence || newest - sequence < 8192);
        assert_int_equal(replay_is_fresh(replay, sequence), fresh);
        if (!fresh)
            continue;
        assert_int_equal(replay_note(replay, sequence), !has_any || sequence > newest);
        seen[sequence] = true;
        newest = !has_any || sequence > newest ? sequence : newest;
        has_any = true;
    }
    assert_in_range(newest, 50000, sizeof seen);
}

/* What was skipped takes over the bits of numbers a window earlier, which were seen. */
static void
test_skipped_numbers_are_fresh(void **state)
{
    struct replay *replay = *state;
    for (uint64_t skip = 1; skip < 200; skip++) {
        replay_init(replay);
        for (uint64_t i = 0; i < 10000; i++)
            replay_note(replay, i);
        assert_true(replay_note(replay, 9999 + skip));
        for (uint64_t i = 10000; i < 9999 + skip; i++)
            assert_true(replay_is_fresh(replay, i));
        assert_false(replay_is_fresh(replay, 9999));
        assert_false(replay_is_fresh(replay, 9999 + skip));
    }
}

static void
test_jump_over_the_whole_window(void **state)
{
    struct replay *replay = *state;
    for (uint64_t i = 0; i < 8192; i++)
        replay_note(replay, i);
    uint64_t far = (UINT64_C(1) << 40) + 8192 - 1;
    assert_true(replay_note(replay, far));
    assert_false(replay_is_fresh(replay, 0));
    for (uint64_t i = 1; i < 8192; i++)
        assert_true(replay_is_fresh(replay, far - i));
    assert_true(replay_note(replay, (UINT64_C(1) << 63) - 1));
    assert_false(replay_is_fresh(replay, far));
    assert_true(replay_is_fresh(replay, (UINT64_C(1) << 63) - 2));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_each_number_once, set_up),
        cmocka_unit_test_setup(test_window_has_8192_numbers, set_up),
        cmocka_unit_test_setup(test_agrees_with_a_list, set_up),
        cmocka_unit_test_setup(test_skipped_numbers_are_fresh, set_up),
        cmocka_unit_test_setup(test_jump_over_the_whole_window, set_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
