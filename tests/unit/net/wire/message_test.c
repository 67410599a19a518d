#include "test.h"

#include "net/hex_buf.h"
#include "net/wire/instruction.h"
#include "net/wire/instruction.pb-c.h"
#include "net/wire/message.h"
#include "net/wire/user_message.pb-c.h"

static enum skua_err
parse(const ProtobufCMessageDescriptor *kind, const char *hex)
{
    struct buf in;
    buf_init(&in, 1 << 20);
    hex_put(&in, hex);
    struct arena *arena = arena_new(WIRE_ARENA_MAX_BYTES);
    ProtobufCMessage *m = NULL;
    enum skua_err err = message_parse(kind, buf_view(&in), arena, &m);
    assert_true((err == SKUA_OK) == (m != NULL));
    arena_free(arena);
    buf_fini(&in);
    return err;
}

struct malformed {
    const char *what, *hex;
};

static void
test_refuses_what_is_no_message(void **state)
{
    (void)state;
    const struct malformed cases[] = {
        { "field number 0", "0001" },
        { "field number 0 with a length", "0200" },
        { "field number 0 after good fields", "0802 1000 0000" },
        { "wire type 6", "0e" },
        { "wire type 7", "0f" },
        { "group", "0b0c" },
        { "unknown group", "f301f401" },
        { "tag of six bytes", "888080808000" },
        { "tag without an end", "88" },
        { "value missing", "08" },
        { "varint of 11 bytes", "08 8080808080808080808001" },
        { "varint without an end", "08 80808080" },
        { "length past the end", "3205 0102" },
        { "length 2^31", "32 8080808008" },
        { "length 2^32 - 1", "32 ffffffff0f" },
        { "length 2^64 - 1", "32 ffffffffffffffffff01" },
        { "length of 11 bytes", "32 8080808080808080808001" },
        { "fixed64 cut", "79 01020304050607" },
        { "fixed32 cut", "7d 010203" },
        { "bytes as a varint", "3001" },
        { "a number as bytes", "0a0101" },
        { "number as fixed64", "09 0102030405060708" },
        { "hello that is none", "82e20901 08" },
        { "field number 0 in the hello", "82e20902 0001" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (parse(&wire__instruction__descriptor, cases[i].hex) != SKUA_ERR_MALFORMED)
            fail_msg("%s was let through", cases[i].what);
    }
}

static void
test_looks_for_field_0_at_every_level(void **state)
{
    (void)state;
    assert_int_equal(parse(&wire__user_message__descriptor, "0a04 1202 2200"), SKUA_OK);
    assert_int_equal(parse(&wire__user_message__descriptor, "0a04 1202 0000"), SKUA_ERR_MALFORMED);
    assert_int_equal(parse(&wire__user_message__descriptor, "0a02 0000"), SKUA_ERR_MALFORMED);
    assert_int_equal(parse(&wire__user_message__descriptor, "0000"), SKUA_ERR_MALFORMED);
    assert_int_equal(parse(&wire__user_message__descriptor, "0a00 0a02 0000"), SKUA_ERR_MALFORMED);
}

static void
test_skips_unknown_fields(void **state)
{
    (void)state;
    assert_int_equal(parse(&wire__instruction__descriptor, "4007"), SKUA_OK);
    assert_int_equal(parse(&wire__instruction__descriptor, "a206 03 010203"), SKUA_OK);
    assert_int_equal(parse(&wire__instruction__descriptor, "79 0102030405060708"), SKUA_OK);
    assert_int_equal(parse(&wire__instruction__descriptor, "7d 01020304"), SKUA_OK);
    /* The largest field number there is, 2^29 - 1. */
    assert_int_equal(parse(&wire__instruction__descriptor, "faffffff0f 01 aa"), SKUA_OK);
    assert_int_equal(parse(&wire__instruction__descriptor, ""), SKUA_OK);
}

static void
test_is_bounded_by_the_arena(void **state)
{
    (void)state;
    struct buf in;
    buf_init(&in, INSTRUCTION_MAX_BYTES);
    while (in.len + 2 <= in.max)
        hex_put(&in, "4000"); /* an unknown field of two bytes */
    struct arena *arena = arena_new(WIRE_ARENA_MAX_BYTES);
    ProtobufCMessage *m = NULL;
    assert_int_equal(message_parse(&wire__instruction__descriptor, buf_view(&in), arena, &m),
                     SKUA_ERR_TOO_LARGE);
    assert_null(m);
    arena_free(arena);
    buf_fini(&in);
}

/* Wherever the memory ends, the parser gives up cleanly. */
static void
test_survives_every_size_of_arena(void **state)
{
    (void)state;
    struct buf in;
    buf_init(&in, 1 << 20);
    for (int i = 0; i < 40; i++)
        hex_put(&in, "0a 0b 1203220161 c23e03 080810 0a00 50 01");
    for (size_t max = 0; max < 20000; max += 16) {
        struct arena *arena = arena_new(max);
        ProtobufCMessage *m = NULL;
        message_parse(&wire__user_message__descriptor, buf_view(&in), arena, &m);
        arena_free(arena);
    }
    buf_fini(&in);
}

static void
test_encode_keeps_to_the_maximum(void **state)
{
    (void)state;
    Wire__Hello m = WIRE__HELLO__INIT;
    m.has_version = 1;
    m.version = 300;
    struct buf out;
    buf_init(&out, 3);
    assert_int_equal(message_encode(&m.base, &out), SKUA_OK);
    assert_hex(buf_view(&out), "08ac02");
    assert_int_equal(message_encode(&m.base, &out), SKUA_ERR_TOO_LARGE);
    assert_int_equal(out.len, 3);
    buf_fini(&out);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_refuses_what_is_no_message),
        cmocka_unit_test(test_looks_for_field_0_at_every_level),
        cmocka_unit_test(test_skips_unknown_fields),
        cmocka_unit_test(test_is_bounded_by_the_arena),
        cmocka_unit_test(test_survives_every_size_of_arena),
        cmocka_unit_test(test_encode_keeps_to_the_maximum),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
