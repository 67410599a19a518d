/*
 * The launcher: starts a server on a host through ssh and is its client. Under the name mosh it says
 * mosh where it says skua under its own.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "bootstrap/host_name.h"
#include "doctor/doctor.h"
#include "endpoints/client/terminfo.h"
#include "launch/capture.h"
#include "launch/config_files.h"
#include "launch/local.h"
#include "launch/options.h"
#include "launch/proxy.h"
#include "launch/remote.h"
#include "launch/session.h"
#include "launch/usage.h"
#include "rim/clock.h"
#include "rim/descriptors.h"
#include "rim/fail.h"
#include "rim/limits.h"
#include "rim/log.h"
#include "rim/signals.h"

#define EXIT_LAUNCHER    255
#define PATH_BYTES       4096
#define COLORS_ANSWER_MS 10000
#define COLORS_MAX       (1 << 24)

/* Words that are to be commands of skua one day: a host of that name goes behind "--". */
static const char *const kept_words[] = { "doctor", "list", "kill" };

/* Print what went wrong. Returns status. */
static int
complain(const struct options *o, const struct fail *why, int status)
{
    if (why->text[0] != '\0')
        fprintf(stderr, "%s: %s\n", o->label, why->text);
    return status;
}

static int
complain_of_usage(const struct options *o, const struct fail *why)
{
    complain(o, why, 0);
    fprintf(stderr, "%s --help lists the options.\n", o->label);
    return EXIT_LAUNCHER;
}

/* Whether a word stands before the first "--" on the command line. */
static bool
is_bare(int argc, char *const *argv, const char *word)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (argv[i] == word)
            return true;
    }
    return false;
}

static bool
is_kept(const struct options *o, int argc, char *const *argv)
{
    if (strcmp(o->label, "skua") != 0 || !is_bare(argc, argv, o->host))
        return false;
    for (size_t i = 0; i < sizeof kept_words / sizeof kept_words[0]; i++) {
        if (strcmp(o->host, kept_words[i]) == 0)
            return true;
    }
    return false;
}

/* What must be so before ssh gets a host. */
static enum skua_err
check_host(const struct options *o, struct fail *why)
{
    struct view user, host;

    if (host_name_split(view_of_text(o->host), &user, &host) == SKUA_OK)
        return SKUA_OK;
    return fail_set(why, SKUA_ERR_MALFORMED, 0,
                    "the host argument is no host name: it is empty, too long, begins with '-', "
                    "or holds blanks or characters that a shell would take");
}

/* What must be so before anything is started. */
static enum skua_err
check(const struct options *o, int argc, char *const *argv, struct fail *why)
{
    if (is_kept(o, argc, argv))
        return fail_set(
            why, SKUA_ERR_MALFORMED, 0,
            strcmp(o->host, "doctor") == 0
                ? "'%s' comes before its options; for a host of that name: skua -- %s"
                : "'%s' is a word for later versions; for a host of that name: skua -- %s",
            o->host, o->host);
    if (check_host(o, why) != SKUA_OK)
        return SKUA_ERR_MALFORMED;
    if (geteuid() != getuid())
        return fail_set(why, SKUA_ERR_SYSTEM, 0, "must not be installed setuid");
    if (o->client == NULL && (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)))
        return fail_set(why, SKUA_ERR_SYSTEM, 0,
                        "needs a terminal on standard input and output; without one use ssh");
    if (o->record != NULL && access(o->record, F_OK) == 0)
        return fail_set(
            why, SKUA_ERR_SYSTEM, 0,
            "%.200s is there already, and is not written over: give --record another name",
            o->record);
    return SKUA_OK;
}

/* Ask --client's program as stock's launcher does: `CLIENT -c` prints a number. */
static enum skua_err
ask_colors(const char *client, int *colors, struct fail *why)
{
    const char *const argv[] = { client, "-c", NULL };
    struct child_exit how;
    struct capture c;
    struct buf answer;

    enum skua_err err = capture_start(argv, true, &c, why);
    if (err != SKUA_OK)
        return err;
    buf_init(&answer, 256);
    bool ended = capture_read(&c, clock_now_ms() + COLORS_ANSWER_MS, &answer, &how);
    capture_end(&c);
    buf_put_u8(&answer, '\0');
    *colors = 0;
    if (!ended || how.status != 0) {
        err = fail_set(why, SKUA_ERR_SYSTEM, 0,
                       "%.200s -c, asked for the number of colours, failed", client);
    } else if (answer.data != NULL && answer.data[0] >= '0' && answer.data[0] <= '9') {
        char *end;
        long value = strtol((const char *)answer.data, &end, 10);
        if ((*end == '\n' || *end == '\0') && value >= 0 && value <= COLORS_MAX)
            *colors = (int)value;
    }
    buf_fini(&answer);
    return err;
}

static enum skua_err
count_colors(const struct options *o, int *colors, struct fail *why)
{
    if (o->client != NULL)
        return ask_colors(o->client, colors, why);
    const char *term = getenv("TERM");
    int count = term == NULL ? -1 : terminfo_colors(term);
    *colors = count < 0 ? 0 : count;
    return SKUA_OK;
}

/*
 * A path by which ssh's shell finds this program: as called, if that is a path; else what the system says
 * that we are.
 */
static void
find_self(const char *called, char out[PATH_BYTES])
{
    if (called != NULL && strchr(called, '/') != NULL) {
        snprintf(out, PATH_BYTES, "%s", called);
        return;
    }
    const char *path = getenv("PATH");
    while (called != NULL && path != NULL && *path != '\0') {
        size_t len = strcspn(path, ":");
        int written =
            snprintf(out, PATH_BYTES, "%.*s/%s", (int)(len < PATH_BYTES ? len : 0), path, called);
        if (len != 0 && written > 0 && written < PATH_BYTES && access(out, X_OK) == 0)
            return;
        path += len + (path[len] == ':');
    }
    ssize_t len = readlink("/proc/self/exe", out, PATH_BYTES - 1);
    out[len < 0 ? 0 : len] = '\0';
}

static int
launch(const struct options *o, int argc, char *const *argv, struct fail *why)
{
    struct session session = { 0 };
    struct limits before;
    char self[PATH_BYTES];
    int colors;

    if (count_colors(o, &colors, why) != SKUA_OK)
        return EXIT_LAUNCHER;
    if (o->short_local)
        fprintf(stderr, "%s: -l means --local; options of the command go behind its name\n",
                o->label);
    find_self(argv[0], self);
    limits_harden(&before);
    int status = o->local ? local_start(o, colors, &session, why)
                          : remote_start(o, self, colors, &session, why);
    if (status == 0) {
        if (o->client != NULL)
            limits_restore(&before);
        status = session_run(&session, o, argc, argv, why);
    }
    session_fini(&session);
    return status;
}

static int
run(struct options *o, int argc, char **argv, struct fail *why)
{
    if (o->help || o->version) {
        if (o->help)
            usage_help(stdout, o->label);
        else
            usage_version(stdout, o->label);
        return fflush(stdout) == 0 ? 0 : EXIT_LAUNCHER;
    }
    if (options_complete(o, why) != SKUA_OK)
        return EXIT_LAUNCHER;
    if (o->fake_proxy)
        return proxy_run(o, why);
    /* Ours by now, or another session's: no program that we start has a use for them. */
    unsetenv("MOSH_PREDICTION_DISPLAY");
    unsetenv("MOSH_KEY");
    if (o->host == NULL) {
        fprintf(stderr, "%s: name a host: %s [options] [user@]host [command...]\n", o->label,
                o->label);
        return complain_of_usage(o, why);
    }
    if (o->print_config) {
        config_files_print(o, stdout);
        return fflush(stdout) == 0 ? 0 : EXIT_LAUNCHER;
    }
    if (check(o, argc, argv, why) != SKUA_OK)
        return EXIT_LAUNCHER;
    log_open(o->label, 0);
    signals_ignore(SIGPIPE);
    return launch(o, argc, argv, why);
}

static int
examine(struct options *o, const char *called, bool json, struct fail *why)
{
    char self[PATH_BYTES];

    if (o->help || o->version)
        return run(o, 0, NULL, why);
    if (o->words_count != 0 || o->local) {
        fail_set(why, SKUA_ERR_MALFORMED, 0,
                 "doctor takes a host and no command: skua doctor [HOST]");
        return EXIT_LAUNCHER;
    }
    if (options_complete(o, why) != SKUA_OK || (o->host != NULL && check_host(o, why) != SKUA_OK))
        return EXIT_LAUNCHER;
    unsetenv("MOSH_PREDICTION_DISPLAY");
    unsetenv("MOSH_KEY");
    log_open(o->label, 0);
    signals_ignore(SIGPIPE);
    find_self(called, self);
    return doctor_run(o, self, json);
}

int
main(int argc, char **argv)
{
    struct options o;
    struct fail why = { 0 };
    int status;

    bool json;

    descriptors_fill_standard();
    bool is_doctor = doctor_is_asked(&argc, argv, &json);
    if (options_parse(argc, argv, &o, &why) != SKUA_OK)
        status = complain_of_usage(&o, &why);
    else if (is_doctor)
        status = complain(&o, &why, examine(&o, argv[0], json, &why));
    else
        status = complain(&o, &why, run(&o, argc, argv, &why));
    options_fini(&o);
    return status;
}
