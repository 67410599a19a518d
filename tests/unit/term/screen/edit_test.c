#include "test.h"

#include "edit_check.h"
#include "term/screen/edit.h"
#include "term/screen/edit_print.h"
#include "term/text/utf8.h"

struct fixture {
    struct screen *screen;
    struct edit edit;
};

/* A screen of the given lines ('/' between them) under our rules or stock's; cursor home. */
static void
fixture_init(struct fixture *f, int cols, const char *lines, const struct edit_rules *rules)
{
    int rows = 1;
    for (const char *c = lines; *c != 0; c++)
        rows += *c == '/';
    f->screen = screen_new(rows, cols);
    edit_init(&f->edit, f->screen, rules);
    int row = 0;
    while (*lines != 0) {
        size_t len = strcspn(lines, "/");
        struct view text = view_of(lines, len);
        for (edit_move(&f->edit, row++, 0); text.len > 0;) {
            uint32_t c;
            text = view_from(text, utf8_next(text, &c));
            edit_print(&f->edit, c);
        }
        lines += len + (lines[len] == '/');
    }
    edit_move(&f->edit, 0, 0);
}

static void
fixture_fini(struct fixture *f)
{
    screen_unref(f->screen);
}

static void
test_move_is_clamped(void **state)
{
    (void)state;
    struct fixture f;
    fixture_init(&f, 5, "a/b/c/d", &edit_rules_skua);
    edit_move(&f.edit, -1, 70000);
    assert_int_equal(f.screen->cursor_row, 0);
    assert_int_equal(f.screen->cursor_col, 4);
    f.edit.top = 1;
    f.edit.bottom = 2;
    f.edit.origin = true;
    edit_move(&f.edit, 0, 0);
    assert_int_equal(f.screen->cursor_row, 1);
    edit_move(&f.edit, 9, 0);
    assert_int_equal(f.screen->cursor_row, 2);
    fixture_fini(&f);
}

static void
test_scrolling_counts_only_what_leaves_the_main_screen(void **state)
{
    (void)state;
    struct fixture f;
    fixture_init(&f, 2, "1/2/3/4", &edit_rules_skua);
    edit_scroll_up(&f.edit, 1);
    assert_int_equal(f.screen->scrolled_off, 0);
    f.edit.counts_scrolled_off = true;
    edit_scroll_up(&f.edit, 1);
    edit_expect(&f.edit, "3./4./../..");
    assert_int_equal(f.screen->scrolled_off, 1);
    f.edit.bottom = 1;
    edit_scroll_up(&f.edit, 99);
    edit_expect(&f.edit, "../../../..");
    assert_int_equal(f.screen->scrolled_off, 3);
    f.edit.top = 1;
    edit_scroll_up(&f.edit, 1);
    edit_scroll_down(&f.edit, 1);
    edit_delete_lines(&f.edit, 1);
    assert_int_equal(f.screen->scrolled_off, 3);
    fixture_fini(&f);
}

static void
test_index_moves_or_scrolls(void **state)
{
    (void)state;
    struct fixture f;
    fixture_init(&f, 2, "1/2/3/4", &edit_rules_skua);
    f.edit.top = 1;
    f.edit.bottom = 2;
    edit_move(&f.edit, 2, 1);
    edit_index(&f.edit);
    edit_expect(&f.edit, "1./3./../4.");
    assert_int_equal(f.screen->cursor_row, 2);
    edit_move(&f.edit, 3, 1);
    edit_index(&f.edit);
    assert_int_equal(f.screen->cursor_row, 3);
    edit_move(&f.edit, 1, 0);
    edit_reverse_index(&f.edit);
    edit_expect(&f.edit, "1./../3./4.");
    fixture_fini(&f);
}

static void
test_lines_only_inside_the_region(void **state)
{
    (void)state;
    struct fixture f;
    fixture_init(&f, 2, "1/2/3/4", &edit_rules_skua);
    f.edit.top = 1;
    f.edit.bottom = 2;
    edit_insert_lines(&f.edit, 1);
    edit_expect(&f.edit, "1./2./3./4.");
    edit_move(&f.edit, 1, 0);
    edit_insert_lines(&f.edit, 1);
    edit_expect(&f.edit, "1./../2./4.");
    edit_delete_lines(&f.edit, 65535);
    edit_expect(&f.edit, "1./../../4.");
    fixture_fini(&f);
}

static void
test_columns_of_rows_move_between_margins(void **state)
{
    (void)state;
    struct fixture f;
    fixture_init(&f, 6, "abcdef/ghijkl/mnopqr", &edit_rules_skua);
    f.edit.left = 2;
    f.edit.right = 3;
    f.edit.counts_scrolled_off = true;
    edit_scroll_up(&f.edit, 1);
    edit_expect(&f.edit, "abijef/ghopkl/mn..qr");
    edit_scroll_down(&f.edit, 2);
    edit_expect(&f.edit, "ab..ef/gh..kl/mnijqr");
    assert_int_equal(f.screen->scrolled_off, 0);
    fixture_fini(&f);
}

static void
test_margin_edges_cut_wide_cells(void **state)
{
    (void)state;
    struct fixture f;
    fixture_init(&f, 6, "中中中/abcdef", &edit_rules_skua);
    f.edit.left = 1;
    f.edit.right = 4;
    edit_scroll_up(&f.edit, 1);
    edit_expect(&f.edit, ".bcde./a....f");
    fixture_fini(&f);
}

static void
test_cells_shift_up_to_the_margin(void **state)
{
    (void)state;
    struct fixture f;
    fixture_init(&f, 8, "abcdefgh", &edit_rules_skua);
    f.edit.right = 5;
    edit_insert_cells(&f.edit, 0, 1, 2);
    edit_expect(&f.edit, "a..bcdgh");
    edit_delete_cells(&f.edit, 0, 0, 1);
    edit_expect(&f.edit, "..bcd.gh");
    edit_insert_cells(&f.edit, 0, 6, 65535);
    edit_expect(&f.edit, "..bcd...");
    fixture_fini(&f);
}

/* One edit of "中中z..." by our rules and by stock's. */
struct half_case {
    void (*act)(struct edit *e);
    const char *ours;
    const char *stock;
};

static void
insert_at_half(struct edit *e)
{
    edit_insert_cells(e, 0, 1, 1);
}

static void
delete_half(struct edit *e)
{
    edit_delete_cells(e, 0, 0, 1);
}

static void
erase_right_half(struct edit *e)
{
    edit_erase(e, 0, 1, 2);
}

static void
erase_left_half(struct edit *e)
{
    edit_erase(e, 0, 2, 3);
}

static void
push_half_off(struct edit *e)
{
    edit_insert_cells(e, 0, 0, 5);
}

static const struct half_case half_cases[] = {
    { insert_at_half, "...中>z.", "中>.中>z." },   { delete_half, ".中>z...", ".中>z..." },
    { erase_right_half, "..中>z..", "中>中>z.." }, { erase_left_half, "中>..z..", "中>..z.." },
    { push_half_off, ".....中>", ".....中>" },
};

static void
test_halves(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof half_cases / sizeof half_cases[0]; i++) {
        struct fixture f;
        fixture_init(&f, 7, "中中z", &edit_rules_skua);
        half_cases[i].act(&f.edit);
        edit_expect(&f.edit, half_cases[i].ours);
        fixture_fini(&f);
        fixture_init(&f, 7, "中中z", &edit_rules_stock);
        half_cases[i].act(&f.edit);
        edit_expect(&f.edit, half_cases[i].stock);
        fixture_fini(&f);
    }
}

static void
test_halves_in_the_last_column(void **state)
{
    (void)state;
    struct fixture f;
    fixture_init(&f, 4, "中中", &edit_rules_skua);
    edit_insert_cells(&f.edit, 0, 0, 1);
    edit_expect(&f.edit, ".中>.");
    fixture_fini(&f);
    fixture_init(&f, 4, "中中", &edit_rules_stock);
    edit_insert_cells(&f.edit, 0, 0, 1);
    edit_expect(&f.edit, ".中>中");
    fixture_fini(&f);
}

static void
test_erasing_keeps_only_the_background(void **state)
{
    (void)state;
    struct fixture f;
    fixture_init(&f, 4, "abcd/efgh", &edit_rules_skua);
    screen_row_mut(f.screen, 0)->wrapped = true;
    struct style pen = { .fg = 5, .bg = color_palette(1), .attrs = STYLE_BOLD };
    screen_set_pen(f.screen, &pen);
    edit_erase(&f.edit, 0, -3, 2);
    edit_expect(&f.edit, "##cd+/efgh");
    edit_erase(&f.edit, 0, 3, 70000);
    edit_expect(&f.edit, "##c#/efgh");
    assert_int_equal(f.screen->row[0]->cell[0].attrs, 0);
    assert_int_equal(f.screen->row[0]->cell[0].fg, COLOR_DEFAULT);
    screen_row_mut(f.screen, 1)->mark = ROW_MARK_PROMPT;
    edit_erase_rows(&f.edit, 1, 99);
    edit_expect(&f.edit, "##c#/####");
    assert_int_equal(f.screen->row[1]->mark, ROW_MARK_NONE);
    fixture_fini(&f);
}

static void
test_protected_cells_stay(void **state)
{
    (void)state;
    struct fixture f;
    fixture_init(&f, 7, "", &edit_rules_skua);
    struct style shielded = { .attrs = STYLE_PROTECTED };
    struct style plain = { 0 };
    edit_print(&f.edit, 'a');
    screen_set_pen(f.screen, &shielded);
    edit_print(&f.edit, 'B');
    edit_print(&f.edit, 0x4E2D);
    screen_set_pen(f.screen, &plain);
    edit_print(&f.edit, 'c');
    edit_erase_unprotected(&f.edit, 0, 0, 3);
    edit_expect(&f.edit, ".B中>c..");
    edit_erase_unprotected(&f.edit, 0, 3, 99);
    edit_expect(&f.edit, ".B中>...");
    fixture_fini(&f);
}

static void
test_resize(void **state)
{
    (void)state;
    struct fixture f;
    fixture_init(&f, 4, "ab中/cdef", &edit_rules_skua);
    f.edit.top = 1;
    edit_move(&f.edit, 1, 3);
    edit_print(&f.edit, 'x');
    edit_resize(&f.edit, 2, 6);
    edit_expect(&f.edit, "ab中>../cdex..");
    assert_int_equal(f.edit.top, 0);
    assert_int_equal(f.screen->cursor_col, 4);
    assert_false(f.edit.pending_wrap);
    edit_resize(&f.edit, 1, 3);
    edit_expect(&f.edit, "ab.");
    fixture_fini(&f);
}

static void
test_stock_resize_leaves_the_wrap_pending(void **state)
{
    (void)state;
    struct fixture f;
    fixture_init(&f, 2, "", &edit_rules_stock);
    edit_print_ascii(&f.edit, view_of_text("ab"));
    edit_resize(&f.edit, 2, 3);
    assert_true(f.edit.pending_wrap);
    edit_print(&f.edit, 'c');
    edit_expect(&f.edit, "ab.+/c..");
    fixture_fini(&f);
}

static void
test_rows_leave_at_the_top_as_far_as_the_cursor(void **state)
{
    (void)state;
    struct fixture f;
    fixture_init(&f, 2, "1/2/3/4", &edit_rules_skua);
    f.edit.counts_scrolled_off = true;
    edit_move(&f.edit, 1, 0);
    assert_int_equal(edit_push_top(&f.edit, 2), 1);
    edit_expect(&f.edit, "2./3./4./..");
    assert_int_equal(f.screen->cursor_row, 0);
    assert_int_equal(f.screen->scrolled_off, 1);
    assert_int_equal(edit_push_top(&f.edit, 2), 0);
    fixture_fini(&f);
}

static void
test_snapshots_are_not_touched(void **state)
{
    (void)state;
    struct fixture f;
    fixture_init(&f, 3, "abc/def", &edit_rules_skua);
    struct screen *snapshot = screen_copy(f.screen);
    edit_scroll_up(&f.edit, 1);
    edit_erase(&f.edit, 0, 0, 1);
    edit_expect(&f.edit, ".ef/...");
    struct edit before;
    edit_init(&before, snapshot, &edit_rules_skua);
    edit_expect(&before, "abc/def");
    screen_unref(snapshot);
    fixture_fini(&f);
}

static uint32_t
next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static void
random_margins(struct edit *e, uint32_t *seed)
{
    edit_reset_margins(e);
    int rows = e->screen->rows;
    int cols = e->screen->cols;
    e->top = (int)(next_random(seed) % (uint32_t)rows);
    e->bottom = e->top + (int)(next_random(seed) % (uint32_t)(rows - e->top));
    if (next_random(seed) % 2 != 0 && e->rules->repairs_halves) {
        e->left = (int)(next_random(seed) % (uint32_t)cols);
        e->right = e->left + (int)(next_random(seed) % (uint32_t)(cols - e->left));
    }
}

static void
random_edit(struct edit *e, uint32_t *seed)
{
    static const uint32_t points[] = { 'a',    'b',     0x4E2D,  0x301,   0xFE0F, 0x2764,
                                       0x200D, 0x1F469, 0x1F1EB, 0x1F1F7, 0xFE0E, 0x1F600 };
    int row = (int)(next_random(seed) % (uint32_t)e->screen->rows);
    int col = (int)(next_random(seed) % (uint32_t)e->screen->cols);
    int count = (int)(next_random(seed) % 5) + 1;
    switch (next_random(seed) % 18) {
    case 0: edit_move(e, row, col); break;
    case 1: edit_index(e); break;
    case 2: edit_reverse_index(e); break;
    case 3: edit_scroll_up(e, count); break;
    case 4: edit_scroll_down(e, count); break;
    case 5: edit_insert_lines(e, count); break;
    case 6: edit_delete_lines(e, count); break;
    case 7: edit_insert_cells(e, row, col, count); break;
    case 8: edit_delete_cells(e, row, col, count); break;
    case 9: edit_erase(e, row, col, col + count); break;
    case 10: random_margins(e, seed); break;
    case 11: e->insert = count > 3; break;
    case 12: e->autowrap = count > 1; break;
    case 13: e->screen->modes.clusters = count > 2 && e->rules->repairs_halves; break;
    case 14: edit_resize(e, count + 1, 1 + (int)(next_random(seed) % 9)); break;
    case 15: edit_print_ascii(e, view_first(view_of_text("xyzwxyzw"), (size_t)count)); break;
    default: edit_print(e, points[next_random(seed) % (sizeof points / sizeof points[0])]); break;
    }
}

static void
test_invariants_hold_whatever_is_done(void **state)
{
    (void)state;
    for (uint32_t run = 0; run < 400; run++) {
        struct fixture f;
        uint32_t seed = run;
        fixture_init(&f, 9, "///", run % 2 ? &edit_rules_skua : &edit_rules_stock);
        for (int i = 0; i < 300; i++) {
            random_edit(&f.edit, &seed);
            edit_check(&f.edit);
        }
        fixture_fini(&f);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_move_is_clamped),
        cmocka_unit_test(test_scrolling_counts_only_what_leaves_the_main_screen),
        cmocka_unit_test(test_index_moves_or_scrolls),
        cmocka_unit_test(test_lines_only_inside_the_region),
        cmocka_unit_test(test_columns_of_rows_move_between_margins),
        cmocka_unit_test(test_margin_edges_cut_wide_cells),
        cmocka_unit_test(test_cells_shift_up_to_the_margin),
        cmocka_unit_test(test_halves),
        cmocka_unit_test(test_halves_in_the_last_column),
        cmocka_unit_test(test_erasing_keeps_only_the_background),
        cmocka_unit_test(test_protected_cells_stay),
        cmocka_unit_test(test_resize),
        cmocka_unit_test(test_stock_resize_leaves_the_wrap_pending),
        cmocka_unit_test(test_rows_leave_at_the_top_as_far_as_the_cursor),
        cmocka_unit_test(test_snapshots_are_not_touched),
        cmocka_unit_test(test_invariants_hold_whatever_is_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
