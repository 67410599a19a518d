#include "test.h"

#include "net/hex_buf.h"
#include "net/transport/fragment.h"

/* docs/PROTOCOL.md, "Test vectors": two fragments, cut at 40 bytes. */
static const char whole_hex[] =
    "789ce360126092605660d26032d2e2d2105253523130343236313533b7b04c4c4a4e494d4bcfc8cccacec9cdcb2f"
    "282c2a2e292d2bafa8acb2625ab51b00525c105d";
static const char *const piece_hex[] = {
    "0000000000000003 0000 789ce360126092605660d26032d2e2d2105253523130343236313533b7b04c4c4a4e494d"
    "4bcfc8cc",
    "0000000000000003 8001 cacec9cdcb2f282c2a2e292d2bafa8acb2625ab51b00525c105d",
};

static void
test_cuts_as_the_vector(void **state)
{
    (void)state;
    struct buf whole, out;
    buf_init(&whole, 4096);
    buf_init(&out, 4096);
    hex_put(&whole, whole_hex);
    assert_int_equal(fragment_count(whole.len, 40), 2);
    for (size_t i = 0; i < 2; i++) {
        struct fragment f = fragment_of(3, buf_view(&whole), 40, i);
        buf_clear(&out);
        assert_int_equal(fragment_encode(&f, &out), SKUA_OK);
        assert_hex(buf_view(&out), piece_hex[i]);
    }
    buf_fini(&whole);
    buf_fini(&out);
}

static void
test_parses_the_vector(void **state)
{
    (void)state;
    struct buf in;
    buf_init(&in, 4096);
    struct fragment f;
    hex_put(&in, piece_hex[0]);
    assert_int_equal(fragment_parse(buf_view(&in), &f), SKUA_OK);
    assert_int_equal(f.id, 3);
    assert_int_equal(f.index, 0);
    assert_false(f.final);
    assert_int_equal(f.body.len, 40);
    buf_clear(&in);
    hex_put(&in, piece_hex[1]);
    assert_int_equal(fragment_parse(buf_view(&in), &f), SKUA_OK);
    assert_int_equal(f.index, 1);
    assert_true(f.final);
    assert_int_equal(f.body.len, 26);
    buf_fini(&in);
}

static void
test_counts(void **state)
{
    (void)state;
    assert_int_equal(fragment_count(0, 100), 1);
    assert_int_equal(fragment_count(100, 100), 1);
    assert_int_equal(fragment_count(101, 100), 2);
    struct fragment f = fragment_of(1, view_of("", 0), 100, 0);
    assert_true(f.final);
    assert_int_equal(f.body.len, 0);
    uint8_t bytes[200] = { 0 };
    assert_int_equal(fragment_of(1, view_of(bytes, 200), 100, 1).body.len, 100);
    assert_true(fragment_of(1, view_of(bytes, 200), 100, 1).final);
}

static enum skua_err
parse_hex(const char *hex, struct fragment *f)
{
    uint8_t bytes[64];
    return fragment_parse(hex_bytes(hex, bytes, sizeof bytes), f);
}

static void
test_refuses(void **state)
{
    (void)state;
    struct fragment f = { .id = 77 };
    uint8_t bytes[FRAGMENT_HEADER_BYTES] = { 0 };
    for (size_t len = 0; len < FRAGMENT_HEADER_BYTES; len++)
        assert_int_equal(fragment_parse(view_of(bytes, len), &f), SKUA_ERR_TRUNCATED);
    assert_int_equal(parse_hex("8000000000000001 8000 aa", &f), SKUA_ERR_RESERVED);
    assert_int_equal(parse_hex("ffffffffffffffff 8000 aa", &f), SKUA_ERR_RESERVED);
    assert_int_equal(parse_hex("0000000000000001 7fff aa", &f), SKUA_ERR_TOO_LARGE);
    assert_int_equal(parse_hex("0000000000000001 4000 aa", &f), SKUA_ERR_TOO_LARGE);
    assert_int_equal(f.id, 77); /* nothing was written */

    assert_int_equal(parse_hex("0000000000000001 3fff aa", &f), SKUA_OK);
    assert_int_equal(f.index, FRAGMENT_COUNT_MAX - 1);
    assert_int_equal(parse_hex("0000000000000000 8000", &f), SKUA_OK);
    assert_int_equal(f.id, 0);
    assert_int_equal(f.body.len, 0);
}

static void
test_encode_is_all_or_nothing(void **state)
{
    (void)state;
    struct buf out;
    buf_init(&out, 12);
    const struct fragment f = { .id = 1, .final = true, .body = view_of_text("abc") };
    assert_int_equal(fragment_encode(&f, &out), SKUA_ERR_TOO_LARGE);
    assert_int_equal(out.len, 0);
    buf_fini(&out);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cuts_as_the_vector),
        cmocka_unit_test(test_parses_the_vector),
        cmocka_unit_test(test_counts),
        cmocka_unit_test(test_refuses),
        cmocka_unit_test(test_encode_is_all_or_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
