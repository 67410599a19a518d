#include "screen_text.h"

#include "term/predict/guess.h"
#include "term/predict/line_source.h"

static struct guess
modelled(uint64_t due, uint64_t born_ms)
{
    struct guess g = { .due = due, .born_ms = born_ms, .is_modelled = true };
    struct screen *s = screen_new(2, 10);
    const struct line_source source = { .gap = 2 };
    assert_true(line_source_read(&g.line, s, &source));
    screen_unref(s);
    return g;
}

static void
test_queue(void **state)
{
    (void)state;
    struct guesses *q = calloc(1, sizeof *q);
    assert_null(guesses_last(q));
    assert_true(guesses_oldest_ms(q) == UINT64_MAX);
    const struct guess held = { .due = 3, .born_ms = 5 };
    guesses_push(q, &held);
    for (uint64_t i = 4; i < 7; i++) {
        struct guess g = modelled(i, i * 10);
        guesses_push(q, &g);
    }
    assert_int_equal(guesses_last(q)->due, 6);
    assert_int_equal(guesses_oldest_ms(q), 40);
    assert_int_equal(guesses_due(q, 2), 0);
    assert_int_equal(guesses_due(q, 5), 3);
    assert_int_equal(guesses_due(q, 100), 4);
    guesses_drop(q, 3);
    assert_int_equal(q->count, 1);
    assert_int_equal(q->at[0].due, 6);
    guesses_drop(q, 1);
    assert_int_equal(q->count, 0);
    for (uint64_t i = 0; i < GUESS_MAX; i++) {
        struct guess g = modelled(i, i);
        guesses_push(q, &g);
        assert_int_equal(guesses_last(q)->due, i);
    }
    assert_int_equal(q->at[0].due, 0);
    guesses_fini(q);
    assert_null(guesses_last(q));
    free(q);
}

int
main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_queue) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
