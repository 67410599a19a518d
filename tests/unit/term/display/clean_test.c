#include "test.h"

#include "term/display/clean.h"
#include "term/screen/payload.h"

static void
expect_title(const char *title, const char *expected)
{
    struct payload *t = payload_new(view_of_text(title));
    struct payload *clean = clean_title(t);
    assert_true(view_equal(payload_view(clean), view_of_text(expected)));
    assert_int_equal(clean == t, strcmp(title, expected) == 0);
    if (clean != t)
        payload_unref(clean);
    payload_unref(t);
}

static void
test_titles(void **state)
{
    (void)state;
    expect_title("", "");
    expect_title("vim — a;b", "vim — a;b");
    expect_title("a\033]52;c;x\ab\177c", "a]52;c;xbc");
    expect_title("a\302\233b", "ab");                 /* C1: CSI */
    expect_title("a\342\200\256b\342\200\251", "ab"); /* override, paragraph separator */
    expect_title("\342\201\246x\342\201\251", "x");   /* isolates */
    assert_null(clean_title(NULL));
}

static void
test_title_is_cut(void **state)
{
    (void)state;
    char longest[2 * (CLEAN_TITLE_MAX + 1) + 1];
    for (size_t i = 0; i <= CLEAN_TITLE_MAX; i++)
        memcpy(longest + 2 * i, "\303\251", 3);
    struct payload *t = payload_new(view_of_text(longest));
    struct payload *clean = clean_title(t);
    assert_ptr_not_equal(clean, t);
    assert_int_equal(clean->len, 2 * CLEAN_TITLE_MAX);
    payload_unref(clean);
    payload_unref(t);
}

static bool
is_link(const char *text)
{
    return clean_is_link(view_of_text(text));
}

static void
test_links(void **state)
{
    (void)state;
    assert_true(is_link(";https://example.org/?a;b"));
    assert_true(is_link("id=x;HTTP://example.org"));
    assert_true(is_link("id=;mailto:a@b"));
    assert_false(is_link(";javascript:alert(1)"));
    assert_false(is_link(";file:///etc/passwd"));
    assert_false(is_link("https://no.semicolon"));
    assert_false(is_link("foo=1;https://x"));
    assert_false(is_link(";http://x\033\\"));
    assert_false(is_link(";http://\303\251"));
    assert_false(is_link(""));
}

static void
test_link_bounds(void **state)
{
    (void)state;
    char uri[CLEAN_URI_MAX + 3];
    memset(uri, 'a', sizeof uri);
    memcpy(uri, ";http://", 8);
    assert_true(clean_is_link(view_of(uri, CLEAN_URI_MAX + 1)));
    assert_false(clean_is_link(view_of(uri, CLEAN_URI_MAX + 2)));
    char id[CLEAN_ID_MAX + 4 + 9];
    memset(id, 'i', sizeof id);
    memcpy(id, "id=", 3);
    memcpy(id + 3 + CLEAN_ID_MAX, ";http://", 8);
    assert_true(clean_is_link(view_of(id, 3 + CLEAN_ID_MAX + 8)));
    memset(id, 'i', sizeof id);
    memcpy(id, "id=", 3);
    memcpy(id + 4 + CLEAN_ID_MAX, ";http://", 8);
    assert_false(clean_is_link(view_of(id, 4 + CLEAN_ID_MAX + 8)));
}

static void
test_base64(void **state)
{
    (void)state;
    assert_true(clean_is_base64(view_of_text("")));
    assert_true(clean_is_base64(view_of_text("aGVsbG8=")));
    assert_true(clean_is_base64(view_of_text("aGVsbA==")));
    assert_true(clean_is_base64(view_of_text("ab+/")));
    assert_false(clean_is_base64(view_of_text("?")));
    assert_false(clean_is_base64(view_of_text("ab=c")));
    assert_false(clean_is_base64(view_of_text("a===")));
    assert_false(clean_is_base64(view_of_text("abc")));
    assert_false(clean_is_base64(view_of_text("abc\a")));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_titles), cmocka_unit_test(test_title_is_cut),
        cmocka_unit_test(test_links),  cmocka_unit_test(test_link_bounds),
        cmocka_unit_test(test_base64),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
