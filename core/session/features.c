/* Both ends' hellos, compared. */
#include "session/features.h"

static const uint64_t ours = FEATURE_SKUA_SCREEN | FEATURE_HINTS | FEATURE_RECORD;

struct hello
features_ours(void)
{
    return (struct hello){ .version = FEATURES_HELLO_VERSION, .features = ours };
}

bool
features_have(const struct hello *peer, enum feature feature)
{
    return peer->version != 0 && (peer->features & ours & (uint64_t)feature) != 0;
}
