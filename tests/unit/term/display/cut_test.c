#include "draw.h"

#include "term/display/cut.h"

/* A row of 6 columns with one cluster at column 0, cut for stock. */
static struct row *
cut_cluster(const char *text, int width)
{
    struct screen *s = screen_new(1, 6);
    draw_cluster(s, 0, 0, text, width);
    struct row *cut = cut_row(s->row[0], true, &caps_stock);
    screen_unref(s);
    return cut;
}

static void
expect_cell(const struct row *r, int x, const char *text, int width)
{
    uint8_t scratch[4];
    assert_true(view_equal(row_text(r, x, scratch), view_of_text(text)));
    assert_int_equal(r->cell[x].width, width);
}

static void
test_plain_rows_are_shared(void **state)
{
    (void)state;
    struct screen *s = screen_new(1, 10);
    draw(s, 0, 0, "ab中é│");
    const struct caps *all[] = { &caps_stock, &caps_skua, &caps_xterm };
    for (size_t i = 0; i < 3; i++) {
        struct row *cut = cut_row(s->row[0], true, all[i]);
        assert_ptr_equal(cut, s->row[0]);
        row_unref(cut);
    }
    row_erase(s->row[0], 0, 10, COLOR_DEFAULT);
    draw(s, 0, 0, "Ж😀"); /* to be looked at, and found fitting */
    struct row *cut = cut_row(s->row[0], true, &caps_stock);
    assert_ptr_equal(cut, s->row[0]);
    row_unref(cut);
    screen_unref(s);
}

static void
test_clusters_toward_stock(void **state)
{
    (void)state;
    struct row *r = cut_cluster("🇫🇷", 2); /* two characters of one column each */
    expect_cell(r, 0, "🇫", 1);
    expect_cell(r, 1, "🇷", 1);
    row_unref(r);
    r = cut_cluster("👩\342\200\215🚀", 2); /* the first of them and no joiner */
    expect_cell(r, 0, "👩", 2);
    expect_cell(r, 1, "", CELL_RIGHT_HALF);
    row_unref(r);
    r = cut_cluster("❤\357\270\217", 2); /* narrower by code points: a space follows */
    expect_cell(r, 0, "❤", 1);
    expect_cell(r, 1, " ", 1);
    row_unref(r);
    r = cut_cluster("❤\357\270\217", 1); /* as it is */
    expect_cell(r, 0, "❤\357\270\217", 1);
    row_unref(r);
    r = cut_cluster("😀\357\270\216", 1); /* wider by code points */
    expect_cell(r, 0, "\357\277\275", 1);
    row_unref(r);
}

/* A flag on a screen of one column has no room for its second one. */
static void
test_clusters_that_nobody_measures_so(void **state)
{
    (void)state;
    struct screen *s = screen_new(1, 4);
    draw_cluster(s, 0, 0, "🇫🇷", 1);
    struct row *cut = cut_row(s->row[0], true, &caps_skua);
    expect_cell(cut, 0, "🇫", 1);
    row_unref(cut);
    draw_cluster(s, 0, 0, "🇫🇷", 2);
    cut = cut_row(s->row[0], true, &caps_skua);
    assert_ptr_equal(cut, s->row[0]);
    row_unref(cut);
    screen_unref(s);
}

static void
test_text_toward_stock_is_bounded(void **state)
{
    (void)state;
    char zalgo[64] = "a";
    for (size_t i = 0; i < 20; i++)
        memcpy(zalgo + 1 + 2 * i, "\314\201", 3);
    struct row *r = cut_cluster(zalgo, 1);
    uint8_t scratch[4];
    assert_int_equal(row_text(r, 0, scratch).len, 31);
    row_unref(r);
}

static void
test_styles_toward_stock(void **state)
{
    (void)state;
    struct payload *link = payload_new(view_of_text(";http://x/"));
    const struct style rich = {
        .fg = color_rgb(1, 2, 3),
        .bg = color_palette(9),
        .underline = color_palette(1),
        .attrs = style_with_underline(STYLE_BOLD | STYLE_FAINT | STYLE_STRIKE | STYLE_OVERLINE |
                                          STYLE_PROTECTED,
                                      UNDERLINE_DASHED),
        .link = link,
    };
    struct style cut = cut_style(&rich, &caps_stock);
    const struct style expected = {
        .fg = color_rgb(1, 2, 3),
        .bg = color_palette(9),
        .attrs = style_with_underline(STYLE_BOLD, UNDERLINE_SINGLE),
    };
    assert_true(style_equal(&cut, &expected));
    cut = cut_style(&rich, &caps_skua);
    assert_int_equal(cut.attrs, rich.attrs & ~STYLE_PROTECTED);
    assert_ptr_equal(cut.link, link);
    payload_unref(link);
}

static void
test_colors_of_a_poor_terminal(void **state)
{
    (void)state;
    const struct caps eight = { .dialect = CAPS_DIALECT_OUTER, .colors = 8 };
    const struct style bright = { .fg = color_palette(12), .bg = color_palette(9) };
    struct style cut = cut_style(&bright, &eight);
    assert_int_equal(cut.fg, color_palette(4));
    assert_int_equal(cut.bg, color_palette(1));
    assert_int_equal(cut.attrs, STYLE_BOLD);
    const struct style italic = { .attrs = STYLE_ITALIC | STYLE_INVERSE };
    assert_int_equal(cut_style(&italic, &eight).attrs, STYLE_INVERSE);
}

static void
test_links_to_a_real_terminal(void **state)
{
    (void)state;
    struct caps caps = caps_xterm;
    caps.can |= CAPS_CAN_LINKS;
    struct payload *good = payload_new(view_of_text(";https://x/"));
    struct payload *bad = payload_new(view_of_text(";javascript:x"));
    struct style s = { .link = good };
    assert_ptr_equal(cut_style(&s, &caps).link, good);
    assert_null(cut_style(&s, &caps_xterm).link);
    s.link = bad;
    assert_null(cut_style(&s, &caps).link);
    assert_ptr_equal(cut_style(&s, &caps_skua).link, bad);
    payload_unref(good);
    payload_unref(bad);
}

static void
test_wrap_flag_is_kept_where_it_can_be_painted(void **state)
{
    (void)state;
    struct screen *s = screen_new(2, 3);
    draw(s, 0, 0, "abc");
    s->row[0]->wrapped = true;
    struct row *cut = cut_row(s->row[0], false, &caps_stock);
    assert_true(cut->wrapped);
    row_unref(cut);
    cut = cut_row(s->row[0], true, &caps_stock); /* nothing below */
    assert_false(cut->wrapped);
    row_unref(cut);
    draw(s, 0, 1, "😀"); /* nobody knows where this leaves the cursor */
    cut = cut_row(s->row[0], false, &caps_stock);
    assert_false(cut->wrapped);
    row_unref(cut);
    row_erase(s->row[0], 1, 3, COLOR_DEFAULT);
    cut = cut_row(s->row[0], false, &caps_skua); /* erased */
    assert_false(cut->wrapped);
    row_unref(cut);
    screen_unref(s);
}

static void
test_halves_are_mended_for_a_real_terminal(void **state)
{
    (void)state;
    struct screen *s = screen_new(1, 6);
    draw(s, 0, 0, "中");
    draw(s, 0, 1, "x"); /* as a stock peer leaves it: hidden behind the wide cell */
    draw(s, 0, 3, "中");
    row_erase(s->row[0], 3, 4, COLOR_DEFAULT); /* a right half alone */
    const struct style plain = { .fg = COLOR_DEFAULT };
    row_set(s->row[0], 5, view_of_text("中"), CELL_WIDE, &plain); /* no room */
    struct row *cut = cut_row(s->row[0], true, &caps_xterm);
    expect_cell(cut, 0, "中", 2);
    expect_cell(cut, 1, "", CELL_RIGHT_HALF);
    expect_cell(cut, 3, "", 1);
    expect_cell(cut, 4, "", 1);
    expect_cell(cut, 5, "\357\277\275", 1);
    row_unref(cut);
    screen_unref(s);
}

static void
test_text_for_a_real_terminal(void **state)
{
    (void)state;
    struct screen *s = screen_new(1, 6);
    draw_cluster(s, 0, 0, "a\342\200\256", 1);
    draw_cluster(s, 0, 1, "b\314\201", 1);
    struct row *cut = cut_row(s->row[0], true, &caps_xterm);
    expect_cell(cut, 0, "a", 1);
    expect_cell(cut, 1, "b\314\201", 1);
    row_unref(cut);
    const struct style hidden = { .attrs = STYLE_INVISIBLE };
    struct caps caps = caps_xterm;
    caps.can &= ~(uint32_t)CAPS_CAN_INVISIBLE;
    draw_styled(s, 0, 2, "中x", &hidden);
    cut = cut_row(s->row[0], true, &caps);
    expect_cell(cut, 2, " ", 1);
    expect_cell(cut, 3, " ", 1);
    expect_cell(cut, 4, " ", 1);
    assert_int_equal(cut->cell[4].attrs, 0);
    row_unref(cut);
    screen_unref(s);
}

static void
test_corner_of_a_terminal_that_would_scroll(void **state)
{
    (void)state;
    struct screen *s = screen_new(2, 4);
    struct caps caps = caps_xterm;
    caps.can &= ~(uint32_t)CAPS_CAN_LAST_CELL;
    draw(s, 0, 0, "ab中");
    row_erase(screen_row_mut(s, 1), 0, 4, color_palette(1));
    struct row *cut = cut_row(s->row[0], false, &caps);
    assert_ptr_equal(cut, s->row[0]);
    row_unref(cut);
    cut = cut_row(s->row[0], true, &caps);
    expect_cell(cut, 1, "b", 1);
    expect_cell(cut, 2, "", 1);
    expect_cell(cut, 3, "", 1);
    row_unref(cut);
    cut = cut_row(s->row[1], true, &caps); /* erasing may paint it */
    assert_ptr_equal(cut, s->row[1]);
    row_unref(cut);
    caps.can &= ~(uint32_t)CAPS_CAN_COLOR_ERASE;
    cut = cut_row(s->row[1], true, &caps);
    assert_int_equal(cut->cell[2].bg, color_palette(1));
    assert_int_equal(cut->cell[3].bg, COLOR_DEFAULT);
    row_unref(cut);
    screen_unref(s);
}

static void
test_marks_reach_skua_peers_only(void **state)
{
    (void)state;
    struct screen *s = screen_new(1, 6);
    draw(s, 0, 0, "$");
    s->row[0]->mark = ROW_MARK_PROMPT;
    s->row[0]->beyond |= ROW_BEYOND_MARK;
    struct row *cut = cut_row(s->row[0], true, &caps_skua);
    assert_ptr_equal(cut, s->row[0]);
    row_unref(cut);
    cut = cut_row(s->row[0], true, &caps_stock);
    assert_int_equal(cut->mark, ROW_MARK_NONE);
    assert_int_equal(cut->beyond, 0);
    row_unref(cut);
    screen_unref(s);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain_rows_are_shared),
        cmocka_unit_test(test_clusters_toward_stock),
        cmocka_unit_test(test_clusters_that_nobody_measures_so),
        cmocka_unit_test(test_text_toward_stock_is_bounded),
        cmocka_unit_test(test_styles_toward_stock),
        cmocka_unit_test(test_colors_of_a_poor_terminal),
        cmocka_unit_test(test_links_to_a_real_terminal),
        cmocka_unit_test(test_wrap_flag_is_kept_where_it_can_be_painted),
        cmocka_unit_test(test_halves_are_mended_for_a_real_terminal),
        cmocka_unit_test(test_text_for_a_real_terminal),
        cmocka_unit_test(test_corner_of_a_terminal_that_would_scroll),
        cmocka_unit_test(test_marks_reach_skua_peers_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
