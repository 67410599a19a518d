#include "test.h"

#include "term/input/key.h"

/* Keys as words: "a" U+0061, "^M", "M-b", "CSI 1;5 D", "SS3 A", "?" for KEY_OTHER. */
static void
describe(const struct key *k, char *text, size_t size)
{
    size_t len = strlen(text);
    text += len;
    size -= len;
    switch (k->kind) {
    case KEY_TEXT:
        if (k->code < 0x80)
            snprintf(text, size, "%c ", (char)k->code);
        else
            snprintf(text, size, "U+%04X ", (unsigned)k->code);
        break;
    case KEY_CONTROL: snprintf(text, size, "^%c ", (char)(k->code ^ 0x40)); break;
    case KEY_ALT: snprintf(text, size, "M-%c ", (char)k->code); break;
    case KEY_SS3: snprintf(text, size, "SS3%c ", (char)k->code); break;
    case KEY_OTHER: snprintf(text, size, "? "); break;
    case KEY_CSI:
        len = (size_t)snprintf(text, size, "CSI");
        if (k->prefix != 0)
            len += (size_t)snprintf(text + len, size - len, "%c", k->prefix);
        for (int i = 0; i < k->count; i++)
            len += (size_t)snprintf(text + len, size - len, "%s%u", i > 0 ? ";" : "", k->param[i]);
        snprintf(text + len, size - len, "%c ", (char)k->code);
        break;
    }
}

static void
feed(struct key_decoder *d, const char *bytes, char *text, size_t size)
{
    text[0] = '\0';
    for (; *bytes != '\0'; bytes++) {
        struct key keys[KEY_PUSH_MAX];
        int count = key_push(d, (uint8_t)*bytes, keys, 0);
        assert_in_range(count, 0, KEY_PUSH_MAX);
        for (int i = 0; i < count; i++)
            describe(&keys[i], text, size);
    }
}

static void
expect(const char *bytes, const char *want)
{
    struct key_decoder d = { 0 };
    char text[512];
    feed(&d, bytes, text, sizeof text);
    assert_string_equal(text, want);
}

static void
test_characters_and_controls(void **state)
{
    (void)state;
    expect("aZ ", "a Z   ");
    expect("\r\t\x7f\x01", "^M ^I ^? ^A ");
    expect("\xe4\xb8\xad\xc3\xa9", "U+4E2D U+00E9 ");
    expect("\xe4\xb8"
           "A\xff",
           "U+FFFD A U+FFFD ");
}

static void
test_function_keys(void **state)
{
    (void)state;
    expect("\033[A\033OD\033[1;5C\033[3~", "CSIA SS3D CSI1;5C CSI3~ ");
    expect("\033[;5H", "CSI0;5H ");
    expect("\033b\033\x7f\033.", "M-b M-\x7f M-. ");
    expect("\033[[Ax", "? x ");
    expect("\033[97;5u\033[97:65;2:1u", "CSI97;5u CSI97;2u ");
    expect("\033[?62;1c\033[200~", "CSI?62;1c CSI200~ ");
    expect("\033[99999;1;2;3;4;5A", "CSI65535;1;2;3A ");
}

/* A report whose last character lacks its end gives the next byte back; it does not eat what is typed. */
static void
test_malformed_mouse_report_ends(void **state)
{
    (void)state;
    expect("\033[M!!\xc3x", "? x ");
    expect("\033[M!!\xc3\xc3\xa9x", "? U+00E9 x ");
    expect("\033[M!!\xc3\033[A", "? CSIA ");
}

/* Parameters that are not kept do not count, however the sequence ends. */
static void
test_cut_sequence_counts_what_it_keeps(void **state)
{
    (void)state;
    struct key_decoder d = { 0 };
    struct key keys[KEY_PUSH_MAX];
    for (const char *byte = "\033[1;2;3;4;5"; *byte != '\0'; byte++)
        assert_int_equal(key_push(&d, (uint8_t)*byte, keys, 0), 0);
    assert_int_equal(key_push(&d, '\r', keys, 0), 2);
    assert_int_equal(keys[0].kind, KEY_OTHER);
    assert_int_equal(keys[0].count, KEY_PARAMS_MAX);
}

static void
test_mouse_reports_are_not_text(void **state)
{
    (void)state;
    expect("\033[M !!a", "? a ");
    expect("\033[M \xc4\xa0!a", "? a ");
    expect("\033[M \xff\xffz", "? z ");
    expect("\033[<0;10;20Ma", "CSI<0;10;20M a ");
}

static void
test_answers_are_not_text(void **state)
{
    (void)state;
    expect("\033]11;rgb:0/0/0\007a", "? a ");
    expect("\033P1+r\033\\a", "? M-\\ a ");
}

static void
test_controls_end_sequences(void **state)
{
    (void)state;
    expect("\033[1\rx", "? ^M x ");
    expect("\033O\033[A", "? CSIA ");
    expect("\033\033[A", "^[ CSIA ");
    expect("\033]abc\rx", "? ^M x ");
    expect("\033\xe4\xb8\xad", "? U+4E2D ");
}

static void
test_escape_alone_needs_time(void **state)
{
    (void)state;
    struct key_decoder d = { 0 };
    struct key keys[KEY_PUSH_MAX];
    assert_int_equal(key_push(&d, 0x1b, keys, 1000), 0);
    assert_int_equal(key_deadline_ms(&d), 1000 + KEY_HOLD_MS);
    assert_int_equal(key_settle(&d, keys, 999 + KEY_HOLD_MS), 0);
    assert_int_equal(key_settle(&d, keys, 1000 + KEY_HOLD_MS), 1);
    assert_int_equal(keys[0].kind, KEY_CONTROL);
    assert_int_equal(keys[0].code, 0x1b);
    assert_int_equal(key_settle(&d, keys, 5000), 0);
    assert_true(key_deadline_ms(&d) == UINT64_MAX);

    key_push(&d, 0x1b, keys, 2000);
    assert_int_equal(key_push(&d, ']', keys, 2000), 0);
    assert_int_equal(key_settle(&d, keys, 2100), 1);
    assert_int_equal(keys[0].kind, KEY_ALT);
    assert_int_equal(keys[0].code, ']');
}

static void
test_nothing_sticks(void **state)
{
    (void)state;
    /* A string without an end is given up, and so is a sequence without a final byte. */
    const char *heads[] = { "\033]", "\033[", "\033P" };
    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++) {
        struct key_decoder d = { 0 };
        char text[64];
        feed(&d, heads[i], text, sizeof text);
        struct key keys[KEY_PUSH_MAX];
        int count = 0, pushed = 0;
        while (count == 0 && pushed++ < 2 * KEY_SEQUENCE_MAX_BYTES)
            count = key_push(&d, '1', keys, 0);
        assert_int_equal(count, 1);
        feed(&d, "a", text, sizeof text);
        assert_string_equal(text, "a ");
    }
}

static void
test_any_bytes(void **state)
{
    (void)state;
    struct key_decoder d = { 0 };
    uint32_t seed = 1;
    for (int i = 0; i < 200000; i++) {
        struct key keys[KEY_PUSH_MAX];
        seed = seed * 1664525u + 1013904223u;
        uint8_t byte = (uint8_t)(seed >> 24);
        int count = key_push(&d, (seed & 0x300) == 0 ? 0x1b : byte, keys, 0);
        assert_in_range(count, 0, KEY_PUSH_MAX);
        for (int k = 0; k < count; k++)
            assert_true(keys[k].count <= KEY_PARAMS_MAX && keys[k].kind <= KEY_OTHER);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_characters_and_controls),
        cmocka_unit_test(test_function_keys),
        cmocka_unit_test(test_mouse_reports_are_not_text),
        cmocka_unit_test(test_malformed_mouse_report_ends),
        cmocka_unit_test(test_cut_sequence_counts_what_it_keeps),
        cmocka_unit_test(test_answers_are_not_text),
        cmocka_unit_test(test_controls_end_sequences),
        cmocka_unit_test(test_escape_alone_needs_time),
        cmocka_unit_test(test_nothing_sticks),
        cmocka_unit_test(test_any_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
