/*
 * The launcher's command line and the environment that counts as part of it.
 */
#ifndef SKUA_PROGRAMS_LAUNCH_OPTIONS_H
#define SKUA_PROGRAMS_LAUNCH_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "rim/fail.h"
#include "rim/resolve.h"
#include "settings.h"
#include "term/predict/preference.h"

#define OPTIONS_PORT_BYTES   12 /* "65535:65535" */
#define OPTIONS_FAMILY_BYTES 16 /* "prefer-inet6" */

/* How the address of the server is found out. */
enum options_remote_ip {
    OPTIONS_REMOTE_IP_UNSAID, /* the best way for this host's ssh configuration */
    OPTIONS_REMOTE_IP_LOCAL,  /* the name is resolved here */
    OPTIONS_REMOTE_IP_REMOTE, /* sshd says at which address it was reached */
    OPTIONS_REMOTE_IP_PROXY,  /* ssh connects through us */
};

/* Whether a server is copied to a host without one. */
enum options_upload {
    OPTIONS_UPLOAD_ASK,
    OPTIONS_UPLOAD_ALWAYS,
    OPTIONS_UPLOAD_NEVER,
};

/* Which addresses of a name count, and which of them first. */
struct options_family {
    char word[OPTIONS_FAMILY_BYTES]; /* lower case, as --family takes it */
    enum resolve_family only;        /* RESOLVE_ANY: both */
    enum resolve_family first;       /* RESOLVE_ANY: the resolver's order */
    bool must_agree;                 /* a name with both families is an error */
    bool given;                      /* by an option */
};

/* What was asked for. Strings are borrowed from argv and from the settings. Ends in options_fini(). */
struct options {
    const char *label; /* "mosh" if called by that name, else "skua" */
    bool help, version, fake_proxy, local, print_config;
    struct settings settings; /* from everywhere; the fields below are what they come to */
    const char *config_file;  /* in the place of the usual ones; "none": of none; NULL: unsaid */
    const char *client;       /* NULL: this process itself */
    const char *server;       /* NULL: whichever server the host has */
    const char *ssh;          /* a command line */
    const char *record;       /* a file to record the session in; NULL: none */
    const char *bind_server;  /* NULL: unsaid */
    char port[OPTIONS_PORT_BYTES]; /* "N" or "N:M"; empty: the server picks */
    struct predict_preference predict;
    struct options_family family;
    enum options_remote_ip remote_ip;
    enum options_upload upload;
    bool ssh_pty, term_init;
    bool is_metered;    /* the link: signs of life are as seldom as they can be */
    bool short_local;   /* --local was said as an abbreviation behind the host */
    const char *host;   /* [user@]host; NULL if there is none */
    size_t words_count; /* of the command */
    const char *const *words;
};

/*
 * Read the command line as Getopt::Long does by default, but that the options end at the command's first
 * word; and POSIXLY_CORRECT. Values are not looked at yet.
 *
 * argv     argc words and a NULL; borrowed as long as *out is used
 *
 * Returns  SKUA_OK, or an error with the sentence for the user in *why. out->label is set in any case.
 */
enum skua_err options_parse(int argc, char *const *argv, struct options *out, struct fail *why);

/*
 * Take what MOSH_PREDICTION_DISPLAY, MOSH_PREDICTION_OVERWRITE, MOSH_NO_TERM_INIT and then the
 * configuration say of the host where the command line said nothing, and check all values.
 *
 * Returns  SKUA_OK, or an error with the sentence for the user, and where the value stands, in *why.
 */
enum skua_err options_complete(struct options *o, struct fail *why);

/* May run twice. */
void options_fini(struct options *o);

/* The word that --upload has for it. Static. */
const char *options_upload_word(enum options_upload mode);

/* The word for a way to learn the address; empty for OPTIONS_REMOTE_IP_UNSAID. Static. */
const char *options_remote_ip_word(enum options_remote_ip mode);

/* Set a family by its word in any case. Returns false, and leaves *out alone, if there is none such. */
bool options_family_parse(const char *word, struct options_family *out);

#endif
