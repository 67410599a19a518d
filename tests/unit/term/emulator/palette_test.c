#include "test.h"

#include "term/emulator/palette.h"
#include "terminal.h"

static const struct {
    const char *spec;
    int64_t rgb; /* -1: none */
} specs[] = {
    { "#fff", 0xF0F0F0 },
    { "#123456", 0x123456 },
    { "#112233445566", 0x113355 },
    { "#123456789", 0x124578 },
    { "rgb:f/80/000", 0xFF8000 },
    { "rgb:ffff/8080/0000", 0xFF8000 },
    { "red", 0xFF0000 },
    { "", -1 },
    { "#", -1 },
    { "#12345", -1 },
    { "#ggg", -1 },
    { "rgb:", -1 },
    { "rgb:1/2", -1 },
    { "rgb:1/2/", -1 },
    { "rgb:1/2/3/4", -1 },
    { "rgb:12345/0/0", -1 },
    { "no such colour", -1 },
    { "#fffffffffffffffffffffffffffffffffffffffffffff", -1 },
};

static void
test_specifications(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof specs / sizeof specs[0]; i++) {
        uint32_t color = 7;
        assert_int_equal(palette_parse(view_of_text(specs[i].spec), &color), specs[i].rgb >= 0);
        if (specs[i].rgb >= 0)
            assert_int_equal(color, COLOR_KIND_RGB | (uint32_t)specs[i].rgb);
        else
            assert_int_equal(color, 7);
    }
}

static void
test_defaults_of_the_palette(void **state)
{
    (void)state;
    struct emulator *e = terminal_new(EMULATOR_PTY);
    terminal_feed(e, "\033]4;16;?;21;?\a\033]4;232;?;255;?\a");
    terminal_expect_reply(e, "\033]4;16;rgb:0000/0000/0000\a\033]4;21;rgb:0000/0000/ffff\a"
                             "\033]4;232;rgb:0808/0808/0808\a\033]4;255;rgb:eeee/eeee/eeee\a");
    terminal_feed(e, "\033]4;256;?\a\033]4;;?\a\033]4;1\a\033]10;?\a");
    terminal_expect_reply(e, "");
    emulator_free(e);
}

static void
test_override_record_default_in_this_order(void **state)
{
    (void)state;
    struct emulator *e = terminal_new(EMULATOR_PTY);
    struct record record = { .background = { true, 1, 2, 3 } };
    record.palette[1] = (struct record_color){ true, 4, 5, 6 };
    emulator_set_record(e, &record);
    terminal_feed(e, "\033]4;1;?\a\033]11;?\a\033]4;1;#aabbcc\a\033]4;1;?\a");
    terminal_expect_reply(e, "\033]4;1;rgb:0404/0505/0606\a\033]11;rgb:0101/0202/0303\a"
                             "\033]4;1;rgb:aaaa/bbbb/cccc\a");
    terminal_feed(e, "\033]104\a\033]4;1;?\a");
    terminal_expect_reply(e, "\033]4;1;rgb:0404/0505/0606\a");
    emulator_free(e);
}

static uint32_t
shown_fg(struct emulator *e, int y)
{
    struct screen *s = emulator_snapshot(e, 0);
    uint32_t fg = s->row[y]->cell[0].fg;
    screen_unref(s);
    return fg;
}

static void
test_overrides_are_shown_as_direct_colours(void **state)
{
    (void)state;
    struct emulator *e = terminal_new(EMULATOR_PTY);
    terminal_feed(e, "\033[31mX\r\n\033[32mY\033]4;1;#102030\a");
    assert_int_equal(shown_fg(e, 0), color_rgb(0x10, 0x20, 0x30));
    assert_int_equal(shown_fg(e, 1), color_palette(2));
    struct screen *first = emulator_snapshot(e, 0);
    terminal_feed(e, "\033[m\033[32m");
    struct screen *second = emulator_snapshot(e, 0);
    assert_ptr_equal(first, second);
    assert_ptr_equal(first->row[1], emulator_screen(e)->row[1]);
    screen_unref(first);
    screen_unref(second);
    terminal_feed(e, "\033]104;1\a");
    assert_int_equal(shown_fg(e, 0), color_palette(1));
    terminal_feed(e, "\033]4;1;#102030\a\033c\033[31mX");
    assert_int_equal(shown_fg(e, 0), color_palette(1));
    emulator_free(e);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_specifications),
        cmocka_unit_test(test_defaults_of_the_palette),
        cmocka_unit_test(test_overrides_are_shown_as_direct_colours),
        cmocka_unit_test(test_override_record_default_in_this_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
