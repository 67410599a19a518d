#include "test.h"

#include "term/screen/screen.h"

static void
test_sizes(void **state)
{
    (void)state;
    assert_true(screen_size_is_valid(1, 1));
    assert_true(screen_size_is_valid(256, 4096));
    assert_false(screen_size_is_valid(257, 4096));
    assert_false(screen_size_is_valid(0, 80));
    assert_false(screen_size_is_valid(24, -1));
    assert_false(screen_size_is_valid(INT32_MAX, INT32_MAX));
}

static void
test_a_snapshot_keeps_what_it_saw(void **state)
{
    (void)state;
    const struct style plain = { 0 };
    struct screen *s = screen_new(3, 5);
    struct screen *snapshot = screen_copy(s);
    assert_true(screen_equal(s, snapshot));
    assert_ptr_equal(s->row[0], snapshot->row[0]);
    row_set(screen_row_mut(s, 0), 0, view_of_text("x"), CELL_NARROW, &plain);
    assert_ptr_not_equal(s->row[0], snapshot->row[0]);
    assert_ptr_equal(s->row[1], snapshot->row[1]);
    assert_int_equal(snapshot->row[0]->cell[0].text, 0);
    assert_false(screen_equal(s, snapshot));
    screen_unref(s);
    screen_unref(snapshot);
}

static void
test_resize_cuts_and_fills(void **state)
{
    (void)state;
    struct screen *s = screen_new(3, 5);
    const struct style red = { .bg = color_palette(1) };
    screen_set_pen(s, &red);
    s->cursor_row = 2;
    s->cursor_col = 4;
    s->row[0]->wrapped = true;
    screen_resize(s, 2, 7);
    assert_int_equal(s->cursor_row, 1);
    assert_int_equal(s->row[0]->cell[6].bg, color_palette(1));
    assert_int_equal(s->row[0]->cell[4].bg, COLOR_DEFAULT);
    assert_false(s->row[0]->wrapped);
    screen_resize(s, 4, 3);
    assert_int_equal(s->cursor_col, 2);
    assert_int_equal(s->row[3]->cell[0].bg, color_palette(1));
    screen_unref(s);
}

static void
test_every_field_counts(void **state)
{
    (void)state;
    struct screen *a = screen_new(2, 2), *b = screen_new(2, 2);
    struct payload *text = payload_new(view_of_text("t"));
    const struct style linked = { .link = text };
    b->modes.mouse_encoding = 1006;
    assert_false(screen_equal(a, b));
    b->modes.mouse_encoding = 0;
    b->bell_count = 1;
    assert_false(screen_equal(a, b));
    b->bell_count = 0;
    payload_set(&b->title, text);
    assert_false(screen_equal(a, b));
    payload_set(&b->title, NULL);
    screen_set_pen(b, &linked);
    assert_false(screen_equal(a, b));
    screen_set_pen(a, &linked);
    assert_true(screen_equal(a, b));
    payload_unref(text);
    screen_unref(a);
    screen_unref(b);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sizes),
        cmocka_unit_test(test_a_snapshot_keeps_what_it_saw),
        cmocka_unit_test(test_resize_cuts_and_fills),
        cmocka_unit_test(test_every_field_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
