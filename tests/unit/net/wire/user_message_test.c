#include "test.h"

#include "net/hex_buf.h"
#include "net/wire/instruction.h"
#include "net/wire/user_message.h"

static enum skua_err
parse_hex(const char *hex, struct user_message *out)
{
    struct buf in;
    buf_init(&in, 1 << 20);
    hex_put(&in, hex);
    enum skua_err err = user_message_parse(buf_view(&in), out);
    buf_fini(&in);
    return err;
}

static void
test_encodes_as_stock_does(void **state)
{
    (void)state;
    struct buf out;
    buf_init(&out, 1 << 16);
    const struct user_event resize = { .kind = USER_RESIZE, .cols = 80, .rows = 24 };
    assert_int_equal(user_message_encode(&resize, 1, &out), SKUA_OK);
    assert_hex(buf_view(&out), "0a061a0428503018");

    buf_clear(&out);
    const struct user_event keys = { .kind = USER_KEYS, .keys = view_of_text("ls\r") };
    assert_int_equal(user_message_encode(&keys, 1, &out), SKUA_OK);
    assert_hex(buf_view(&out), "0a07120522036c730d");

    buf_clear(&out);
    const struct user_event both[] = { keys, resize };
    assert_int_equal(user_message_encode(both, 2, &out), SKUA_OK);
    assert_hex(buf_view(&out), "0a07120522036c730d 0a061a0428503018");
    buf_fini(&out);
}

static void
test_keys_then_resize_then_record(void **state)
{
    (void)state;
    struct user_message m;
    /* One Instruction with all three: the keys count. Then resize and record: the resize. */
    assert_int_equal(parse_hex("0a0e 12032201 61 1a0428503018 c23e00 0a09 1a0428503018 c23e00 "
                               "0a05 c23e020808",
                               &m),
                     SKUA_OK);
    assert_int_equal(m.count, 3);
    assert_int_equal(m.event[0].kind, USER_KEYS);
    assert_hex(m.event[0].keys, "61");
    assert_int_equal(m.event[1].kind, USER_RESIZE);
    assert_int_equal(m.event[1].cols, 80);
    assert_int_equal(m.event[1].rows, 24);
    assert_int_equal(m.event[2].kind, USER_RECORD);
    assert_int_equal(m.event[2].record.colors, 8);
    user_message_fini(&m);
    user_message_fini(&m);
}

static void
test_skips_what_it_does_not_know(void **state)
{
    (void)state;
    struct user_message m;
    /* Unknown top field, empty Instruction, unknown extension alone, and beside keys. */
    assert_int_equal(parse_hex("7a00 4801 0a00 0a039203 00 0a0b 9a0301aa 12052201 61 4801", &m),
                     SKUA_OK);
    assert_int_equal(m.count, 1);
    assert_hex(m.event[0].keys, "61");
    user_message_fini(&m);

    assert_int_equal(parse_hex("", &m), SKUA_OK);
    assert_int_equal(m.count, 0);
    user_message_fini(&m);
}

static void
test_reports_sizes_as_sent(void **state)
{
    (void)state;
    struct user_message m;
    assert_int_equal(parse_hex("0a0d 1a0b 28ffffffffffffffffff01 0a0a 1a08 28ffffffff073000 "
                               "0a02 1a00",
                               &m),
                     SKUA_OK);
    assert_int_equal(m.count, 3);
    assert_int_equal(m.event[0].cols, -1);
    assert_int_equal(m.event[1].cols, INT32_MAX);
    assert_int_equal(m.event[1].rows, 0);
    assert_int_equal(m.event[2].cols, 0);
    user_message_fini(&m);
}

static void
test_record_round_trip(void **state)
{
    (void)state;
    struct user_event e = { .kind = USER_RECORD };
    e.record = (struct user_record){ .colors = 1u << 24,
                                     .can = 0x3ff,
                                     .cell_width_px = 9,
                                     .cell_height_px = 18,
                                     .foreground = 0x1ffffff,
                                     .background = 0x1000000,
                                     .cursor = 0x1aabbcc,
                                     .theme = 1 };
    e.record.palette[0] = 0x1000000;
    e.record.palette[3] = 0x1010203;
    struct buf out;
    buf_init(&out, 1 << 16);
    assert_int_equal(user_message_encode(&e, 1, &out), SKUA_OK);
    struct user_message m;
    assert_int_equal(user_message_parse(buf_view(&out), &m), SKUA_OK);
    assert_int_equal(m.count, 1);
    assert_int_equal(m.event[0].kind, USER_RECORD);
    assert_memory_equal(&m.event[0].record, &e.record, sizeof e.record);
    user_message_fini(&m);

    /* A record of zeros is a record; more colours than there are, are let go. */
    memset(&e.record, 0, sizeof e.record);
    buf_clear(&out);
    assert_int_equal(user_message_encode(&e, 1, &out), SKUA_OK);
    assert_hex(buf_view(&out), "0a03c23e00");
    assert_int_equal(parse_hex("0a17 c23e14 4212 010101010101010101010101010101010102", &m),
                     SKUA_OK);
    assert_int_equal(m.event[0].record.palette[15], 1);
    user_message_fini(&m);
    buf_fini(&out);
}

static void
test_bounds(void **state)
{
    (void)state;
    struct buf in;
    buf_init(&in, INSTRUCTION_MAX_BYTES + 2);
    struct user_message m;
    for (int i = 0; i < 2 * 1000 * 1000; i++)
        hex_put(&in, "0a00");
    assert_int_equal(user_message_parse(buf_view(&in), &m), SKUA_ERR_TOO_LARGE);
    buf_clear(&in);
    memset(buf_reserve(&in, in.max), 0, in.max);
    buf_commit(&in, in.max);
    assert_int_equal(user_message_parse(buf_view(&in), &m), SKUA_ERR_TOO_LARGE);

    struct buf small;
    buf_init(&small, 10);
    const struct user_event resize[] = { { .kind = USER_RESIZE, .cols = 80, .rows = 24 },
                                         { .kind = USER_RESIZE, .cols = 80, .rows = 25 } };
    assert_int_equal(user_message_encode(resize, 2, &small), SKUA_ERR_TOO_LARGE);
    assert_int_equal(small.len, 0);
    buf_fini(&small);
    buf_fini(&in);
}

static void
test_ten_thousand_resizes(void **state)
{
    (void)state;
    struct buf in;
    buf_init(&in, INSTRUCTION_MAX_BYTES);
    for (int i = 0; i < 10000; i++)
        hex_put(&in, "0a061a0428503018");
    struct user_message m;
    assert_int_equal(user_message_parse(buf_view(&in), &m), SKUA_OK);
    assert_int_equal(m.count, 10000);
    user_message_fini(&m);
    buf_fini(&in);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_encodes_as_stock_does),
        cmocka_unit_test(test_keys_then_resize_then_record),
        cmocka_unit_test(test_skips_what_it_does_not_know),
        cmocka_unit_test(test_reports_sizes_as_sent),
        cmocka_unit_test(test_record_round_trip),
        cmocka_unit_test(test_bounds),
        cmocka_unit_test(test_ten_thousand_resizes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
