/*
 * skua-server, also called mosh-server: options as stock's server has them, so that every launcher
 * that starts one can start the other. docs/ARCHITECTURE.md, "A server from start to end".
 */
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/addr.h"
#include "endpoints/server/server.h"
#include "rim/descriptors.h"
#include "rim/locale.h"
#include "rim/log.h"
#include "rim/resolve.h"
#include "serve/probe.h"
#include "serve/sessions.h"

/* Of stock's, since firewalls are opened for it. */
#define PORT_LOW  60001
#define PORT_HIGH 60999

/* Everything that the command line says. */
struct arguments {
    struct server_options options;
    struct locale_pairs locale;
    bool probes;
    char address[RESOLVE_TEXT_BYTES]; /* for options.bind_address */
};

static void
print_version(const char *name)
{
    printf("%s (Skua %s) [build skua %s]\n"
           "Copyright 2026 The Skua authors\n"
           "ISC License: free software without any warranty.\n",
           name, SKUA_VERSION, SKUA_VERSION);
}

static void
print_usage(FILE *to, const char *name)
{
    fprintf(to,
            "Usage: %s new [-s] [-v] [-i LOCALADDR] [-p PORT[:PORT2]] [-c COLORS] "
            "[-l NAME=VALUE] [-- COMMAND...]\n"
            "       %s probe [-s] [-i LOCALADDR] [-p PORT[:PORT2]]\n"
            "       %s list [--json]\n"
            "       %s kill ID... | --silent SECONDS\n",
            name, name, name, name);
}

/* A whole decimal number of lowest..highest. */
static bool
parse_number(const char *text, long long lowest, long long highest, long long *out)
{
    if (text[0] != '-' && (text[0] < '0' || text[0] > '9'))
        return false; /* strtoll() would take blanks and a plus */
    char *end;
    errno = 0;
    long long value = strtoll(text, &end, 10);
    if (errno != 0 || end == text || *end != '\0' || value < lowest || value > highest)
        return false;
    *out = value;
    return true;
}

/* "N" with 0 for any, or "LOW:HIGH" with both at least 1. */
static bool
parse_ports(const char *text, struct server_options *options)
{
    const char *colon = strchr(text, ':');
    long long low, high;
    if (colon == NULL) {
        if (!parse_number(text, 0, UINT16_MAX, &low))
            return false;
        options->port_low = options->port_high = (uint16_t)low;
        return true;
    }
    char first[8];
    if ((size_t)(colon - text) >= sizeof first)
        return false;
    snprintf(first, sizeof first, "%.*s", (int)(colon - text), text);
    if (!parse_number(first, 1, UINT16_MAX, &low) ||
        !parse_number(colon + 1, low, UINT16_MAX, &high))
        return false;
    options->port_low = (uint16_t)low;
    options->port_high = (uint16_t)high;
    return true;
}

static int
fail_ports(const char *name, const char *text)
{
    fprintf(stderr,
            "%s: bad UDP port or range (%.64s): give PORT, or LOW:HIGH, of 1 to 65535; 0 is any\n",
            name, text);
    print_usage(stderr, name);
    return 1;
}

/* The two addresses of SSH_CONNECTION: "client port server port", words parted by single blanks. */
static bool
parse_connection(const char *text, struct addr *client, struct addr *server)
{
    char words[4][RESOLVE_TEXT_BYTES];
    long long port;
    for (size_t i = 0; i < 4; i++) {
        size_t len = strcspn(text, " ");
        if (len == 0 || len >= sizeof words[i] || (text[len] == ' ') != (i < 3))
            return false;
        memcpy(words[i], text, len);
        words[i][len] = '\0';
        text += len + (i < 3);
    }
    return resolve_numeric(words[0], 0, client) == SKUA_OK &&
           parse_number(words[1], 0, UINT16_MAX, &port) &&
           resolve_numeric(words[2], 0, server) == SKUA_OK &&
           parse_number(words[3], 0, UINT16_MAX, &port);
}

/*
 * -s: the address at which sshd was reached. Left unset, with a warning, if there is none to be
 * trusted: any address works then.
 */
static void
bind_to_ssh(struct arguments *a)
{
    const char *connection = getenv("SSH_CONNECTION");
    struct addr from, to;
    a->options.bind_address = NULL;
    if (connection == NULL) {
        log_linef(LOG_WARN, "-s without SSH_CONNECTION: listening on any address");
    } else if (!parse_connection(connection, &from, &to)) {
        log_linef(LOG_WARN, "SSH_CONNECTION is not understood: listening on any address");
    } else if (resolve_is_loopback(&to) && !resolve_is_loopback(&from)) {
        /* Behind a relay on this host (sslh, a socket proxy) the address says nothing. */
        log_linef(LOG_WARN, "ssh came through a relay on this host: listening on any address");
    } else {
        resolve_text(&to, a->address);
        a->options.bind_address = a->address;
    }
}

/*
 * The words before "--" in argv[0..argc-1]; optind is where they begin. Returns an exit status or
 * -1.
 */
static int
parse_options(int argc, char *argv[], struct arguments *a)
{
    struct server_options *o = &a->options;
    long long number;
    int option;
    while ((option = getopt(argc, argv, "@:i:p:c:svl:")) != -1) {
        switch (option) {
        case '@': break; /* for wrappers, and how our own launcher announces itself */
        case 'i': o->bind_address = optarg; break;
        case 's': bind_to_ssh(a); break;
        case 'v': o->verbose++; break;
        case 'l':
            if (!locale_pairs_add(&a->locale, optarg))
                log_linef(LOG_WARN, "ignored: -l %.64s", optarg);
            break;
        case 'p':
            if (!parse_ports(optarg, o))
                return fail_ports(o->name, optarg);
            break;
        case 'c':
            if (!parse_number(optarg, INT32_MIN, INT32_MAX, &number)) {
                fprintf(stderr, "%s: bad number of colors (%.64s)\n", o->name, optarg);
                print_usage(stderr, o->name);
                return 1;
            }
            o->colors = (int)number;
            break;
        default: /* newer launchers may know more: say so and go on, as stock does */
            print_usage(stderr, o->name);
        }
    }
    return -1;
}

/* "server", "server IP", "server IP PORT": the forms before there was "new". */
static int
parse_legacy(int argc, char *argv[], struct arguments *a)
{
    if (argc > 3) {
        print_usage(stderr, a->options.name);
        return 1;
    }
    if (argc > 1)
        a->options.bind_address = argv[1];
    if (argc > 2 && !parse_ports(argv[2], &a->options))
        return fail_ports(a->options.name, argv[2]);
    return -1;
}

/* Returns an exit status, or -1 to go on. */
static int
parse_arguments(int argc, char *argv[], struct arguments *a)
{
    int words = argc;
    for (int i = 1; i < words; i++) {
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
            print_usage(stdout, a->options.name);
            return 0;
        }
        if (strcmp(argv[i], "--version") == 0) {
            print_version(a->options.name);
            return 0;
        }
        if (strcmp(argv[i], "--") == 0)
            words = i; /* the rest is the command */
    }
    if (words < argc - 1)
        a->options.command = argv + words + 1;
    if (words < argc)
        argv[words] = NULL;
    a->probes = words >= 2 && strcmp(argv[1], "probe") == 0;
    if (words < 2 || (strcmp(argv[1], "new") != 0 && !a->probes))
        return parse_legacy(words, argv, a);
    argv[1] = argv[0]; /* getopt() names it in its messages */
    return parse_options(words - 1, argv + 1, a);
}

/* Seconds from the environment; 0 if unset, or, with a warning, if it is no number. */
static uint32_t
seconds_from(const char *variable)
{
    const char *text = getenv(variable);
    long long value;
    if (text == NULL || text[0] == '\0')
        return 0;
    if (!parse_number(text, 0, UINT32_MAX, &value)) {
        log_linef(LOG_WARN, "ignored: %s is not a number of seconds", variable);
        return 0;
    }
    return (uint32_t)value;
}

/* The name that labels follow: stock's if we were called by it. */
static const char *
name_of(const char *called)
{
    const char *slash = called != NULL ? strrchr(called, '/') : NULL;
    const char *base = slash != NULL ? slash + 1 : called;
    return base != NULL && strcmp(base, "mosh-server") == 0 ? "mosh-server" : "skua-server";
}

int
main(int argc, char *argv[])
{
    descriptors_fill_standard();
    struct arguments a = { .options = { .name = name_of(argc > 0 ? argv[0] : NULL),
                                        .port_low = PORT_LOW,
                                        .port_high = PORT_HIGH } };
    log_open(a.options.name, 0);
    if (geteuid() != getuid() || getegid() != getgid()) {
        fprintf(stderr, "%s: must not be installed setuid or setgid\n", a.options.name);
        return 1;
    }
    if (argc > 1 && sessions_is_command(argv[1]))
        return sessions_run(a.options.name, argc - 1, argv + 1);
    int status = parse_arguments(argc, argv, &a);
    if (status >= 0)
        return status;
    log_open(a.options.name, a.options.verbose);
    a.options.network_timeout_s = seconds_from("MOSH_SERVER_NETWORK_TMOUT");
    a.options.signal_timeout_s = seconds_from("MOSH_SERVER_SIGNAL_TMOUT");
    if (!locale_settle(&a.locale)) {
        struct locale_report now = locale_read();
        log_linef(LOG_WARN, "no UTF-8 locale on this host (%s: %s): programs may garble text",
                  now.setting, now.codeset);
    }
    struct fail why = { 0 };
    status = a.probes ? probe_run(&a.options, &why) : server_run(&a.options, &why);
    if (status != 0 && why.text[0] != '\0')
        fprintf(stderr, "%s: %s\n", a.options.name, why.text);
    return status;
}
