#include "test.h"

#include "session/notices.h"

static void
assert_says(const struct notice *n, const char *text)
{
    char said[NOTICE_TEXT_MAX_BYTES + 1] = "";
    memcpy(said, n->text.data, n->text.len);
    assert_non_null(strstr(said, text));
}

static void
test_menu_comes_and_goes(void **state)
{
    (void)state;
    struct notice n;
    struct escape e = escape_start(ESCAPE_DEFAULT, true);
    notices_start(&n, "skua", &e, 0);
    assert_memory_equal(n.label.data, "skua: ", 6);
    assert_false(notice_is_shown(&n, 0));
    e.menu = true;
    notices_menu(&n, &e, 0);
    assert_says(&n, "quits");
    assert_true(notice_is_shown(&n, 1000000));
    e.menu = false;
    notices_menu(&n, &e, 0);
    assert_false(notice_is_shown(&n, 0));
    notice_fini(&n);
}

static void
test_answers_expire(void **state)
{
    (void)state;
    struct notice n;
    struct escape e = escape_start(ESCAPE_DEFAULT, true);
    notices_start(&n, "skua", &e, 0);
    notices_help(&n, 0);
    assert_says(&n, "Ctrl-Z suspends");
    notice_heard(&n, NOTICES_ANSWER_MS);
    notice_acked(&n, NOTICES_ANSWER_MS);
    assert_true(notice_is_shown(&n, NOTICES_ANSWER_MS - 1));
    assert_false(notice_is_shown(&n, NOTICES_ANSWER_MS));
    notices_answer(&n, "done", NOTICES_ANSWER_MS);
    assert_says(&n, "done");
    notice_fini(&n);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_menu_comes_and_goes),
        cmocka_unit_test(test_answers_expire),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
