#include "test.h"

#include "base/buf.h"
#include "bootstrap/visible_text.h"

static void
assert_shown(const char *in, size_t len, const char *expected)
{
    struct buf out;
    buf_init(&out, 4096);
    visible_text_put(&out, view_of(in, len));
    assert_int_equal(out.len, strlen(expected));
    if (out.len != 0)
        assert_memory_equal(out.data, expected, out.len);
    buf_fini(&out);
}

#define SHOWN(in, expected) assert_shown("" in, sizeof in - 1, expected)

static void
test_text_passes(void **state)
{
    (void)state;
    SHOWN("", "");
    SHOWN("Permission denied (publickey).", "Permission denied (publickey).");
    SHOWN("a\tb", "a\tb");
    SHOWN("caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80", "caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80");
}

static void
test_controls_are_shown(void **state)
{
    (void)state;
    SHOWN("\x1b]0;evil\x07", "^[]0;evil^G");
    SHOWN("a\0b\rc\x7f", "a^@b^Mc^?");
    SHOWN("\xc2\x9b"
          "31m",
          "\\xC2\\x9B31m");
}

static void
test_direction_and_line_breaks_are_shown(void **state)
{
    (void)state;
    SHOWN("\xe2\x80\xae", "\\xE2\\x80\\xAE");
    SHOWN("\xe2\x80\xa8", "\\xE2\\x80\\xA8");
    SHOWN("\xe2\x81\xa6", "\\xE2\\x81\\xA6");
}

static void
test_bad_utf8_is_shown(void **state)
{
    (void)state;
    SHOWN("\xff", "\\xFF");
    SHOWN("\xc0\xaf", "\\xC0\\xAF");                   /* overlong */
    SHOWN("\xe0\x80\xaf", "\\xE0\\x80\\xAF");          /* overlong */
    SHOWN("\xed\xa0\x80", "\\xED\\xA0\\x80");          /* surrogate */
    SHOWN("\xf4\x90\x80\x80", "\\xF4\\x90\\x80\\x80"); /* past U+10FFFF */
    SHOWN("\xe2\x82", "\\xE2\\x82");                   /* cut */
    SHOWN("\x80z", "\\x80z");
}

static void
test_growth_is_bounded(void **state)
{
    (void)state;
    for (int c = 0; c < 256; c++) {
        uint8_t byte = (uint8_t)c;
        struct buf out;
        buf_init(&out, 64);
        visible_text_put(&out, view_of(&byte, 1));
        assert_true(out.len >= 1 && out.len <= VISIBLE_TEXT_GROWTH);
        buf_fini(&out);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text_passes),
        cmocka_unit_test(test_controls_are_shown),
        cmocka_unit_test(test_direction_and_line_breaks_are_shown),
        cmocka_unit_test(test_bad_utf8_is_shown),
        cmocka_unit_test(test_growth_is_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
