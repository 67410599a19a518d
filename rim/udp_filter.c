/* The filter sees the UDP header and the payload. */
#include "rim/udp_filter.h"

#include <linux/filter.h>
#include <sys/socket.h>

#define UDP_HEADER_BYTES 8
#define DIRECTION_BIT    0x80 /* of the nonce's first byte */
#define ACCEPT           0xffffffffU
#define DROP             0

bool
udp_filter_attach(struct udp *u, enum udp_end end)
{
    struct sock_filter code[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_LEN, 0),
        BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, UDP_HEADER_BYTES + UDP_FILTER_MIN_BYTES, 0, 5),
        BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, UDP_HEADER_BYTES + UDP_DATAGRAM_MAX_BYTES, 4, 0),
        BPF_STMT(BPF_LD | BPF_B | BPF_ABS, UDP_HEADER_BYTES),
        BPF_STMT(BPF_ALU | BPF_AND | BPF_K, DIRECTION_BIT),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, end == UDP_CLIENT ? DIRECTION_BIT : 0, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, ACCEPT),
        BPF_STMT(BPF_RET | BPF_K, DROP),
    };
    struct sock_fprog program = {
        .len = sizeof code / sizeof code[0],
        .filter = code,
    };
    return setsockopt(udp_fd(u), SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program) == 0;
}
