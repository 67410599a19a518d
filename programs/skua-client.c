/*
 * skua-client, also called mosh-client: MOSH_KEY=KEY skua-client IP... PORT, for whoever brings key
 * and port by other means than our launcher. docs/ARCHITECTURE.md, "A client from start to end".
 */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/addr.h"
#include "base/mem.h"
#include "endpoints/client/client.h"
#include "endpoints/client/terminfo.h"
#include "net/crypto/crypto_start.h"
#include "rim/descriptors.h"
#include "rim/limits.h"
#include "rim/locale.h"
#include "rim/log.h"
#include "rim/resolve.h"

static void
print_version(FILE *to, const char *name)
{
    fprintf(to,
            "%s (Skua %s) [build skua %s]\n"
            "Copyright 2026 The Skua authors\n"
            "ISC License: free software without any warranty.\n",
            name, SKUA_VERSION, SKUA_VERSION);
}

static void
print_usage(FILE *to, const char *name)
{
    print_version(to, name);
    fprintf(to,
            "\nUsage: %s [-v] [-# 'ARGS'] IP... PORT\n"
            "       %s -c\n",
            name, name);
}

static int
fail_usage(const char *name, const char *what, const char *word)
{
    fprintf(stderr, "%s: %s (%.64s)\n\n", name, what, word);
    print_usage(stderr, name);
    return 1;
}

/* Digits only, 1..65535. */
static bool
parse_port(const char *text, uint16_t *out)
{
    size_t digits = strspn(text, "0123456789");
    if (digits == 0 || digits > 5 || text[digits] != '\0')
        return false;
    unsigned long value = strtoul(text, NULL, 10);
    if (value == 0 || value > UINT16_MAX)
        return false;
    *out = (uint16_t)value;
    return true;
}

/*
 * The key from MOSH_KEY. It is overwritten where it stood, since /proc/PID/environ shows the
 * original bytes for as long as the process lives, and then unset, so that no child inherits it.
 */
static bool
take_key(struct key *out, struct fail *why)
{
    char *text = getenv("MOSH_KEY");
    if (text == NULL) {
        fail_set(why, SKUA_ERR_MALFORMED, 0,
                 "MOSH_KEY is not in the environment: set it to the key that the server printed");
        return false;
    }
    enum skua_err err = key_parse(view_of_text(text), out);
    mem_wipe(text, strlen(text));
    unsetenv("MOSH_KEY");
    if (err != SKUA_OK)
        fail_set(why, err, 0, "MOSH_KEY must be the 22 letters and digits that the server printed");
    return err == SKUA_OK;
}

/* The wishes that the environment holds. */
static bool
read_wishes(struct client_options *o, struct fail *why)
{
    const char *mode = getenv("MOSH_PREDICTION_DISPLAY");
    const char *overwrite = getenv("MOSH_PREDICTION_OVERWRITE");
    if (mode != NULL && !predict_display_parse(mode, &o->predict.display)) {
        fail_set(
            why, SKUA_ERR_MALFORMED, 0,
            "MOSH_PREDICTION_DISPLAY must be adaptive, always, never or experimental, not %.64s",
            mode);
        return false;
    }
    o->predict.overwrite = overwrite != NULL && strcmp(overwrite, "yes") == 0;
    o->escape_key = getenv("MOSH_ESCAPE_KEY");
    o->title_prefix = getenv("MOSH_TITLE_NOPREFIX") == NULL;
    o->term_init = getenv("MOSH_NO_TERM_INIT") == NULL;
    return true;
}

/* Our own decoding is UTF-8 whatever the locale says; what the terminal does may differ. */
static void
warn_of_locale(void)
{
    struct locale_report r = locale_read();
    if (!r.is_installed)
        log_linef(LOG_WARN, "the locale of %s is not installed here; going on in UTF-8", r.setting);
    else if (!r.is_utf8)
        log_linef(LOG_WARN, "the locale is not UTF-8 (%s: %s); going on in UTF-8",
                  r.setting[0] != '\0' ? r.setting : "no LC_ALL, LC_CTYPE or LANG", r.codeset);
}

static int
print_colors(const char *name)
{
    const char *term = getenv("TERM");
    if (term == NULL || term[0] == '\0') {
        fprintf(stderr, "%s: TERM is not set: set it to the name of your terminal\n", name);
        return 1;
    }
    if (!terminfo_is_known(term)) {
        fprintf(stderr, "%s: TERM names no terminal that is known on this host\n", name);
        return 1;
    }
    printf("%d\n", terminfo_colors(term));
    return 0;
}

/* Returns an exit status, or -1 to go on. */
static int
parse_arguments(int argc, char *argv[], struct client_options *o)
{
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--help") == 0) {
            print_usage(stdout, o->name);
            return 0;
        }
        if (strcmp(argv[i], "--version") == 0) {
            print_version(stdout, o->name);
            return 0;
        }
    }
    int option;
    while ((option = getopt(argc, argv, "#:cv")) != -1) {
        switch (option) {
        case '#': break; /* the launcher's own words, for ps(1) */
        case 'c': return print_colors(o->name);
        case 'v': o->verbose++; break;
        default: print_usage(stderr, o->name); return 1;
        }
    }
    int addresses = argc - optind - 1;
    if (addresses < 1 || addresses > CLIENT_ADDRESSES_MAX) {
        print_usage(stderr, o->name);
        return 1;
    }
    for (struct addr address; o->address_count < (size_t)addresses; o->address_count++) {
        char *word = argv[optind + (int)o->address_count];
        if (resolve_numeric(word, 0, &address) != SKUA_OK)
            return fail_usage(o->name, "not a numeric address", word);
        o->addresses[o->address_count] = word;
    }
    if (!parse_port(argv[argc - 1], &o->port))
        return fail_usage(o->name, "bad UDP port, give one of 1 to 65535", argv[argc - 1]);
    return -1;
}

/* The name that labels follow: stock's if we were called by it. */
static const char *
name_of(const char *called)
{
    const char *slash = called != NULL ? strrchr(called, '/') : NULL;
    const char *base = slash != NULL ? slash + 1 : called;
    return base != NULL && strcmp(base, "mosh-client") == 0 ? "mosh-client" : "skua-client";
}

static int
fail(const struct client_options *o, const struct fail *why)
{
    if (why->text[0] != '\0')
        fprintf(stderr, "%s: %s\n", o->name, why->text);
    return 1;
}

int
main(int argc, char *argv[])
{
    descriptors_fill_standard();
    struct limits before;
    limits_harden(&before);
    struct client_options o = { .name = name_of(argc > 0 ? argv[0] : NULL) };
    log_open(o.name, 0);
    if (geteuid() != getuid() || getegid() != getgid()) {
        fprintf(stderr, "%s: must not be installed setuid or setgid\n", o.name);
        return 1;
    }
    int status = parse_arguments(argc, argv, &o);
    if (status >= 0)
        return status;
    log_open(o.name, o.verbose);
    struct fail why = { 0 };
    if (!take_key(&o.key, &why))
        return fail(&o, &why);
    if (!read_wishes(&o, &why)) {
        key_wipe(&o.key);
        return fail(&o, &why);
    }
    warn_of_locale();
    if (crypto_start() != SKUA_OK) {
        key_wipe(&o.key);
        fail_set(&why, SKUA_ERR_SYSTEM, 0, "libgcrypt is older than this program needs, or broken");
        return fail(&o, &why);
    }
    status = client_run(&o, &why);
    key_wipe(&o.key);
    if (status != 0)
        fail(&o, &why);
    return status;
}
