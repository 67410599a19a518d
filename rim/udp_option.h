/* Options of a socket and values of its control messages, as setsockopt(2) and cmsg(3) have them. Shared by the files
 * of udp only. */
#ifndef SKUA_RIM_UDP_OPTION_H
#define SKUA_RIM_UDP_OPTION_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/socket.h>

/* Set an option that makes a good socket better. Where the system refuses, the session works without it. */
void udp_option_set(int fd, int level, int option, int value);

/* Copy a control message's value to out; false, with out as it was, if it is another message or shorter than len bytes. */
bool udp_option_value(const struct cmsghdr *c, int level, int type, void *out, size_t len);

#endif
