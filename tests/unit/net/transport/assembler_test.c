#include "test.h"

#include "net/transport/assembler.h"
#include "net/wire/instruction.h"

static int
setup(void **state)
{
    *state = assembler_new();
    return 0;
}

static int
teardown(void **state)
{
    assembler_free(*state);
    assembler_free(NULL);
    return 0;
}

/* Give fragment `index` of `text`, cut into letters, under this id. */
static enum skua_err
give(struct assembler *a, uint64_t id, const char *text, size_t index, struct view *whole)
{
    struct fragment f = fragment_of(id, view_of_text(text), 1, index);
    return assembler_take(a, &f, whole);
}

static void
test_every_order(void **state)
{
    struct assembler *a = *state;
    struct view whole;
    uint64_t id = 0;
    for (size_t i = 0; i < 24; i++) {
        size_t order[4], pool[4] = { 0, 1, 2, 3 }, code = i;
        for (size_t k = 0; k < 4; k++) {
            size_t pick = code % (4 - k);
            code /= 4 - k;
            order[k] = pool[pick];
            memmove(&pool[pick], &pool[pick + 1], (3 - pick) * sizeof *pool);
        }
        id++;
        for (size_t k = 0; k < 4; k++) {
            enum skua_err err = give(a, id, "skua", order[k], &whole);
            assert_int_equal(err, k < 3 ? SKUA_ERR_INCOMPLETE : SKUA_OK);
            if (k < 3) /* twice is no harm */
                assert_int_equal(give(a, id, "skua", order[k], &whole), SKUA_ERR_DUPLICATE);
        }
        assert_true(view_equal(whole, view_of_text("skua")));
        assert_int_equal(assembler_partial_count(a), 0);
    }
}

static void
test_several_at_once(void **state)
{
    struct assembler *a = *state;
    struct view whole;
    assert_int_equal(give(a, 1, "abc", 0, &whole), SKUA_ERR_INCOMPLETE);
    assert_int_equal(give(a, 2, "xyz", 2, &whole), SKUA_ERR_INCOMPLETE);
    assert_int_equal(give(a, 1, "abc", 2, &whole), SKUA_ERR_INCOMPLETE);
    assert_int_equal(give(a, 2, "xyz", 0, &whole), SKUA_ERR_INCOMPLETE);
    assert_int_equal(give(a, 3, "!", 0, &whole), SKUA_OK);
    assert_int_equal(assembler_partial_count(a), 2);
    assert_int_equal(assembler_partial_bytes(a), 4);
    assert_int_equal(give(a, 2, "xyz", 1, &whole), SKUA_OK);
    assert_true(view_equal(whole, view_of_text("xyz")));
    assert_int_equal(give(a, 1, "abc", 1, &whole), SKUA_OK);
    assert_true(view_equal(whole, view_of_text("abc")));
}

static void
test_a_stale_id_evicts_nothing(void **state)
{
    struct assembler *a = *state;
    struct view whole;
    for (uint64_t id = 10; id < 14; id++)
        assert_int_equal(give(a, id, "ab", 0, &whole), SKUA_ERR_INCOMPLETE);
    assert_int_equal(give(a, 9, "ab", 0, &whole), SKUA_ERR_STALE);
    assert_int_equal(give(a, 14, "ab", 0, &whole), SKUA_ERR_INCOMPLETE); /* 10 had to go */
    assert_int_equal(give(a, 10, "ab", 1, &whole), SKUA_ERR_STALE);
    for (uint64_t id = 11; id < 15; id++)
        assert_int_equal(give(a, id, "ab", 1, &whole), SKUA_OK);
}

static void
test_a_completed_id_is_done_with(void **state)
{
    struct assembler *a = *state;
    struct view whole;
    assert_int_equal(give(a, 5, "x", 0, &whole), SKUA_OK);
    assert_int_equal(give(a, 5, "x", 0, &whole), SKUA_ERR_DUPLICATE);
    assert_int_equal(give(a, 5, "other", 0, &whole), SKUA_ERR_DUPLICATE);
    /* A late one that was never completed still counts. */
    assert_int_equal(give(a, 4, "y", 0, &whole), SKUA_OK);
    assert_int_equal(give(a, 4, "y", 0, &whole), SKUA_ERR_DUPLICATE);
    assert_int_equal(give(a, 0, "z", 0, &whole), SKUA_OK);
    assert_int_equal(give(a, 0, "z", 0, &whole), SKUA_ERR_DUPLICATE);

    assert_int_equal(give(a, 4 + ASSEMBLER_WINDOW, "x", 0, &whole), SKUA_OK);
    assert_int_equal(give(a, 4, "y", 0, &whole), SKUA_ERR_STALE);
    assert_int_equal(give(a, 5, "x", 0, &whole), SKUA_ERR_DUPLICATE);
    assert_int_equal(give(a, 6, "x", 0, &whole), SKUA_OK);
    /* A jump clears the window: what was done a window ago is another id now. */
    uint64_t far = (UINT64_C(1) << 62) + 5;
    assert_int_equal(give(a, far + 3, "x", 0, &whole), SKUA_OK);
    assert_int_equal(give(a, far, "x", 0, &whole), SKUA_OK);
    assert_int_equal(give(a, far, "x", 0, &whole), SKUA_ERR_DUPLICATE);
}

static void
test_first_content_is_kept(void **state)
{
    struct assembler *a = *state;
    struct view whole;
    assert_int_equal(give(a, 1, "abc", 1, &whole), SKUA_ERR_INCOMPLETE);
    assert_int_equal(give(a, 1, "aXc", 1, &whole), SKUA_ERR_MALFORMED);
    assert_int_equal(give(a, 1, "a", 0, &whole), SKUA_ERR_MALFORMED);  /* final below a seen one */
    assert_int_equal(give(a, 1, "ab", 1, &whole), SKUA_ERR_MALFORMED); /* the same, but final */
    assert_int_equal(give(a, 1, "abc", 2, &whole), SKUA_ERR_INCOMPLETE);
    assert_int_equal(give(a, 1, "abcd", 2, &whole), SKUA_ERR_MALFORMED); /* the same, not final */
    assert_int_equal(give(a, 1, "abcd", 3, &whole), SKUA_ERR_MALFORMED); /* above the final one */
    assert_int_equal(give(a, 1, "abcde", 4, &whole), SKUA_ERR_MALFORMED);
    assert_int_equal(give(a, 1, "abc", 0, &whole), SKUA_OK);
    assert_true(view_equal(whole, view_of_text("abc")));
}

static void
test_empty_pieces(void **state)
{
    struct assembler *a = *state;
    struct view whole;
    struct fragment empty = { .id = 1, .index = 0 };
    struct fragment last = { .id = 1, .index = 1, .final = true, .body = view_of_text("x") };
    assert_int_equal(assembler_take(a, &empty, &whole), SKUA_ERR_INCOMPLETE);
    assert_int_equal(assembler_take(a, &empty, &whole), SKUA_ERR_DUPLICATE);
    assert_int_equal(assembler_take(a, &last, &whole), SKUA_OK);
    assert_true(view_equal(whole, view_of_text("x")));
    empty = (struct fragment){ .id = 2, .final = true };
    assert_int_equal(assembler_take(a, &empty, &whole), SKUA_OK);
    assert_int_equal(whole.len, 0);
}

static void
test_sixteen_thousand_fragments(void **state)
{
    struct assembler *a = *state;
    struct view whole;
    struct fragment f = { .id = 1, .body = view_of_text("abc") };
    for (size_t i = FRAGMENT_COUNT_MAX; i-- > 0;) {
        f.index = (uint16_t)i;
        f.final = i == FRAGMENT_COUNT_MAX - 1;
        enum skua_err err = assembler_take(a, &f, &whole);
        assert_int_equal(err, i > 0 ? SKUA_ERR_INCOMPLETE : SKUA_OK);
    }
    assert_int_equal(whole.len, 3 * FRAGMENT_COUNT_MAX);
}

static void
test_bytes_are_bounded(void **state)
{
    struct assembler *a = *state;
    struct view whole;
    size_t piece = 1024 * 1024;
    uint8_t *bytes = calloc(1, INSTRUCTION_MAX_BYTES + 1);
    assert_non_null(bytes);
    struct fragment f = { .body = view_of(bytes, piece) };
    for (uint64_t id = 1; id <= 3; id++) {
        f.id = id;
        for (uint16_t i = 0; i < 3; i++) {
            f.index = i;
            assert_int_equal(assembler_take(a, &f, &whole), SKUA_ERR_INCOMPLETE);
            assert_true(assembler_partial_bytes(a) <= ASSEMBLER_PARTIAL_MAX_BYTES);
        }
    }
    assert_int_equal(assembler_partial_count(a), 2); /* the oldest went */

    /* One alone that is too large is dropped as a whole. */
    f.id = 3;
    f.index = 3;
    assert_int_equal(assembler_take(a, &f, &whole), SKUA_ERR_INCOMPLETE);
    f.index = 4;
    f.body.len = 1;
    assert_int_equal(assembler_take(a, &f, &whole), SKUA_ERR_TOO_LARGE);
    assert_int_equal(assembler_partial_count(a), 1);

    /* An older one does not take a newer one's bytes. */
    f.id = 1;
    f.body.len = piece;
    for (uint16_t i = 0; i < 4; i++) {
        f.index = i;
        assert_int_equal(assembler_take(a, &f, &whole), SKUA_ERR_INCOMPLETE);
    }
    f.id = 0;
    f.index = 0;
    f.body.len = 2 * piece;
    assert_int_equal(assembler_take(a, &f, &whole), SKUA_ERR_TOO_LARGE);

    f = (struct fragment){ .id = 9, .final = true };
    f.body = view_of(bytes, INSTRUCTION_MAX_BYTES + 1);
    assert_int_equal(assembler_take(a, &f, &whole), SKUA_ERR_TOO_LARGE);
    free(bytes);
}

static void
test_forgets_what_will_not_come(void **state)
{
    struct assembler *a = *state;
    struct view whole;
    assert_int_equal(give(a, 1, "ab", 0, &whole), SKUA_ERR_INCOMPLETE);
    for (uint64_t id = 2; id <= 65; id++)
        assert_int_equal(give(a, id, "x", 0, &whole), SKUA_OK);
    assert_int_equal(assembler_partial_count(a), 1);
    assert_int_equal(give(a, 66, "x", 0, &whole), SKUA_OK);
    assert_int_equal(assembler_partial_count(a), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_every_order, setup, teardown),
        cmocka_unit_test_setup_teardown(test_several_at_once, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_stale_id_evicts_nothing, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_completed_id_is_done_with, setup, teardown),
        cmocka_unit_test_setup_teardown(test_first_content_is_kept, setup, teardown),
        cmocka_unit_test_setup_teardown(test_empty_pieces, setup, teardown),
        cmocka_unit_test_setup_teardown(test_sixteen_thousand_fragments, setup, teardown),
        cmocka_unit_test_setup_teardown(test_bytes_are_bounded, setup, teardown),
        cmocka_unit_test_setup_teardown(test_forgets_what_will_not_come, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
