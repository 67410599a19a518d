/* The one line that holds the key, said once. */
#include "endpoints/server/announce.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <unistd.h>

#include "base/mem.h"

/* Standard output that does not block and is full is asked again. */
#define FULL_WAIT_MS 100

/* Returns 0, or what the system said. */
static int
write_out(const char *text, size_t len)
{
    while (len > 0) {
        ssize_t put = write(STDOUT_FILENO, text, len);
        if (put > 0) {
            text += put;
            len -= (size_t)put;
        } else if (put < 0 && errno == EAGAIN) {
            struct pollfd room = { .fd = STDOUT_FILENO, .events = POLLOUT };
            (void)poll(&room, 1, FULL_WAIT_MS);
        } else if (put == 0 || errno != EINTR) {
            return put == 0 ? EIO : errno;
        }
    }
    return 0;
}

enum skua_err
announce(bool on_terminal, uint16_t port, const char *key, struct fail *why)
{
    char line[64];
    int len = snprintf(line, sizeof line, "%sMOSH CONNECT %u %s\n", on_terminal ? "\r\n\n" : "",
                       (unsigned)port, key);
    int os_error = write_out(line, (size_t)len);
    mem_wipe(line, sizeof line);
    if (os_error != 0)
        return fail_set(why, SKUA_ERR_SYSTEM, os_error, "print the CONNECT line");
    return SKUA_OK;
}
