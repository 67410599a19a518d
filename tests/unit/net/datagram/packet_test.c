/* Vectors: docs/PROTOCOL.md, "Test vectors"; two of them were captured from stock programs. */
#include "test.h"

#include "net/hex.h"

#include "base/buf.h"
#include "net/crypto/aes_ocb.h"
#include "net/crypto/crypto_start.h"
#include "net/datagram/packet.h"

struct fixture {
    struct aes_ocb *ocb;
    struct buf out, scratch;
};

static struct aes_ocb *
cipher_of(const char *key_chars)
{
    struct key key;
    assert_int_equal(key_parse(view_of_text(key_chars), &key), SKUA_OK);
    struct aes_ocb *ocb = aes_ocb_new(&key);
    assert_non_null(ocb);
    return ocb;
}

static int
set_up(void **state)
{
    static struct fixture f;
    if (crypto_start() != SKUA_OK)
        return -1;
    f.ocb = cipher_of("AAECAwQFBgcICQoLDA0ODw");
    buf_init(&f.out, PACKET_MAX_BYTES);
    buf_init(&f.scratch, PACKET_MAX_BYTES);
    *state = &f;
    return 0;
}

static int
tear_down(void **state)
{
    struct fixture *f = *state;
    aes_ocb_free(f->ocb);
    buf_fini(&f->out);
    buf_fini(&f->scratch);
    return 0;
}

static const struct {
    const char *key;
    enum packet_direction direction;
    uint64_t sequence;
    uint16_t timestamp, timestamp_reply;
    const char *payload; /* NULL: not known, only what comes before it */
    const char *datagram;
} vectors[] = {
    /* a stock client's first datagram, captured */
    { "AAECAwQFBgcICQoLDA0ODw", PACKET_TO_SERVER, 0, 64733, 0xffff,
      "0000000000000001 8000 789ce360126090605460d06030e2e0629362d1083090b0625c040012d50281",
      "000000000000000025e59f67deda68cdefab745e9329f92402428c8571949d686f4420ca31f0060ca43d50ffb19e"
      "4ee132e91bb2dc6bf2f33e951851a80337a8d3cf3d483c" },
    { "AAECAwQFBgcICQoLDA0ODw", PACKET_TO_SERVER, 1, 0xabcd, 0x0102,
      "0000000000000002 8000 789ce360126094605260d46034e2e46217625562ce29e6b562666462060019780237",
      "00000000000000017270e89c70934c525e72817664d2a86b3e51e2d029ebad16e3f052461b19aeb5b99d889b0919"
      "cdab503f94ea799000ecb5d4f79139ce6e8a77f05757a3319b35" },
    { "AAECAwQFBgcICQoLDA0ODw", PACKET_TO_CLIENT, 0, 0x0001, 0xabd0,
      "0000000000000001 8000 "
      "789ce360126090605460d4603012e362b1627260e4629362d1483190e36213625162cac"
      "8b462000034f403ad",
      "8000000000000000f081f8ebbf64a74944efeda0486742133b75b9aade4430c80fdcb953ce1828c4385a3db38b1f"
      "4"
      "79dedd33775a461f45b6592a9d90b661d904e7093f57d57005bdf068ee06d3fbf103aef" },
    { "AAECAwQFBgcICQoLDA0ODw", PACKET_TO_CLIENT, (UINT64_C(1) << 40) + 5, 0xfffe, 0xffff,
      "0102030405060708 8000 789ce360126094f80f038c0a08a606a3118315e37f00581313d9",
      "80000100000000050"
      "70cead6135eb2e3b279dc0adc5d09ce181f2f4aed473e5ba05d8d6e6cd3819ce5a808e7c907c5a37b5b5670bace7"
      "f"
      "5bb5ae935dfad6668d" },
    { "AAECAwQFBgcICQoLDA0ODw", PACKET_TO_SERVER, 2, 0x03e8, 0xffff,
      "0000000000000003 0000 "
      "789ce360126092605660d26032d2e2d2105253523130343236313533b7b04c4c4a4e494"
      "d4bcfc8cc",
      "00000000000000027ecb56c779226de8f6e355ec65c4c01f7f99992bd6ae24b3190b2d98e5affe4a57a82e3428ec"
      "2"
      "8211b93480848b03e6f8afe90185685f0b29d9421284b7a2c0292a42c0ded3b" },
    { "AAECAwQFBgcICQoLDA0ODw", PACKET_TO_SERVER, 3, 0x03e8, 0xffff,
      "0000000000000003 8001 cacec9cdcb2f282c2a2e292d2bafa8acb2625ab51b00525c105d",
      "00000000000000034f0110f4e24f6cf3d75211aed422b4fb0adbbd22ffd2d7c338d1987a6b36997719bce19f846b"
      "c"
      "a2b78ee803ec18084e2b241780dfde0b630" },
    /* nothing but timestamps */
    { "AAECAwQFBgcICQoLDA0ODw", PACKET_TO_SERVER, 0, 0x1234, 0xffff, "",
      "000000000000000039022b58039e83e3919aa6d7c2b344a0df6eec4f" },
    /* a stock server's second and third datagram, captured */
    { "/cSgnR3wCVmBfkaghAsFOA", PACKET_TO_CLIENT, 1, 0x024c, 0xffff, NULL,
      "80000000000000014570420a6f94f0d819c4ffbf993690e845359c144e78528cc1fa11195db82b62481345452141"
      "06"
      "befe50a292e08a520e5ffb6bf372fd6ebefaf1c29ede9c40d20c2c4ed8d6538a7dd6f05a65b7f809011ed73ed50d"
      "ea"
      "0dddcfc9" },
    { "/cSgnR3wCVmBfkaghAsFOA", PACKET_TO_CLIENT, 2, 0x053a, 0x053a, NULL,
      "800000000000000"
      "23e53f0e73bbd1df8e25f1acd28208f9f337459aacd1736cbc487a367026781c6663fb9db9ffc118d85465df2e31"
      "0e3"
      "887d62f793632b86bb040838e32985ce4d" },
};

static void
test_vectors(void **state)
{
    struct fixture *f = *state;
    for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++) {
        struct aes_ocb *ocb = cipher_of(vectors[i].key);
        uint8_t datagram_bytes[256], payload_bytes[256];
        struct view datagram =
            hex_bytes(vectors[i].datagram, datagram_bytes, sizeof datagram_bytes);
        struct packet packet;
        assert_int_equal(packet_open(ocb, datagram, &f->scratch, &packet), SKUA_OK);
        assert_int_equal(packet.direction, vectors[i].direction);
        assert_int_equal(packet.sequence, vectors[i].sequence);
        assert_int_equal(packet.timestamp, vectors[i].timestamp);
        assert_int_equal(packet.timestamp_reply, vectors[i].timestamp_reply);
        if (vectors[i].payload != NULL)
            assert_bytes_equal(packet.payload,
                               hex_bytes(vectors[i].payload, payload_bytes, sizeof payload_bytes));
        buf_clear(&f->out);
        assert_int_equal(packet_seal(ocb, &packet, &f->out), SKUA_OK);
        assert_bytes_equal(buf_view(&f->out), datagram);
        aes_ocb_free(ocb);
    }
}

static void
test_peek_needs_no_key(void **state)
{
    (void)state;
    uint8_t bytes[24] = { 0x80, 0, 0, 0, 0, 0, 1, 2 };
    struct packet packet;
    assert_int_equal(packet_peek(view_of(bytes, 24), &packet), SKUA_OK);
    assert_int_equal(packet.direction, PACKET_TO_CLIENT);
    assert_int_equal(packet.sequence, 0x102);
    assert_int_equal(packet_peek(view_of(bytes, 23), &packet), SKUA_ERR_TRUNCATED);
}

static void
test_any_flipped_bit_is_refused(void **state)
{
    struct fixture *f = *state;
    const struct packet packet = { PACKET_TO_SERVER, 77, 1, 2, view_of("secret secret", 13) };
    assert_int_equal(packet_seal(f->ocb, &packet, &f->out), SKUA_OK);
    for (size_t bit = 0; bit < f->out.len * 8; bit++) {
        struct packet got = { .sequence = 42 };
        f->out.data[bit / 8] ^= (uint8_t)(1 << bit % 8);
        assert_int_equal(packet_open(f->ocb, buf_view(&f->out), &f->scratch, &got),
                         SKUA_ERR_FORGED);
        assert_int_equal(got.sequence, 42);
        assert_int_equal(f->scratch.len, 0);
        assert_null(memchr(f->scratch.data, 's', 13));
        f->out.data[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
    struct packet got;
    assert_int_equal(packet_open(f->ocb, buf_view(&f->out), &f->scratch, &got), SKUA_OK);
    assert_bytes_equal(got.payload, packet.payload);
}

static void
test_any_cut_is_refused(void **state)
{
    struct fixture *f = *state;
    const struct packet packet = { PACKET_TO_SERVER, 77, 1, 2, view_of("secret secret", 13) };
    assert_int_equal(packet_seal(f->ocb, &packet, &f->out), SKUA_OK);
    struct packet got;
    for (size_t len = 0; len < f->out.len; len++)
        assert_int_equal(packet_open(f->ocb, view_first(buf_view(&f->out), len), &f->scratch, &got),
                         len < PACKET_MIN_BYTES ? SKUA_ERR_TRUNCATED : SKUA_ERR_FORGED);
}

/* Authentic, but without room for the timestamps. */
static void
test_short_plaintext(void **state)
{
    struct fixture *f = *state;
    for (size_t len = 0; len <= 4; len++) {
        uint8_t bytes[28] = { 0 };
        const struct aes_ocb_nonce nonce = { { 0 } };
        struct aes_ocb_tag tag;
        assert_int_equal(aes_ocb_seal(f->ocb, &nonce, (struct view){ 0 }, bytes + 8, len, &tag),
                         SKUA_OK);
        memcpy(bytes + 8 + len, tag.bytes, sizeof tag.bytes);
        struct packet got;
        assert_int_equal(packet_open(f->ocb, view_of(bytes, 24 + len), &f->scratch, &got),
                         len < 4 ? SKUA_ERR_TRUNCATED : SKUA_OK);
    }
}

static void
test_sizes_are_bounded(void **state)
{
    struct fixture *f = *state;
    static const uint8_t zeroes[PACKET_MAX_BYTES + 1];
    const size_t most = PACKET_MAX_BYTES - PACKET_OVERHEAD_BYTES;
    struct packet packet = { PACKET_TO_SERVER, 1, 0, 0, view_of(zeroes, most + 1) };
    assert_int_equal(packet_seal(f->ocb, &packet, &f->out), SKUA_ERR_TOO_LARGE);
    packet.payload.len = SIZE_MAX;
    assert_int_equal(packet_seal(f->ocb, &packet, &f->out), SKUA_ERR_TOO_LARGE);
    assert_int_equal(f->out.len, 0);
    packet.payload.len = most;
    assert_int_equal(packet_seal(f->ocb, &packet, &f->out), SKUA_OK);
    assert_int_equal(f->out.len, PACKET_MAX_BYTES);
    struct packet got;
    assert_int_equal(packet_open(f->ocb, buf_view(&f->out), &f->scratch, &got), SKUA_OK);
    assert_int_equal(got.payload.len, most);
    assert_int_equal(packet_seal(f->ocb, &packet, &f->out), SKUA_ERR_TOO_LARGE); /* no room */
    assert_int_equal(f->out.len, PACKET_MAX_BYTES);
    assert_int_equal(packet_open(f->ocb, view_of(zeroes, PACKET_MAX_BYTES + 1), &f->scratch, &got),
                     SKUA_ERR_TOO_LARGE);
}

static void
test_stops_where_the_key_ends(void **state)
{
    struct fixture *f = *state;
    struct packet packet = { PACKET_TO_CLIENT, PACKET_SEQUENCE_MAX, 0, 0, { 0 } };
    assert_int_equal(packet_seal(f->ocb, &packet, &f->out), SKUA_OK);
    struct packet got;
    assert_int_equal(packet_open(f->ocb, buf_view(&f->out), &f->scratch, &got), SKUA_OK);
    assert_true(got.sequence == PACKET_SEQUENCE_MAX);
    assert_int_equal(got.direction, PACKET_TO_CLIENT);

    size_t len = f->out.len;
    packet.sequence++;
    assert_int_equal(packet_seal(f->ocb, &packet, &f->out), SKUA_ERR_EXHAUSTED);
    aes_ocb_count_blocks(f->ocb, UINT64_MAX);
    packet.sequence = 5;
    assert_int_equal(packet_seal(f->ocb, &packet, &f->out), SKUA_ERR_EXHAUSTED);
    assert_int_equal(f->out.len, len);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_vectors, set_up, tear_down),
        cmocka_unit_test(test_peek_needs_no_key),
        cmocka_unit_test_setup_teardown(test_any_flipped_bit_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_any_cut_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_short_plaintext, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_sizes_are_bounded, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_stops_where_the_key_ends, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
