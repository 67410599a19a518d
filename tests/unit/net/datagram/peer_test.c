#include "test.h"

#include "net/datagram/peer.h"

static const struct addr here = { 4, { 10, 0, 0, 1 } };
static const struct addr there = { 4, { 10, 0, 0, 2 } };
static const struct addr ours = { 4, { 192, 0, 2, 1 } };
static const struct addr unknown = { 0 };

static void
test_follows_and_forgets(void **state)
{
    (void)state;
    struct peer peer = { 0 };
    assert_true(peer_follow(&peer, &here, &ours, 100));
    assert_false(peer_follow(&peer, &here, &unknown, 110));
    assert_false(addr_is_set(&peer.local));
    assert_true(peer_follow(&peer, &there, &ours, 120));
    assert_true(addr_equal(&peer.addr, &there));
    assert_true(addr_equal(&peer.local, &ours));
    peer_forget(&peer);
    assert_false(addr_is_set(&peer.addr));
}

static void
test_allowance_until_proved(void **state)
{
    (void)state;
    struct peer peer = { 0 };
    peer_follow(&peer, &here, &ours, 100);
    peer_note_received(&peer, 60);
    assert_int_equal(peer_allowance_bytes(&peer), 16384 + 180);
    peer_note_sent(&peer, 16000);
    assert_int_equal(peer_allowance_bytes(&peer), 564);
    peer_note_sent(&peer, 565);
    assert_int_equal(peer_allowance_bytes(&peer), 0);
    peer_note_unsent(&peer, 565);
    assert_int_equal(peer_allowance_bytes(&peer), 564);
    peer_note_received(&peer, 100);
    assert_int_equal(peer_allowance_bytes(&peer), 864);

    peer_prove(&peer, 99); /* sent before the move: could have been seen at the old address */
    assert_int_equal(peer_allowance_bytes(&peer), 864);
    peer_prove(&peer, 100);
    assert_int_equal(peer_allowance_bytes(&peer), 864);
    peer_prove(&peer, 101);
    assert_true(peer_allowance_bytes(&peer) == SIZE_MAX);

    peer_follow(&peer, &here, &ours, 200); /* still there */
    assert_true(peer_allowance_bytes(&peer) == SIZE_MAX);
    peer_follow(&peer, &there, &ours, 300); /* starts over */
    assert_int_equal(peer_allowance_bytes(&peer), 16384);
}

static void
test_nothing_to_prove_without_a_peer(void **state)
{
    (void)state;
    struct peer peer = { 0 };
    peer_prove(&peer, 1000);
    assert_false(peer.is_proved);
    peer_note_unsent(&peer, 100);
    assert_int_equal(peer.sent_bytes, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_follows_and_forgets),
        cmocka_unit_test(test_allowance_until_proved),
        cmocka_unit_test(test_nothing_to_prove_without_a_peer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
