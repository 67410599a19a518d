#include "test.h"

#include "session/features.h"

static void
test_both_ends_must_announce(void **state)
{
    (void)state;
    struct hello peer = features_ours(false);
    assert_int_equal(peer.version, FEATURES_HELLO_VERSION);
    assert_true(features_have(&peer, FEATURE_SKUA_SCREEN));
    peer.features = FEATURE_HINTS;
    assert_false(features_have(&peer, FEATURE_SKUA_SCREEN));
    assert_true(features_have(&peer, FEATURE_HINTS));
    assert_false(features_have(&peer, FEATURE_METERED));
    peer = features_ours(true);
    assert_true(features_have(&peer, FEATURE_METERED) && features_have(&peer, FEATURE_HINTS));
    peer.version = 0;
    assert_false(features_have(&peer, FEATURE_HINTS));
    peer = (struct hello){ .version = 1, .features = UINT64_C(1) << 63 };
    assert_false(features_have(&peer, (enum feature)(1 << 30)));
}

int
main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_both_ends_must_announce) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
