#include "test.h"

#include "term/emulator/reply.h"
#include "terminal.h"

static void
test_replies_queue_in_order(void **state)
{
    (void)state;
    struct emulator *e = terminal_new(EMULATOR_PTY);
    reply_putf(e, "%d;", 12);
    reply_put(e, view_of_text("ab"));
    terminal_expect_reply(e, "12;ab");
    assert_int_equal(emulator_stats(e)->replies_dropped, 0);
    emulator_free(e);
}

static void
test_a_flood_is_dropped_whole_answers_at_a_time(void **state)
{
    (void)state;
    struct emulator *e = terminal_new(EMULATOR_PTY);
    for (int i = 0; i < 1000; i++)
        terminal_feed(e, "\033[>q");
    size_t len = emulator_replies(e)->len;
    assert_in_range(len, EMULATOR_REPLIES_MAX_BYTES - 32, EMULATOR_REPLIES_MAX_BYTES);
    assert_memory_equal(emulator_replies(e)->data + len - 2, "\033\\", 2);
    assert_true(emulator_stats(e)->replies_dropped > 700);
    buf_clear(emulator_replies(e));
    terminal_feed(e, "\033[5n");
    terminal_expect_reply(e, "\033[0n");
    emulator_free(e);
}

static void
test_host_roles_never_answer(void **state)
{
    (void)state;
    static const enum emulator_role roles[] = { EMULATOR_HOST_STOCK, EMULATOR_HOST_SKUA };
    for (size_t i = 0; i < 2; i++) {
        struct emulator *e = terminal_new(roles[i]);
        terminal_feed(e, "\033[c\033[>c\033[5n\033[6n");
        assert_int_equal(emulator_replies(e)->len, 0);
        assert_int_equal(emulator_stats(e)->replies_dropped, 4);
        emulator_free(e);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_replies_queue_in_order),
        cmocka_unit_test(test_a_flood_is_dropped_whole_answers_at_a_time),
        cmocka_unit_test(test_host_roles_never_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
