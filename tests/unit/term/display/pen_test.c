#include "draw.h"

#include "term/display/pen.h"

static const struct style plain = { .fg = COLOR_DEFAULT };

static void
expect(const struct style *from, const struct style *to, const struct caps *caps, const char *text)
{
    struct buf out;
    buf_init(&out, DRAW_MAX_BYTES);
    pen_put(from, to, caps, &out);
    char *readable = draw_readable(buf_view(&out));
    assert_string_equal(readable, text);
    free(readable);
    buf_fini(&out);
}

static void
test_equal_styles_need_nothing(void **state)
{
    (void)state;
    const struct style red = { .fg = color_palette(1), .attrs = STYLE_BOLD };
    expect(&red, &red, &caps_stock, "");
    expect(&red, &red, &caps_skua, "");
}

static void
test_stock_form_is_canonical(void **state)
{
    (void)state;
    const struct style all = {
        .fg = color_palette(3),
        .bg = color_rgb(1, 2, 3),
        .attrs = style_with_underline(STYLE_BOLD | STYLE_ITALIC | STYLE_BLINK | STYLE_INVERSE |
                                          STYLE_INVISIBLE,
                                      UNDERLINE_SINGLE),
    };
    expect(&plain, &all, &caps_stock, "\\e[0;1;3;4;5;7;8;33;48;2;1;2;3m");
    expect(&all, &plain, &caps_stock, "\\e[0m");
    const struct style bright = { .fg = color_palette(9), .bg = color_palette(15) };
    expect(&plain, &bright, &caps_stock, "\\e[0;38;5;9;48;5;15m");
}

static void
test_shorter_form_is_chosen(void **state)
{
    (void)state;
    const struct style bold_red = { .fg = color_palette(1), .attrs = STYLE_BOLD };
    const struct style bold_blue = { .fg = color_palette(4), .attrs = STYLE_BOLD };
    const struct style bright = { .fg = color_palette(12), .attrs = STYLE_BOLD };
    expect(&plain, &bold_red, &caps_skua, "\\e[1;31m");
    expect(&bold_red, &bold_blue, &caps_skua, "\\e[34m");
    expect(&bold_red, &bright, &caps_xterm, "\\e[94m");
    expect(&bold_red, &plain, &caps_skua, "\\e[m");
}

static void
test_faint_and_bold_share_their_end(void **state)
{
    (void)state;
    const struct style both = { .fg = color_rgb(100, 100, 100), .attrs = STYLE_BOLD | STYLE_FAINT };
    const struct style bold = { .fg = color_rgb(100, 100, 100), .attrs = STYLE_BOLD };
    expect(&both, &bold, &caps_skua, "\\e[22;1m");
}

static void
test_skua_only_styles(void **state)
{
    (void)state;
    const struct style curly = {
        .underline = color_rgb(255, 0, 1),
        .attrs = style_with_underline(STYLE_STRIKE | STYLE_OVERLINE, UNDERLINE_CURLY),
    };
    const struct style dotted = {
        .underline = color_palette(7),
        .attrs = style_with_underline(STYLE_STRIKE | STYLE_OVERLINE, UNDERLINE_DOTTED),
    };
    expect(&plain, &curly, &caps_skua, "\\e[4:3;9;53;58:2::255:0:1m");
    expect(&curly, &dotted, &caps_skua, "\\e[4:4;58:5:7m");
}

static void
test_links_open_and_close(void **state)
{
    (void)state;
    struct payload *link = payload_new(view_of_text("id=a;http://x/"));
    struct payload *bare = payload_new(view_of_text(";http://y/"));
    const struct style linked = { .link = link }, other = { .link = bare };
    expect(&plain, &linked, &caps_skua, "\\e]8;id=a;http://x/\\e\\");
    expect(&plain, &linked, &caps_xterm, "\\e]8;id=ra;http://x/\\e\\");
    expect(&linked, &other, &caps_xterm, "\\e]8;;http://y/\\e\\");
    expect(&other, &plain, &caps_skua, "\\e]8;;\\e\\");
    payload_unref(link);
    payload_unref(bare);
}

/* Every style, taken to from any other, must fit in the parameters that stock reads. */
static void
test_longest_form_fits_stock(void **state)
{
    (void)state;
    const struct style longest = {
        .fg = color_rgb(255, 255, 255),
        .bg = color_rgb(255, 255, 255),
        .attrs = style_with_underline(STYLE_BOLD | STYLE_ITALIC | STYLE_BLINK | STYLE_INVERSE |
                                          STYLE_INVISIBLE,
                                      UNDERLINE_SINGLE),
    };
    struct buf out;
    buf_init(&out, DRAW_MAX_BYTES);
    pen_put(&plain, &longest, &caps_stock, &out);
    assert_true(out.len - 3 <= 100);
    buf_fini(&out);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_equal_styles_need_nothing),
        cmocka_unit_test(test_stock_form_is_canonical),
        cmocka_unit_test(test_shorter_form_is_chosen),
        cmocka_unit_test(test_faint_and_bold_share_their_end),
        cmocka_unit_test(test_skua_only_styles),
        cmocka_unit_test(test_links_open_and_close),
        cmocka_unit_test(test_longest_form_fits_stock),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
