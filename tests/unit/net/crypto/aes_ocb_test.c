#include "test.h"

#include "net/hex.h"

#include "net/crypto/aes_ocb.h"
#include "net/crypto/crypto_start.h"

static const struct key rfc_key = { { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 } };

static int
set_up(void **state)
{
    if (crypto_start() != SKUA_OK)
        return -1;
    *state = aes_ocb_new(&rfc_key);
    return *state == NULL ? -1 : 0;
}

static int
tear_down(void **state)
{
    aes_ocb_free(*state);
    return 0;
}

/* RFC 7253, Appendix A. Associated data and plaintext are the first bytes of 00 01 02 ... */
static const struct {
    uint8_t nonce_end;
    size_t ad_len;
    size_t plain_len;
    const char *sealed;
} vectors[] = {
    { 0x00, 0, 0, "785407BFFFC8AD9EDCC5520AC9111EE6" },
    { 0x01, 8, 8, "6820B3657B6F615A5725BDA0D3B4EB3A257C9AF1F8F03009" },
    { 0x02, 8, 0, "81017F8203F081277152FADE694A0A00" },
    { 0x03, 0, 8, "45DD69F8F5AAE72414054CD1F35D82760B2CD00D2F99BFA9" },
    { 0x04, 16, 16, "571D535B60B277188BE5147170A9A22C3AD7A4FF3835B8C5701C1CCEC8FC3358" },
    { 0x05, 16, 0, "8CF761B6902EF764462AD86498CA6B97" },
    { 0x06, 0, 16, "5CE88EC2E0692706A915C00AEB8B2396F40E1C743F52436BDF06D8FA1ECA343D" },
    { 0x07, 24, 24,
      "1CA2207308C87C010756104D8840CE1952F09673A448A122C92C62241051F57356D7F3C90BB0E07F" },
    { 0x08, 24, 0, "6DC225A071FC1B9F7C69F93B0F1E10DE" },
    { 0x09, 0, 24,
      "221BD0DE7FA6FE993ECCD769460A0AF2D6CDED0C395B1C3CE725F32494B9F914D85C0B1EB38357FF" },
    { 0x0a, 32, 32,
      "BD6F6C496201C69296C11EFD138A467ABD3C707924B964DEAFFC40319AF5A48540FBBA186C5553C68AD9F592A79"
      "A4240" },
    { 0x0b, 32, 0, "FE80690BEE8A485D11F32965BC9D2A32" },
    { 0x0c, 0, 32,
      "2942BFC773BDA23CABC6ACFD9BFD5835BD300F0973792EF46040C53F1432BCDFB5E1DDE3BC18A5F840B52E65344"
      "4D5DF" },
    { 0x0d, 40, 40,
      "D5CA91748410C1751FF8A2F618255B68A0A12E093FF454606E59F9C1D0DDC54B65E8628E568BAD7AED07BA06A4A"
      "69483A7035490C5769E60" },
    { 0x0e, 40, 0, "C5CD9D1850C141E358649994EE701B68" },
    { 0x0f, 0, 40,
      "4412923493C57D5DE0D700F753CCE0D1D2D95060122E9F15A5DDBFC5787E50B5CC55EE507BCB084E479AD363AC3"
      "66B95A98CA5F3000B1479" },
};

static void
test_rfc_vectors(void **state)
{
    struct aes_ocb *ocb = *state;
    uint8_t counting[40];
    for (size_t i = 0; i < sizeof counting; i++)
        counting[i] = (uint8_t)i;
    for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++) {
        uint8_t expected_bytes[64], bytes[64];
        struct view expected = hex_bytes(vectors[i].sealed, expected_bytes, sizeof expected_bytes);
        size_t len = vectors[i].plain_len;
        assert_int_equal(expected.len, len + AES_OCB_TAG_BYTES);
        struct aes_ocb_nonce nonce = { { 0xBB, 0xAA, 0x99, 0x88, 0x77, 0x66, 0x55, 0x44, 0x33, 0x22,
                                         0x11, vectors[i].nonce_end } };
        struct view ad = view_of(counting, vectors[i].ad_len);
        struct aes_ocb_tag tag;
        memcpy(bytes, counting, len);
        assert_int_equal(aes_ocb_seal(ocb, &nonce, ad, bytes, len, &tag), SKUA_OK);
        assert_bytes_equal(view_of(bytes, len), view_first(expected, len));
        assert_bytes_equal(view_of(tag.bytes, sizeof tag.bytes), view_from(expected, len));

        assert_int_equal(aes_ocb_open(ocb, &nonce, ad, bytes, len, &tag), SKUA_OK);
        assert_bytes_equal(view_of(bytes, len), view_of(counting, len));
    }
}

/* The text after the table in RFC 7253, Appendix A: 384 messages of 0..127 bytes, then one more. */
static void
test_rfc_iterated(void **state)
{
    (void)state;
    struct key key = { { 0 } };
    key.bytes[KEY_BYTES - 1] = AES_OCB_TAG_BYTES * 8;
    struct aes_ocb *ocb = aes_ocb_new(&key);
    assert_non_null(ocb);

    static uint8_t all[128 * 127 * 2 + 384 * 16 + 128 * 127];
    size_t all_len = 0;
    const uint8_t zeroes[128] = { 0 };
    for (unsigned i = 0; i < 384; i++) {
        size_t size = i / 3;
        struct aes_ocb_nonce nonce = { { 0 } };
        unsigned number = i + 1;
        nonce.bytes[10] = (uint8_t)(number >> 8);
        nonce.bytes[11] = (uint8_t)number;
        size_t ad_len = i % 3 == 1 ? 0 : size;
        size_t plain_len = i % 3 == 2 ? 0 : size;
        struct aes_ocb_tag tag;
        memset(all + all_len, 0, plain_len);
        assert_int_equal(
            aes_ocb_seal(ocb, &nonce, view_of(zeroes, ad_len), all + all_len, plain_len, &tag),
            SKUA_OK);
        all_len += plain_len;
        memcpy(all + all_len, tag.bytes, sizeof tag.bytes);
        all_len += sizeof tag.bytes;
    }
    struct aes_ocb_nonce last = { { 0 } };
    last.bytes[10] = 385 >> 8;
    last.bytes[11] = 385 & 0xff;
    struct aes_ocb_tag tag;
    assert_int_equal(aes_ocb_seal(ocb, &last, view_of(all, all_len), NULL, 0, &tag), SKUA_OK);
    uint8_t expected[16];
    assert_bytes_equal(view_of(tag.bytes, sizeof tag.bytes),
                       hex_bytes("67E944D23256C5E0B6C61FA22FDF1EA2", expected, sizeof expected));
    aes_ocb_free(ocb);
}

/* Whatever bit is wrong, in text, tag, nonce or associated data: refused, and no plaintext left. */
static void
test_any_flipped_bit_is_refused(void **state)
{
    struct aes_ocb *ocb = *state;
    const uint8_t plain[37] = "the quick brown fox jumps over a dog";
    const struct aes_ocb_nonce nonce = { { 9, 8, 7 } };
    const struct view ad = view_of("ad", 2);
    uint8_t sealed[37];
    struct aes_ocb_tag tag;
    memcpy(sealed, plain, sizeof plain);
    assert_int_equal(aes_ocb_seal(ocb, &nonce, ad, sealed, sizeof sealed, &tag), SKUA_OK);

    const uint8_t zeroes[37] = { 0 };
    for (size_t bit = 0; bit < (37 + 16 + 12 + 2) * 8; bit++) {
        struct {
            uint8_t text[37];
            struct aes_ocb_tag tag;
            struct aes_ocb_nonce nonce;
            uint8_t ad[2];
        } wire;
        _Static_assert(sizeof wire == 37 + 16 + 12 + 2, "no padding");
        memcpy(wire.text, sealed, sizeof sealed);
        wire.tag = tag;
        wire.nonce = nonce;
        memcpy(wire.ad, "ad", 2);
        ((uint8_t *)&wire)[bit / 8] ^= (uint8_t)(1 << bit % 8);
        assert_int_equal(
            aes_ocb_open(ocb, &wire.nonce, view_of(wire.ad, 2), wire.text, 37, &wire.tag),
            SKUA_ERR_FORGED);
        assert_memory_equal(wire.text, zeroes, sizeof zeroes);
    }
    uint8_t good[37];
    memcpy(good, sealed, sizeof good);
    assert_int_equal(aes_ocb_open(ocb, &nonce, ad, good, sizeof good, &tag), SKUA_OK);
    assert_memory_equal(good, plain, sizeof good);
}

static void
test_counts_blocks_and_stops(void **state)
{
    struct aes_ocb *ocb = *state;
    const struct aes_ocb_nonce nonce = { { 1 } };
    const struct view none = { 0 };
    uint8_t bytes[33] = { 0 };
    struct aes_ocb_tag tag;
    uint64_t before = aes_ocb_blocks_sealed(ocb);
    assert_int_equal(aes_ocb_seal(ocb, &nonce, none, bytes, 0, &tag), SKUA_OK);
    assert_int_equal(aes_ocb_blocks_sealed(ocb), before);
    assert_int_equal(aes_ocb_seal(ocb, &nonce, none, bytes, 16, &tag), SKUA_OK);
    assert_int_equal(aes_ocb_blocks_sealed(ocb), before + 1);
    assert_int_equal(aes_ocb_seal(ocb, &nonce, none, bytes, 33, &tag), SKUA_OK);
    assert_int_equal(aes_ocb_blocks_sealed(ocb), before + 4);

    aes_ocb_count_blocks(ocb, AES_OCB_BLOCKS_MAX - (before + 4) - 3);
    memset(bytes, 7, sizeof bytes);
    assert_int_equal(aes_ocb_seal(ocb, &nonce, none, bytes, 33, &tag), SKUA_ERR_EXHAUSTED);
    assert_int_equal(bytes[0], 7);
    assert_int_equal(aes_ocb_seal(ocb, &nonce, none, bytes, 32, &tag), SKUA_OK);
    assert_int_equal(aes_ocb_seal(ocb, &nonce, none, bytes, 16, &tag), SKUA_ERR_EXHAUSTED);
    assert_int_equal(aes_ocb_blocks_sealed(ocb), AES_OCB_BLOCKS_MAX - 1);
    aes_ocb_count_blocks(ocb, UINT64_MAX);
    assert_int_equal(aes_ocb_seal(ocb, &nonce, none, bytes, 0, &tag), SKUA_ERR_EXHAUSTED);
}

static void
test_free_of_nothing(void **state)
{
    (void)state;
    aes_ocb_free(NULL);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_rfc_vectors, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_rfc_iterated, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_any_flipped_bit_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_counts_blocks_and_stops, set_up, tear_down),
        cmocka_unit_test(test_free_of_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
