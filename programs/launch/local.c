/* --local: the same command that ssh would run, by the local shell. */
#include "local.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "bootstrap/ssh_command.h"
#include "server_command.h"
#include "start.h"
#include "verdict.h"

#define EXIT_LAUNCHER 255

/* The shell's output and errors come in one pipe; it keeps our terminal, whose size the server reads. */
static enum skua_err
run_shell(const char *command, struct child **child, int *fd, struct fail *why)
{
    const char *const argv[] = { "/bin/sh", "-c", command, NULL };
    int ends[2];

    if (pipe2(ends, O_CLOEXEC) != 0)
        return fail_set(why, SKUA_ERR_SYSTEM, errno, "cannot make a pipe");
    const struct child_plan plan = {
        .argv = argv,
        .in = CHILD_INHERIT,
        .out = ends[1],
        .err = ends[1],
    };
    enum skua_err err = child_start(&plan, child, why);
    close(ends[1]);
    if (err != SKUA_OK)
        close(ends[0]);
    else
        *fd = ends[0];
    return err;
}

int
local_start(const struct options *o, int colors, struct session *out, struct fail *why)
{
    struct numeric_address address;
    struct start start;
    struct buf command;
    int fd = -1, status = EXIT_LAUNCHER;

    if (numeric_address_parse(view_of_text(o->host), &address) != SKUA_OK) {
        fail_set(why, SKUA_ERR_MALFORMED, 0,
                 "--local takes an address of this machine, as 127.0.0.1, and not '%.80s'",
                 o->host);
        return EXIT_LAUNCHER;
    }
    /* It would be a session's of another login. */
    unsetenv("SSH_CONNECTION");
    buf_init(&command, SSH_COMMAND_MAX_BYTES);
    buf_put_text(&command, "cd 2>/dev/null; ");
    if (server_command_build(o, &(struct server_command){ .colors = colors }, &command, why) !=
            SKUA_OK ||
        run_shell((const char *)command.data, &out->child, &fd, why) != SKUA_OK)
        goto out;
    if (start_read(&(struct start_plan){ .options = o, .child = out->child, .fd = fd }, &start,
                   why) != SKUA_OK)
        goto out;
    if (start.end != START_STARTED) {
        status = verdict_no_start(o, &start, "the shell", why);
        goto out;
    }
    session_add(out, &address);
    out->port = start.port;
    out->key = start.key;
    key_wipe(&start.key);
    status = 0;
out:
    buf_fini(&command);
    return status;
}
