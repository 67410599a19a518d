#include "test.h"

#include "term/outer/known.h"

static struct caps
caps_in(const struct known_environment *env)
{
    struct caps caps = { .dialect = CAPS_DIALECT_OUTER, .colors = 256 };
    known_add_environment(env, &caps);
    return caps;
}

static void
test_nothing_known(void **state)
{
    (void)state;
    const struct known_environment unset = { .term = NULL };
    struct caps caps = caps_in(&unset);
    assert_int_equal(caps.can, 0);
    assert_int_equal(caps.colors, 256);
    const struct known_environment empty = { .term = "", .colorterm = "", .vte_version = "" };
    caps = caps_in(&empty);
    assert_int_equal(caps.can, 0);
}

static void
test_colorterm(void **state)
{
    (void)state;
    const struct known_environment a = { .term = "xterm-256color", .colorterm = "truecolor" };
    const struct known_environment b = { .term = "xterm-256color", .colorterm = "24bit" };
    const struct known_environment c = { .term = "xterm-256color", .colorterm = "yes" };
    assert_int_equal(caps_in(&a).colors, CAPS_COLORS_DIRECT);
    assert_int_equal(caps_in(&b).colors, CAPS_COLORS_DIRECT);
    assert_int_equal(caps_in(&c).colors, 256);
}

static void
test_terminals_by_their_variables(void **state)
{
    (void)state;
    const struct known_environment kitty = { .term = "xterm-256color", .kitty_window_id = "1" };
    assert_true((caps_in(&kitty).can & CAPS_CAN_SYNC) != 0);
    const struct known_environment old_vte = { .term = "xterm-256color", .vte_version = "3405" };
    assert_int_equal(caps_in(&old_vte).can, 0);
    const struct known_environment vte = { .term = "xterm-256color", .vte_version = "7006" };
    assert_true((caps_in(&vte).can & CAPS_CAN_LINKS) != 0);
    assert_true((caps_in(&vte).can & CAPS_CAN_UNDERLINE_COLOR) != 0);
    const struct known_environment foot = { .term = "foot-extra" };
    assert_true((caps_in(&foot).can & CAPS_CAN_UNDERLINE_STYLES) != 0);
    assert_int_equal(caps_in(&foot).colors, CAPS_COLORS_DIRECT);
}

/* KITTY_WINDOW_ID and its like go on into a tmux that runs in that terminal. */
static void
test_a_multiplexer_hides_what_is_around_it(void **state)
{
    (void)state;
    const struct known_environment env = { .term = "tmux-256color",
                                           .kitty_window_id = "1",
                                           .vte_version = "7006",
                                           .tmux = "/tmp/tmux-0/default,1,0" };
    assert_int_equal(caps_in(&env).can, 0);
    const struct known_environment screen = { .term = "screen", .wt_session = "x", .sty = "1.a" };
    assert_int_equal(caps_in(&screen).can, 0);
}

static void
test_names(void **state)
{
    (void)state;
    struct caps caps = { .dialect = CAPS_DIALECT_OUTER, .colors = 8 };
    assert_true(known_add_name(view_of_text("tmux 3.4"), &caps));
    assert_int_equal(caps.colors, CAPS_COLORS_DIRECT);
    assert_true((caps.can & CAPS_CAN_LINKS) != 0);
    assert_true((caps.can & CAPS_CAN_SYNC) == 0);
    caps.can = 0;
    assert_true(known_add_name(view_of_text("XTerm(380)"), &caps));
    assert_true((caps.can & CAPS_CAN_LINKS) == 0);
    caps.can = 0;
    assert_false(known_add_name(view_of_text("tmu"), &caps));
    assert_false(known_add_name(view_of_text(""), &caps));
    assert_int_equal(caps.can, 0);
}

static void
test_titles(void **state)
{
    (void)state;
    assert_true(known_has_title("xterm-256color"));
    assert_true(known_has_title("rxvt-unicode"));
    assert_true(known_has_title("tmux"));
    assert_false(known_has_title("linux"));
    assert_false(known_has_title("vt100"));
    assert_false(known_has_title(""));
    assert_false(known_has_title(NULL));
}

static void
test_probes(void **state)
{
    (void)state;
    const struct known_environment xterm = { .term = "xterm" }, console = { .term = "linux" };
    const struct known_environment dumb = { .term = "dumb" }, none = { .term = NULL };
    const struct known_environment tmux = { .term = "xterm", .tmux = "x" };
    assert_int_equal(known_probes(&xterm), KNOWN_PROBES_ALL);
    assert_int_equal(known_probes(&console), KNOWN_PROBES_FENCE);
    assert_int_equal(known_probes(&dumb), KNOWN_PROBES_NONE);
    assert_int_equal(known_probes(&none), KNOWN_PROBES_NONE);
    assert_int_equal(known_probes(&tmux), KNOWN_PROBES_NO_STRINGS);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_known),
        cmocka_unit_test(test_colorterm),
        cmocka_unit_test(test_terminals_by_their_variables),
        cmocka_unit_test(test_a_multiplexer_hides_what_is_around_it),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_titles),
        cmocka_unit_test(test_probes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
