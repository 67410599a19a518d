#include "test.h"

#include "session/escape.h"

/* Type bytes; check what is sent, and the commands met on the way, one letter each. */
static void
type(struct escape *e, const char *bytes, const char *sent, const char *commands)
{
    static const char letters[] = "-QZSH";
    struct buf out;
    buf_init(&out, 4096);
    char met[64] = "";
    size_t count = 0;
    struct view rest = view_of_text(bytes);
    while (rest.len > 0) {
        enum escape_command command;
        size_t taken = escape_type(e, rest, &out, &command);
        assert_true(taken >= 1 && taken <= rest.len);
        assert_true(command != ESCAPE_NOTHING || taken == rest.len);
        rest = view_from(rest, taken);
        if (command != ESCAPE_NOTHING)
            met[count++] = letters[command];
    }
    assert_string_equal(met, commands);
    assert_int_equal(out.len, strlen(sent));
    assert_memory_equal(out.len > 0 ? (const char *)out.data : "", sent, strlen(sent));
    buf_fini(&out);
}

static void
test_values_of_the_variable(void **state)
{
    (void)state;
    assert_int_equal(escape_key_of(NULL), 0x1e);
    assert_int_equal(escape_key_of(""), ESCAPE_NONE);
    assert_int_equal(escape_key_of("~"), '~');
    assert_int_equal(escape_key_of("~~"), 0x1e);
    assert_int_equal(escape_key_of("\x01"), 1);
    assert_int_equal(escape_key_of("\x7f"), 0x7f);
    assert_int_equal(escape_key_of("\x80"), 0x1e);
    assert_int_equal(escape_key_of("\xc3\xa9"), 0x1e);
    const char *refused[] = { "\x03", "\x04", "\x0a", "\x0c", "\x0d" };
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
        assert_int_equal(escape_key_of(refused[i]), 0x1e);
}

static void
test_control_key_works_anywhere(void **state)
{
    (void)state;
    struct escape e = escape_start(0x1e, false);
    type(&e, "ab\x1e.cd", "abcd", "Q");
    type(&e, "x\x1e\x1ay", "xy", "Z");
    type(&e, "\x1e^", "\x1e", "");
    type(&e, "\x1e\x1e", "\x1e\x1e", "");
    type(&e, "\x1ez", "\x1ez", "");
    type(&e, "\x1es\x1e?\x1e\x1b", "\x1es\x1e?\x1e\x1b", "");
}

static void
test_letters_pass_in_either_case(void **state)
{
    (void)state;
    struct escape e = escape_start(0x02, false);
    type(&e,
         "\x02"
         "B\x02"
         "b\x02"
         "c",
         "\x02\x02\x02"
         "c",
         "");
    e = escape_start(0x1c, false);
    type(&e, "\x1c|", "\x1c|", "");
    type(&e, "\x1c\\", "\x1c", "");
}

static void
test_printable_key_needs_a_new_line(void **state)
{
    (void)state;
    struct escape e = escape_start('~', false);
    type(&e, "~.", "~.", "");
    type(&e, "\r~.", "\r", "Q");
    type(&e, "~.", "~.", "");
    type(&e, "\n~~~.", "\n~~.", "");
    type(&e, "\r~x~.", "\r~x~.", "");
    type(&e, "\ra~.", "\ra~.", "");
}

static void
test_menu_is_up_until_the_next_key(void **state)
{
    (void)state;
    struct escape e = escape_start(0x1e, false);
    type(&e, "\x1e", "", "");
    assert_true(e.menu);
    type(&e, "^", "\x1e", "");
    assert_false(e.menu);
    type(&e, "\x1e", "", "");
    type(&e, ".", "", "Q");
    assert_false(e.menu);
}

static void
test_extras(void **state)
{
    (void)state;
    struct escape e = escape_start(0x1e, true);
    type(&e, "\x1es\x1e?a", "a", "SH");
    type(&e,
         "\x1e\x1b"
         "b",
         "b", "");
    type(&e, "\x1e\x1e", "\x1e\x1e", "");
}

/* A program may have asked the terminal to report keys; the user's way out stays. */
static void
test_reported_keys(void **state)
{
    (void)state;
    struct escape e = escape_start(0x1e, true);
    type(&e, "\033[54;6u.", "", "Q");
    type(&e, "\033[27;6;94~.", "", "Q");
    type(&e, "a\033[54;6u\033[122;5ub", "ab", "Z");
    type(&e, "\033[54;6u\033[27ux", "x", "");
    /* Every key a sequence, and keys that go up again. */
    type(&e, "\033[54;6u\033[54;6:3u\033[57441;2:3u\033[46u", "", "Q");
    type(&e, "\033[54;6u\033[54:94;6u", "\x1e\033[54:94;6u", "");
    type(&e, "\033[54;6u\033[54:94;2u", "\x1e", "");
    type(&e, "\033[54;6:3u\033[97;3u", "\033[54;6:3u\033[97;3u", "");
    e = escape_start('~', true);
    type(&e, "\033[13u\033[96:126;2u.", "\033[13u", "Q");
}

static void
test_no_key_is_no_escape(void **state)
{
    (void)state;
    struct escape e = escape_start(ESCAPE_NONE, true);
    uint8_t nul = 0;
    struct buf out;
    buf_init(&out, 16);
    enum escape_command command;
    assert_int_equal(escape_type(&e, view_of(&nul, 1), &out, &command), 1);
    assert_int_equal(out.len, 1);
    assert_false(e.menu);
    buf_clear(&out);
    escape_quit_hint(&e, &out);
    assert_int_equal(out.len, 0);
    buf_fini(&out);
}

static void
test_texts_name_the_key(void **state)
{
    (void)state;
    struct buf out;
    buf_init(&out, 512);
    struct escape e = escape_start(0x1e, false);
    escape_quit_hint(&e, &out);
    assert_true(view_equal(buf_view(&out), view_of_text(" [To quit: Ctrl-^ .]")));
    buf_clear(&out);
    escape_menu(&e, &out);
    buf_put_u8(&out, 0);
    assert_non_null(strstr((char *)out.data, "literal Ctrl-^"));
    assert_null(strstr((char *)out.data, "status"));
    buf_clear(&out);
    e = escape_start('~', true);
    escape_menu(&e, &out);
    buf_put_u8(&out, 0);
    assert_non_null(strstr((char *)out.data, "~ again"));
    assert_non_null(strstr((char *)out.data, "status"));
    buf_fini(&out);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values_of_the_variable),
        cmocka_unit_test(test_control_key_works_anywhere),
        cmocka_unit_test(test_letters_pass_in_either_case),
        cmocka_unit_test(test_printable_key_needs_a_new_line),
        cmocka_unit_test(test_menu_is_up_until_the_next_key),
        cmocka_unit_test(test_extras),
        cmocka_unit_test(test_reported_keys),
        cmocka_unit_test(test_no_key_is_no_escape),
        cmocka_unit_test(test_texts_name_the_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
