#include "test.h"

#include "net/hex_buf.h"
#include "net/wire/instruction.h"

/* docs/PROTOCOL.md, "Test vectors": real ones from stock and synthetic ones that stock accepted. */
struct vector {
    const char *what, *bytes;
    uint64_t old_num, new_num, ack_num, throwaway_num;
    const char *diff, *chaff;
};

static const struct vector vectors[] = {
    { "stock client, first", "08021000180120002800 3208 0a061a0428503018 3a01a2", 0, 1, 0, 0,
      "0a061a0428503018", "a2" },
    { "keystrokes", "0802100118022001280132090a07120522036c730d3a03010203", 1, 2, 1, 1,
      "0a07120522036c730d", "010203" },
    { "frame", "0802100018012001280032160a043a0240010a061a042864301e0a061204220268693a00", 0, 1, 1,
      0, "0a043a0240010a061a042864301e0a06120422026869", "" },
    { "shutdown", "0802100118ffffffffffffffffff0120ffffffffffffffffff01280132003a01ff", 1,
      INSTRUCTION_SHUTDOWN, INSTRUCTION_SHUTDOWN, 1, "", "ff" },
    { "two fragments",
      "08021002180320022802322a0a2812262224303132333435363738396162636465666768696a6b6c6d6e6f70"
      "7172737475767778797a3a02aabb",
      2, 3, 2, 2,
      "0a2812262224303132333435363738396162636465666768696a6b6c6d6e6f707172737475767778797a",
      "aabb" },
    { "stock server, frame",
      "08021000180220012800 321b 0a043a024001 0a131211220f 1b5b3f32356c0a24201b5b3f323568 3a0e "
      "bfd3e69d1b67443cb61cd87b8e11",
      0, 2, 1, 0, "0a043a0240010a131211220f1b5b3f32356c0a24201b5b3f323568",
      "bfd3e69d1b67443cb61cd87b8e11" },
    { "stock server, echo", "08021002180320032802 3207 0a05120322 0165 3a05 9384737e83", 2, 3, 3, 2,
      "0a051203220165", "9384737e83" },
};

struct fixture {
    struct buf in, out, diff, chaff, storage;
};

static struct fixture
fixture_new(void)
{
    struct fixture f;
    struct buf *all[] = { &f.in, &f.out, &f.diff, &f.chaff, &f.storage };
    for (size_t i = 0; i < 5; i++)
        buf_init(all[i], 1 << 20);
    return f;
}

static void
fixture_end(struct fixture *f)
{
    struct buf *all[] = { &f->in, &f->out, &f->diff, &f->chaff, &f->storage };
    for (size_t i = 0; i < 5; i++)
        buf_fini(all[i]);
}

static enum skua_err
parse_hex(struct fixture *f, const char *hex, struct instruction *out)
{
    buf_clear(&f->in);
    hex_put(&f->in, hex);
    return instruction_parse(buf_view(&f->in), &f->storage, out);
}

static void
test_encodes_as_stock_does(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++) {
        const struct vector *v = &vectors[i];
        struct fixture f = fixture_new();
        hex_put(&f.diff, v->diff);
        hex_put(&f.chaff, v->chaff);
        const struct instruction in = {
            .protocol_version = INSTRUCTION_PROTOCOL_VERSION,
            .old_num = v->old_num,
            .new_num = v->new_num,
            .ack_num = v->ack_num,
            .throwaway_num = v->throwaway_num,
            .diff = buf_view(&f.diff),
            .chaff = buf_view(&f.chaff),
        };
        print_message("%s\n", v->what);
        assert_int_equal(instruction_encode(&in, &f.out), SKUA_OK);
        assert_hex(buf_view(&f.out), v->bytes);
        fixture_end(&f);
    }
}

static void
test_parses_what_stock_sends(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++) {
        const struct vector *v = &vectors[i];
        struct fixture f = fixture_new();
        struct instruction got;
        assert_int_equal(parse_hex(&f, v->bytes, &got), SKUA_OK);
        memset(f.in.data, 0xee, f.in.len); /* the copies are storage's */
        assert_int_equal(got.protocol_version, INSTRUCTION_PROTOCOL_VERSION);
        assert_true(got.old_num == v->old_num && got.new_num == v->new_num);
        assert_true(got.ack_num == v->ack_num && got.throwaway_num == v->throwaway_num);
        assert_hex(got.diff, v->diff);
        assert_hex(got.chaff, v->chaff);
        assert_int_equal(got.hello.version, 0);
        fixture_end(&f);
    }
}

static void
test_hello_travels(void **state)
{
    (void)state;
    struct fixture f = fixture_new();
    const struct instruction in = {
        .protocol_version = INSTRUCTION_PROTOCOL_VERSION,
        .new_num = 1,
        .hello = { .version = 1, .features = UINT64_C(0x8000000000000005) },
    };
    assert_int_equal(instruction_encode(&in, &f.out), SKUA_OK);
    assert_hex(buf_view(&f.out),
               "08021000180120002800 3200 3a00 82e2090d 0801 1085808080808080808001");
    struct instruction got;
    assert_int_equal(instruction_parse(buf_view(&f.out), &f.storage, &got), SKUA_OK);
    assert_int_equal(got.hello.version, 1);
    assert_true(got.hello.features == in.hello.features);
    fixture_end(&f);
}

static void
test_order_repetition_and_absence(void **state)
{
    (void)state;
    struct fixture f = fixture_new();
    struct instruction got;
    /* Any order; the last of two wins; what is not there is 0 or empty; the unknown is skipped. */
    assert_int_equal(parse_hex(&f, "3a0101 3203616263 320164 1807 1809 a2060101 0802", &got),
                     SKUA_OK);
    assert_int_equal(got.new_num, 9);
    assert_hex(got.diff, "64");
    assert_hex(got.chaff, "01");
    assert_int_equal(got.old_num, 0);

    assert_int_equal(parse_hex(&f, "", &got), SKUA_OK);
    assert_int_equal(got.protocol_version, 0);
    assert_int_equal(got.diff.len, 0);
    fixture_end(&f);
}

static void
test_refuses_what_is_too_large(void **state)
{
    (void)state;
    struct fixture f = fixture_new();
    struct buf large, storage;
    buf_init(&large, INSTRUCTION_MAX_BYTES + 1);
    buf_init(&storage, INSTRUCTION_MAX_BYTES);
    hex_put(&large, "0802 32 f7ffff01"); /* 7 bytes, then 4 MiB - 9 */
    size_t diff = INSTRUCTION_MAX_BYTES - 9;
    memset(buf_reserve(&large, diff + 2), 0, diff + 2);
    buf_commit(&large, diff);

    struct instruction got;
    assert_int_equal(instruction_parse(buf_view(&large), &storage, &got), SKUA_OK);
    assert_int_equal(got.diff.len, diff);
    assert_int_equal(instruction_parse(buf_view(&large), &f.storage, &got), SKUA_ERR_TOO_LARGE);
    hex_put(&large, "0802 08"); /* one byte past the maximum */
    assert_int_equal(large.len, INSTRUCTION_MAX_BYTES + 1);
    assert_int_equal(instruction_parse(buf_view(&large), &storage, &got), SKUA_ERR_TOO_LARGE);

    const struct instruction in = { .diff = view_of(large.data, large.len) };
    assert_int_equal(instruction_encode(&in, &f.out), SKUA_ERR_TOO_LARGE);
    assert_int_equal(f.out.len, 0);
    buf_fini(&large);
    buf_fini(&storage);
    fixture_end(&f);
}

/* Every change of one byte, and every cut, is an error or a message, never more. */
static void
test_survives_damage(void **state)
{
    (void)state;
    struct fixture f = fixture_new();
    struct instruction got;
    hex_put(&f.in, vectors[5].bytes);
    for (size_t i = 0; i < f.in.len; i++) {
        uint8_t kept = f.in.data[i];
        for (unsigned value = 0; value < 256; value++) {
            f.in.data[i] = (uint8_t)value;
            instruction_parse(buf_view(&f.in), &f.storage, &got);
        }
        f.in.data[i] = kept;
        instruction_parse(view_first(buf_view(&f.in), i), &f.storage, &got);
    }
    fixture_end(&f);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_encodes_as_stock_does),
        cmocka_unit_test(test_parses_what_stock_sends),
        cmocka_unit_test(test_hello_travels),
        cmocka_unit_test(test_order_repetition_and_absence),
        cmocka_unit_test(test_refuses_what_is_too_large),
        cmocka_unit_test(test_survives_damage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
