#include "test.h"

#include "net/crypto/aes_ocb.h"
#include "net/crypto/crypto_start.h"

static void
test_no_cipher_before_start(void **state)
{
    (void)state;
    const struct key key = { { 1 } };
    assert_null(aes_ocb_new(&key));
}

static void
test_starts_and_starts_again(void **state)
{
    (void)state;
    assert_int_equal(crypto_start(), SKUA_OK);
    assert_int_equal(crypto_start(), SKUA_OK);
}

/* A server with a few attachments, and both directions of a rekey, must fit into the pool. */
static void
test_pool_holds_ciphers_and_is_bounded(void **state)
{
    (void)state;
    const struct key key = { { 2 } };
    struct aes_ocb *held[64] = { NULL };
    size_t count = 0;
    while (count < 64 && (held[count] = aes_ocb_new(&key)) != NULL)
        count++;
    assert_in_range(count, 10, 63);
    for (size_t i = 0; i < count; i++)
        aes_ocb_free(held[i]);

    struct aes_ocb *again = aes_ocb_new(&key);
    assert_non_null(again);
    aes_ocb_free(again);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_cipher_before_start),
        cmocka_unit_test(test_starts_and_starts_again),
        cmocka_unit_test(test_pool_holds_ciphers_and_is_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
