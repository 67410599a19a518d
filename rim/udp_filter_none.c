/* A system whose sockets take no filter: bpf(4) of the BSDs is for interfaces. */
#include "rim/udp_filter.h"

bool
udp_filter_attach(struct udp *u, enum udp_end end)
{
    (void)u;
    (void)end;
    return false;
}
