#include "test.h"

#include "term/text/json.h"

static void
assert_json(struct view text, const char *expected)
{
    struct buf out;
    buf_init(&out, 256);
    assert_true(json_put_text(&out, text));
    assert_int_equal(out.len, strlen(expected));
    assert_memory_equal(out.data, expected, out.len);
    buf_fini(&out);
}

static void
test_escapes(void **state)
{
    (void)state;
    assert_json(view_of_text(""), "\"\"");
    assert_json(view_of_text("ls -l"), "\"ls -l\"");
    assert_json(view_of_text("\033[1m\"\\\n\177"), "\"\\u001b[1m\\\"\\\\\\u000a\\u007f\"");
    assert_json(view_of("a\0b", 3), "\"a\\u0000b\"");
}

static void
test_utf8(void **state)
{
    (void)state;
    assert_json(view_of_text("日本\xc2\x9b"), "\"日本\\u009b\"");
    assert_json(view_of_text("\xe6\x97z\xff"), "\"\xef\xbf\xbdz\xef\xbf\xbd\"");
}

static void
test_too_much(void **state)
{
    (void)state;
    struct buf out;
    buf_init(&out, 4);
    assert_false(json_put_text(&out, view_of_text("long")));
    buf_fini(&out);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_escapes),
        cmocka_unit_test(test_utf8),
        cmocka_unit_test(test_too_much),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
