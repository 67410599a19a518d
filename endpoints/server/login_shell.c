/* Runs in the child, between its release and exec: it may block, and whatever it prints is seen. */
#include "endpoints/server/login_shell.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pwd.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/buf.h"
#include "endpoints/server/unattached.h"
#include "rim/pty.h"

#define PATH_BYTES 4096

/* A message of the day is for reading; what is longer is cut. */
#define MOTD_MAX_BYTES 65536

/* What the user is by the password database; empty text where it does not know. */
struct user {
    char name[64], home[PATH_BYTES], shell[PATH_BYTES];
};

static void
put(const char *text)
{
    size_t len = strlen(text);
    while (len > 0) {
        ssize_t took = write(STDOUT_FILENO, text, len);
        if (took < 0 && errno == EINTR)
            continue;
        if (took < 0)
            return; /* the session has ended under us */
        text += took;
        len -= (size_t)took;
    }
}

static void
find_user(struct user *out)
{
    *out = (struct user){ 0 };
    const struct passwd *p = getpwuid(getuid());
    const char *shell = getenv("SHELL"), *home = getenv("HOME");
    if (p != NULL) {
        snprintf(out->name, sizeof out->name, "%s", p->pw_name);
        snprintf(out->home, sizeof out->home, "%s", p->pw_dir);
        snprintf(out->shell, sizeof out->shell, "%s", p->pw_shell);
    }
    if (shell != NULL)
        snprintf(out->shell, sizeof out->shell, "%s", shell);
    if (out->shell[0] == '\0')
        snprintf(out->shell, sizeof out->shell, "/bin/sh");
    if (home != NULL && home[0] == '/')
        snprintf(out->home, sizeof out->home, "%s", home);
}

static void
set_environment(const struct login_shell *s)
{
    /* Of the ssh login's terminal, which is gone, or of a multiplexer that we are not inside of. */
    static const char *const stale[] = { "STY", "TMUX", "TMUX_PANE", "SSH_TTY", "MOSH_KEY" };
    for (size_t i = 0; i < sizeof stale / sizeof stale[0]; i++)
        unsetenv(stale[i]);
    setenv("TERM", s->colors == 256 ? "xterm-256color" : "xterm", 1);
    /* ncurses: draw lines in UTF-8 instead of switching character sets. */
    setenv("NCURSES_NO_UTF8_ACS", "1", 1);
    if ((pty_word() & LOGIN_SHELL_TRUECOLOR) != 0)
        setenv("COLORTERM", "truecolor", 1);
    char pid[16];
    snprintf(pid, sizeof pid, "%d", (int)s->server);
    setenv("SKUA_SERVER_PID", pid, 1);
}

static void
go_home(const struct user *user)
{
    const char *at = user->home;
    if (at[0] == '\0' || chdir(at) < 0) {
        char line[PATH_BYTES + 128];
        snprintf(line, sizeof line, "skua: no home directory %s: %s; starting in /\n", at,
                 strerror(at[0] == '\0' ? ENOENT : errno));
        put(line);
        at = "/";
        if (chdir(at) < 0)
            return; /* PWD stays what it was, and so do we */
    }
    setenv("PWD", at, 1);
}

/* Copy a file to the terminal. Returns whether there was one. */
static bool
show_file(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (fd < 0)
        return false;
    char text[4096];
    ssize_t got = 1;
    for (size_t shown = 0; got > 0 && shown < MOTD_MAX_BYTES; shown += (size_t)got) {
        got = read(fd, text, sizeof text - 1);
        text[got > 0 ? got : 0] = '\0';
        put(text);
        if (got <= 0)
            break;
    }
    close(fd);
    return true;
}

static void
show_motd(void)
{
    if (!show_file("/run/motd.dynamic"))
        show_file("/var/run/motd.dynamic");
    show_file("/etc/motd");
}

static void
show_unattached(const struct user *user, const char *terminal)
{
    struct buf notice;
    buf_init(&notice, UNATTACHED_MAX_BYTES);
    unattached_notice(&notice, user->name, terminal);
    (void)buf_put_u8(&notice, '\0');
    put((const char *)notice.data);
    buf_fini(&notice);
}

static bool
is_quiet(const struct user *user)
{
    char path[PATH_BYTES + 16];
    snprintf(path, sizeof path, "%s/.hushlogin", user->home);
    return access(path, F_OK) == 0;
}

/* Show why nothing runs, long enough to be read. */
static int
fail_visibly(const char *program, int reason)
{
    char line[PATH_BYTES + 256];
    snprintf(line, sizeof line, "skua: cannot run %s: %s\n", program, strerror(reason));
    put(line);
    tcflush(STDIN_FILENO, TCIFLUSH); /* what was typed ahead is no wish to go on */
    struct pollfd enter = { .fd = STDIN_FILENO, .events = POLLIN };
    poll(&enter, 1, LOGIN_SHELL_FAILURE_MS);
    return reason == ENOENT ? LOGIN_SHELL_NOT_FOUND : LOGIN_SHELL_CANNOT;
}

static int
run_command(char *const *command)
{
    execvp(command[0], command);
    return fail_visibly(command[0], errno);
}

static int
run_login_shell(const struct user *user)
{
    const char *slash = strrchr(user->shell, '/');
    char name[PATH_BYTES + 1];
    /* The hyphen makes it a login shell. */
    snprintf(name, sizeof name, "-%s", slash != NULL ? slash + 1 : user->shell);
    execlp(user->shell, name, (char *)NULL);
    return fail_visibly(user->shell, errno);
}

int
login_shell_run(void *context)
{
    const struct login_shell *s = context;
    limits_restore(s->limits);
    struct user user;
    find_user(&user);
    set_environment(s);
    go_home(&user);
    if (s->command != NULL)
        return run_command(s->command);
    if (!is_quiet(&user)) {
        show_motd();
        show_unattached(&user, s->terminal);
    }
    return run_login_shell(&user);
}
