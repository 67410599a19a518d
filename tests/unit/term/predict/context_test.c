#include "screen_text.h"

#include <limits.h>

#include "term/predict/context.h"

/* A context of its own in a table of its own; freed by the caller with the table. */
static struct context *
context(struct contexts *table, enum context_tty tty, bool paste, uint32_t mark)
{
    const struct situation s = { .tty = tty, .bracketed_paste = paste, .mark = mark };
    return contexts_find(table, &s);
}

static void
test_how_much_proof_is_needed(void **state)
{
    (void)state;
    static struct contexts table;
    struct context *c = context(&table, CONTEXT_TTY_CANONICAL, false, '?');
    assert_true(context_trusts(c, LINE_COMMAND_TEXT));
    assert_true(context_trusts(c, LINE_COMMAND_KILL_WORD));

    const struct {
        enum context_tty tty;
        bool paste;
        uint32_t mark;
        int needed; /* confirmations; 0: never */
    } cases[] = {
        { CONTEXT_TTY_SILENT, true, '$', 0 },    { CONTEXT_TTY_FEW, true, '$', 0 },
        { CONTEXT_TTY_RAW, true, ':', 0 },       { CONTEXT_TTY_RAW, false, '$', 8 },
        { CONTEXT_TTY_UNKNOWN, true, '$', 3 },   { CONTEXT_TTY_UNKNOWN, true, ':', 0 },
        { CONTEXT_TTY_UNKNOWN, false, '$', 20 }, { CONTEXT_TTY_UNKNOWN, false, 0, 0 },
        { CONTEXT_TTY_UNKNOWN, false, '?', 0 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        c = context(&table, cases[i].tty, cases[i].paste, cases[i].mark);
        for (int right = 1; right <= 60; right++) {
            context_right(c, LINE_COMMAND_TEXT);
            bool want = cases[i].needed > 0 && right >= cases[i].needed;
            assert_int_equal(context_trusts(c, LINE_COMMAND_TEXT), want);
        }
    }
}

static void
test_refutations_cost_trust(void **state)
{
    (void)state;
    static struct contexts table;
    struct context *c = context(&table, CONTEXT_TTY_UNKNOWN, true, '$');
    for (int i = 0; i < 100; i++)
        context_right(c, LINE_COMMAND_TEXT);
    context_wrong(c, LINE_COMMAND_TEXT);
    assert_true(context_trusts(c, LINE_COMMAND_TEXT));
    context_wrong(c, LINE_COMMAND_TEXT);
    context_wrong(c, LINE_COMMAND_TEXT);
    assert_false(context_trusts(c, LINE_COMMAND_TEXT));
    for (int i = 0; i < 100; i++)
        context_wrong(c, LINE_COMMAND_TEXT);
    for (int i = 0; i < 13; i++)
        context_right(c, LINE_COMMAND_TEXT);
    assert_true(context_trusts(c, LINE_COMMAND_TEXT));
}

static void
test_commands_prove_themselves(void **state)
{
    (void)state;
    static struct contexts table;
    struct context *c = context(&table, CONTEXT_TTY_UNKNOWN, true, '$');
    assert_true(context_knows(c, LINE_COMMAND_ERASE));
    assert_false(context_knows(c, LINE_COMMAND_BEGIN));
    context_right(c, LINE_COMMAND_BEGIN);
    assert_true(context_knows(c, LINE_COMMAND_BEGIN));
    context_wrong(c, LINE_COMMAND_BEGIN);
    assert_true(context_knows(c, LINE_COMMAND_BEGIN));
    context_wrong(c, LINE_COMMAND_BEGIN);
    assert_false(context_knows(c, LINE_COMMAND_BEGIN));
    /* Without hints, by its paste mode and text that it echoed. */
    for (int i = 0; i < 3; i++) {
        assert_false(context_knows(c, LINE_COMMAND_KILL_WORD));
        context_right(c, LINE_COMMAND_TEXT);
    }
    assert_true(context_knows(c, LINE_COMMAND_KILL_WORD));
    context_wrong(c, LINE_COMMAND_KILL_WORD);
    assert_false(context_knows(c, LINE_COMMAND_KILL_WORD));
    /* A line editor is known by its tty and its paste mode. */
    c = context(&table, CONTEXT_TTY_RAW, true, '$');
    assert_true(context_knows(c, LINE_COMMAND_WORD_LEFT));
    context_wrong(c, LINE_COMMAND_WORD_LEFT);
    assert_false(context_knows(c, LINE_COMMAND_WORD_LEFT));
}

static void
test_strangers_need_more_echoes(void **state)
{
    (void)state;
    static struct contexts table;
    assert_int_equal(context_proof_needed(context(&table, CONTEXT_TTY_UNKNOWN, true, '$'), false),
                     1);
    struct context *stranger = context(&table, CONTEXT_TTY_UNKNOWN, false, 0);
    assert_int_equal(context_proof_needed(stranger, false), 9);
    assert_int_equal(context_proof_needed(stranger, true), 1);
    stranger = context(&table, CONTEXT_TTY_RAW, false, 0);
    assert_int_equal(context_proof_needed(stranger, false), 4);
    assert_int_equal(context_proof_needed(context(&table, CONTEXT_TTY_FEW, true, '$'), true), 20);
    struct context *silent = context(&table, CONTEXT_TTY_SILENT, true, '$');
    assert_int_equal(context_proof_needed(silent, true), INT_MAX);
}

static void
test_tails(void **state)
{
    (void)state;
    static struct contexts table;
    struct context *c = context(&table, CONTEXT_TTY_UNKNOWN, true, '$');
    assert_true(context_pushes(c));
    context_saw_tail(c, false);
    assert_false(context_pushes(c));
    context_saw_tail(c, true);
    assert_true(context_pushes(c));
}

static void
test_the_oldest_gives_way(void **state)
{
    (void)state;
    static struct contexts table;
    context_right(context(&table, CONTEXT_TTY_RAW, true, '$'), LINE_COMMAND_TEXT);
    for (uint32_t i = 0; i < CONTEXT_MAX - 1; i++)
        context(&table, CONTEXT_TTY_UNKNOWN, true, 0x1000 + i);
    assert_int_equal(context(&table, CONTEXT_TTY_RAW, true, '$')->score, 1);
    for (uint32_t i = 0; i < CONTEXT_MAX; i++)
        context(&table, CONTEXT_TTY_UNKNOWN, true, 0x2000 + i);
    assert_int_equal(context(&table, CONTEXT_TTY_RAW, true, '$')->score, 0);
}

static void
test_situations(void **state)
{
    (void)state;
    static struct contexts table;
    struct screen *s = screen_new(5, 40);
    struct prompt prompt = { 0 };
    struct hints h = { 0 };
    put_text(s, 0, 0, "ann$ ");
    prompt_find(&prompt, s);
    struct situation plain = situation_of(s, s->modes.alternate, &h, &prompt);
    assert_int_equal(plain.mark, '$');
    assert_int_equal(plain.tty, CONTEXT_TTY_UNKNOWN);
    assert_false(plain.is_full_screen);

    put_text(s, 4, 0, "-- INSERT --");
    struct situation insert = situation_of(s, s->modes.alternate, &h, &prompt);
    assert_true(insert.is_full_screen);
    assert_int_equal(insert.mark, 0);
    assert_false(insert.inserts);
    s->modes.alternate = true;
    insert = situation_of(s, s->modes.alternate, &h, &prompt);
    assert_true(insert.inserts);
    assert_true(context_trusts(contexts_find(&table, &insert), LINE_COMMAND_TEXT));
    assert_true(context_trusts(contexts_find(&table, &insert), LINE_COMMAND_ENTER));
    put_text(s, 4, 0, "-- REPLACE --");
    struct situation replace = situation_of(s, s->modes.alternate, &h, &prompt);
    assert_false(replace.inserts);
    assert_false(context_trusts(contexts_find(&table, &replace), LINE_COMMAND_TEXT));
    assert_int_not_equal(situation_of(s, s->modes.alternate, &h, &prompt).mode_hash,
                         insert.mode_hash);

    h = (struct hints){ .known = true, .canonical = true };
    assert_int_equal(situation_of(s, s->modes.alternate, &h, &prompt).tty, CONTEXT_TTY_SILENT);
    h.echo = true;
    assert_int_equal(situation_of(s, s->modes.alternate, &h, &prompt).tty, CONTEXT_TTY_CANONICAL);
    h.canonical = false;
    assert_int_equal(situation_of(s, s->modes.alternate, &h, &prompt).tty, CONTEXT_TTY_FEW);
    h.echo = false;
    assert_int_equal(situation_of(s, s->modes.alternate, &h, &prompt).tty, CONTEXT_TTY_RAW);
    prompt_fini(&prompt);
    screen_unref(s);
}

/* A shell in a pane of tmux, and what is none. */
static void
test_panes(void **state)
{
    (void)state;
    static struct contexts table;
    struct screen *s = screen_new(5, 20);
    struct prompt prompt = { 0 };
    const struct hints h = { .known = true };
    const struct style bar = { .bg = color_palette(2) };
    put_text(s, 0, 0, "ann$ ");
    s->modes.alternate = s->modes.bracketed_paste = true;
    for (int x = 0; x < s->cols; x++)
        row_set(screen_row_mut(s, 4), x, view_of_text("b"), CELL_NARROW, &bar);
    prompt_find(&prompt, s);
    struct situation pane = situation_of(s, s->modes.alternate, &h, &prompt);
    assert_true(pane.is_pane);
    assert_false(pane.is_full_screen);
    assert_int_equal(pane.mark, '$');
    struct context *c = contexts_find(&table, &pane);
    assert_true(context_trusts(c, LINE_COMMAND_TEXT));
    assert_true(context_trusts(c, LINE_COMMAND_KILL_WORD));
    assert_false(context_trusts(c, LINE_COMMAND_ENTER));
    /* What may be a prefix. */
    assert_false(context_trusts(c, LINE_COMMAND_BACKWARD));
    assert_false(context_trusts(c, LINE_COMMAND_BEGIN));

    /* A command runs. */
    s->modes.bracketed_paste = false;
    assert_false(situation_of(s, s->modes.alternate, &h, &prompt).is_pane);
    assert_true(situation_of(s, s->modes.alternate, &h, &prompt).is_full_screen);
    s->modes.bracketed_paste = true;
    /* An editor has no bar at an edge. */
    row_erase(screen_row_mut(s, 4), 0, s->cols, COLOR_DEFAULT);
    assert_false(situation_of(s, s->modes.alternate, &h, &prompt).is_pane);
    prompt_fini(&prompt);
    screen_unref(s);
}

/* nano says below its text which keys are none. */
static void
test_editors_with_help_below(void **state)
{
    (void)state;
    static struct contexts table;
    struct screen *s = screen_new(8, 20);
    struct prompt prompt = { 0 };
    const struct hints h = { .known = true };
    put_text(s, 6, 0, "^G Help  ^O Write");
    put_text(s, 7, 0, "^X Exit  ^R Read");
    s->cursor_row = 1;
    s->cursor_col = 0;
    assert_false(situation_of(s, s->modes.alternate, &h, &prompt).takes_text);
    s->modes.alternate = true;
    struct situation nano = situation_of(s, s->modes.alternate, &h, &prompt);
    assert_true(nano.takes_text);
    struct context *c = contexts_find(&table, &nano);
    assert_true(context_trusts(c, LINE_COMMAND_TEXT));
    assert_true(context_trusts(c, LINE_COMMAND_ENTER));
    assert_true(context_trusts(c, LINE_COMMAND_HOME));
    assert_false(context_trusts(c, LINE_COMMAND_KILL_END));
    /* It asks something above the help. */
    s->cursor_row = 5;
    assert_false(situation_of(s, s->modes.alternate, &h, &prompt).takes_text);
    screen_unref(s);
}

/* A chat client's line: behind a prompt in the bottom row of a whole screen. */
static void
test_fields(void **state)
{
    (void)state;
    static struct contexts table;
    const struct hints raw = { .known = true };
    struct screen *s = screen_new(10, 40);
    struct prompt prompt = { 0 };
    s->modes.alternate = true;
    put_text(s, 8, 0, "ann: hello");
    put_text(s, 9, 0, "[#room] ");
    s->cursor_row = 9;
    s->cursor_col = 8;
    prompt_find(&prompt, s);
    struct situation field = situation_of(s, s->modes.alternate, &raw, &prompt);
    assert_true(field.is_field);
    struct context *c = contexts_find(&table, &field);
    for (int right = 1; right <= 4; right++) {
        assert_false(context_trusts(c, LINE_COMMAND_TEXT));
        assert_false(context_knows(c, LINE_COMMAND_KILL_WORD));
        context_right(c, LINE_COMMAND_TEXT);
    }
    assert_true(context_trusts(c, LINE_COMMAND_TEXT));
    assert_true(context_knows(c, LINE_COMMAND_KILL_WORD));
    assert_true(context_knows(c, LINE_COMMAND_BEGIN));
    assert_false(context_knows(c, LINE_COMMAND_ENTER));
    context_wrong(c, LINE_COMMAND_KILL_WORD);
    assert_false(context_knows(c, LINE_COMMAND_KILL_WORD));
    assert_true(context_knows(c, LINE_COMMAND_BEGIN));
    /* A row further up, and a command that is typed behind ':'. */
    s->cursor_row = 8;
    assert_false(situation_of(s, s->modes.alternate, &raw, &prompt).is_field);
    s->cursor_row = 9;
    put_text(s, 9, 0, ":wq");
    assert_false(situation_of(s, s->modes.alternate, &raw, &prompt).is_field);
    /* But where the input begins at the edge it may begin with such a mark. */
    put_text(s, 9, 0, "/join #x");
    assert_true(situation_of(s, true, &raw, &prompt).is_asked);
    s->cursor_col = 0;
    prompt_begin(&prompt, s, 0);
    s->cursor_col = 8;
    assert_false(situation_of(s, true, &raw, &prompt).is_asked);
    assert_true(situation_of(s, true, &raw, &prompt).is_field);
    prompt_fini(&prompt);
    screen_unref(s);
}

/* Emacs says in its mode line what it edits. */
static void
test_emacs(void **state)
{
    (void)state;
    static struct contexts table;
    struct screen *s = screen_new(8, 40);
    struct prompt prompt = { 0 };
    const struct hints h = { .known = true };
    const struct style bar = { .attrs = STYLE_INVERSE };
    const char *const lines[] = { "-UUU:**--F1  a.txt  All L1  (Text) ------",
                                  "-UUU:**--F1  a.c    All L1  (C/*l) ------" };
    s->modes.alternate = true;
    for (int i = 0; i < 2; i++) {
        for (int x = 0; x < s->cols; x++)
            row_set(screen_row_mut(s, 6), x, view_of(&lines[i][x], 1), CELL_NARROW, &bar);
        struct situation emacs = situation_of(s, s->modes.alternate, &h, &prompt);
        assert_true(emacs.is_emacs);
        struct context *c = contexts_find(&table, &emacs);
        assert_true(context_trusts(c, LINE_COMMAND_TEXT));
        assert_true(context_trusts(c, LINE_COMMAND_BEGIN));
        assert_true(context_trusts(c, LINE_COMMAND_KILL_END));
        assert_false(context_trusts(c, LINE_COMMAND_KILL_ALL));
        /* Lines of a program are indented. */
        assert_int_equal(context_trusts(c, LINE_COMMAND_ENTER), i == 0);
    }
    /* It asks something in its last row. */
    s->cursor_row = 7;
    assert_false(situation_of(s, s->modes.alternate, &h, &prompt).is_emacs);
    screen_unref(s);
}

static void
test_interpreters(void **state)
{
    (void)state;
    static struct contexts table;
    struct screen *s = screen_new(5, 20);
    struct prompt prompt = { 0 };
    const struct hints h = { .known = true };
    put_text(s, 0, 0, ">>> ");
    prompt_find(&prompt, s);
    struct situation python = situation_of(s, s->modes.alternate, &h, &prompt);
    assert_true(python.is_interpreter);
    struct context *c = contexts_find(&table, &python);
    assert_true(context_trusts(c, LINE_COMMAND_TEXT));
    assert_true(context_trusts(c, LINE_COMMAND_END));
    assert_int_equal(context_proof_needed(c, false), 1);
    prompt_fini(&prompt);
    screen_unref(s);
}

/* cat has no prompt, but gives back each line: that is all a client without hints can know of it. */
static void
test_copiers(void **state)
{
    (void)state;
    static struct contexts table;
    struct screen *s = screen_new(5, 20);
    struct prompt prompt = { 0 };
    const struct hints none = { 0 }, raw = { .known = true };
    put_text(s, 0, 0, "one two");
    put_text(s, 1, 0, "one twos");
    s->cursor_row = 2;
    s->cursor_col = 0;
    prompt_find(&prompt, s);
    assert_false(situation_of(s, false, &none, &prompt).is_copier);
    put_text(s, 0, 0, "one twos");
    struct situation cat = situation_of(s, false, &none, &prompt);
    assert_true(cat.is_copier);
    assert_false(situation_of(s, false, &raw, &prompt).is_copier);
    assert_false(situation_of(s, true, &none, &prompt).is_copier);
    struct context *c = contexts_find(&table, &cat);
    assert_int_equal(context_proof_needed(c, false), 9);
    for (int right = 1; right <= 20; right++) {
        assert_false(context_trusts(c, LINE_COMMAND_TEXT));
        context_right(c, LINE_COMMAND_TEXT);
    }
    assert_true(context_trusts(c, LINE_COMMAND_TEXT));
    assert_true(context_trusts(c, LINE_COMMAND_KILL_ALL));
    assert_false(context_trusts(c, LINE_COMMAND_BEGIN));
    context_wrong(c, LINE_COMMAND_TEXT);
    assert_false(context_trusts(c, LINE_COMMAND_TEXT));
    prompt_fini(&prompt);
    /* An empty line comes back after each that is empty. */
    s->cursor_row = 4;
    prompt_find(&prompt, s);
    assert_false(situation_of(s, false, &none, &prompt).is_copier);
    prompt_fini(&prompt);
    screen_unref(s);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_how_much_proof_is_needed),
        cmocka_unit_test(test_refutations_cost_trust),
        cmocka_unit_test(test_commands_prove_themselves),
        cmocka_unit_test(test_strangers_need_more_echoes),
        cmocka_unit_test(test_tails),
        cmocka_unit_test(test_the_oldest_gives_way),
        cmocka_unit_test(test_situations),
        cmocka_unit_test(test_panes),
        cmocka_unit_test(test_editors_with_help_below),
        cmocka_unit_test(test_fields),
        cmocka_unit_test(test_emacs),
        cmocka_unit_test(test_interpreters),
        cmocka_unit_test(test_copiers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
