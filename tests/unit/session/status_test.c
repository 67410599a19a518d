#include "test.h"

#include "session/status.h"

static void
test_says_what_was_measured(void **state)
{
    (void)state;
    char text[STATUS_TEXT_BYTES];
    struct link_stats link = { 0 };
    struct predict_stats predict = { .shown = 9, .refuted = 1 };
    struct hello stock = { 0 };
    status_text(&link, &predict, &stock, text);
    assert_non_null(strstr(text, "RTT not measured"));
    assert_non_null(strstr(text, "predicted 9 (1 wrong)"));
    assert_non_null(strstr(text, "Mosh"));
    struct hello skua = { .version = 1 };
    link.rtt_samples = 1;
    link.srtt_ms = 41.6;
    status_text(&link, &predict, &skua, text);
    assert_non_null(strstr(text, "RTT 42 ms"));
    assert_non_null(strstr(text, "Skua"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_says_what_was_measured) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
