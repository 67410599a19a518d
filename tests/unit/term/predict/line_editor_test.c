#include "screen_text.h"

#include "term/predict/line_editor.h"
#include "term/predict/line_source.h"

static const struct line_rules editor = { .shift = true };
static const struct line_rules driver = { .canonical = true };

struct fixture {
    struct screen *s;
    struct line l;
    struct line_kill killed;
};

static void
start(struct fixture *f, const char *text, int cursor)
{
    *f = (struct fixture){ .s = screen_new(3, 40) };
    put_text(f->s, 0, 0, text);
    f->s->cursor_col = cursor;
    const struct line_source source = { .start_is_known = true, .wraps = true, .gap = 2 };
    assert_true(line_source_read(&f->l, f->s, &source));
}

static void
stop(struct fixture *f)
{
    line_kill_fini(&f->killed);
    line_fini(&f->l);
    screen_unref(f->s);
}

/* Type keys; the effect of the last. */
static enum line_effect
type(struct fixture *f, const char *bytes, const struct line_rules *rules)
{
    struct key_decoder d = { 0 };
    enum line_effect effect = LINE_EFFECT_UNKNOWN;
    for (; *bytes != '\0'; bytes++) {
        struct key keys[KEY_PUSH_MAX];
        int count = key_push(&d, (uint8_t)*bytes, keys, 0);
        const struct hints tty = { .known = rules->canonical,
                                   .canonical = true,
                                   .signals = true,
                                   .extended = true,
                                   .erase = HINTS_ERASE,
                                   .word_erase = HINTS_WORD_ERASE,
                                   .kill = HINTS_KILL };
        for (int i = 0; i < count; i++) {
            enum line_command command = line_command_of(&keys[i], &tty);
            effect = line_command_apply(&f->l, command, &keys[i], rules, &f->killed);
        }
    }
    return effect;
}

/* Text and cursor after keys, '^' standing for the cursor. */
static void
expect(const char *text, int cursor, const char *bytes, const struct line_rules *rules,
       const char *want, int want_cursor)
{
    struct fixture f;
    start(&f, text, cursor);
    assert_int_not_equal(type(&f, bytes, rules), LINE_EFFECT_UNKNOWN);
    expect_cells(f.l.cells, want);
    assert_int_equal(f.l.cursor, want_cursor);
    stop(&f);
}

static void
expect_unknown(const char *text, int cursor, const char *bytes, const struct line_rules *rules)
{
    struct fixture f;
    start(&f, text, cursor);
    assert_int_equal(type(&f, bytes, rules), LINE_EFFECT_UNKNOWN);
    stop(&f);
}

static void
test_moves(void **state)
{
    (void)state;
    const char *t = "one two";
    expect(t, 7, "\x01", &editor, t, 0);
    expect(t, 3, "\x05", &editor, t, 7);
    expect(t, 3, "\x02\x02\x06", &editor, t, 2);
    expect(t, 3, "\033[D\033OD\033OC", &editor, t, 2);
    expect(t, 3, "\033[H", &editor, t, 0);
    expect(t, 3, "\033OF", &editor, t, 7);
    expect(t, 3, "\033[1~", &editor, t, 0);
    expect(t, 3, "\033[4~", &editor, t, 7);
    expect(t, 7, "\033b", &editor, t, 4);
    expect(t, 7, "\033[1;5D\033[1;5D", &editor, t, 0);
    expect(t, 0, "\033f", &editor, t, 3);
    expect(t, 0, "\033[1;5C\033[1;5C", &editor, t, 7);
    expect(t, 0, "\033[D", &editor, t, 0);
    expect(t, 7, "\033[C", &editor, t, 7);
}

static void
test_erasing(void **state)
{
    (void)state;
    expect("one two", 7, "\x7f\x08", &editor, "one t", 5);
    expect("one two", 3, "\x7f", &editor, "on two", 2);
    expect("one two", 0, "\x7f", &editor, "one two", 0);
    expect("one two", 0, "\x04\033[3~", &editor, "e two", 0);
    expect("one two", 7, "\x04", &editor, "one two", 7);
    expect_unknown("", 0, "\x04", &editor);
    expect("a\xe4\xb8\xad", 3, "\x7f", &editor, "a", 1);
}

static void
test_killing_and_yanking(void **state)
{
    (void)state;
    expect("one two", 7, "\x15", &editor, "", 0);
    expect("one two", 4, "\x15", &editor, "two", 0);
    expect("one two", 4, "\x0b", &editor, "one", 4);
    expect("one t-o ", 8, "\x17", &editor, "one", 4);
    expect("one t-o", 7, "\033\x7f", &editor, "one t-", 6);
    expect("one two", 0, "\033d", &editor, " two", 0);
    expect("one two", 3, "\x0b\x01\x19", &editor, " twoone", 4);
    expect_unknown("one", 3, "\x19", &editor);
}

static void
test_suggestions_are_not_text(void **state)
{
    (void)state;
    const struct line_rules suggests = { .shift = true, .suggests = true };
    /* At the end of the line these take the suggestion; before it they move as ever. */
    expect_unknown("git", 3, "\033[C", &suggests);
    expect_unknown("git", 3, "\x05", &suggests);
    expect_unknown("git", 2, "\033f", &suggests);
    expect("git", 3, "\033[D\033[D\033[C", &suggests, "git", 2);
    expect("git", 1, "\x05", &suggests, "git", 3);
    expect("git", 1, "r\x0b", &suggests, "gr", 2);
}

static void
test_ends_of_one_line_among_many(void **state)
{
    (void)state;
    const struct line_rules text = { .shift = true, .lines_below = true };
    expect_unknown("one", 0, "\x7f", &text);
    expect_unknown("one", 0, "\033[D", &text);
    expect_unknown("one", 3, "\033[C", &text);
    expect("one", 3, "x\x7f\x7f", &text, "on", 2);
}

static void
test_the_driver_edits_as_termios_says(void **state)
{
    (void)state;
    expect("", 0, "ab \x7f\x7f\x7f\x7f", &driver, "", 0);
    expect("", 0, "one two-three\x17", &driver, "one two-", 8);
    expect("", 0, "one two \x17", &driver, "one", 4);
    expect("", 0, "one two\x15", &driver, "", 0);
    expect("", 0, "a\x01", &driver, "a^A", 3);
    expect("", 0, "a\tb", &driver, "a       b", 9);
    expect_unknown("", 0, "a\t\x7f", &driver);
    expect_unknown("", 0, "a\033[D", &driver);
    expect_unknown("", 0, "a\x04", &driver);
}

static void
test_what_is_not_known(void **state)
{
    (void)state;
    const char *keys[] = { "\t", "\x12", "\033[A", "\033.", "\x03", "\033[5~", "\033[1;2D" };
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        expect_unknown("one", 3, keys[i], &editor);
    /* Reports of the terminal are none of the line's business. */
    expect("one", 3, "\033[<0;1;1M\033[I\033]11;x\007", &editor, "one", 3);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_moves),
        cmocka_unit_test(test_erasing),
        cmocka_unit_test(test_killing_and_yanking),
        cmocka_unit_test(test_suggestions_are_not_text),
        cmocka_unit_test(test_ends_of_one_line_among_many),
        cmocka_unit_test(test_the_driver_edits_as_termios_says),
        cmocka_unit_test(test_what_is_not_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
