#include "test.h"

#include "net/wire/host_message.h"
#include "sync/host_state.h"
#include "term/display/project.h"
#include "term/emulator/emulator.h"

#define DIFF_MAX_BYTES (4 * 1024 * 1024)

/* The state of a server whose program printed this. */
static struct state
state_of(const char *printed, uint64_t echo_ack, enum caps_dialect dialect)
{
    struct emulator *e = emulator_new(EMULATOR_PTY, screen_new(5, 20));
    emulator_feed(e, view_of_text(printed), 0);
    struct screen *s = emulator_snapshot(e, 0);
    struct screen *projected =
        screen_project(s, dialect == CAPS_DIALECT_SKUA ? &caps_skua : &caps_stock);
    screen_unref(s);
    emulator_free(e);
    return (struct state){ .value = host_state_new(projected, echo_ack, NULL) };
}

static void
carry(enum caps_dialect dialect, const char *before, const char *after)
{
    struct syncable here = host_state_outgoing(&dialect), there = host_state_incoming();
    struct state from = state_of(before, 3, dialect), to = state_of(after, 7, dialect), got;
    struct buf diff;
    buf_init(&diff, DIFF_MAX_BYTES);
    here.diff(here.object, &from, 1, &to, &diff);
    assert_true(diff.len > 0);
    assert_int_equal(there.apply(there.object, &from, buf_view(&diff), &got, 0), SKUA_OK);
    assert_int_equal(host_state_of(&got)->echo_ack, 7);
    if (dialect == CAPS_DIALECT_SKUA)
        assert_true(screen_equal(host_state_of(&got)->screen, host_state_of(&to)->screen));
    buf_clear(&diff);
    here.diff(here.object, &to, 2, &to, &diff);
    assert_int_equal(diff.len, 0);
    here.release(here.object, &from);
    here.release(here.object, &to);
    there.release(there.object, &got);
    buf_fini(&diff);
}

static void
test_applying_a_diff_gives_the_senders_screen(void **state)
{
    (void)state;
    carry(CAPS_DIALECT_STOCK, "$ ", "$ ls\r\n\033[1;31mred\033[m\r\n$ ");
    carry(CAPS_DIALECT_SKUA, "$ ", "$ ls\r\n\033[2;9;31mfaint\033[m\a\a\r\n\033]2;title\a$ ");
    carry(CAPS_DIALECT_SKUA, "\033]9;one\a",
          "\033]9;one\a\033]777;notify;two;2\a\033]9;3\a\033]9;4;1;50\a\033]7;file://h/p\a");
    carry(CAPS_DIALECT_SKUA, "1\r\n2\r\n3", "1\r\n2\r\n3\r\n4\r\n5\r\n6\r\n7");
}

static void
test_number_zero_is_told_its_size(void **state)
{
    (void)state;
    enum caps_dialect dialect = CAPS_DIALECT_STOCK;
    struct syncable here = host_state_outgoing(&dialect), there = host_state_incoming();
    struct state ours = host_state_first(5, 20), theirs = host_state_first(40, 100);
    struct state to = state_of("hi", 0, dialect), got;
    struct buf diff;
    buf_init(&diff, DIFF_MAX_BYTES);
    here.diff(here.object, &ours, 0, &to, &diff);
    assert_int_equal(there.apply(there.object, &theirs, buf_view(&diff), &got, 0), SKUA_OK);
    assert_int_equal(host_state_of(&got)->screen->rows, 5);
    assert_int_equal(host_state_of(&got)->screen->cols, 20);
    here.release(here.object, &ours);
    here.release(here.object, &theirs);
    here.release(here.object, &to);
    there.release(there.object, &got);
    buf_fini(&diff);
}

static void
test_hostile_messages_are_refused_or_bounded(void **state)
{
    (void)state;
    struct syncable there = host_state_incoming();
    struct state base = host_state_first(24, 80), got;
    struct buf diff;
    buf_init(&diff, DIFF_MAX_BYTES);
    const struct host_event bombs[] = {
        { .kind = HOST_RESIZE, .rows = 0, .cols = 80 },
        { .kind = HOST_RESIZE, .rows = -1, .cols = -1 },
        { .kind = HOST_RESIZE, .rows = 65535, .cols = 65535 },
        { .kind = HOST_RESIZE, .rows = INT32_MAX, .cols = INT32_MAX },
    };
    for (size_t i = 0; i < sizeof bombs / sizeof bombs[0]; i++) {
        buf_clear(&diff);
        assert_int_equal(host_message_encode(&bombs[i], 1, &diff), SKUA_OK);
        assert_int_not_equal(there.apply(there.object, &base, buf_view(&diff), &got, 0), SKUA_OK);
    }
    /* An echo ack that goes back is not believed; bytes that ask for an answer get none. */
    const struct host_event odd[] = {
        { .kind = HOST_ECHO_ACK, .echo_ack = 9 },
        { .kind = HOST_ECHO_ACK, .echo_ack = 2 },
        { .kind = HOST_BYTES, .bytes = view_of_text("\033[c\033[6n\033[>cok") },
    };
    buf_clear(&diff);
    assert_int_equal(host_message_encode(odd, 3, &diff), SKUA_OK);
    assert_int_equal(there.apply(there.object, &base, buf_view(&diff), &got, 0), SKUA_OK);
    assert_int_equal(host_state_of(&got)->echo_ack, 9);
    assert_int_equal(host_state_of(&got)->screen->cursor_col, 2);
    there.release(there.object, &got);
    there.release(there.object, &base);
    buf_fini(&diff);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_applying_a_diff_gives_the_senders_screen),
        cmocka_unit_test(test_number_zero_is_told_its_size),
        cmocka_unit_test(test_hostile_messages_are_refused_or_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
