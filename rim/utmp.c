/*
 * utmp by libutempter, whose own setgid program writes the file. It is forked and executed by our
 * helper: the server itself may have given up the right to gain privileges.
 */
#include "rim/utmp.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utempter.h>

#include "base/mem.h"
#include "rim/helper.h"

struct utmp {
    struct helper *helper;
    char host[HELPER_LINE_BYTES];
};

static void
record(void *context, const char *line)
{
    int master = *(const int *)context;
    if (line != NULL)
        utempter_add_record(master, line);
    else
        utempter_remove_record(master);
}

enum skua_err
utmp_open(const struct pty *p, const char *host, struct utmp **out, struct fail *why)
{
    int master = pty_fd(p);
    struct utmp *u = mem_new(1, sizeof *u);
    enum skua_err err = helper_start(record, &master, master, &u->helper, why);
    if (err != SKUA_OK) {
        free(u);
        return err;
    }
    utmp_set_host(u, host);
    *out = u;
    return SKUA_OK;
}

void
utmp_set_host(struct utmp *u, const char *host)
{
    if (u == NULL || strcmp(u->host, host) == 0)
        return;
    snprintf(u->host, sizeof u->host, "%s", host);
    helper_tell(u->helper, host);
}

void
utmp_close(struct utmp *u)
{
    if (u == NULL)
        return;
    helper_stop(u->helper);
    free(u);
}
