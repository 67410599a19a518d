#include "test.h"

#include "term/overlay/notice.h"

#define HINT " [To quit: Ctrl-^ .]"

enum { COLS = 80 };

static int
setup(void **state)
{
    struct notice *n = calloc(1, sizeof *n);
    notice_init(n, view_of_text("mosh: "), view_of_text(HINT), 0);
    *state = n;
    return 0;
}

static int
teardown(void **state)
{
    notice_fini(*state);
    free(*state);
    return 0;
}

/* Check row 0 of what is painted at now_ms, trailing blanks apart; NULL: nothing is. */
static void
expect(const struct notice *n, uint64_t now_ms, const char *want)
{
    struct screen *s = screen_new(3, COLS);
    struct screen *out = notice_overlay(n, s, now_ms);
    assert_int_equal(notice_is_shown(n, now_ms), want != NULL);
    if (want == NULL) {
        assert_ptr_equal(out, s);
    } else {
        char text[COLS * CELL_TEXT_MAX_BYTES + 1] = "";
        size_t len = 0;
        for (int x = 0; x < COLS; x++) {
            uint8_t scratch[4];
            struct view v = row_text(out->row[0], x, scratch);
            memcpy(text + len, v.data, v.len);
            len += v.len;
            assert_int_equal(row_style(out->row[0], x).bg, color_palette(4));
        }
        assert_string_equal(text, want);
        assert_false(out->cursor_visible);
        assert_true(row_equal(out->row[1], s->row[1]));
    }
    screen_unref(out);
    screen_unref(s);
}

static void
test_silence_of_the_server(void **state)
{
    struct notice *n = *state;
    notice_heard(n, 1000);
    notice_acked(n, 900);
    expect(n, 7500, NULL);
    assert_int_equal(notice_deadline_ms(n, 1000), 7501);
    expect(n, 7501, "mosh: last contact 6 seconds ago." HINT);
    assert_int_equal(notice_deadline_ms(n, 7501), 8000);
    expect(n, 60999, "mosh: last contact 59 seconds ago." HINT);
    expect(n, 61000, "mosh: last contact 1:00 ago." HINT);
    assert_int_equal(notice_deadline_ms(n, 61001), 64000);
    expect(n, 1000 + 3600000, "mosh: last contact 1:00:00 ago." HINT);
    notice_heard(n, 3700000);
    notice_acked(n, 3700000);
    expect(n, 3700001, NULL);
}

static void
test_silence_by_leave(void **state)
{
    struct notice *n = *state;
    notice_heard(n, 0);
    notice_acked(n, 0);
    notice_expect(n, 10000, 0);
    assert_int_equal(notice_deadline_ms(n, 0), 12001);
    expect(n, 12000, NULL);
    /* A key is typed: the server has time to answer. */
    notice_expect(n, 3000, 12000);
    assert_int_equal(notice_deadline_ms(n, 12000), 15501);
    expect(n, 15500, NULL);
    expect(n, 15501, "mosh: last contact 15 seconds ago." HINT);
    /* What is said is not taken back because the user waits. */
    notice_expect(n, 20000, 16000);
    expect(n, 16000, "mosh: last contact 16 seconds ago." HINT);
}

static void
test_silence_of_the_uplink(void **state)
{
    struct notice *n = *state;
    notice_acked(n, 1000);
    notice_heard(n, 10900);
    expect(n, 11000, NULL);
    assert_int_equal(notice_deadline_ms(n, 10900), 11001);
    expect(n, 11001, "mosh: last reply 10 seconds ago." HINT);
    assert_int_equal(notice_deadline_ms(n, 11001), 12000);
    /* Silent both ways: contact is what counts. */
    expect(n, 17500, "mosh: last contact 6 seconds ago." HINT);
}

static void
test_texts_expire_or_stay(void **state)
{
    struct notice *n = *state;
    notice_set(n, view_of_text("hello"), false, NOTICE_MESSAGE_MS, 100);
    expect(n, 1099, "mosh: hello");
    assert_int_equal(notice_deadline_ms(n, 100), 1100);
    expect(n, 1100, NULL);
    notice_set(n, view_of_text("menu"), false, NOTICE_FOR_EVER, 1100);
    notice_heard(n, 100000);
    notice_acked(n, 100000);
    expect(n, 100000, "mosh: menu");
    notice_clear(n);
    expect(n, 100000, NULL);
}

static void
test_text_while_silent(void **state)
{
    struct notice *n = *state;
    notice_set(n, view_of_text("leaving"), true, NOTICE_FOR_EVER, 0);
    expect(n, 6500, "mosh: leaving" HINT);
    expect(n, 7200, "mosh: leaving (7 s without contact)" HINT);
    notice_heard(n, 11000);
    expect(n, 12000, "mosh: leaving (12 s without reply)" HINT);
    notice_end(n);
    expect(n, 100000, NULL);
    assert_true(notice_deadline_ms(n, 100000) == UINT64_MAX);
}

static void
test_network_errors_fade_after_a_good_send(void **state)
{
    struct notice *n = *state;
    notice_network_error(n, view_of_text("sendto: no route"), 0);
    assert_int_equal(notice_deadline_ms(n, 0), NOTICE_ERROR_MS);
    notice_sent(n, 500);
    expect(n, 1499, "mosh: sendto: no route" HINT);
    expect(n, 1500, NULL);
    notice_set(n, view_of_text("stays"), false, 5000, 2000);
    notice_sent(n, 2000);
    expect(n, 5000, "mosh: stays");
}

static void
test_text_is_cut_by_columns(void **state)
{
    struct notice *n = *state;
    /* 74 columns are left of the label: 36 wide ideographs leave one, the next does not fit. */
    char text[NOTICE_TEXT_MAX_BYTES] = "a\xcc\x81\x1b\x07";
    char want[NOTICE_TEXT_MAX_BYTES] = "mosh: a\xcc\x81";
    for (int i = 0; i < 60; i++)
        strncat(text, "\xe4\xb8\xad", sizeof text - strlen(text) - 1);
    for (int i = 0; i < 36; i++)
        strncat(want, "\xe4\xb8\xad", sizeof want - strlen(want) - 1);
    notice_set(n, view_of_text(text), false, 1000, 0);
    expect(n, 0, want);
}

static void
test_a_prompt_in_the_top_row_is_left_alone(void **state)
{
    struct notice *n = *state;
    struct screen *s = screen_new(3, COLS);
    s->cursor_col = 2;
    notice_set(n, view_of_text("hello"), false, NOTICE_FOR_EVER, 0);
    struct screen *out = notice_overlay(n, s, 0);
    assert_true(row_equal(out->row[0], s->row[0]) && out->cursor_visible);
    assert_int_equal(row_style(out->row[2], 0).bg, color_palette(4));
    screen_unref(out);
    s->cursor_visible = false;
    out = notice_overlay(n, s, 0);
    assert_int_equal(row_style(out->row[0], 0).bg, color_palette(4));
    screen_unref(out);
    screen_unref(s);
}

static void
test_long_and_broken_texts_are_cut(void **state)
{
    struct notice *n = *state;
    char text[3000];
    memset(text, 'x', sizeof text);
    notice_set(n, view_of(text, sizeof text), true, 1000, 0);
    char want[COLS + 1];
    memset(want, 'x', COLS);
    memcpy(want, "mosh: ", 6);
    want[COLS] = '\0';
    expect(n, 0, want);
    notice_set(n, view_of("\xff\xe4\xb8", 3), false, 1000, 0);
    expect(n, 0, "mosh: \xef\xbf\xbd\xef\xbf\xbd");
}

static void
test_cursor_below_stays_and_narrow_screens_work(void **state)
{
    struct notice *n = *state;
    notice_set(n, view_of_text("hello"), true, 1000, 0);
    struct screen *s = screen_new(2, 1);
    s->cursor_row = 1;
    struct screen *out = notice_overlay(n, s, 0);
    assert_true(out->cursor_visible);
    screen_unref(out);
    screen_unref(s);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_silence_of_the_server, setup, teardown),
        cmocka_unit_test_setup_teardown(test_silence_by_leave, setup, teardown),
        cmocka_unit_test_setup_teardown(test_silence_of_the_uplink, setup, teardown),
        cmocka_unit_test_setup_teardown(test_texts_expire_or_stay, setup, teardown),
        cmocka_unit_test_setup_teardown(test_text_while_silent, setup, teardown),
        cmocka_unit_test_setup_teardown(test_network_errors_fade_after_a_good_send, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_text_is_cut_by_columns, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_prompt_in_the_top_row_is_left_alone, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_long_and_broken_texts_are_cut, setup, teardown),
        cmocka_unit_test_setup_teardown(test_cursor_below_stays_and_narrow_screens_work, setup,
                                        teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
