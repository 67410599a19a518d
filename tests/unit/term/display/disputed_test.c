#include "test.h"

#include "term/display/disputed.h"
#include "term/text/codepoint.h"
#include "term/text/grapheme.h"
#include "term/text/width.h"

static bool
is_disputed(const char *text)
{
    return disputed_text(view_of_text(text));
}

static void
test_everyday_text_is_settled(void **state)
{
    (void)state;
    assert_false(is_disputed("a"));
    assert_false(is_disputed(" "));
    assert_false(is_disputed("é"));
    assert_false(is_disputed("e\314\201")); /* with a combining acute */
    assert_false(is_disputed("Ж"));
    assert_false(is_disputed("中"));
    assert_false(is_disputed("한"));
    assert_false(is_disputed("│"));
    assert_false(is_disputed("…"));
    assert_false(is_disputed("❯"));
}

static void
test_what_others_measure_differently(void **state)
{
    (void)state;
    assert_true(is_disputed("😀"));
    assert_true(is_disputed("⌚"));
    assert_true(is_disputed("\356\202\260"));   /* private use: a prompt's arrow */
    assert_true(is_disputed("👩\342\200\215🚀")); /* joined */
    assert_true(is_disputed("❤\357\270\217"));  /* with VS16 */
    assert_true(is_disputed("🇫🇷"));
    assert_true(is_disputed("\340\244\276")); /* a spacing mark */
    assert_true(is_disputed("\177"));
}

/* Settled characters must stand alone for every way of counting, or rows would come apart. */
static void
test_settled_characters_do_not_join(void **state)
{
    (void)state;
    for (uint32_t c = 0x20; c < 0x30000; c++) {
        uint8_t utf8[4];
        if (c == 0x7f || (c >= 0xd800 && c < 0xe000))
            continue;
        struct view text = view_of(utf8, codepoint_encode(c, utf8));
        if (disputed_text(text))
            continue;
        assert_in_range(width_of(c), 1, 2);
        struct grapheme g = { .previous = 0 };
        grapheme_push(&g, 'a');
        assert_true(grapheme_push(&g, c));
        assert_true(grapheme_push(&g, 'a'));
        assert_int_equal(grapheme_width(text), width_of(c));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_everyday_text_is_settled),
        cmocka_unit_test(test_what_others_measure_differently),
        cmocka_unit_test(test_settled_characters_do_not_join),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
