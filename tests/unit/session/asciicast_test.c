#include "test.h"

#include "session/asciicast.h"

static void
assert_line(struct buf *out, const char *expected)
{
    assert_int_equal(out->len, strlen(expected));
    assert_memory_equal(out->data, expected, out->len);
    buf_clear(out);
}

static void
test_lines(void **state)
{
    (void)state;
    struct buf out;
    buf_init(&out, 4096);
    asciicast_start(&out, 24, 80, 1700000000, "xterm");
    assert_line(&out, "{\"version\": 2, \"width\": 80, \"height\": 24, \"timestamp\": 1700000000, "
                      "\"env\": {\"TERM\": \"xterm\"}}\n");
    asciicast_start(&out, 24, 80, 0, NULL);
    assert_line(&out, "{\"version\": 2, \"width\": 80, \"height\": 24, \"timestamp\": 0, "
                      "\"env\": {\"TERM\": \"\"}}\n");
    asciicast_output(&out, 12005, view_of_text("\r$"));
    assert_line(&out, "[12.005, \"o\", \"\\u000d$\"]\n");
    asciicast_resize(&out, 999, 30, 100);
    assert_line(&out, "[0.999, \"r\", \"100x30\"]\n");
    buf_fini(&out);
}

int
main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_lines) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
