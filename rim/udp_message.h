/*
 * Control messages of UDP sockets: where a datagram was sent to, its ECN bits, when the kernel took
 * it in; and from which address one shall leave. Shared by the files of udp only.
 */
#ifndef SKUA_RIM_UDP_MESSAGE_H
#define SKUA_RIM_UDP_MESSAGE_H

#include <stdint.h>
#include <sys/socket.h>

#include "rim/clock.h"
#include "rim/sockaddr.h"
#include "rim/udp.h"

/* Room for every control message that our options ask for; aligned for the first. */
#define UDP_CONTROL_BYTES 256

struct udp_control {
    _Alignas(struct cmsghdr) uint8_t bytes[UDP_CONTROL_BYTES];
};

/*
 * Take what a received message's control messages say into how: to (port 0), ecn, at_ms. What is
 * not said is left as it was. read_at: the clocks just after the message was read.
 */
void udp_message_parse(struct msghdr *message, const struct clock_reading *read_at,
                       struct udp_arrival *how);

/*
 * Write the control messages for a datagram into control, and point message to them.
 *
 * family  The socket's.  to  The target as that socket takes it.
 * from    The local address to leave from; NULL: none said.
 * ecn     0..3; ECT(0), the socket's own setting, needs no message.
 */
void udp_message_build(struct msghdr *message, struct udp_control *control, int family,
                       const struct sockaddr_any *to, const struct addr *from, uint8_t ecn);

#endif
