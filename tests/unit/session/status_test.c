#include "test.h"

#include "session/status.h"

static void
test_says_what_was_measured(void **state)
{
    (void)state;
    char text[STATUS_TEXT_BYTES];
    struct link_stats link = { .paths_opened = 2 };
    struct predict_stats predict = { .shown = 9, .refuted = 1 };
    struct hello peer = { 0 };
    struct status s = { .link = &link, .predict = &predict, .peer = &peer };
    status_text(&s, text);
    assert_ptr_equal(strstr(text, "RTT not measured, loss 0 %, heard 0 s ago, path 2; "), text);
    assert_non_null(strstr(text, "predicted 9 (1 wrong); Skua "));
    assert_non_null(strstr(text, "server speaks Mosh"));
    peer.version = 1;
    link.rtt_samples = 1;
    link.srtt_ms = 41.6;
    link.loss_permille = 25;
    s.silent_ms = 7999;
    s.server = "192.0.2.7";
    s.port = 60001;
    status_text(&s, text);
    assert_ptr_equal(strstr(text, "192.0.2.7 port 60001, RTT 42 ms, loss 3 %, heard 7 s ago, "),
                     text);
    assert_non_null(strstr(text, "server speaks Skua"));
}

static void
test_the_longest_fits(void **state)
{
    (void)state;
    char text[STATUS_TEXT_BYTES];
    struct link_stats link = {
        .rtt_samples = 1, .srtt_ms = 99999, .loss_permille = 1000, .paths_opened = UINT32_MAX
    };
    struct predict_stats predict = { .shown = UINT32_MAX, .refuted = UINT32_MAX };
    struct hello peer = { 0 };
    struct status s = { .server = "fe80:1111:2222:3333:4444:5555:6666:7777%eth0xxx",
                        .port = UINT16_MAX,
                        .link = &link,
                        .silent_ms = UINT32_MAX,
                        .predict = &predict,
                        .peer = &peer };
    status_text(&s, text);
    assert_non_null(strstr(text, "server speaks Mosh"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_says_what_was_measured),
        cmocka_unit_test(test_the_longest_fits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
