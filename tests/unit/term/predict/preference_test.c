#include "test.h"

#include "term/predict/preference.h"

static void
test_words_round_trip(void **state)
{
    (void)state;
    for (int i = PREDICT_ADAPTIVE; i <= PREDICT_EXPERIMENTAL; i++) {
        enum predict_display d = PREDICT_ADAPTIVE;
        assert_true(predict_display_parse(predict_display_word((enum predict_display)i), &d));
        assert_int_equal(d, i);
    }
}

static void
test_other_words_are_refused(void **state)
{
    (void)state;
    enum predict_display d = PREDICT_NEVER;
    assert_false(predict_display_parse("", &d));
    assert_false(predict_display_parse("Always", &d));
    assert_false(predict_display_parse("alw", &d));
    assert_int_equal(d, PREDICT_NEVER);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words_round_trip),
        cmocka_unit_test(test_other_words_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
