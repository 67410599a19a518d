#include "test.h"

#include "term/overlay/title.h"

static const struct view prefix = { (const uint8_t *)"[mosh] ", 7 };

static struct screen *
titled(const char *title, const char *icon)
{
    struct screen *s = screen_new(2, 10);
    s->title = payload_new(view_of_text(title));
    s->icon = payload_new(view_of_text(icon));
    s->title_set = true;
    return s;
}

static void
expect(struct screen *s, const char *title, const char *icon)
{
    struct screen *out = title_overlay(s, prefix);
    assert_true(view_equal(payload_view(out->title), view_of_text(title)));
    assert_true(view_equal(payload_view(out->icon), view_of_text(icon)));
    screen_unref(out);
    screen_unref(s);
}

static void
test_prefix_goes_before_both_when_equal(void **state)
{
    (void)state;
    expect(titled("vim", "vim"), "[mosh] vim", "[mosh] vim");
    expect(titled("vim", "other"), "[mosh] vim", "other");
    expect(titled("", ""), "[mosh] ", "[mosh] ");
}

static void
test_nothing_without_a_title_or_prefix(void **state)
{
    (void)state;
    struct screen *s = screen_new(2, 10);
    struct screen *out = title_overlay(s, prefix);
    assert_ptr_equal(out, s);
    screen_unref(out);
    screen_unref(s);

    s = titled("vim", "vim");
    out = title_overlay(s, (struct view){ 0 });
    assert_ptr_equal(out, s);
    screen_unref(out);
    assert_true(view_equal(payload_view(s->title), view_of_text("vim")));
    screen_unref(s);
}

static void
test_original_is_left_alone(void **state)
{
    (void)state;
    struct screen *s = titled("vim", "vim");
    struct screen *out = title_overlay(s, prefix);
    assert_ptr_not_equal(out, s);
    assert_true(view_equal(payload_view(s->title), view_of_text("vim")));
    screen_unref(out);
    screen_unref(s);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_prefix_goes_before_both_when_equal),
        cmocka_unit_test(test_nothing_without_a_title_or_prefix),
        cmocka_unit_test(test_original_is_left_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
