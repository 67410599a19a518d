#include "test.h"

#include "term/outer/adjust.h"

static struct adjustment
parse(const char *list)
{
    return adjustment_parse(view_of_text(list));
}

static void
test_words(void **state)
{
    (void)state;
    struct adjustment a = parse("links,-sync +title,,colors=direct");
    assert_int_equal(a.add, CAPS_CAN_LINKS | CAPS_CAN_TITLE);
    assert_int_equal(a.remove, CAPS_CAN_SYNC);
    assert_int_equal(a.colors, CAPS_COLORS_DIRECT);
    assert_false(a.no_probes);
    assert_true(parse("-probe").no_probes);
    assert_false(parse("-probe,probe").no_probes);
}

static void
test_last_word_counts(void **state)
{
    (void)state;
    struct adjustment a = parse("links,-links,-sync,sync");
    assert_int_equal(a.add, CAPS_CAN_SYNC);
    assert_int_equal(a.remove, CAPS_CAN_LINKS);
}

static void
test_strange_words_are_skipped(void **state)
{
    (void)state;
    static const char *const lists[] = { "",    ",",      "-",         "+,-",     "nothing",
                                         "lin", "linksx", "-colors=8", "colors=7" };
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        struct adjustment a = parse(lists[i]);
        assert_true(a.add == 0 && a.remove == 0 && a.colors == 0 && !a.no_probes);
    }
}

static void
test_apply(void **state)
{
    (void)state;
    struct caps caps = { .can = CAPS_CAN_SYNC | CAPS_CAN_MOUSE, .colors = 256 };
    struct adjustment a = parse("links -sync");
    adjustment_apply(&a, &caps);
    assert_int_equal(caps.can, CAPS_CAN_LINKS | CAPS_CAN_MOUSE);
    assert_int_equal(caps.colors, 256);
    a = parse("colors=8");
    adjustment_apply(&a, &caps);
    assert_int_equal(caps.colors, 8);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_last_word_counts),
        cmocka_unit_test(test_strange_words_are_skipped),
        cmocka_unit_test(test_apply),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
