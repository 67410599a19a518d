/* getutxent(3). */
#include "rim/logins.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <utmpx.h>

static bool
is_unattached_host(const char *host)
{
    size_t len = strlen(host);
    bool begins = strncmp(host, "mosh [", 6) == 0 || strncmp(host, "skua [", 6) == 0;
    return begins && host[len - 1] == ']';
}

static bool
terminal_exists(const char *line)
{
    char path[64];
    snprintf(path, sizeof path, "/dev/%s", line);
    return access(path, F_OK) == 0;
}

size_t
logins_unattached(const char *user, const char *own_line, struct login out[LOGINS_MAX])
{
    const char *own = strncmp(own_line, "/dev/", 5) == 0 ? own_line + 5 : own_line;
    size_t count = 0;
    const struct utmpx *u;
    setutxent();
    while (count < LOGINS_MAX && (u = getutxent()) != NULL) {
        /* The fields end in a NUL only if they are not full. */
        char name[sizeof u->ut_user + 1];
        snprintf(name, sizeof name, "%.*s", (int)sizeof u->ut_user, u->ut_user);
        struct login *l = &out[count];
        snprintf(l->line, sizeof l->line, "%.*s", (int)sizeof u->ut_line, u->ut_line);
        snprintf(l->host, sizeof l->host, "%.*s", (int)sizeof u->ut_host, u->ut_host);
        if (u->ut_type == USER_PROCESS && strcmp(name, user) == 0 && strcmp(l->line, own) != 0 &&
            is_unattached_host(l->host) && terminal_exists(l->line))
            count++;
    }
    endutxent();
    return count;
}
