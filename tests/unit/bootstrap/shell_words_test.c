#include "test.h"

#include "base/buf.h"
#include "bootstrap/shell_words.h"

/* joined: the expected words, each ended by '|'. */
static void
assert_words(const char *text, size_t expected_count, const char *joined)
{
    struct buf out;
    size_t count = 99;
    buf_init(&out, 256);
    assert_int_equal(shell_words_split(view_of_text(text), &out, &count), SKUA_OK);
    assert_int_equal(count, expected_count);
    for (size_t i = 0; i < out.len; i++) {
        if (out.data[i] == '\0')
            out.data[i] = '|';
    }
    assert_true(view_equal(buf_view(&out), view_of_text(joined)));
    buf_fini(&out);
}

static void
assert_fails(struct view text, enum skua_err expected)
{
    struct buf out;
    size_t count = 99;
    buf_init(&out, 8);
    assert_int_equal(shell_words_split(text, &out, &count), expected);
    assert_int_equal(count, 99);
    buf_fini(&out);
}

static void
test_words(void **state)
{
    (void)state;
    assert_words("", 0, "");
    assert_words(" \t\n", 0, "");
    assert_words("ssh", 1, "ssh|");
    assert_words("  ssh -p 2222 ", 3, "ssh|-p|2222|");
    assert_words("ssh -x 'a b'", 3, "ssh|-x|a b|");
    assert_words("a'b'\"c\"d", 1, "abcd|");
    assert_words("'' \"\"", 2, "||");
    assert_words("a\\ b \\'c", 2, "a b|'c|");
    assert_words("\"a\\\"b\\$c\\nd\"", 1, "a\"b$c\\nd|");
    assert_words("'a\\b'", 1, "a\\b|");
    assert_words("$HOME ~/x *", 3, "$HOME|~/x|*|");
    assert_words("\\\\", 1, "\\|");
}

static void
test_refused(void **state)
{
    (void)state;
    assert_fails(view_of_text("a 'b"), SKUA_ERR_MALFORMED);
    assert_fails(view_of_text("\"b"), SKUA_ERR_MALFORMED);
    assert_fails(view_of_text("b\\"), SKUA_ERR_MALFORMED);
    assert_fails(view_of_text("\"b\\"), SKUA_ERR_MALFORMED);
    assert_fails(view_of("a\0b", 3), SKUA_ERR_MALFORMED);
    assert_fails(view_of_text("123456789"), SKUA_ERR_TOO_LARGE);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
