#include "test.h"

#include "term/outer/probe.h"

struct fixture {
    struct probe *probe;
    struct buf out, keys;
};

static int
setup(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    f->probe = probe_new(KNOWN_PROBES_ALL);
    buf_init(&f->out, 4096);
    buf_init(&f->keys, 1 << 16);
    *state = f;
    return 0;
}

static int
teardown(void **state)
{
    struct fixture *f = *state;
    probe_free(f->probe);
    buf_fini(&f->out);
    buf_fini(&f->keys);
    free(f);
    return 0;
}

static void
receive(struct fixture *f, const char *text, uint64_t now_ms)
{
    probe_receive(f->probe, view_of_text(text), &f->keys, now_ms);
}

static void
expect_keys(struct fixture *f, const char *text)
{
    assert_true(view_equal(buf_view(&f->keys), view_of_text(text)));
    buf_clear(&f->keys);
}

static const char all_answers[] =
    "\033P>|ghostty 1.1\033\\\033[?2026;2$y\033[?2027;1$y\033[?1016;0$y\033[?0u"
    "\033]10;rgb:ffff/8080/0000\033\\\033]11;rgb:1e/1E/f\a"
    "\033P1+r524742=382F382F38\033\\\033P1+r536d756c78=00;536574756C63\033\\"
    "\033[6;20;10t\033[?62;22c";

static void
expect_all(const struct probe_answers *a)
{
    assert_memory_equal(a->name, "ghostty 1.1", 11);
    assert_int_equal(a->name_len, 11);
    assert_true(a->sync && a->clusters && a->keyboard);
    assert_false(a->mouse_pixels);
    assert_true(a->direct_color && a->underline_styles && a->underline_color);
    assert_int_equal(a->foreground.green, 0x80);
    assert_int_equal(a->background.red, 0x1e);
    assert_int_equal(a->background.blue, 0xff);
    assert_int_equal(a->cell_width_px, 10);
    assert_int_equal(a->cell_height_px, 20);
}

static void
test_answers(void **state)
{
    struct fixture *f = *state;
    probe_ask(f->probe, &f->out, 1000);
    assert_memory_equal(f->out.data + f->out.len - 3, "\033[c", 3);
    assert_false(probe_is_done(f->probe, 1000));
    assert_int_equal(probe_deadline_ms(f->probe, 1000), 1000 + PROBE_WAIT_MS);
    receive(f, all_answers, 1010);
    expect_keys(f, "");
    expect_all(probe_answers(f->probe));
    assert_true(probe_is_done(f->probe, 1010));
    assert_int_equal(probe_deadline_ms(f->probe, 1010), UINT64_MAX);
}

static void
test_answers_in_pieces_among_keys(void **state)
{
    struct fixture *f = *state;
    probe_ask(f->probe, &f->out, 0);
    receive(f, "ls", 0);
    for (size_t i = 0; i < sizeof all_answers - 1; i++) {
        char one[2] = { all_answers[i], 0 };
        receive(f, one, 1);
    }
    receive(f, "\033[A\r", 2);
    expect_keys(f, "ls\033[A\r");
    expect_all(probe_answers(f->probe));
}

static void
test_what_was_not_asked_for_is_typed(void **state)
{
    struct fixture *f = *state;
    receive(f, "\033[?62c", 0);
    expect_keys(f, "\033[?62c");
    probe_ask(f->probe, &f->out, 0);
    receive(f, "\033[?62c", 1);
    expect_keys(f, "");
    receive(f, "\033[?62c", 2); /* once is enough */
    expect_keys(f, "\033[?62c");
}

static void
test_late_answers_are_swallowed_for_a_while(void **state)
{
    struct fixture *f = *state;
    probe_ask(f->probe, &f->out, 0);
    assert_true(probe_is_done(f->probe, PROBE_WAIT_MS));
    receive(f, "\033[?2026;2$y", PROBE_LATE_MS - 1);
    expect_keys(f, "");
    assert_true(probe_answers(f->probe)->sync);
    receive(f, "\033[?2027;2$y", PROBE_LATE_MS);
    expect_keys(f, "\033[?2027;2$y");
}

static void
test_escape_key_is_held_briefly(void **state)
{
    struct fixture *f = *state;
    probe_ask(f->probe, &f->out, 0);
    receive(f, "\033", 10);
    expect_keys(f, "");
    assert_int_equal(probe_deadline_ms(f->probe, 10), 10 + PROBE_SPLIT_MS);
    probe_tick(f->probe, &f->keys, 10 + PROBE_SPLIT_MS - 1);
    expect_keys(f, "");
    probe_tick(f->probe, &f->keys, 10 + PROBE_SPLIT_MS);
    expect_keys(f, "\033");
    receive(f, "\033\033[A", 500);
    expect_keys(f, "\033\033[A");
    receive(f, "\033P", 600); /* Alt-P */
    receive(f, "x", 600 + PROBE_SPLIT_MS);
    expect_keys(f, "\033Px");
}

static void
test_an_answer_may_come_in_two_parts(void **state)
{
    struct fixture *f = *state;
    probe_ask(f->probe, &f->out, 0);
    receive(f, "\033]11;rgb:00", 10);
    assert_int_equal(probe_deadline_ms(f->probe, 200), 10 + PROBE_REST_MS);
    receive(f, "00/0000/0000\033\\", 10 + PROBE_REST_MS - 1);
    expect_keys(f, "");
    assert_true(probe_answers(f->probe)->background.known);
    receive(f, "\033[?20", 2000);
    probe_tick(f->probe, &f->keys, 2000 + PROBE_REST_MS);
    expect_keys(f, "\033[?20");
}

/* A terminal that one can see through says how much. */
static void
test_colors_with_opacity(void **state)
{
    struct fixture *f = *state;
    probe_ask(f->probe, &f->out, 0);
    receive(f, "\033]10;rgba:ffff/8080/0000/dddd\033\\\033]11;rgba:1/2/3/4/5\a", 1);
    expect_keys(f, "");
    assert_true(probe_answers(f->probe)->foreground.known);
    assert_int_equal(probe_answers(f->probe)->foreground.green, 0x80);
    assert_false(probe_answers(f->probe)->background.known);
}

static void
test_waits_for_the_fence(void **state)
{
    struct fixture *f = *state;
    assert_false(probe_is_waiting(f->probe, 0));
    probe_ask(f->probe, &f->out, 0);
    assert_true(probe_is_waiting(f->probe, PROBE_LATE_MS - 1));
    assert_false(probe_is_waiting(f->probe, PROBE_LATE_MS));
    receive(f, "\033[?1;2c", 1);
    assert_false(probe_is_waiting(f->probe, 1));
}

static void
test_a_flood_is_passed_on(void **state)
{
    struct fixture *f = *state;
    probe_ask(f->probe, &f->out, 0);
    char flood[3000];
    memset(flood, '1', sizeof flood);
    memcpy(flood, "\033P>|", 4);
    probe_receive(f->probe, view_of(flood, sizeof flood), &f->keys, 1);
    probe_tick(f->probe, &f->keys, 1000);
    assert_int_equal(f->keys.len, sizeof flood);
    assert_memory_equal(f->keys.data, flood, sizeof flood);
}

static void
test_which_queries(void **state)
{
    struct fixture *f = *state;
    struct probe *fence = probe_new(KNOWN_PROBES_FENCE), *none = probe_new(KNOWN_PROBES_NONE);
    struct probe *plain = probe_new(KNOWN_PROBES_NO_STRINGS);
    probe_ask(fence, &f->out, 0);
    assert_true(view_equal(buf_view(&f->out), view_of_text("\033[c")));
    buf_clear(&f->out);
    probe_ask(none, &f->out, 0);
    assert_int_equal(f->out.len, 0);
    assert_true(probe_is_done(none, 0));
    probe_ask(plain, &f->out, 0);
    for (size_t i = 0; i + 1 < f->out.len; i++)
        assert_false(f->out.data[i] == 0x1b && f->out.data[i + 1] == 'P');
    probe_free(fence);
    probe_free(none);
    probe_free(plain);
}

static void
test_caps(void **state)
{
    (void)state;
    struct caps caps = { .dialect = CAPS_DIALECT_OUTER, .colors = 256 };
    const struct probe_answers nothing = { .sync = false };
    probe_add_answers(&nothing, &caps);
    assert_int_equal(caps.can, 0);
    assert_int_equal(caps.colors, 256);
    const struct probe_answers some = {
        .sync = true, .keyboard = true, .direct_color = true, .name = "foot", .name_len = 4
    };
    probe_add_answers(&some, &caps);
    assert_true((caps.can & (CAPS_CAN_SYNC | CAPS_CAN_KEYBOARD)) != 0);
    assert_true((caps.can & CAPS_CAN_LINKS) != 0);
    assert_int_equal(caps.colors, CAPS_COLORS_DIRECT);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_answers),
        TEST(test_answers_in_pieces_among_keys),
        TEST(test_what_was_not_asked_for_is_typed),
        TEST(test_late_answers_are_swallowed_for_a_while),
        TEST(test_escape_key_is_held_briefly),
        TEST(test_an_answer_may_come_in_two_parts),
        TEST(test_colors_with_opacity),
        TEST(test_waits_for_the_fence),
        TEST(test_a_flood_is_passed_on),
        TEST(test_which_queries),
        TEST(test_caps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
