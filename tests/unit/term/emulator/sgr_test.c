#include "test.h"

#include "term/emulator/sgr.h"

/* A sequence of single parameters; -1 is one that is missing. */
static struct style
style_after(bool is_modern, const int *values, int count, struct style pen)
{
    struct parser_sequence s = { .count = count };
    for (int i = 0; i < count; i++) {
        s.subs[i] = 1;
        s.value[i][0] = values[i];
    }
    sgr_apply(&s, is_modern, &pen);
    return pen;
}

#define STYLE_AFTER(is_modern, ...)                                                                \
    style_after(is_modern, (const int[]){ __VA_ARGS__ },                                           \
                (int)(sizeof(const int[]){ __VA_ARGS__ } / sizeof(int)), (struct style){ 0 })

static void
expect_text(struct style style, const char *expected)
{
    struct buf out;
    buf_init(&out, 256);
    sgr_put(&style, &out);
    buf_put_u8(&out, 0);
    assert_string_equal((const char *)out.data, expected);
    buf_fini(&out);
}

static void
test_both_read_the_common_codes(void **state)
{
    (void)state;
    for (int modern = 0; modern < 2; modern++) {
        expect_text(STYLE_AFTER(modern != 0, 1, 3, 4, 5, 7, 8, 31, 42), "0;1;3;4;5;7;8;31;42");
        expect_text(STYLE_AFTER(modern != 0, 1, 22, 4, 24, 91, 107, 39), "0;48;5;15");
        expect_text(STYLE_AFTER(modern != 0, 38, 5, 3, 48, 2, 1, 2, 3), "0;33;48;2;1;2;3");
        expect_text(STYLE_AFTER(modern != 0, 1, PARSER_MISSING, 4), "0;4");
    }
}

static void
test_short_colours(void **state)
{
    (void)state;
    expect_text(STYLE_AFTER(false, 38, 5), "0;5");
    expect_text(STYLE_AFTER(true, 38, 5), "0");
    expect_text(STYLE_AFTER(false, 38, 2, 1, 2), "0;1");
    expect_text(STYLE_AFTER(true, 38, 2, 1, 2), "0");
    expect_text(STYLE_AFTER(false, 58, 5, 1), "0;1;5");
    expect_text(STYLE_AFTER(true, 58, 5, 1), "0;58:5:1");
    expect_text(STYLE_AFTER(true, 38, 5, 256, 4), "0;4");
    expect_text(STYLE_AFTER(true, 38), "0");
}

static void
test_stock_carries_components(void **state)
{
    (void)state;
    expect_text(STYLE_AFTER(false, 38, 2, 1, 1, 300), "0;38;2;1;2;44");
    expect_text(STYLE_AFTER(true, 38, 2, 1, 1, 300), "0");
}

static void
test_colons(void **state)
{
    (void)state;
    struct parser_sequence s = { .count = 2,
                                 .subs = { 2, 6 },
                                 .value = { { 4, 5 },
                                            { 58, 2, PARSER_MISSING, 9, PARSER_MISSING, 7 } } };
    struct style pen = { 0 };
    sgr_apply(&s, true, &pen);
    expect_text(pen, "0;4:5;58:2::9:0:7");
}

static void
test_reset_keeps_link_and_protection(void **state)
{
    (void)state;
    struct payload *link = (struct payload *)&link;
    struct style pen = { .attrs = STYLE_PROTECTED | STYLE_BOLD, .link = link };
    pen = style_after(true, (const int[]){ 0 }, 1, pen);
    assert_int_equal(pen.attrs, STYLE_PROTECTED);
    assert_ptr_equal(pen.link, link);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_both_read_the_common_codes),
        cmocka_unit_test(test_short_colours),
        cmocka_unit_test(test_stock_carries_components),
        cmocka_unit_test(test_colons),
        cmocka_unit_test(test_reset_keeps_link_and_protection),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
