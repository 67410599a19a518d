/* pledge(2) and unveil(2), OpenBSD. What breaks a promise ends the process, with SIGABRT. */
#include "rim/sandbox.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

static enum skua_err
promise(const char *promises, struct fail *why)
{
    if (getenv("SKUA_NO_SANDBOX") != NULL)
        return fail_set(why, SKUA_ERR_SYSTEM, 0, "SKUA_NO_SANDBOX is set");
    if (pledge(promises, NULL) < 0)
        return fail_set(why, SKUA_ERR_SYSTEM, errno, "give up what is not needed");
    return SKUA_OK;
}

/* Descriptors, sockets of IPv4 and IPv6, and the terminal's settings; no file, no process. */
enum skua_err
sandbox_client(struct fail *why)
{
    return promise("stdio inet tty", why);
}

/* Besides: the list of sessions below the home, the shell's end, its terminal. No program is run any more. */
enum skua_err
sandbox_server(struct fail *why)
{
    return promise("stdio rpath wpath cpath fattr flock unix inet tty proc", why);
}
