/* Both ends' hellos, compared. */
#include "session/features.h"

static const uint64_t ours = FEATURE_SKUA_SCREEN | FEATURE_HINTS | FEATURE_RECORD;

struct hello
features_ours(bool is_metered)
{
    const uint64_t features = is_metered ? ours | FEATURE_METERED : ours;
    return (struct hello){ .version = FEATURES_HELLO_VERSION, .features = features };
}

bool
features_have(const struct hello *peer, enum feature feature)
{
    const uint64_t known = ours | FEATURE_METERED;
    return peer->version != 0 && (peer->features & known & (uint64_t)feature) != 0;
}
