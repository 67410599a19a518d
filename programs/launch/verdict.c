/* The launcher's failures in words. */
#include "verdict.h"

#include <signal.h>
#include <string.h>

#include "payload.h"

#define EXIT_LAUNCHER  255
#define INTERRUPTED    "interrupted before a session started"
#define EXIT_NOT_FOUND 127 /* POSIX shells: no such command */
#define EXIT_NOT_RUN   126 /* POSIX shells: found, but not a program for this machine */

/* How to install a server, by what the host calls itself: os-release's ID, or uname. */
static const struct {
    const char *system, *how;
} installers[] = {
    { "debian", "apt-get install mosh" },
    { "ubuntu", "apt-get install mosh" },
    { "raspbian", "apt-get install mosh" },
    { "linuxmint", "apt-get install mosh" },
    { "fedora", "dnf install mosh" },
    { "rhel", "dnf install mosh, from EPEL" },
    { "centos", "dnf install mosh, from EPEL" },
    { "rocky", "dnf install mosh, from EPEL" },
    { "almalinux", "dnf install mosh, from EPEL" },
    { "arch", "pacman -S mosh" },
    { "alpine", "apk add mosh-server" },
    { "opensuse-leap", "zypper install mosh" },
    { "opensuse-tumbleweed", "zypper install mosh" },
    { "gentoo", "emerge net-misc/mosh" },
    { "void", "xbps-install mosh" },
    { "nixos", "nix-env -iA nixos.mosh" },
    { "Darwin", "brew install mosh" },
    { "FreeBSD", "pkg install mosh" },
    { "freebsd", "pkg install mosh" },
    { "OpenBSD", "pkg_add mosh" },
    { "NetBSD", "pkgin install mosh" },
};

static const char *
installer_of(const char *system)
{
    for (size_t i = 0; i < sizeof installers / sizeof installers[0]; i++) {
        if (strcmp(installers[i].system, system) == 0)
            return installers[i].how;
    }
    return "its package is mosh on most systems";
}

static int
no_server(const struct options *o, const struct start *start, int status, struct fail *why)
{
    bool can_bring = payload_for(start->machine) != NULL;

    fail_set(why, SKUA_ERR_MALFORMED, 0,
             "%.100s%s%s%s has neither skua-server nor mosh-server: install one there (%s), %ssay "
             "where it is with --server=PATH%s",
             o->host, start->system[0] == '\0' ? "" : " (", start->system,
             start->system[0] == '\0' ? "" : ")", installer_of(start->system),
             can_bring ? "" : "or ", can_bring ? ", or have one copied with --upload=always" : "");
    return status;
}

/* The program ended by itself. */
static int
ended(const struct options *o, const struct start *start, const char *program, struct fail *why)
{
    const struct child_exit *e = &start->exit;
    int status =
        e->status == 0 || e->signal != 0 || e->status > EXIT_LAUNCHER ? EXIT_LAUNCHER : e->status;
    const char *server = o->server == NULL ? "the server" : o->server;

    if (start->is_unreached)
        return EXIT_LAUNCHER;
    if (e->signal == SIGINT) {
        fail_set(why, SKUA_ERR_CLOSED, 0, INTERRUPTED);
        return EXIT_LAUNCHER;
    }
    /* The script that takes a server in has said why it did not. */
    if (e->status == UPLOAD_COMMAND_REFUSED &&
        strncmp(start->last_text, "skua: no server was copied", 26) == 0)
        return EXIT_LAUNCHER;
    if (start->has_no_server)
        return no_server(o, start, status, why);
    if (start->says_no_utf8)
        fail_set(why, SKUA_ERR_SYSTEM, 0,
                 "mosh-server needs a UTF-8 locale and %.100s has none of those asked for: try "
                 "LC_ALL=C.UTF-8 %s %.100s, or install skua-server there, which needs none",
                 o->host, o->label, o->host);
    else if (start->says_bad_port && strchr(o->port, ':') != NULL)
        fail_set(why, SKUA_ERR_MALFORMED, 0,
                 "the server on %.100s is too old for the port range %s: give one port with -p",
                 o->host, o->port);
    else if (e->signal != 0)
        fail_set(why, SKUA_ERR_SYSTEM, 0, "%s was killed by signal %d", program, e->signal);
    else if (status == EXIT_NOT_FOUND)
        fail_set(
            why, SKUA_ERR_SYSTEM, 0,
            "%.100s was not found on %.100s (status 127): install it there, or say where it is "
            "with --server=PATH",
            server, o->host);
    else if (status == EXIT_NOT_RUN)
        fail_set(why, SKUA_ERR_SYSTEM, 0,
                 "%.100s cannot be run on %.100s (status 126): it is not executable there, or made "
                 "for another machine",
                 server, o->host);
    else if (e->status != 0)
        fail_set(why, SKUA_ERR_SYSTEM, 0, "%s to %.100s failed (status %d)%s%.200s%s%.100s%s",
                 program, o->host, e->status, start->last_text[0] == '\0' ? "" : ": ",
                 start->last_text, o->local ? "" : "; try 'ssh ", o->local ? "" : o->host,
                 o->local ? "" : "' alone");
    else
        fail_set(why, SKUA_ERR_SYSTEM, 0,
                 "%.100s on %.100s did not say that it started: is it installed there? (try "
                 "--server=PATH)",
                 server, o->host);
    return status;
}

int
verdict_no_start(const struct options *o, const struct start *start, const char *program,
                 struct fail *why)
{
    switch (start->end) {
    case START_STARTED:
    case START_BAD: return EXIT_LAUNCHER;
    case START_LATE:
        fail_set(why, SKUA_ERR_SYSTEM, 0,
                 "no server started on %.100s within %llu s of the login: look at its start-up "
                 "files, or "
                 "name a server with --server=PATH",
                 o->host, (unsigned long long)start->limit_ms / 1000);
        return EXIT_LAUNCHER;
    case START_INTERRUPTED: fail_set(why, SKUA_ERR_CLOSED, 0, INTERRUPTED); return EXIT_LAUNCHER;
    case START_ENDED: break;
    }
    if (start->has_exit)
        return ended(o, start, program, why);
    fail_set(why, SKUA_ERR_SYSTEM, 0,
             "%s to %.100s closed its output, started no server, and stayed: ended it", program,
             o->host);
    return EXIT_LAUNCHER;
}

int
verdict_no_address(const struct options *o, struct fail *why)
{
    fail_set(why, SKUA_ERR_SYSTEM, 0,
             "the server started, but at which address of %.100s is unknown: ssh did not use our "
             "ProxyCommand; try --experimental-remote-ip=remote or local",
             o->host);
    return EXIT_LAUNCHER;
}
