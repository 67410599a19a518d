#include "test.h"

#include "net/transport/cadence.h"
#include "net/transport/sender_fixture.h"

static void
test_first_contact(void **state)
{
    (void)state;
    struct fixture f;
    start(&f, true);
    publish(&f, 1);
    assert_int_equal(next(&f), SENDER_NEW);
    expect(&f, 0, 1, 0);
    assert_int_equal(f.out.diff.len, 17);
    assert_true(f.can_repeat);
    assert_int_equal(next(&f), SENDER_NOTHING);
    end(&f);

    start(&f, false); /* nothing to say yet: an empty one at once */
    assert_int_equal(next(&f), SENDER_NEW);
    expect(&f, 0, 1, 0);
    assert_int_equal(f.out.diff.len, 0);
    assert_int_equal(next(&f), SENDER_NOTHING);
    end(&f);
}

static void
test_heartbeats_have_new_numbers(void **state)
{
    (void)state;
    struct fixture f;
    start(&f, false);
    publish(&f, 1);
    settle(&f);
    uint64_t sent = sender_figures(f.sender).sent_num, at = f.now_ms;
    for (uint64_t i = 1; i <= 3; i++) {
        assert_int_equal(next_due(&f), SENDER_NEW);
        assert_int_equal(f.now_ms, at + i * CADENCE_HEARTBEAT_MS);
        expect(&f, sent, sent + i, sent);
        assert_int_equal(f.out.diff.len, 0);
    }
    end(&f);
}

/* A state against what was acknowledged costs little more: it is preferred. */
static void
test_prospective_resend(void **state)
{
    (void)state;
    struct fixture f;
    start(&f, true);
    publish(&f, 1);
    settle(&f);
    publish(&f, 2);
    assert_int_equal(next(&f), SENDER_NEW);
    expect(&f, 1, 2, 1);
    publish(&f, 3);
    assert_int_equal(next(&f), SENDER_NEW);
    expect(&f, 1, 3, 1); /* not 2 -> 3 */
    end(&f);

    start(&f, true);
    f.counter.per_step = 400;
    publish(&f, 1);
    settle(&f);
    publish(&f, 2);
    assert_int_equal(next(&f), SENDER_NEW);
    expect(&f, 1, 2, 1);
    publish(&f, 3);
    assert_int_equal(next(&f), SENDER_NEW);
    expect(&f, 2, 3, 1); /* 817 bytes are not worth 417 */
    f.now_ms += 400;     /* but 2 is overdue, and 3 needs it */
    publish(&f, 4);
    assert_int_equal(next(&f), SENDER_NEW);
    expect(&f, 1, 4, 1);
    end(&f);
}

static void
test_no_empty_diff_as_data(void **state)
{
    (void)state;
    struct fixture f;
    start(&f, true);
    publish(&f, 5);
    settle(&f);
    publish(&f, 6);
    assert_int_equal(next(&f), SENDER_NEW);
    publish(&f, 5); /* back to what the peer acknowledged */
    assert_int_equal(next(&f), SENDER_NEW);
    expect(&f, 1, 3, 1);
    assert_true(is_filler(f.out.diff));
    publish(&f, 5); /* no change, nothing to send */
    assert_int_equal(next(&f), SENDER_NOTHING);
    end(&f);
}

static void
test_acknowledging(void **state)
{
    (void)state;
    struct fixture f;
    start(&f, true);
    publish(&f, 1);
    settle(&f);
    f.now_ms += 500;
    sender_note_state(f.sender, 8, 0, false, f.now_ms);
    assert_int_equal(next(&f), SENDER_NOTHING);
    sender_note_state(f.sender, 9, 10, false, f.now_ms);
    assert_int_equal(next(&f), SENDER_NOTHING);
    f.now_ms += PACER_ACK_DELAY_MS;
    assert_int_equal(next(&f), SENDER_NEW);
    expect(&f, 1, 2, 1);
    assert_int_equal(f.out.ack_num, 9);
    assert_int_equal(f.out.diff.len, 0);
    assert_int_equal(next(&f), SENDER_NOTHING);

    sender_note_state(f.sender, 10, 10, false, f.now_ms);
    publish(&f, 2); /* takes it along */
    assert_int_equal(next(&f), SENDER_NEW);
    assert_int_equal(f.out.ack_num, 10);
    assert_int_equal(f.out.diff.len, 17);
    f.now_ms += 100;
    assert_int_equal(next(&f), SENDER_NOTHING);

    sender_note_repeat(f.sender, f.now_ms);
    assert_int_equal(next(&f), SENDER_NEW);
    assert_int_equal(f.out.ack_num, 10);
    end(&f);
}

/* A repeated number would not be acknowledged by stock: each repetition has a new one. */
static void
test_retries_have_new_numbers(void **state)
{
    (void)state;
    struct fixture f;
    start(&f, true);
    publish(&f, 1);
    settle(&f);
    publish(&f, 2);
    assert_int_equal(next(&f), SENDER_NEW);
    sender_note_packed(f.sender, 100, 1, f.timing.piece_bytes, false);
    uint64_t at = f.now_ms;
    f.timing.last_heard_ms = at + 1;
    assert_int_equal(next_due(&f), SENDER_NEW);
    assert_int_equal(f.now_ms, at + 300 + PACER_ACK_SLACK_STOCK_MS);
    expect(&f, 1, 3, 1);
    assert_int_equal(f.out.diff.len, 17);
    assert_int_equal(sender_figures(f.sender).retransmissions, 1);
    assert_true(sender_ack(f.sender, 2)); /* the first arrived after all */
    assert_false(sender_ack(f.sender, 2));
    assert_false(sender_ack(f.sender, 999));
    assert_true(sender_ack(f.sender, 3));
    assert_int_equal(f.counter.forgotten, 2);
    end(&f);
}

static void
test_a_skua_peer_is_expected_to_acknowledge_sooner_where_there_is_loss(void **state)
{
    (void)state;
    struct fixture f;
    start(&f, true);
    sender_note_cadence(f.sender, &(struct cadence){ .peer_is_skua = true });
    f.timing.loss_permille = CADENCE_ACK_LOSSY;
    publish(&f, 1);
    assert_int_equal(next(&f), SENDER_NEW);
    uint64_t at = f.now_ms;
    assert_int_equal(next_due(&f), SENDER_NEW);
    assert_int_equal(f.now_ms, at + 300 + CADENCE_ACK_SOON_MS);
    end(&f);
}

static void
test_large_instructions_are_repeated_verbatim(void **state)
{
    (void)state;
    struct fixture f;
    start(&f, false);
    f.counter.padding_bytes = 5000;
    settle(&f);
    publish(&f, 1);
    assert_int_equal(next_due(&f), SENDER_NEW);
    sender_note_packed(f.sender, 5 * f.timing.piece_bytes, 5, f.timing.piece_bytes, false);
    uint64_t num = f.out.new_num;
    f.timing.last_heard_ms = f.now_ms + 300;
    assert_int_equal(next_due(&f), SENDER_AGAIN);
    assert_int_equal(sender_figures(f.sender).sent_num, num);
    f.timing.last_heard_ms = f.now_ms + 300;
    assert_int_equal(next_due(&f), SENDER_NEW); /* perhaps the acknowledgement was lost */
    assert_int_equal(f.out.new_num, num + 1);
    sender_note_packed(f.sender, 5 * f.timing.piece_bytes, 5, f.timing.piece_bytes, false);
    f.timing.last_heard_ms = f.now_ms + 300;
    f.timing.piece_bytes = 462; /* cut otherwise, it would not fit the pieces sent before */
    assert_int_equal(next_due(&f), SENDER_NEW);
    end(&f);
}

static void
note_packed(struct fixture *f, size_t piece)
{
    sender_note_packed(f->sender, 5000, 5000 / piece + 1, piece, piece < f->timing.piece_bytes);
}

static void
test_size_is_suspected(void **state)
{
    (void)state;
    struct fixture f;
    start(&f, false);
    f.counter.padding_bytes = 5000;
    settle(&f);
    publish(&f, 1);
    assert_int_equal(next_due(&f), SENDER_NEW);
    note_packed(&f, f.timing.piece_bytes);
    assert_int_equal(sender_piece_bytes(f.sender, &f.timing), f.timing.piece_bytes);
    assert_int_equal(next_due(&f), SENDER_AGAIN);
    assert_int_equal(sender_piece_bytes(f.sender, &f.timing), SENDER_SAFE_PIECE_BYTES);
    assert_int_equal(next_due(&f), SENDER_NEW);
    note_packed(&f, SENDER_SAFE_PIECE_BYTES);
    assert_false(sender_take_black_hole(f.sender));
    sender_ack(f.sender, sender_figures(f.sender).sent_num);
    assert_true(sender_take_black_hole(f.sender));
    assert_false(sender_take_black_hole(f.sender)); /* told once */
    assert_int_equal(sender_piece_bytes(f.sender, &f.timing), f.timing.piece_bytes);
    end(&f);
}

static void
test_a_dead_path_is_told_little(void **state)
{
    (void)state;
    struct fixture f;
    start(&f, false);
    f.counter.padding_bytes = 5000;
    settle(&f);
    publish(&f, 1);
    for (int i = 0; i < 8; i++) {
        if (next_due(&f) == SENDER_NEW)
            sender_note_packed(f.sender, 5 * f.timing.piece_bytes, 5, f.timing.piece_bytes, false);
    }
    uint64_t full = 0, limit = f.now_ms + 20000;
    while (f.now_ms < limit) {
        assert_int_equal(next_due(&f), SENDER_NEW);
        full += f.out.diff.len > SENDER_SMALL_BYTES;
    }
    assert_int_equal(full, 0);
    f.timing.last_heard_ms = f.now_ms; /* life */
    assert_int_equal(next(&f), SENDER_NEW);
    assert_int_equal(f.out.diff.len, 5017);
    end(&f);
}

/* Before the peer proved its address: something small that it acknowledges. */
static void
test_a_small_allowance(void **state)
{
    (void)state;
    struct fixture f;
    start(&f, false);
    f.counter.padding_bytes = 5000;
    settle(&f);
    f.timing.allowance_bytes = 1000;
    publish(&f, 1);
    assert_int_equal(next_due(&f), SENDER_NEW);
    assert_true(is_filler(f.out.diff));
    uint64_t num = f.out.new_num;
    assert_int_equal(next(&f), SENDER_NOTHING);
    assert_true(sender_ack(f.sender, num));
    f.timing.allowance_bytes = SIZE_MAX;
    assert_int_equal(next(&f), SENDER_NEW);
    expect(&f, num, num + 1, num);
    assert_int_equal(f.out.diff.len, 5017);
    end(&f);
}

static void
test_a_diff_that_does_not_fit_waits(void **state)
{
    (void)state;
    struct fixture f;
    start(&f, false);
    settle(&f);
    f.counter.padding_bytes = INSTRUCTION_MAX_BYTES;
    publish(&f, 1);
    for (int i = 0; i < 5; i++) {
        uint64_t before = f.now_ms;
        assert_int_equal(next_due(&f), SENDER_NEW);
        assert_int_equal(f.out.diff.len, 0);
        assert_true(i == 0 || f.now_ms - before >= 900);
    }
    f.counter.padding_bytes = 10;
    assert_int_equal(next_due(&f), SENDER_NEW);
    assert_int_equal(f.out.diff.len, 27);
    end(&f);
}

static void
test_poke(void **state)
{
    (void)state;
    struct fixture f;
    start(&f, true);
    publish(&f, 1);
    settle(&f);
    sender_poke(f.sender);
    assert_int_equal(next(&f), SENDER_NEW);
    expect(&f, 1, 2, 1);
    assert_true(is_filler(f.out.diff)); /* to be acknowledged */
    assert_int_equal(next(&f), SENDER_NOTHING);
    end(&f);
}

static void
test_unsent(void **state)
{
    (void)state;
    struct fixture f;
    start(&f, true);
    publish(&f, 1);
    settle(&f);
    publish(&f, 2);
    assert_int_equal(next(&f), SENDER_NEW);
    sender_unsent(f.sender, f.now_ms);
    assert_int_equal(next(&f), SENDER_NOTHING);
    f.now_ms += 2;
    assert_int_equal(next(&f), SENDER_NEW);
    expect(&f, 1, 3, 1); /* against what is certain */
    assert_int_equal(f.out.diff.len, 17);
    end(&f);
}

static void
test_second_copies(void **state)
{
    (void)state;
    struct fixture f;
    start(&f, true);
    publish(&f, 1);
    settle(&f);
    publish(&f, 2);
    assert_int_equal(next(&f), SENDER_NEW);
    assert_int_equal(next_due(&f), SENDER_NEW); /* a loss */
    sender_ack(f.sender, f.out.new_num);
    publish(&f, 3);
    assert_int_equal(next(&f), SENDER_NEW);
    sender_note_packed(f.sender, 1 * f.timing.piece_bytes, 1, f.timing.piece_bytes, false);
    uint64_t at = f.now_ms;
    assert_int_equal(next_due(&f), SENDER_AGAIN);
    assert_int_equal(f.now_ms - at, PACER_COPY_FIRST_MS);
    assert_int_equal(next(&f), SENDER_NOTHING);
    end(&f);
}

static void
test_shutdown(void **state)
{
    (void)state;
    struct fixture f;
    start(&f, false);
    publish(&f, 1);
    settle(&f);
    uint64_t acked = sender_figures(f.sender).acked_num;
    publish(&f, 2); /* the last screen */
    sender_shutdown(f.sender, f.now_ms);
    publish(&f, 3); /* too late */
    for (int i = 0; i < 3; i++) {
        assert_int_equal(next_due(&f), SENDER_NEW);
        expect(&f, acked, INSTRUCTION_SHUTDOWN, acked);
        assert_int_equal(f.out.diff.len, 17);
        assert_false(sender_is_acked(f.sender));
    }
    assert_false(sender_is_over(f.sender, f.now_ms));
    assert_true(sender_is_over(f.sender, f.now_ms + PACER_SHUTDOWN_OVER_MS));
    assert_true(sender_ack(f.sender, INSTRUCTION_SHUTDOWN));
    assert_true(sender_is_acked(f.sender));
    f.now_ms += 2000;
    assert_int_equal(next(&f), SENDER_NOTHING);
    sender_note_state(f.sender, INSTRUCTION_SHUTDOWN, 0, false, f.now_ms); /* it does, too */
    assert_int_equal(next(&f), SENDER_NEW);
    expect(&f, INSTRUCTION_SHUTDOWN, INSTRUCTION_SHUTDOWN, INSTRUCTION_SHUTDOWN);
    assert_true(f.out.ack_num == INSTRUCTION_SHUTDOWN);
    end(&f);
}

static void
test_answering_a_shutdown(void **state)
{
    (void)state;
    struct fixture f;
    start(&f, true);
    publish(&f, 1);
    settle(&f);
    assert_false(sender_ack(f.sender, INSTRUCTION_SHUTDOWN)); /* nobody shut down */
    sender_note_state(f.sender, INSTRUCTION_SHUTDOWN, 0, false, f.now_ms);
    assert_true(sender_is_asked(f.sender));
    for (uint64_t i = 0; i < PACER_ANSWERS; i++) {
        assert_false(sender_is_answered(f.sender, f.now_ms));
        assert_int_equal(next_due(&f), SENDER_NEW);
        expect(&f, 1, 2 + i, 1); /* an ordinary number of ours */
        assert_true(f.out.ack_num == INSTRUCTION_SHUTDOWN);
    }
    assert_true(sender_is_answered(f.sender, f.now_ms));
    end(&f);
}

/* Its plain twin publishes each change. Both look at the same times, and send the same. */
static void
test_saying_that_there_is_more_is_as_good_as_publishing_it(void **state)
{
    (void)state;
    struct fixture plain, fast;
    struct fixture *each[] = { &plain, &fast };
    for (int i = 0; i < 2; i++) {
        start(each[i], false);
        publish(each[i], 1);
        settle(each[i]);
        assert_false(sender_is_fresh(each[i]->sender));
        sender_touch(each[i]->sender, each[i]->now_ms); /* of what is sent, nothing is newer */
    }
    int sent = 0;
    for (uint64_t position = 2; position < 500; position++) {
        publish(&plain, position);
        uint64_t due = sender_deadline_ms(fast.sender, &fast.timing, fast.now_ms);
        if (sender_is_fresh(fast.sender) && due > fast.now_ms)
            sender_touch(fast.sender, fast.now_ms);
        else
            publish(&fast, position);
        assert_int_equal(sender_deadline_ms(plain.sender, &plain.timing, plain.now_ms),
                         sender_deadline_ms(fast.sender, &fast.timing, fast.now_ms));
        enum sender_step step = next(&plain);
        assert_int_equal(next(&fast), step);
        sent += step == SENDER_NEW;
        if (step == SENDER_NEW)
            assert_true(view_equal(plain.out.diff, fast.out.diff));
        for (int i = 0; i < 2 && position % 3 == 0; i++)
            each[i]->now_ms++;
    }
    assert_in_range(sent, 3, 30);
    end(&plain);
    end(&fast);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_first_contact),
        cmocka_unit_test(test_heartbeats_have_new_numbers),
        cmocka_unit_test(test_prospective_resend),
        cmocka_unit_test(test_no_empty_diff_as_data),
        cmocka_unit_test(test_acknowledging),
        cmocka_unit_test(test_retries_have_new_numbers),
        cmocka_unit_test(test_a_skua_peer_is_expected_to_acknowledge_sooner_where_there_is_loss),
        cmocka_unit_test(test_large_instructions_are_repeated_verbatim),
        cmocka_unit_test(test_size_is_suspected),
        cmocka_unit_test(test_a_dead_path_is_told_little),
        cmocka_unit_test(test_a_small_allowance),
        cmocka_unit_test(test_a_diff_that_does_not_fit_waits),
        cmocka_unit_test(test_poke),
        cmocka_unit_test(test_unsent),
        cmocka_unit_test(test_second_copies),
        cmocka_unit_test(test_shutdown),
        cmocka_unit_test(test_answering_a_shutdown),
        cmocka_unit_test(test_saying_that_there_is_more_is_as_good_as_publishing_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
