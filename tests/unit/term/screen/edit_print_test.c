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
test_nothing_moves_aside_beside_the_margins(void **state)
{
    (void)state;
    struct screen *s = screen_new(2, 6);
    struct edit e;
    edit_init(&e, s, &edit_rules_skua);
    print(&e, "abcdef");
    e.insert = true;
    e.left = 2;
    e.right = 4;
    edit_move(&e, 0, 0);
    print(&e, "X");
    edit_expect(&e, "Xbcdef/......");
    edit_move(&e, 0, 2);
    print(&e, "Y");
    edit_expect(&e, "XbYcdf/......");
    screen_unref(s);
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

static uint32_t
next_random(uint32_t *seed)
{
    *seed = *seed * 1664525 + 1013904223;
    return *seed >> 16;
}

/* Margins, modes, pen and cursor that decide how text is put down; the same for the same seed. */
static void
random_state(struct edit *e, uint32_t seed, struct payload *link)
{
    static const struct style pens[] = {
        { 0 },
        { .bg = COLOR_KIND_RGB | 5, .attrs = STYLE_BOLD },
        { .fg = COLOR_KIND_PALETTE | 1, .attrs = STYLE_FAINT | STYLE_STRIKE },
        { .underline = COLOR_KIND_RGB, .attrs = UNDERLINE_CURLY << STYLE_UNDERLINE_SHIFT },
        { .attrs = STYLE_PROTECTED },
    };
    struct screen *s = e->screen;
    struct style pen = pens[next_random(&seed) % COUNT(pens)];
    pen.link = next_random(&seed) % 8 == 0 ? link : NULL;
    screen_set_pen(s, &pen);
    if (next_random(&seed) % 4 == 0) {
        e->left = (int)(next_random(&seed) % (uint32_t)s->cols);
        e->right = e->left + (int)(next_random(&seed) % (uint32_t)(s->cols - e->left));
        e->bottom = e->top + (int)(next_random(&seed) % (uint32_t)(s->rows - e->top));
    }
    e->insert = next_random(&seed) % 8 == 0;
    e->autowrap = next_random(&seed) % 8 != 0;
    e->origin = next_random(&seed) % 8 == 0;
    s->modes.clusters = next_random(&seed) % 8 == 0;
    edit_move(e, (int)(next_random(&seed) % (uint32_t)s->rows),
              (int)(next_random(&seed) % (uint32_t)s->cols));
}

/* Text of all kinds, most of it in runs. Returns how many. */
static size_t
random_points(uint32_t *seed, uint32_t out[12])
{
    static const uint32_t kinds[] = { 'a',    'b',    0xE9,   0x4E2D, 0x6587, 0x3042, 0x3099,
                                      0x300,  0x3002, 0xAC00, 0x1100, 0x2500, 0x416,  0x1F600,
                                      0xFE0F, 0x200D, 0xFF21, 0xAD,   0x9FCD, 0xFFFF, 0x600 };
    size_t count = 1 + next_random(seed) % 12;
    bool is_ascii = next_random(seed) % 3 == 0;
    for (size_t i = 0; i < count; i++)
        out[i] = is_ascii ? 'a' + next_random(seed) % 26
                          : kinds[2 + next_random(seed) % (COUNT(kinds) - 2)];
    return count;
}

static void
print_in_runs(struct edit *e, const uint32_t *points, size_t count)
{
    uint8_t ascii[12];
    if (points[0] >= 0xA0) {
        edit_print_points(e, points, count);
        return;
    }
    for (size_t i = 0; i < count; i++)
        ascii[i] = (uint8_t)points[i];
    edit_print_ascii(e, view_of(ascii, count));
}

static void
expect_same(const struct edit *a, const struct edit *b)
{
    assert_true(screen_equal(a->screen, b->screen));
    for (int y = 0; y < a->screen->rows; y++)
        assert_int_equal(a->screen->row[y]->beyond, b->screen->row[y]->beyond);
    assert_int_equal(a->pending_wrap, b->pending_wrap);
    assert_int_equal(a->has_join, b->has_join);
    assert_int_equal(a->join_row, b->join_row);
    assert_int_equal(a->join_col, b->join_col);
    edit_check(a);
}

static void
test_runs_equal_single_characters(void **state)
{
    (void)state;
    struct payload *link = payload_new(view_of_text(";http://example.org/"));
    for (uint32_t round = 0; round < 3000; round++) {
        const struct edit_rules *rules = round % 3 == 0 ? &edit_rules_stock : &edit_rules_skua;
        int cols = 1 + (int)(round % 11);
        struct screen *runs = screen_new(3, cols), *singles = screen_new(3, cols);
        struct edit by_run, by_char;
        uint32_t seed = round;
        edit_init(&by_run, runs, rules);
        edit_init(&by_char, singles, rules);
        for (int i = 0; i < 20; i++) {
            uint32_t points[12];
            if (next_random(&seed) % 3 == 0) {
                random_state(&by_run, seed, link);
                random_state(&by_char, seed, link);
            }
            size_t count = random_points(&seed, points);
            print_in_runs(&by_run, points, count);
            for (size_t n = 0; n < count; n++)
                edit_print(&by_char, points[n]);
            expect_same(&by_run, &by_char);
        }
        screen_unref(runs);
        screen_unref(singles);
    }
    payload_unref(link);
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
        cmocka_unit_test(test_nothing_moves_aside_beside_the_margins),
        cmocka_unit_test(test_one_column),
        cmocka_unit_test(test_runs_equal_single_characters),
        cmocka_unit_test(test_marks_are_bounded),
        cmocka_unit_test(test_marks_after_an_erase),
        cmocka_unit_test(test_a_cluster_ends_with_the_cell_that_held_it),
        cmocka_unit_test(test_a_widened_cell_keeps_its_own_background),
        cmocka_unit_test(test_mark_joins_the_character_under_a_moved_cursor),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
