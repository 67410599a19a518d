#include "draw.h"

#include "term/display/level.h"

static void
expect(const struct screen_modes *before, const struct screen_modes *after, const struct caps *caps,
       const char *text)
{
    struct buf out;
    buf_init(&out, DRAW_MAX_BYTES);
    level_paint(before, after, caps, &out);
    char *readable = draw_readable(buf_view(&out));
    assert_string_equal(readable, text);
    free(readable);
    buf_fini(&out);
}

static const struct screen_modes none;

static void
test_no_change_no_bytes(void **state)
{
    (void)state;
    const struct screen_modes some = { .bracketed_paste = true, .mouse_reporting = 1002 };
    expect(&none, &none, &caps_stock, "");
    expect(&some, &some, &caps_xterm, "");
}

static void
test_flags(void **state)
{
    (void)state;
    const struct screen_modes m = { .bracketed_paste = true, .focus_events = true };
    expect(&none, &m, &caps_stock, "\\e[?2004h\\e[?1004h");
    expect(&m, &none, &caps_stock, "\\e[?2004l\\e[?1004l");
}

static void
test_mouse_is_one_choice(void **state)
{
    (void)state;
    const struct screen_modes a = { .mouse_reporting = 1000, .mouse_encoding = 1006 };
    const struct screen_modes b = { .mouse_reporting = 1003, .mouse_encoding = 1015 };
    expect(&none, &a, &caps_stock, "\\e[?1000h\\e[?1006h");
    expect(&a, &b, &caps_stock, "\\e[?1003h\\e[?1015h");
    expect(&a, &none, &caps_stock, "\\e[?1000l\\e[?1006l");
    /* Terminals may keep a bit for each of them: there the old one is turned off. */
    expect(&a, &b, &caps_xterm, "\\e[?1000l\\e[?1003h\\e[?1006l\\e[?1015h");
}

static void
test_skua_levels(void **state)
{
    (void)state;
    const struct screen_modes m = {
        .alternate_scroll = true,
        .alternate = true,
        .application_cursor = true,
        .application_keypad = true,
        .newline = true,
        .cursor_style = 5,
        .keyboard_flags = 3,
        .modify_other_keys = 2,
    };
    expect(&none, &m, &caps_skua, "\\e[?1007h\\e[5 q\\e[>4;2m\\e[=3;1u\\e[?47h\\e[?1h\\e=\\e[20h");
    expect(&m, &none, &caps_skua, "\\e[?1007l\\e[0 q\\e[>4;0m\\e[=0;1u\\e[?47l\\e[?1l\\e>\\e[20l");
}

static void
test_unknown_sets_what_the_terminal_has(void **state)
{
    (void)state;
    const struct screen_modes m = { .bracketed_paste = true, .mouse_reporting = 1002 };
    struct caps caps = { .dialect = CAPS_DIALECT_OUTER };
    expect(NULL, &none, &caps, "");
    caps.can = CAPS_CAN_PASTE | CAPS_CAN_MOUSE;
    expect(NULL, &m, &caps,
           "\\e[?2004h\\e[?1003l\\e[?1002l\\e[?1000l\\e[?9l\\e[?1002h"
           "\\e[?1015l\\e[?1006l\\e[?1005l");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_change_no_bytes),
        cmocka_unit_test(test_flags),
        cmocka_unit_test(test_mouse_is_one_choice),
        cmocka_unit_test(test_skua_levels),
        cmocka_unit_test(test_unknown_sets_what_the_terminal_has),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
