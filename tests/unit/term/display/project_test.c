#include "draw.h"

#include "term/display/project.h"

static struct screen *
new_screen(void)
{
    struct screen *s = screen_new(4, 10);
    draw(s, 0, 0, "plain");
    return s;
}

static void
test_plain_screen_is_shared(void **state)
{
    (void)state;
    struct screen *s = new_screen();
    const struct caps *all[] = { &caps_stock, &caps_skua, &caps_xterm };
    for (size_t i = 0; i < 3; i++) {
        struct screen *p = screen_project(s, all[i]);
        assert_ptr_equal(p, s);
        screen_unref(p);
    }
    screen_unref(s);
}

static struct screen *
new_rich_screen(void)
{
    struct screen *s = new_screen();
    s->modes = (struct screen_modes){
        .reverse_video = true,
        .bracketed_paste = true,
        .focus_events = true,
        .alternate_scroll = true,
        .application_cursor = true,
        .application_keypad = true,
        .newline = true,
        .clusters = true,
        .alternate = true,
        .mouse_reporting = 1002,
        .mouse_encoding = 1016,
        .cursor_style = 3,
        .keyboard_flags = 5,
        .modify_other_keys = 1,
    };
    s->title_set = true;
    s->title = payload_new(view_of_text("a\033b"));
    s->scrolled_off = 9;
    s->pen.attrs = STYLE_FAINT | STYLE_BOLD | STYLE_PROTECTED;
    s->clipboard.count = 4;
    s->clipboard.target = 'c';
    s->clipboard.contents = payload_new(view_of_text("aGVsbG8="));
    draw_cluster(s, 1, 0, "🇫🇷", 2);
    return s;
}

static void
test_stock(void **state)
{
    (void)state;
    struct screen *s = new_rich_screen(), *p = screen_project(s, &caps_stock);
    assert_true(p->modes.reverse_video && p->modes.bracketed_paste && p->modes.focus_events);
    assert_int_equal(p->modes.mouse_reporting, 1002);
    assert_int_equal(p->modes.mouse_encoding, 1006);
    assert_false(p->modes.alternate_scroll || p->modes.application_cursor);
    assert_false(p->modes.application_keypad || p->modes.newline || p->modes.clusters);
    assert_false(p->modes.alternate);
    assert_int_equal(p->modes.cursor_style + p->modes.keyboard_flags + p->modes.modify_other_keys,
                     0);
    assert_true(view_equal(payload_view(p->title), view_of_text("ab")));
    assert_int_equal(p->scrolled_off, 0);
    assert_int_equal(p->pen.attrs, STYLE_BOLD);
    assert_int_equal(p->clipboard.count, 0);
    assert_int_equal(p->clipboard.contents->len, 8);
    assert_ptr_equal(p->row[0], s->row[0]);
    assert_ptr_not_equal(p->row[1], s->row[1]);
    screen_unref(p);
    screen_unref(s);
}

static void
test_skua_keeps_all_but_the_emulators_own(void **state)
{
    (void)state;
    struct screen *s = new_rich_screen(), *p = screen_project(s, &caps_skua);
    assert_int_equal(p->pen.attrs, STYLE_FAINT | STYLE_BOLD);
    assert_memory_equal(&p->modes, &s->modes, sizeof p->modes);
    assert_int_equal(p->scrolled_off, 9);
    assert_int_equal(p->clipboard.count, 4);
    assert_ptr_equal(p->row[1], s->row[1]);
    screen_unref(p);
    screen_unref(s);
}

static void
test_outer_without_anything(void **state)
{
    (void)state;
    const struct caps dumb = { .dialect = CAPS_DIALECT_OUTER };
    const struct screen_modes none = { .reverse_video = false };
    struct screen *s = new_rich_screen(), *p = screen_project(s, &dumb);
    assert_memory_equal(&p->modes, &none, sizeof none);
    assert_null(p->title);
    assert_false(p->title_set);
    assert_int_equal(p->clipboard.target, 0);
    assert_int_equal(p->pen.attrs, 0);
    screen_unref(p);
    screen_unref(s);
}

static void
test_twice_is_once(void **state)
{
    (void)state;
    const struct caps *all[] = { &caps_stock, &caps_skua, &caps_xterm };
    for (size_t i = 0; i < 3; i++) {
        struct screen *s = new_rich_screen();
        struct screen *once = screen_project(s, all[i]), *twice = screen_project(once, all[i]);
        assert_ptr_equal(once, twice);
        screen_unref(s);
        screen_unref(once);
        screen_unref(twice);
    }
}

static void
test_clipboards_that_stock_is_not_told_of(void **state)
{
    (void)state;
    struct screen *s = new_screen();
    s->clipboard.count = 1;
    s->clipboard.target = 'p';
    s->clipboard.contents = payload_new(view_of_text("aGVsbG8="));
    struct screen *p = screen_project(s, &caps_stock);
    assert_int_equal(p->clipboard.target, 0);
    assert_null(p->clipboard.contents);
    screen_unref(p);
    s->clipboard.target = 'c';
    payload_unref(s->clipboard.contents);
    s->clipboard.contents = payload_new(view_of_text("?"));
    p = screen_project(s, &caps_stock);
    assert_null(p->clipboard.contents);
    screen_unref(p);
    char *large = calloc(16380, 1);
    memset(large, 'A', 16380);
    payload_unref(s->clipboard.contents);
    s->clipboard.contents = payload_new(view_of(large, 16380));
    p = screen_project(s, &caps_stock);
    assert_null(p->clipboard.contents);
    screen_unref(p);
    free(large);
    screen_unref(s);
}

static void
test_mouse_modes_nobody_can_mirror(void **state)
{
    (void)state;
    struct screen *s = new_screen();
    s->modes.mouse_reporting = 1001;
    struct screen *p = screen_project(s, &caps_stock);
    assert_int_equal(p->modes.mouse_reporting, 0);
    screen_unref(p);
    screen_unref(s);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain_screen_is_shared),
        cmocka_unit_test(test_stock),
        cmocka_unit_test(test_skua_keeps_all_but_the_emulators_own),
        cmocka_unit_test(test_outer_without_anything),
        cmocka_unit_test(test_twice_is_once),
        cmocka_unit_test(test_clipboards_that_stock_is_not_told_of),
        cmocka_unit_test(test_mouse_modes_nobody_can_mirror),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
