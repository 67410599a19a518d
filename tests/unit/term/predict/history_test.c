#include "test.h"

#include "term/predict/history.h"

static void
expect_nth(const struct history *h, uint32_t place, int n, const char *want)
{
    struct view text;
    bool is_known = history_nth(h, place, n, &text);
    assert_int_equal(is_known, want != NULL);
    if (want != NULL)
        assert_true(view_equal(text, view_of_text(want)));
}

static void
test_the_newest_is_the_first(void **state)
{
    (void)state;
    struct history h = { 0 };
    expect_nth(&h, 1, 1, NULL);
    history_push(&h, 1, view_of_text("ls"));
    history_push(&h, 1, view_of_text(""));
    history_push(&h, 1, view_of_text("cd x"));
    expect_nth(&h, 1, 1, "cd x");
    expect_nth(&h, 1, 2, "ls");
    expect_nth(&h, 1, 3, NULL);
    history_fini(&h);
}

static void
test_each_place_has_its_own(void **state)
{
    (void)state;
    struct history h = { 0 };
    history_push(&h, 1, view_of_text("ssh box"));
    history_push(&h, 2, view_of_text("uptime"));
    history_push(&h, 2, view_of_text("exit"));
    expect_nth(&h, 1, 1, "ssh box");
    expect_nth(&h, 1, 2, NULL);
    expect_nth(&h, 2, 2, "uptime");
    history_forget(&h);
    expect_nth(&h, 1, 1, NULL);
    history_fini(&h);
}

/* What is behind a line that we did not keep is not known either. */
static void
test_limits(void **state)
{
    (void)state;
    struct history h = { 0 };
    for (int i = 0; i < 3 * HISTORY_MAX; i++) {
        uint8_t name = (uint8_t)('A' + i);
        history_push(&h, 1, view_of(&name, 1));
    }
    expect_nth(&h, 1, 1, "p");
    expect_nth(&h, 1, HISTORY_MAX, "a");
    expect_nth(&h, 1, HISTORY_MAX + 1, NULL);
    char text[HISTORY_MAX_BYTES + 2];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    history_push(&h, 1, view_of_text(text + 1));
    expect_nth(&h, 1, 1, text + 1);
    history_push(&h, 1, view_of_text(text));
    expect_nth(&h, 1, 1, NULL);
    history_fini(&h);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_newest_is_the_first),
        cmocka_unit_test(test_each_place_has_its_own),
        cmocka_unit_test(test_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
