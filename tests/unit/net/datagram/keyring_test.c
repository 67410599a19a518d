#include "test.h"

#include "net/crypto/crypto_start.h"
#include "net/datagram/keyring.h"

static const struct key key = { .bytes = { 1, 2, 3 } };

static void
seal(struct keyring *k, struct buf *datagram, enum skua_err wanted)
{
    struct packet packet = { .direction = PACKET_TO_SERVER, .payload = view_of("payload", 7) };
    buf_clear(datagram);
    assert_int_equal(keyring_seal(k, &packet, datagram), wanted);
}

static void
test_opens_once(void **state)
{
    (void)state;
    struct keyring ours, theirs;
    struct buf older, newer, scratch;
    struct packet packet;
    bool newest = true;
    assert_true(keyring_init(&ours, &key) && keyring_init(&theirs, &key));
    buf_init(&older, 2048);
    buf_init(&newer, 2048);
    buf_init(&scratch, 2048);
    seal(&ours, &older, SKUA_OK);
    seal(&ours, &newer, SKUA_OK);
    assert_int_equal(keyring_open(&theirs, buf_view(&newer), 1, &scratch, &packet, &newest),
                     SKUA_OK);
    assert_true(newest);
    assert_int_equal(packet.sequence, 1);
    assert_int_equal(keyring_open(&theirs, buf_view(&older), 0, &scratch, &packet, &newest),
                     SKUA_OK);
    assert_false(newest);
    assert_int_equal(keyring_open(&theirs, buf_view(&older), 0, &scratch, &packet, &newest),
                     SKUA_ERR_REPLAYED);
    seal(&ours, &newer, SKUA_OK);
    newer.data[newer.len - 1] ^= 1;
    assert_int_equal(keyring_open(&theirs, buf_view(&newer), 2, &scratch, &packet, &newest),
                     SKUA_ERR_FORGED);
    buf_fini(&older);
    buf_fini(&newer);
    buf_fini(&scratch);
    keyring_fini(&ours);
    keyring_fini(&theirs);
}

static void
test_numbers_run_out(void **state)
{
    (void)state;
    struct keyring k;
    struct buf datagram;
    assert_true(keyring_init(&k, &key));
    buf_init(&datagram, 2048);
    keyring_skip(&k, 10);
    assert_int_equal(k.key[0].next_sequence, 10);
    keyring_skip(&k, UINT64_MAX);
    assert_true(k.key[0].next_sequence == PACKET_SEQUENCE_MAX);
    seal(&k, &datagram, SKUA_ERR_EXHAUSTED);
    buf_fini(&datagram);
    keyring_fini(&k);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_opens_once),
        cmocka_unit_test(test_numbers_run_out),
    };
    if (crypto_start() != SKUA_OK)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
