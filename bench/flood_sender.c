/*
 * Send forged datagrams at a steady rate: right length, right direction, a random number and random bytes,
 * so that only the cipher can tell.
 *
 *   flood_sender ADDRESS PORT PER-SECOND SECONDS BYTES client|server
 *
 * client or server says who is to be flooded. Prints how many were sent a second.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define BATCH         32
#define DATAGRAM_MAX  8192
#define DIRECTION_BIT 0x80

static uint64_t
now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * UINT64_C(1000000000) + (uint64_t)t.tv_nsec;
}

static uint64_t
next(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    return *state ^= *state << 17;
}

static uint64_t
flood(int fd, double per_second, double seconds, size_t bytes, uint8_t direction)
{
    static uint8_t data[BATCH][DATAGRAM_MAX];
    struct iovec vectors[BATCH];
    struct mmsghdr messages[BATCH];
    uint64_t dice = now_ns() | 1, sent = 0, start = now_ns();
    for (int i = 0; i < BATCH; i++) {
        for (size_t j = 0; j < DATAGRAM_MAX; j++)
            data[i][j] = (uint8_t)next(&dice);
        vectors[i] = (struct iovec){ .iov_base = data[i], .iov_len = bytes };
        messages[i] = (struct mmsghdr){ .msg_hdr = { .msg_iov = &vectors[i], .msg_iovlen = 1 } };
    }
    for (;;) {
        double passed = (double)(now_ns() - start) / 1e9;
        if (passed >= seconds)
            return sent;
        if ((double)sent >= per_second * passed) {
            const struct timespec nap = { .tv_nsec = 50000 };
            nanosleep(&nap, NULL);
            continue;
        }
        for (int i = 0; i < BATCH; i++) {
            uint64_t number = next(&dice);
            memcpy(data[i], &number, sizeof number);
            data[i][0] = (uint8_t)((data[i][0] & 0x7f) | direction);
        }
        int got = sendmmsg(fd, messages, BATCH, 0);
        sent += got > 0 ? (uint64_t)got : 0;
    }
}

int
main(int argc, char **argv)
{
    if (argc != 7) {
        fprintf(stderr,
                "usage: flood_sender ADDRESS PORT PER-SECOND SECONDS BYTES client|server\n");
        return 2;
    }
    struct sockaddr_in to = { .sin_family = AF_INET,
                              .sin_port = htons((uint16_t)strtoul(argv[2], NULL, 10)) };
    double per_second = strtod(argv[3], NULL), seconds = strtod(argv[4], NULL);
    size_t bytes = strtoul(argv[5], NULL, 10);
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    if (bytes < 8 || bytes > DATAGRAM_MAX || seconds <= 0 ||
        inet_pton(AF_INET, argv[1], &to.sin_addr) != 1 ||
        connect(fd, (struct sockaddr *)&to, sizeof to) != 0) {
        fprintf(stderr, "flood_sender: bad address, seconds or size\n");
        return 1;
    }
    uint64_t sent =
        flood(fd, per_second, seconds, bytes, strcmp(argv[6], "client") == 0 ? DIRECTION_BIT : 0);
    printf("%.0f\n", (double)sent / seconds);
    close(fd);
    return 0;
}
