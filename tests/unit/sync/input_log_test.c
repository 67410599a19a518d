#include "test.h"

#include "sync/input_log.h"

#define DIFF_MAX_BYTES (4 * 1024 * 1024)

struct fixture {
    struct input_log client, server;
    struct buf diff, scratch;
};

static int
set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    input_log_init(&f->client);
    input_log_init(&f->server);
    buf_init(&f->diff, DIFF_MAX_BYTES);
    buf_init(&f->scratch, DIFF_MAX_BYTES);
    *state = f;
    return 0;
}

static int
tear_down(void **state)
{
    struct fixture *f = *state;
    input_log_fini(&f->client);
    input_log_fini(&f->server);
    buf_fini(&f->diff);
    buf_fini(&f->scratch);
    free(f);
    return 0;
}

/* Carry the client's log from position `from` to its end over to the server. */
static enum skua_err
carry(struct fixture *f, uint64_t from, struct state *out)
{
    struct syncable here = input_log_outgoing(&f->client);
    struct syncable there = input_log_incoming(&f->server);
    struct state base = { .position = from }, end = input_log_state(&f->client);
    buf_clear(&f->diff);
    here.diff(here.object, &base, 1, &end, &f->diff);
    return there.apply(there.object, &base, buf_view(&f->diff), out, 0);
}

static void
test_units_arrive_once_whatever_the_base(void **state)
{
    struct fixture *f = *state;
    struct state a, b;
    input_log_put_keys(&f->client, view_of_text("ab"));
    assert_int_equal(carry(f, 0, &a), SKUA_OK);
    input_log_put_resize(&f->client, 24, 80);
    input_log_put_keys(&f->client, view_of_text("cd"));
    assert_int_equal(carry(f, 0, &b), SKUA_OK);
    assert_int_equal(a.position, 2);
    assert_int_equal(b.position, 5);
    assert_int_equal(carry(f, 2, &b), SKUA_OK);
    assert_int_equal(input_log_end(&f->server), 5);

    struct input_cursor cursor = input_log_cursor(&f->server, 0);
    struct user_event event;
    assert_true(input_log_next(&f->server, &cursor, 5, &f->scratch, &event));
    assert_true(view_equal(event.keys, view_of_text("ab")));
    assert_true(input_log_next(&f->server, &cursor, 5, &f->scratch, &event));
    assert_int_equal(event.kind, USER_RESIZE);
    assert_int_equal(event.cols, 80);
    assert_true(input_log_next(&f->server, &cursor, 5, &f->scratch, &event));
    assert_true(view_equal(event.keys, view_of_text("cd")));
    assert_false(input_log_next(&f->server, &cursor, 5, &f->scratch, &event));
}

static void
test_a_record_travels(void **state)
{
    struct fixture *f = *state;
    const struct user_record record = { .colors = 256, .can = 5, .background = 0x1102030 };
    struct state s;
    struct user_event event;
    input_log_put_record(&f->client, &record);
    assert_int_equal(carry(f, 0, &s), SKUA_OK);
    struct input_cursor cursor = input_log_cursor(&f->server, 0);
    assert_true(input_log_next(&f->server, &cursor, 1, &f->scratch, &event));
    assert_int_equal(event.kind, USER_RECORD);
    assert_memory_equal(&event.record, &record, sizeof record);
}

static void
test_what_both_have_is_forgotten(void **state)
{
    struct fixture *f = *state;
    struct state s;
    struct syncable there = input_log_incoming(&f->server);
    input_log_put_keys(&f->client, view_of_text("abcdef"));
    assert_int_equal(carry(f, 0, &s), SKUA_OK);
    there.forget_before(there.object, &s);
    assert_int_equal(f->server.start, 0);
    f->server.delivered = 4;
    there.forget_before(there.object, &s);
    assert_int_equal(f->server.start, 4);
    assert_int_equal(input_log_end(&f->server), 6);
    const struct state gone = { .position = 2 };
    assert_int_equal(there.apply(there.object, &gone, buf_view(&f->diff), &s, 0), SKUA_ERR_STALE);
}

static void
test_a_full_log_refuses_and_keeps_what_it_has(void **state)
{
    struct fixture *f = *state;
    struct state s;
    char *many = calloc(1, INPUT_LOG_MAX_UNITS);
    assert_true(input_log_put_keys(&f->client, view_of(many, INPUT_LOG_MAX_UNITS)));
    assert_false(input_log_put_keys(&f->client, view_of(many, 1)));
    assert_false(input_log_put_resize(&f->client, 1, 1));
    assert_int_equal(input_log_room(&f->client), 0);
    assert_true(input_log_put_keys(&f->server, view_of_text("x")));
    assert_int_equal(carry(f, 0, &s), SKUA_ERR_FULL);
    assert_int_equal(input_log_end(&f->server), 1);
    free(many);
}

static void
test_malformed_diffs_change_nothing(void **state)
{
    struct fixture *f = *state;
    struct syncable there = input_log_incoming(&f->server);
    const struct state base = { 0 };
    struct state out;
    const uint8_t bad[] = { 0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f };
    assert_int_equal(there.apply(there.object, &base, view_of(bad, sizeof bad), &out, 0),
                     SKUA_ERR_MALFORMED);
    assert_int_equal(input_log_end(&f->server), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_units_arrive_once_whatever_the_base, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_a_record_travels, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_what_both_have_is_forgotten, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_full_log_refuses_and_keeps_what_it_has, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_malformed_diffs_change_nothing, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
