#include "test.h"

#include "term/input/translate.h"

static const struct translate_modes plain = { .focus_events = true };
static const struct translate_modes application = { .application_cursor = true };

struct fixture {
    struct translate t;
    struct buf out;
};

static int
setup(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    buf_init(&f->out, 4096);
    *state = f;
    return 0;
}

static int
teardown(void **state)
{
    struct fixture *f = *state;
    buf_fini(&f->out);
    free(f);
    return 0;
}

static void
expect(struct fixture *f, const char *want)
{
    assert_int_equal(f->out.len, strlen(want));
    assert_memory_equal(f->out.data, want, strlen(want));
    buf_clear(&f->out);
}

static void
feed(struct fixture *f, const char *bytes, const struct translate_modes *modes, uint64_t now_ms)
{
    translate_bytes(&f->t, view_of_text(bytes), modes, &f->out, now_ms);
}

static void
test_cursor_keys_follow_the_mode(void **state)
{
    struct fixture *f = *state;
    feed(f, "\033OA\033OD\033OH\033OF", &plain, 0);
    expect(f, "\033[A\033[D\033[H\033[F");
    feed(f, "\033OA\033OH", &application, 0);
    expect(f, "\033OA\033OH");
    feed(f, "\033OP\033OM", &plain, 0);
    expect(f, "\033OP\033OM");
}

static void
test_a_key_may_be_cut_by_packets(void **state)
{
    struct fixture *f = *state;
    feed(f, "\033", &plain, 0);
    expect(f, "\033");
    feed(f, "O", &plain, 0);
    expect(f, "");
    assert_int_equal(translate_deadline_ms(&f->t), TRANSLATE_HOLD_MS);
    feed(f, "A", &plain, TRANSLATE_HOLD_MS - 1);
    expect(f, "[A");
    assert_true(translate_deadline_ms(&f->t) == UINT64_MAX);
}

static void
test_a_held_letter_is_let_go(void **state)
{
    struct fixture *f = *state;
    feed(f, "\033O", &plain, 1000);
    translate_flush(&f->t, &f->out, 999 + TRANSLATE_HOLD_MS);
    expect(f, "\033");
    translate_flush(&f->t, &f->out, 1000 + TRANSLATE_HOLD_MS);
    expect(f, "O");
    feed(f, "A", &plain, 1100);
    expect(f, "A");
    /* The next packet lets go as well, before its own bytes. */
    feed(f, "\033O", &plain, 2000);
    feed(f, "A", &plain, 2000 + TRANSLATE_HOLD_MS);
    expect(f, "\033OA");
}

static void
test_escape_before_a_key_stays(void **state)
{
    struct fixture *f = *state;
    feed(f, "\033\033OA", &plain, 0);
    expect(f, "\033\033[A");
    feed(f, "\033\033OA", &application, 0);
    expect(f, "\033\033OA");
    feed(f, "\033O\033OB", &plain, 0);
    expect(f, "\033O\033[B");
}

static void
test_other_bytes_pass(void **state)
{
    struct fixture *f = *state;
    const char *same = "\033[A\033[1;2A\033[97;5u\xe4\xb8\xad\xff\x80 x\r\n\t\177";
    feed(f, same, &plain, 0);
    expect(f, same);
    uint8_t all[256];
    for (int i = 0; i < 256; i++)
        all[i] = (uint8_t)i;
    translate_bytes(&f->t, view_of(all, sizeof all), &plain, &f->out, 0);
    assert_int_equal(f->out.len, sizeof all);
    assert_memory_equal(f->out.data, all, sizeof all);
}

static void
test_newline_mode_adds_lf(void **state)
{
    struct fixture *f = *state;
    const struct translate_modes lnm = { .newline = true };
    feed(f, "a\rb\n", &lnm, 0);
    expect(f, "a\r\nb\n");
    feed(f, "\033O\r", &lnm, 0);
    expect(f, "\033O\r\n");
}

static void
test_focus_reports_need_their_mode(void **state)
{
    struct fixture *f = *state;
    const struct translate_modes off = { 0 };
    feed(f, "a\033[Ib\033[O\033[IX", &off, 0);
    expect(f, "abX");
    feed(f, "\033[I\033[O", &plain, 0);
    expect(f, "\033[I\033[O");
    feed(f, "\033[1;2I", &off, 0);
    expect(f, "\033[1;2I");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_cursor_keys_follow_the_mode, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_key_may_be_cut_by_packets, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_held_letter_is_let_go, setup, teardown),
        cmocka_unit_test_setup_teardown(test_escape_before_a_key_stays, setup, teardown),
        cmocka_unit_test_setup_teardown(test_other_bytes_pass, setup, teardown),
        cmocka_unit_test_setup_teardown(test_newline_mode_adds_lf, setup, teardown),
        cmocka_unit_test_setup_teardown(test_focus_reports_need_their_mode, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
