#include "test.h"

#include "term/screen/payload.h"
#include "term/screen/row.h"
#include "term/text/codepoint.h"
#include "term/text/width.h"

static const struct style plain = { 0 };

static void
put(struct row *r, int x, const char *text)
{
    row_set(r, x, view_of_text(text), CELL_NARROW, &plain);
}

static void
test_plain_cells_need_no_extras(void **state)
{
    (void)state;
    struct row *r = row_new(10, COLOR_DEFAULT);
    uint8_t scratch[4];
    put(r, 0, "a");
    put(r, 1, "\xc3\xa9");
    assert_int_equal(r->extra_count, 0);
    assert_int_equal(r->beyond, 0);
    assert_true(view_equal(row_text(r, 1, scratch), view_of_text("\xc3\xa9")));
    assert_int_equal(row_text(r, 2, scratch).len, 0);
    row_unref(r);
}

static void
test_marks_join_up_to_the_bound(void **state)
{
    (void)state;
    struct row *r = row_new(4, COLOR_DEFAULT);
    uint8_t scratch[4];
    put(r, 0, "e");
    int joined = 0;
    while (row_append(r, 0, view_of_text("\xcc\x81")))
        joined++;
    assert_int_equal(joined, (CELL_TEXT_MAX_BYTES - 1) / 2);
    assert_int_equal(row_text(r, 0, scratch).len, 1 + 2 * joined);
    assert_true((r->beyond & ROW_BEYOND_TEXT) != 0);
    assert_true(r->extra_count <= 2 * r->cols);
    row_unref(r);
}

static void
test_links_are_counted_through_copies(void **state)
{
    (void)state;
    struct payload *link = payload_new(view_of_text(";http://x"));
    const struct style linked = { .link = link };
    struct row *r = row_new(4, COLOR_DEFAULT);
    row_set(r, 0, view_of_text("L"), CELL_NARROW, &linked);
    struct row *copy = row_copy(r, 6, COLOR_DEFAULT);
    assert_int_equal(link->refs, 3);
    assert_true(row_cell_equal(r, 0, copy, 0));
    assert_false(row_equal(r, copy));
    row_unref(r);
    struct row *other = row_new(2, COLOR_DEFAULT);
    row_put(other, 1, copy, 0);
    assert_true(row_cell_equal(other, 1, copy, 0));
    assert_true((other->beyond & ROW_BEYOND_LINK) != 0);
    row_unref(copy);
    row_unref(other);
    assert_int_equal(link->refs, 1);
    payload_unref(link);
}

static void
test_extras_stay_bounded_under_rewriting(void **state)
{
    (void)state;
    struct row *r = row_new(3, COLOR_DEFAULT);
    for (int i = 0; i < 1000; i++)
        put(r, i % 3, "e\xcc\x81");
    assert_true(r->extra_count <= 2 * r->cols);
    struct row *again = row_new(3, COLOR_DEFAULT);
    for (int x = 0; x < 3; x++)
        put(again, x, "e\xcc\x81");
    assert_true(row_equal(r, again));
    row_erase(r, 0, 3, color_palette(1));
    assert_int_equal(r->extra_count, 0);
    assert_int_equal(r->cell[2].bg, color_palette(1));
    row_unref(r);
    row_unref(again);
}

static void
test_empty_is_not_a_space(void **state)
{
    (void)state;
    struct row *a = row_new(2, COLOR_DEFAULT), *b = row_new(2, COLOR_DEFAULT);
    put(a, 0, " ");
    assert_false(row_equal(a, b));
    row_erase(a, 0, 1, COLOR_DEFAULT);
    assert_true(row_equal(a, b));
    a->wrapped = true;
    assert_false(row_equal(a, b));
    row_unref(a);
    row_unref(b);
}

static void
test_fills_equal_single_cells(void **state)
{
    (void)state;
    static const uint32_t points[] = {
        0xE9, 0x4E2D, 0x3001, 0xD55C, 0x30AB, 0x2500, 0x416, 0xFF21
    };
    static const struct style style = { .fg = COLOR_KIND_RGB | 7,
                                        .bg = COLOR_KIND_PALETTE | 3,
                                        .attrs = STYLE_BOLD | STYLE_STRIKE };
    for (size_t count = 0; count <= sizeof points / sizeof points[0]; count++) {
        struct row *filled = row_new(40, COLOR_DEFAULT), *set = row_new(40, COLOR_DEFAULT);
        row_fill_ascii(filled, 1, view_first(view_of_text("plain ascii"), count), &style);
        int end;
        assert_int_equal(row_fill(filled, 20, 40, points, count, &style, &end), count);
        int x = 20;
        for (size_t i = 0; i < count; i++) {
            uint8_t bytes[4];
            bool is_wide = width_of(points[i]) == 2;
            row_set(set, 1 + (int)i, view_of(&"plain ascii"[i], 1), CELL_NARROW, &style);
            row_set(set, x++, view_of(bytes, codepoint_encode(points[i], bytes)),
                    is_wide ? CELL_WIDE : CELL_NARROW, &style);
            if (is_wide)
                set->cell[x++] = (struct cell){ .bg = style.bg, .width = CELL_RIGHT_HALF };
        }
        assert_int_equal(end, x);
        assert_true(row_equal(filled, set));
        assert_true(count == 0 || filled->beyond == set->beyond);
        row_unref(filled);
        row_unref(set);
    }
}

static void
test_a_fill_ends_where_it_must(void **state)
{
    (void)state;
    static const uint32_t points[] = { 0xE9, 0x4E2D, 0x4E2D, 0x1F600, 0xE9 };
    static const struct style style = { 0 };
    int behind;
    struct row *r = row_new(8, COLOR_DEFAULT);
    assert_int_equal(row_fill(r, 0, 8, points, 5, &style, &behind), 3);
    assert_int_equal(behind, 5);
    assert_int_equal(row_fill(r, 0, 4, points, 5, &style, &behind), 2);
    assert_int_equal(behind, 3);
    assert_int_equal(row_fill(r, 8, 8, points, 5, &style, &behind), 0);
    assert_int_equal(behind, 8);
    row_unref(r);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain_cells_need_no_extras),
        cmocka_unit_test(test_marks_join_up_to_the_bound),
        cmocka_unit_test(test_links_are_counted_through_copies),
        cmocka_unit_test(test_extras_stay_bounded_under_rewriting),
        cmocka_unit_test(test_empty_is_not_a_space),
        cmocka_unit_test(test_fills_equal_single_cells),
        cmocka_unit_test(test_a_fill_ends_where_it_must),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
