/*
 * Many datagrams at once, where the system can. Chosen by file: udp_read.c with recvmmsg(2), udp_read_each.c
 * without. Used by rim/udp.c only.
 */
#ifndef SKUA_RIM_UDP_READ_H
#define SKUA_RIM_UDP_READ_H

#include <sys/socket.h>

/* A message to be read, and the length of what was read into it. */
struct udp_incoming {
    struct msghdr header;
    unsigned len;
};

/*
 * Read what is there, without waiting, into at most count messages whose headers are filled in.
 * Returns how many were read; -1 with errno if none could be.
 */
int udp_read(int fd, struct udp_incoming *messages, int count);

#endif
