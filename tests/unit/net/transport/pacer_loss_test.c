/* What the pacer does about loss: copies, and when it suspects something other than bad luck. */
#include "test.h"

#include "net/transport/cadence.h"
#include "net/transport/pacer_fixture.h"

static unsigned
copies_of(struct fixture *f, uint64_t at)
{
    const struct pacer_sent copy = { .what = PACER_COPY };
    unsigned copies = 0;
    while (due(f, at) < at + 100 && f->what == PACER_COPY) {
        at = due(f, at);
        pacer_note_sent(&f->pacer, &copy, &f->timing, at);
        copies++;
    }
    return copies;
}

static void
test_copies_as_many_as_losses_ask_for(void **state)
{
    (void)state;
    const struct {
        uint32_t loss, copies;
    } row[] = {
        { 0, 0 }, { 5, 0 }, { 20, 1 }, { 100, 2 }, { 290, 4 }, { 900, CADENCE_COPIES_MAX }
    };
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        for (int is_client = 0; is_client < 2; is_client++) {
            struct fixture f = make_settled(is_client != 0);
            f.timing.loss_permille = row[i].loss;
            f.facts.outstanding = true;
            sent(&f, PACER_FRESH, 20, START);
            f.facts.outstanding = true;
            assert_int_equal(copies_of(&f, START), row[i].copies);
        }
    }
}

static void
test_a_copy_waits_and_is_not_made_in_vain(void **state)
{
    (void)state;
    struct fixture f = make_settled(true);
    f.timing.loss_permille = 100;
    sent(&f, PACER_FRESH, 20, START);
    f.facts.outstanding = true;
    assert_int_equal(due(&f, START), START + PACER_COPY_FIRST_MS);
    assert_int_equal(f.what, PACER_COPY);
    f.facts.outstanding = false; /* it arrived */
    assert_true(due(&f, START) > START + 100);
    sent(&f, PACER_FRESH, PACER_COPY_MAX_BYTES + 1, START + 700);
    assert_true(f.pacer.copy_ms == UINT64_MAX);
}

static void
test_repetitions_tell_of_loss_too(void **state)
{
    (void)state;
    struct fixture f = make_settled(true);
    sent(&f, PACER_RETRY, 20, START + 400);
    pacer_note_progress(&f.pacer);
    sent(&f, PACER_FRESH, 20, START + 500);
    assert_true(f.pacer.copy_ms != UINT64_MAX);
    for (int i = 0; i < 60; i++) /* and forgets */
        pacer_note_progress(&f.pacer);
    sent(&f, PACER_FRESH, 20, START + 900);
    assert_true(f.pacer.copy_ms == UINT64_MAX);
}

static void
test_in_vain(void **state)
{
    (void)state;
    struct fixture f = make_settled(false);
    f.facts.outstanding = true;
    sent(&f, PACER_FRESH, 5000, START + 5);
    assert_false(pacer_is_in_vain(&f.pacer, &f.timing));
    sent(&f, PACER_RETRY, 5000, START + 10);
    assert_true(pacer_is_in_vain(&f.pacer, &f.timing));
    f.timing.loss_permille = 100; /* may be bad luck */
    assert_false(pacer_is_in_vain(&f.pacer, &f.timing));
    sent(&f, PACER_RETRY, 5000, START + 700);
    sent(&f, PACER_RETRY, 5000, START + 1700);
    assert_true(pacer_is_in_vain(&f.pacer, &f.timing));
    pacer_note_progress(&f.pacer);
    assert_false(pacer_is_in_vain(&f.pacer, &f.timing));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_copies_as_many_as_losses_ask_for),
        cmocka_unit_test(test_a_copy_waits_and_is_not_made_in_vain),
        cmocka_unit_test(test_repetitions_tell_of_loss_too),
        cmocka_unit_test(test_in_vain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
