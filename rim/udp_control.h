/*
 * What systems say of datagrams in ways of their own: when the kernel took one in, to which IPv4 address it was
 * sent, that the network may cut it. IPv6 has a standard (RFC 3542), which udp_message.c keeps to. Chosen by file:
 * udp_control.c on Linux; elsewhere udp_control_bsd.c, with udp_control_pktinfo.c on macOS and NetBSD and
 * udp_control_dstaddr.c on FreeBSD, OpenBSD and DragonFly. Used by rim/udp.c and rim/udp_message.c only.
 */
#ifndef SKUA_RIM_UDP_CONTROL_H
#define SKUA_RIM_UDP_CONTROL_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>
#include <time.h>

/* The largest value that udp_control_source() writes. */
#define UDP_CONTROL_SOURCE_MAX_BYTES 16

/* Ask for all of it. A socket without is worse, and works. */
void udp_control_options(int fd, int family);

/* Let nobody cut a datagram. A system that cannot keeps cutting. */
void udp_control_forbid_fragments(int fd);

/* Whether a control message says to which address of ours a datagram was sent; then that is *to. */
bool udp_control_asked(const struct cmsghdr *c, struct in_addr *to);

/* Whether a control message says what an IPv4 datagram's type of service was; then that is *tos. */
bool udp_control_tos(const struct cmsghdr *c, uint8_t *tos);

/* Whether a control message says when the kernel took a datagram in, by the wall clock; then that is *at. */
bool udp_control_stamp(const struct cmsghdr *c, struct timespec *at);

/* The control message, of level IPPROTO_IP, that lets a datagram leave from an address: its value's length. */
size_t
udp_control_source(struct in_addr from, int *type, uint8_t value[UDP_CONTROL_SOURCE_MAX_BYTES]);

#endif
