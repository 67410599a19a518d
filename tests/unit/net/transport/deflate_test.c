#include "test.h"

#include "net/hex_buf.h"
#include "net/transport/deflate.h"
#include "net/wire/instruction.h"

struct fixture {
    struct deflate *deflate;
    struct buf in, out;
};

static int
setup(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    assert_non_null(f);
    f->deflate = deflate_new(DEFLATE_SCREENS);
    buf_init(&f->in, INSTRUCTION_MAX_BYTES + 1);
    buf_init(&f->out, INSTRUCTION_MAX_BYTES);
    *state = f;
    return 0;
}

static int
teardown(void **state)
{
    struct fixture *f = *state;
    deflate_free(f->deflate);
    deflate_free(NULL);
    buf_fini(&f->in);
    buf_fini(&f->out);
    free(f);
    return 0;
}

/* docs/PROTOCOL.md, "Test vectors". */
static const char *const vectors[][2] = {
    { "08021000180120002800 3208 0a061a0428503018 3a01a2",
      "789ce360126090605460d06030e2e0629362d1083090b0625c040012d50281" },
    { "0802100118022001280132090a07120522036c730d3a03010203",
      "789ce360126094605260d46034e2e46217625562ce29e6b562666462060019780237" },
    { "0802100018012001280032160a043a0240010a061a042864301e0a061204220268693a00",
      "789ce360126090605460d4603012e362b1627260e4629362d1483190e36213625162cac8b462000034f403ad" },
    { "0802100118ffffffffffffffffff0120ffffffffffffffffff01280132003a01ff",
      "789ce360126094f80f038c0a08a606a3118315e37f00581313d9" },
    { "08021002180320022802322a0a2812262224303132333435363738396162636465666768696a6b6c6d6e6f707172"
      "737475767778797a3a02aabb",
      "789ce360126092605660d26032d2e2d2105253523130343236313533b7b04c4c4a4e494d4bcfc8cccacec9cdcb2f"
      "282c2a2e292d2bafa8acb2625ab51b00525c105d" },
};

static void
test_same_bytes_as_stock(void **state)
{
    struct fixture *f = *state;
    for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++) {
        buf_clear(&f->in);
        buf_clear(&f->out);
        hex_put(&f->in, vectors[i][0]);
        assert_int_equal(deflate_pack(f->deflate, buf_view(&f->in), &f->out), SKUA_OK);
        assert_hex(buf_view(&f->out), vectors[i][1]);
        buf_clear(&f->in);
        assert_int_equal(deflate_unpack(f->deflate, buf_view(&f->out), &f->in), SKUA_OK);
        assert_hex(buf_view(&f->in), vectors[i][0]);
    }
}

static void
test_a_small_window(void **state)
{
    struct fixture *f = *state;
    struct deflate *keys = deflate_new(DEFLATE_KEYS);
    struct buf back;
    buf_init(&back, INSTRUCTION_MAX_BYTES);
    for (int i = 0; i < 20000; i++)
        assert_true(buf_putf(&f->in, "pasted line %d\n", i * i));
    assert_int_equal(deflate_pack(keys, buf_view(&f->in), &f->out), SKUA_OK);
    assert_true(f->out.len < f->in.len / 2);
    assert_int_equal(deflate_unpack(f->deflate, buf_view(&f->out), &back), SKUA_OK);
    assert_true(view_equal(buf_view(&f->in), buf_view(&back)));
    buf_fini(&back);
    deflate_free(keys);
}

static void
test_nothing_and_appending(void **state)
{
    struct fixture *f = *state;
    buf_put_text(&f->out, "kept");
    assert_int_equal(deflate_pack(f->deflate, view_of(NULL, 0), &f->out), SKUA_OK);
    assert_memory_equal(f->out.data, "kept", 4);
    struct view packed = view_from(buf_view(&f->out), 4);
    buf_put_text(&f->in, "too");
    assert_int_equal(deflate_unpack(f->deflate, packed, &f->in), SKUA_OK);
    assert_true(view_equal(buf_view(&f->in), view_of_text("too")));
}

static enum skua_err
unpack_hex(struct fixture *f, const char *hex)
{
    buf_clear(&f->in);
    buf_clear(&f->out);
    hex_put(&f->in, hex);
    enum skua_err err = deflate_unpack(f->deflate, buf_view(&f->in), &f->out);
    if (err != SKUA_OK)
        assert_int_equal(f->out.len, 0);
    return err;
}

static void
test_refuses_what_is_no_stream(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(unpack_hex(f, ""), SKUA_ERR_TRUNCATED);
    assert_int_equal(unpack_hex(f, "78"), SKUA_ERR_TRUNCATED);
    assert_int_equal(unpack_hex(f, "ffffffffffff"), SKUA_ERR_MALFORMED);
    /* raw deflate of "abc"; the same as gzip; a wrong checksum; "abc" with a preset dictionary */
    assert_int_equal(unpack_hex(f, "4b4c4a0600"), SKUA_ERR_MALFORMED);
    assert_int_equal(unpack_hex(f, "1f8b08000000000000034b4c4a0600c241243503000000"),
                     SKUA_ERR_MALFORMED);
    assert_int_equal(unpack_hex(f, "789c4b4c4a0600024d0128"), SKUA_ERR_MALFORMED);
    assert_int_equal(unpack_hex(f, "78bb024d01274b4c4a0600024d0127"), SKUA_ERR_MALFORMED);
    assert_int_equal(unpack_hex(f, "789c4b4c4a0600024d0127"), SKUA_OK);
    assert_true(view_equal(buf_view(&f->out), view_of_text("abc")));
    /* what follows the stream is nobody's business; level 0 is a stream like any other */
    assert_int_equal(unpack_hex(f, "789c4b4c4a0600024d0127 deadbeef"), SKUA_OK);
    assert_int_equal(f->out.len, 3);
    assert_int_equal(unpack_hex(f, "7801010300fcff616263024d0127"), SKUA_OK);
    assert_int_equal(f->out.len, 3);
}

static void
test_every_cut_is_truncated(void **state)
{
    struct fixture *f = *state;
    for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++) {
        buf_clear(&f->in);
        hex_put(&f->in, vectors[i][1]);
        for (size_t len = 0; len < f->in.len; len++) {
            buf_clear(&f->out);
            struct view cut = view_first(buf_view(&f->in), len);
            assert_int_equal(deflate_unpack(f->deflate, cut, &f->out), SKUA_ERR_TRUNCATED);
        }
    }
}

static void
put_zeroes(struct buf *b, size_t len)
{
    uint8_t *at = buf_reserve(b, len);
    assert_non_null(at);
    memset(at, 0, len);
    buf_commit(b, len);
}

static void
test_a_bomb_stops_at_the_maximum(void **state)
{
    struct fixture *f = *state;
    struct buf packed;
    buf_init(&packed, 1 << 20);

    put_zeroes(&f->in, INSTRUCTION_MAX_BYTES);
    assert_int_equal(deflate_pack(f->deflate, buf_view(&f->in), &packed), SKUA_OK);
    assert_int_equal(deflate_unpack(f->deflate, buf_view(&packed), &f->out), SKUA_OK);
    assert_int_equal(f->out.len, INSTRUCTION_MAX_BYTES);

    buf_clear(&packed);
    buf_clear(&f->out);
    put_zeroes(&f->in, 1); /* one byte more */
    assert_int_equal(deflate_pack(f->deflate, buf_view(&f->in), &packed), SKUA_OK);
    assert_int_equal(deflate_unpack(f->deflate, buf_view(&packed), &f->out), SKUA_ERR_TOO_LARGE);
    assert_int_equal(f->out.len, 0);
    assert_true(f->out.cap <= INSTRUCTION_MAX_BYTES);

    struct buf huge;
    buf_init(&huge, 100u << 20);
    put_zeroes(&huge, 100u << 20);
    buf_clear(&packed);
    assert_int_equal(deflate_pack(f->deflate, buf_view(&huge), &packed), SKUA_OK);
    assert_int_equal(deflate_unpack(f->deflate, buf_view(&packed), &f->out), SKUA_ERR_TOO_LARGE);
    buf_fini(&huge);

    /* A small maximum takes small memory, however much there is to come. */
    struct buf small;
    buf_init(&small, 1000);
    assert_int_equal(deflate_unpack(f->deflate, buf_view(&packed), &small), SKUA_ERR_TOO_LARGE);
    assert_true(small.cap <= 1000);
    buf_fini(&small);
    buf_fini(&packed);
}

static void
test_pack_is_bounded(void **state)
{
    struct fixture *f = *state;
    struct buf small;
    buf_init(&small, 20);
    const struct view text = view_of_text("what does not compress well: qzjxkvwpy 0192837465");
    assert_int_equal(deflate_pack(f->deflate, text, &small), SKUA_ERR_TOO_LARGE);
    assert_int_equal(small.len, 0);
    buf_fini(&small);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_same_bytes_as_stock, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_small_window, setup, teardown),
        cmocka_unit_test_setup_teardown(test_nothing_and_appending, setup, teardown),
        cmocka_unit_test_setup_teardown(test_refuses_what_is_no_stream, setup, teardown),
        cmocka_unit_test_setup_teardown(test_every_cut_is_truncated, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_bomb_stops_at_the_maximum, setup, teardown),
        cmocka_unit_test_setup_teardown(test_pack_is_bounded, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
