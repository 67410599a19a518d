#include "test.h"

#include "terminal.h"

static void
test_snapshot_is_the_same_until_something_shows(void **state)
{
    (void)state;
    struct emulator *e = terminal_new(EMULATOR_PTY);
    terminal_feed(e, "a");
    struct screen *first = emulator_snapshot(e, 0);
    terminal_feed(e, "\033[2;3r\033[1;2H");
    struct screen *second = emulator_snapshot(e, 0);
    assert_ptr_equal(first, second);
    terminal_feed(e, "b");
    struct screen *third = emulator_snapshot(e, 0);
    assert_ptr_not_equal(second, third);
    assert_int_equal(first->row[0]->cell[1].text, 0);
    screen_unref(first);
    screen_unref(second);
    screen_unref(third);
    emulator_free(e);
}

static void
test_a_shared_screen_is_not_touched(void **state)
{
    (void)state;
    struct screen *shared = screen_new(2, 4);
    struct emulator *e = emulator_new(EMULATOR_HOST_SKUA, screen_ref(shared));
    terminal_feed(e, "abc");
    assert_int_equal(shared->row[0]->cell[0].text, 0);
    struct screen *after = emulator_snapshot(e, 0);
    emulator_free(e);
    assert_int_equal(after->refs, 1);
    e = emulator_new(EMULATOR_HOST_SKUA, after);
    terminal_feed(e, "d");
    terminal_expect_row(e, 0, "abcd");
    emulator_free(e);
    screen_unref(shared);
}

static struct screen *
snapshot_once(struct emulator *e, uint64_t now_ms)
{
    struct screen *s = emulator_snapshot(e, now_ms);
    screen_unref(s);
    return s;
}

static void
test_a_hold_ends_by_itself(void **state)
{
    (void)state;
    struct emulator *e = terminal_new(EMULATOR_PTY);
    assert_int_equal(emulator_deadline_ms(e), UINT64_MAX);
    emulator_feed(e, view_of_text("a\033[?2026hb"), 5000);
    assert_int_equal(emulator_deadline_ms(e), 6000);
    assert_int_equal(snapshot_once(e, 5999)->cursor_col, 1);
    emulator_feed(e, view_of_text("\033[?2026hc"), 5500);
    assert_int_equal(emulator_deadline_ms(e), 6000);
    assert_int_equal(snapshot_once(e, 6000)->cursor_col, 3);
    assert_int_equal(emulator_deadline_ms(e), UINT64_MAX);
    emulator_free(e);
}

static void
test_resets(void **state)
{
    (void)state;
    struct emulator *e = terminal_new(EMULATOR_PTY);
    terminal_feed(e, "\033]0;t\a\033[?1;5;25;1000;1006;2004;2027h\033[?25l\033[4h\033[5 q"
                     "\033[2;3r\033(0\033[31mX\033[3g\033[?1049hY\033c");
    struct screen *fresh = screen_new(TERMINAL_ROWS, TERMINAL_COLS);
    fresh->title_set = true;
    struct screen *now = emulator_snapshot(e, 0);
    assert_true(screen_equal(fresh, now));
    assert_true(view_equal(payload_view(now->icon), view_of_text("t")));
    terminal_feed(e, "\tq\033[4;1H\n");
    terminal_expect_row(e, 0, "");
    assert_int_equal(emulator_screen(e)->scrolled_off, 1);
    screen_unref(fresh);
    screen_unref(now);
    emulator_free(e);
}

static uint32_t
next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

/* Bytes that are likely to be a sequence, and sometimes any bytes. */
static void
put_random(struct buf *out, uint32_t *seed)
{
    static const char *const pieces[] = {
        "\033[",
        "\033]",
        "\033P",
        "\033",
        ";",
        "?",
        "1049",
        "h",
        "l",
        "m",
        "H",
        "38:2::1:",
        "$v",
        "\u4E2D",
        "e\u0301",
        "\u2764\uFE0F",
        "\033[?2027h",
        "\033[?69h",
        "\033[2;7s",
        "\n\r\t\b",
        "\033[4h",
        "\033\\",
        "\a",
        "abcdefghijkl",
        "\033[2;3r",
        "\033[?6h",
        "\033[3@",
        "\033[2P",
        "\033[5;1;1;3;4$v",
        "\033[88;1;2;3;5$x",
        "\033[L",
        "\033[M",
        "\033[2 @",
        "\033[2'}",
        "\033[?1049h",
        "\033[?1049l",
        "\033[99b",
        "\033c",
        "\033[1\"q",
        "\033[?J",
        "\u200D",
        "\U0001F469",
        "\U0001F1EB",
        "\033[?7l",
        "\033[?7h",
        "\xE4\xB8",
        "\xFF",
        "\033[K",
        "\033[1J",
    };
    if (next_random(seed) % 8 == 0)
        buf_put_u8(out, (uint8_t)next_random(seed));
    else
        buf_put_text(out, pieces[next_random(seed) % (sizeof pieces / sizeof pieces[0])]);
}

static void
check_screen(const struct screen *s, bool repairs)
{
    assert_in_range(s->cursor_row, 0, s->rows - 1);
    assert_in_range(s->cursor_col, 0, s->cols - 1);
    for (int y = 0; y < s->rows; y++) {
        const struct cell *cell = s->row[y]->cell;
        for (int x = 0; x < s->cols; x++) {
            bool follows_wide = x > 0 && cell[x - 1].width == CELL_WIDE;
            bool is_right = cell[x].width == CELL_RIGHT_HALF;
            assert_true(!is_right || (follows_wide && cell[x].text == 0));
            assert_true(!repairs || is_right == follows_wide);
            assert_false(repairs && cell[x].width == CELL_WIDE && x == s->cols - 1);
        }
    }
}

static void
test_any_bytes_in_any_pieces(void **state)
{
    (void)state;
    static const enum emulator_role roles[] = { EMULATOR_PTY, EMULATOR_HOST_STOCK,
                                                EMULATOR_HOST_SKUA };
    for (uint32_t run = 0; run < 300; run++) {
        enum emulator_role role = roles[run % 3];
        struct emulator *whole = terminal_new(role), *pieces = terminal_new(role);
        struct buf bytes;
        uint32_t seed = run;
        buf_init(&bytes, 1 << 16);
        for (int i = 0; i < 300; i++)
            put_random(&bytes, &seed);
        emulator_feed(whole, buf_view(&bytes), 0);
        check_screen(emulator_screen(whole), role != EMULATOR_HOST_STOCK);
        for (size_t at = 0; at < bytes.len;) {
            size_t len = next_random(&seed) % 7;
            emulator_feed(pieces, view_first(view_from(buf_view(&bytes), at), len), 0);
            at += len;
        }
        assert_true(screen_equal(emulator_screen(whole), emulator_screen(pieces)));
        assert_true(
            view_equal(buf_view(emulator_replies(whole)), buf_view(emulator_replies(pieces))));
        emulator_free(whole);
        emulator_free(pieces);
        buf_fini(&bytes);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_snapshot_is_the_same_until_something_shows),
        cmocka_unit_test(test_a_shared_screen_is_not_touched),
        cmocka_unit_test(test_a_hold_ends_by_itself),
        cmocka_unit_test(test_resets),
        cmocka_unit_test(test_any_bytes_in_any_pieces),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
