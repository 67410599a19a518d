/* One floor, reached at once: small pieces that arrive beat a search for the largest that would. */
#include "net/path/mtu.h"

void
mtu_init(struct mtu *mtu, enum path_family family)
{
    *mtu = (struct mtu){
        .full_bytes = family == PATH_FAMILY_V4 ? MTU_BUDGET_V4_BYTES : MTU_BUDGET_V6_BYTES,
    };
}

void
mtu_shrink(struct mtu *mtu, uint64_t now_ms)
{
    mtu->shrunk = true;
    mtu->shrunk_ms = now_ms;
}

size_t
mtu_budget_bytes(const struct mtu *mtu, uint64_t now_ms)
{
    if (mtu->shrunk && now_ms - mtu->shrunk_ms < MTU_RAISE_MS)
        return MTU_FLOOR_BYTES;
    return mtu->full_bytes;
}
