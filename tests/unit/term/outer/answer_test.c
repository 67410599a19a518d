#include "test.h"

#include "term/outer/answer.h"

static enum answer_kind
kind_of(const char *text)
{
    return answer_parse(view_of_text(text)).kind;
}

static void
test_csi_forms(void **state)
{
    (void)state;
    assert_int_equal(kind_of("\033[?62;22c"), ANSWER_DEVICE);
    assert_int_equal(kind_of("\033[?2026;2$y"), ANSWER_MODE);
    assert_int_equal(kind_of("\033[?0u"), ANSWER_KEYBOARD);
    struct answer a = answer_parse(view_of_text("\033[6;20;10tx"));
    assert_int_equal(a.kind, ANSWER_CELL_SIZE);
    assert_int_equal(a.len, 10);
    assert_int_equal(a.param[1], 20);
    assert_int_equal(a.param[2], 10);
}

static void
test_keys_are_no_answers(void **state)
{
    (void)state;
    static const char *const keys[] = {
        "\033[A",        "\033OA",       "\033[1;5C",    "\033[15~",      "\033[<0;1;1M",
        "\033[I",        "\033[97;5u",   "\033[200~",    "\033x",         "\033\033",
        "\033[8;24;80t", "\033[?1;2$z",  "\033[24;80R",  "\033]52;c;x\a", "\033]10;?\a",
        "\033P$q\033\\", "\033_G\033\\", "\033[?2026$y", "\033[M !!",     "\033[>1;10;0c",
    };
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        assert_int_equal(kind_of(keys[i]), ANSWER_NONE);
}

static void
test_beginnings(void **state)
{
    (void)state;
    static const char *const answers[] = {
        "\033[?62;22c",
        "\033[?2026;2$y",
        "\033[6;20;10t",
        "\033P>|XTerm(380)\033\\",
        "\033P1+r524742=38\033\\",
        "\033]11;rgb:1e1e/1e1e/1e1e\033\\",
        "\033]10;rgb:ff/ff/ff\a",
    };
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
        struct view whole = view_of_text(answers[i]);
        for (size_t len = 1; len < whole.len; len++)
            assert_int_equal(answer_parse(view_first(whole, len)).kind, ANSWER_PARTIAL);
        assert_int_equal(answer_parse(whole).len, whole.len);
    }
}

static void
test_strings(void **state)
{
    (void)state;
    struct answer a = answer_parse(view_of_text("\033P>|tmux 3.4\033\\"));
    assert_int_equal(a.kind, ANSWER_VERSION);
    assert_true(view_equal(a.text, view_of_text("tmux 3.4")));
    assert_int_equal(kind_of("\033P>|x\a"), ANSWER_NONE);
    assert_int_equal(kind_of("\033]11;rgb:1/2/3\033x"), ANSWER_NONE);
    assert_int_equal(kind_of("\033]11;rgb:\303\251\a"), ANSWER_NONE);
}

static void
test_bounds(void **state)
{
    (void)state;
    char endless[2 * ANSWER_MAX_BYTES];
    memset(endless, '1', sizeof endless);
    memcpy(endless, "\033[?", 3);
    assert_int_equal(answer_parse(view_of(endless, ANSWER_MAX_BYTES - 1)).kind, ANSWER_PARTIAL);
    assert_int_equal(answer_parse(view_of(endless, sizeof endless)).kind, ANSWER_NONE);
    memcpy(endless, "\033P>|", 4);
    assert_int_equal(answer_parse(view_of(endless, sizeof endless)).kind, ANSWER_NONE);
    assert_int_equal(kind_of("\033[?99999999999999999999;1$y"), ANSWER_MODE);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_csi_forms),  cmocka_unit_test(test_keys_are_no_answers),
        cmocka_unit_test(test_beginnings), cmocka_unit_test(test_strings),
        cmocka_unit_test(test_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
