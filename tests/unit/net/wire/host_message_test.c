#include "test.h"

#include "net/hex_buf.h"
#include "net/wire/host_message.h"
#include "net/wire/instruction.h"

static enum skua_err
parse_hex(const char *hex, struct host_message *out)
{
    struct buf in;
    buf_init(&in, 1 << 20);
    hex_put(&in, hex);
    enum skua_err err = host_message_parse(buf_view(&in), out);
    buf_fini(&in);
    return err;
}

static void
test_encodes_as_stock_does(void **state)
{
    (void)state;
    struct buf out;
    buf_init(&out, 1 << 16);
    const struct host_event frame[] = {
        { .kind = HOST_ECHO_ACK, .echo_ack = 1 },
        { .kind = HOST_RESIZE, .cols = 100, .rows = 30 },
        { .kind = HOST_BYTES, .bytes = view_of_text("hi") },
    };
    assert_int_equal(host_message_encode(frame, 3, &out), SKUA_OK);
    assert_hex(buf_view(&out), "0a043a0240010a061a042864301e0a06120422026869");

    buf_clear(&out);
    const struct host_event stock[] = {
        { .kind = HOST_ECHO_ACK, .echo_ack = 1 },
        { .kind = HOST_BYTES, .bytes = view_of_text("\033[?25l\n$ \033[?25h") },
    };
    assert_int_equal(host_message_encode(stock, 2, &out), SKUA_OK);
    assert_hex(buf_view(&out), "0a043a024001 0a131211220f 1b5b3f32356c0a24201b5b3f323568");
    buf_fini(&out);
}

static void
test_round_trip_of_every_kind(void **state)
{
    (void)state;
    const struct host_event events[] = {
        { .kind = HOST_ECHO_ACK, .echo_ack = UINT64_MAX },
        { .kind = HOST_RESIZE, .cols = 4096, .rows = 1 },
        { .kind = HOST_BYTES, .bytes = view_of_text("x") },
        { .kind = HOST_SKUA_BYTES, .bytes = view_of_text("") },
        { .kind = HOST_LEVELS,
          .levels = { .scrolled_off = UINT64_C(1) << 40,
                      .bell_count = 3,
                      .clipboard_count = 2,
                      .notification_count = 9,
                      .notifications = 2,
                      .notification = { view_of_text("a\nb"), view_of_text("\n") } } },
        { .kind = HOST_HINTS,
          .hints = { .echo = true,
                     .extended = true,
                     .erase = 8,
                     .kill = 24,
                     .program = 4711,
                     .since_input = 7,
                     .echo_delay_ms = 12 } },
    };
    struct buf out;
    buf_init(&out, 1 << 16);
    assert_int_equal(host_message_encode(events, 6, &out), SKUA_OK);
    struct host_message m;
    assert_int_equal(host_message_parse(buf_view(&out), &m), SKUA_OK);
    memset(out.data, 0xee, out.len); /* the message has its own copies */
    assert_int_equal(m.count, 6);
    for (size_t i = 0; i < 6; i++)
        assert_int_equal(m.event[i].kind, events[i].kind);
    assert_true(m.event[0].echo_ack == UINT64_MAX);
    assert_int_equal(m.event[1].cols, 4096);
    assert_int_equal(m.event[1].rows, 1);
    assert_hex(m.event[2].bytes, "78");
    assert_int_equal(m.event[3].bytes.len, 0);
    assert_true(m.event[4].levels.scrolled_off == UINT64_C(1) << 40);
    assert_int_equal(m.event[4].levels.bell_count, 3);
    assert_int_equal(m.event[4].levels.clipboard_count, 2);
    assert_int_equal(m.event[4].levels.notification_count, 9);
    assert_int_equal(m.event[4].levels.notifications, 2);
    assert_hex(m.event[4].levels.notification[0], "610a62");
    assert_hex(m.event[4].levels.notification[1], "0a");
    assert_true(m.event[5].hints.echo);
    assert_false(m.event[5].hints.canonical);
    assert_int_equal(m.event[5].hints.since_input, 7);
    assert_int_equal(m.event[5].hints.echo_delay_ms, 12);
    assert_false(m.event[5].hints.signals);
    assert_true(m.event[5].hints.extended);
    assert_int_equal(m.event[5].hints.erase, 8);
    assert_int_equal(m.event[5].hints.word_erase, 0);
    assert_int_equal(m.event[5].hints.kill, 24);
    assert_int_equal(m.event[5].hints.program, 4711);
    host_message_fini(&m);
    host_message_fini(&m);
    buf_fini(&out);
}

static void
test_hints_that_are_not_said_are_usual(void **state)
{
    (void)state;
    struct host_message m;
    /* { 1002: { echo } } and { 1002: { erase = 300 } } */
    assert_int_equal(parse_hex("0a05 d23e020801 0a06 d23e0338ac02", &m), SKUA_OK);
    assert_int_equal(m.count, 2);
    assert_true(m.event[0].hints.echo && m.event[0].hints.signals && m.event[0].hints.extended);
    assert_int_equal(m.event[0].hints.erase, 0x7f);
    assert_int_equal(m.event[0].hints.word_erase, 0x17);
    assert_int_equal(m.event[0].hints.kill, 0x15);
    assert_int_equal(m.event[1].hints.erase, 0);
    host_message_fini(&m);
}

static void
test_first_of_several_fields_counts(void **state)
{
    (void)state;
    struct host_message m;
    assert_int_equal(parse_hex("0a15 c23e03220162 3a024001 1a0428503018 1203220161 "
                               "0a0a 3a024001 1a0428503018",
                               &m),
                     SKUA_OK);
    assert_int_equal(m.count, 2);
    assert_int_equal(m.event[0].kind, HOST_BYTES);
    assert_hex(m.event[0].bytes, "61");
    assert_int_equal(m.event[1].kind, HOST_RESIZE);
    host_message_fini(&m);
}

static void
test_skips_what_it_does_not_know(void **state)
{
    (void)state;
    struct host_message m;
    assert_int_equal(parse_hex("7801 0a00 0a0492030101 0a05 1203220178", &m), SKUA_OK);
    assert_int_equal(m.count, 1);
    assert_hex(m.event[0].bytes, "78");
    host_message_fini(&m);
}

/* 1001 with ten notifications, "0" to "9": the last eight are believed. */
static void
test_too_many_notifications(void **state)
{
    (void)state;
    struct host_message m;
    assert_int_equal(parse_hex("0a21 ca3e1e 2a0130 2a0131 2a0132 2a0133 2a0134"
                               " 2a0135 2a0136 2a0137 2a0138 2a0139",
                               &m),
                     SKUA_OK);
    assert_int_equal(m.count, 1);
    assert_int_equal(m.event[0].levels.notifications, HOST_NOTIFICATIONS_MAX);
    assert_hex(m.event[0].levels.notification[0], "32");
    assert_hex(m.event[0].levels.notification[7], "39");
    host_message_fini(&m);
}

static void
test_bounds(void **state)
{
    (void)state;
    struct buf in;
    buf_init(&in, INSTRUCTION_MAX_BYTES + 2);
    struct host_message m;
    for (int i = 0; i < 2 * 1000 * 1000; i++)
        hex_put(&in, "0a00");
    assert_int_equal(host_message_parse(buf_view(&in), &m), SKUA_ERR_TOO_LARGE);
    assert_int_equal(host_message_parse(view_of(in.data, INSTRUCTION_MAX_BYTES + 1), &m),
                     SKUA_ERR_TOO_LARGE);

    struct buf small;
    buf_init(&small, 8);
    const struct host_event e[] = { { .kind = HOST_ECHO_ACK, .echo_ack = 1 },
                                    { .kind = HOST_BYTES, .bytes = view_of_text("x") } };
    assert_int_equal(host_message_encode(e, 2, &small), SKUA_ERR_TOO_LARGE);
    assert_int_equal(small.len, 0);
    buf_fini(&small);
    buf_fini(&in);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_encodes_as_stock_does),
        cmocka_unit_test(test_round_trip_of_every_kind),
        cmocka_unit_test(test_hints_that_are_not_said_are_usual),
        cmocka_unit_test(test_first_of_several_fields_counts),
        cmocka_unit_test(test_skips_what_it_does_not_know),
        cmocka_unit_test(test_too_many_notifications),
        cmocka_unit_test(test_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
