#include "test.h"

#include "term/display/notification.h"
#include "term/display/paint.h"
#include "term/display/project.h"

static struct screen *
screen_with(const char *const *texts, size_t count)
{
    struct screen *s = screen_new(2, 4);
    for (size_t i = 0; i < count; i++)
        assert_true(events_notify(s, view_of_text(texts[i])));
    return s;
}

static const char *const texts[] = { "\nold", "a;b\nc;d", "title\n", "\n4;1;50" };

static void
expect_painted(uint32_t can, const char *expected)
{
    const struct caps caps = { .dialect = CAPS_DIALECT_OUTER, .can = can };
    struct screen *before = screen_with(texts, 1), *after = screen_with(texts, 4);
    struct buf out;
    buf_init(&out, 4096);
    notification_paint(before, after, &caps, &out);
    buf_put_u8(&out, 0);
    assert_string_equal((const char *)out.data, expected);
    out.len = 0;
    notification_paint(NULL, after, &caps, &out);
    assert_int_equal(out.len, 0);
    buf_fini(&out);
    screen_unref(before);
    screen_unref(after);
}

static void
test_in_the_words_of_each_terminal(void **state)
{
    (void)state;
    expect_painted(CAPS_CAN_NOTIFY, "\033]777;notify;a,b;c;d\033\\\033]777;notify;title;\033\\"
                                    "\033]777;notify;;4;1;50\033\\");
    expect_painted(CAPS_CAN_NOTIFY_KITTY,
                   "\033]99;i=skua2:d=0;a;b\033\\\033]99;i=skua2:p=body;c;d\033\\"
                   "\033]99;i=skua3:d=1;title\033\\\033]99;i=skua4:d=1;4;1;50\033\\");
    expect_painted(CAPS_CAN_NOTIFY_PLAIN,
                   "\033]9; a;b: c;d\033\\\033]9; title\033\\\033]9; 4;1;50\033\\");
    expect_painted(0, "");
}

/* Whoever cannot show them hears one bell for what happened between two screens. */
static void
test_others_hear_the_bell(void **state)
{
    (void)state;
    const struct caps plain = { .dialect = CAPS_DIALECT_OUTER };
    const struct caps *consumers[] = { &caps_stock, &plain };
    for (size_t i = 0; i < 2; i++) {
        struct screen *raw[] = { screen_with(texts, 1), screen_with(texts, 4) };
        struct screen *before = screen_project(raw[0], consumers[i]);
        struct screen *after = screen_project(raw[1], consumers[i]);
        struct buf out;
        buf_init(&out, 4096);
        paint(before, after, consumers[i], &out);
        assert_true(view_equal(buf_view(&out), view_of_text("\a")));
        buf_fini(&out);
        screen_unref(before);
        screen_unref(after);
        screen_unref(raw[0]);
        screen_unref(raw[1]);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_in_the_words_of_each_terminal),
        cmocka_unit_test(test_others_hear_the_bell),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
