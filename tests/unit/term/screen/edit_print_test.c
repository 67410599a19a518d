#include "test.h"

#include "edit_check.h"
#include "term/screen/edit_print.h"
#include "term/text/utf8.h"

static void
print(struct edit *e, const char *text)
{
    struct view rest = view_of_text(text);
    while (rest.len > 0) {
        uint32_t c;
        rest = view_from(rest, utf8_next(rest, &c));
        edit_print(e, c);
    }
}

struct print_case {
    const char *text;
    const char *shown; /* 6 columns, 2 rows */
    int row, col;      /* of the cursor */
    bool pending;
};

static void
expect_all(const struct print_case *cases, size_t count, void (*prepare)(struct edit *e),
           const struct edit_rules *rules)
{
    for (size_t i = 0; i < count; i++) {
        struct screen *s = screen_new(2, 6);
        struct edit e;
        edit_init(&e, s, rules);
        if (prepare != NULL)
            prepare(&e);
        print(&e, cases[i].text);
        edit_expect(&e, cases[i].shown);
        assert_int_equal(s->cursor_row, cases[i].row);
        assert_int_equal(s->cursor_col, cases[i].col);
        assert_int_equal(e.pending_wrap, cases[i].pending);
        screen_unref(s);
    }
}

#define COUNT(table) (sizeof(table) / sizeof(table)[0])

static const struct print_case legacy[] = {
    { "abc", "abc.../......", 0, 3, false },
    { "abcdef", "abcdef/......", 0, 5, true },
    { "abcdefg", "abcdef+/g.....", 1, 1, false },
    { "abcde中", "abcde./中>....", 1, 2, false },
    { "abcd中", "abcd中>/......", 0, 5, true },
    { "e\u0301x", "e\u0301x..../......", 0, 2, false },
    { "\u0301a", "\u00A0\u0301a..../......", 0, 2, false },
    { "abcdef\u0301g", "abcdef\u0301+/g.....", 1, 1, false },
    { "\uFFFF", "\uFFFD...../......", 0, 1, false },
    { "\u200Ba\x01\x7F", "\u00A0\u200Ba..../......", 0, 2, false },
    { "\U0001F469\u200D\U0001F680x", "\U0001F469\u200D>\U0001F680>x./......", 0, 5, false },
};

static void
test_legacy_widths(void **state)
{
    (void)state;
    expect_all(legacy, COUNT(legacy), NULL, &edit_rules_skua);
    expect_all(legacy, COUNT(legacy), NULL, &edit_rules_stock);
}

static void
use_clusters(struct edit *e)
{
    e->screen->modes.clusters = true;
}

static const struct print_case clusters[] = {
    { "\U0001F469\u200D\U0001F680x", "\U0001F469\u200D\U0001F680>x.../......", 0, 3, false },
    { "\u2764\uFE0Fx", "\u2764\uFE0F>x.../......", 0, 3, false },
    { "abcde\u2764\uFE0Fx", "abcde./\u2764\uFE0F>x...", 1, 3, false },
    { "abcd\U0001F600\uFE0Ex", "abcd\U0001F600\uFE0Ex/......", 0, 5, true },
    { "\U0001F1EB\U0001F1F7\U0001F1EBx", "\U0001F1EB\U0001F1F7>\U0001F1EBx../......", 0, 4, false },
    { "\u1112\u1161\u11ABx", "\u1112\u1161\u11AB>x.../......", 0, 3, false },
    { "1\uFE0F\u20E3x", "1\uFE0F\u20E3>x.../......", 0, 3, false },
    { "ab", "ab..../......", 0, 2, false },
};

static void
test_cluster_widths(void **state)
{
    (void)state;
    expect_all(clusters, COUNT(clusters), use_clusters, &edit_rules_skua);
}

static void
no_autowrap(struct edit *e)
{
    e->autowrap = false;
}

static const struct print_case unwrapped[] = {
    { "abcdefgh", "abcdeh/......", 0, 5, true },
    { "abcde中", "abcde./......", 0, 5, true },
    { "abcde中z", "abcdez/......", 0, 5, true },
};

static void
test_without_autowrap(void **state)
{
    (void)state;
    expect_all(unwrapped, COUNT(unwrapped), no_autowrap, &edit_rules_skua);
}

static void
some_margins(struct edit *e)
{
    e->left = 2;
    e->right = 4;
}

static const struct print_case margins[] = {
    { "abcdef", "abcde./..f...", 1, 3, false },
    { "abcd中", "abcd../..中>..", 1, 4, false },
};

static void
test_between_margins(void **state)
{
    (void)state;
    expect_all(margins, COUNT(margins), some_margins, &edit_rules_skua);
}

static void
inserting(struct edit *e)
{
    print(e, "123456");
    edit_move(e, 0, 0);
    e->insert = true;
}

static const struct print_case inserted[] = {
    { "ab", "ab1234/......", 0, 2, false },
    { "中", "中>1234/......", 0, 2, false },
};

static void
test_insert_mode(void **state)
{
    (void)state;
    expect_all(inserted, COUNT(inserted), inserting, &edit_rules_skua);
}

static void
test_one_column(void **state)
{
    (void)state;
    struct screen *s = screen_new(2, 1);
    struct edit e;
    edit_init(&e, s, &edit_rules_skua);
    print(&e, "中a");
    edit_expect(&e, "\uFFFD+/a");
    screen_unref(s);
}

static void
test_ascii_runs_equal_single_characters(void **state)
{
    (void)state;
    static const struct style pens[] = { { 0 },
                                         { .bg = COLOR_KIND_RGB, .attrs = STYLE_BOLD },
                                         { .attrs = STYLE_FAINT, .underline = COLOR_KIND_RGB } };
    for (size_t i = 0; i < COUNT(pens); i++) {
        struct screen *runs = screen_new(3, 7), *singles = screen_new(3, 7);
        struct edit by_run, by_char;
        edit_init(&by_run, runs, &edit_rules_skua);
        edit_init(&by_char, singles, &edit_rules_skua);
        screen_set_pen(runs, &pens[i]);
        screen_set_pen(singles, &pens[i]);
        edit_print_ascii(&by_run, view_of_text("the quick brown fox jumps over the dog"));
        print(&by_char, "the quick brown fox jumps over the dog");
        assert_true(screen_equal(runs, singles));
        assert_int_equal(runs->row[0]->beyond, singles->row[0]->beyond);
        assert_int_equal(by_run.pending_wrap, by_char.pending_wrap);
        screen_unref(runs);
        screen_unref(singles);
    }
}

static size_t
text_bytes(const struct screen *s)
{
    uint8_t scratch[4];
    return row_text(s->row[0], 0, scratch).len;
}

static void
test_marks_are_bounded(void **state)
{
    (void)state;
    struct screen *s = screen_new(2, 6);
    struct edit e;
    edit_init(&e, s, &edit_rules_skua);
    print(&e, "a");
    for (int i = 0; i < 100000; i++)
        edit_print(&e, 0x301);
    assert_int_equal(text_bytes(s), 1 + 31 * 2);
    screen_unref(s);

    s = screen_new(2, 6);
    edit_init(&e, s, &edit_rules_stock);
    print(&e, "a");
    for (int i = 0; i < 100; i++)
        edit_print(&e, 0x301);
    assert_int_equal(text_bytes(s), 1 + 16 * 2);
    screen_unref(s);
}

static void
test_marks_after_an_erase(void **state)
{
    (void)state;
    struct screen *s = screen_new(1, 6);
    struct edit e;
    edit_init(&e, s, &edit_rules_skua);
    print(&e, "0");
    edit_erase(&e, 0, 0, 2);
    print(&e, "\u0334\u0335Z");
    edit_expect(&e, ".\u00A0\u0334\u0335Z...");
    screen_unref(s);

    s = screen_new(1, 6);
    edit_init(&e, s, &edit_rules_stock);
    print(&e, "0");
    edit_erase(&e, 0, 0, 2);
    print(&e, "\u0334\u0335Z");
    edit_expect(&e, "\u00A0\u0334\u00A0\u0335.Z..");
    screen_unref(s);
}

static void
test_mark_joins_the_character_under_a_moved_cursor(void **state)
{
    (void)state;
    struct screen *s = screen_new(1, 6);
    struct edit e;
    edit_init(&e, s, &edit_rules_skua);
    print(&e, "a中c");
    edit_move(&e, 0, 2);
    print(&e, "\u0301");
    edit_expect(&e, "a中\u0301>c..");
    screen_unref(s);
}

static void
test_a_cluster_ends_with_the_cell_that_held_it(void **state)
{
    (void)state;
    struct screen *s = screen_new(1, 6);
    struct edit e;
    edit_init(&e, s, &edit_rules_skua);
    s->modes.clusters = true;
    print(&e, "\U0001F469");
    edit_erase(&e, 0, 0, 6);
    print(&e, "\u200D\U0001F600x");
    edit_expect(&e, "..\u00A0\u200D\U0001F600>x");
    screen_unref(s);
}

static void
test_a_widened_cell_keeps_its_own_background(void **state)
{
    (void)state;
    struct screen *s = screen_new(1, 6);
    struct edit e;
    const struct style red = { .bg = color_palette(1) }, plain = { 0 };
    edit_init(&e, s, &edit_rules_skua);
    s->modes.clusters = true;
    screen_set_pen(s, &red);
    print(&e, "\U0001F1EB");
    screen_set_pen(s, &plain);
    print(&e, "\U0001F1F7");
    edit_expect(&e, "\U0001F1EB\U0001F1F7>....");
    assert_int_equal(s->row[0]->cell[1].bg, color_palette(1));
    screen_unref(s);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_legacy_widths),
        cmocka_unit_test(test_cluster_widths),
        cmocka_unit_test(test_without_autowrap),
        cmocka_unit_test(test_between_margins),
        cmocka_unit_test(test_insert_mode),
        cmocka_unit_test(test_one_column),
        cmocka_unit_test(test_ascii_runs_equal_single_characters),
        cmocka_unit_test(test_marks_are_bounded),
        cmocka_unit_test(test_marks_after_an_erase),
        cmocka_unit_test(test_a_cluster_ends_with_the_cell_that_held_it),
        cmocka_unit_test(test_a_widened_cell_keeps_its_own_background),
        cmocka_unit_test(test_mark_joins_the_character_under_a_moved_cursor),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
