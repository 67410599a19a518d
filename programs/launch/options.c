/*
 * Reads the command line. One departure from stock: there, options are looked for in the remote command
 * too, so that `mosh host ls -l` ran ls here. Here the command's first word ends the options.
 */
#include "options.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "option_table.h"

#define PORT_MAX 65535

struct family_word {
    const char *word;
    enum resolve_family only, first;
    bool must_agree;
};

static const struct family_word family_words[] = {
    { "inet", RESOLVE_INET, RESOLVE_ANY, false },
    { "inet6", RESOLVE_INET6, RESOLVE_ANY, false },
    { "prefer-inet", RESOLVE_ANY, RESOLVE_INET, false },
    { "prefer-inet6", RESOLVE_ANY, RESOLVE_INET6, false },
    { "all", RESOLVE_ANY, RESOLVE_ANY, false },
    { "auto", RESOLVE_ANY, RESOLVE_ANY, true },
};

/* What was said, before it is checked: the order of the checks is not the order of the words. */
struct said {
    const char *predict; /* NULL: nothing */
    const char *family;
    const char *remote_ip;
    const char *port;
    bool overwrite;
};

static const char *
label_of(const char *called)
{
    const char *slash = called == NULL ? NULL : strrchr(called, '/');
    const char *base = slash == NULL ? called : slash + 1;
    return base != NULL && strcmp(base, "mosh") == 0 ? "mosh" : "skua";
}

bool
options_family_parse(const char *word, struct options_family *out)
{
    for (size_t i = 0; i < sizeof family_words / sizeof family_words[0]; i++) {
        const struct family_word *f = &family_words[i];
        if (strcasecmp(word, f->word) != 0)
            continue;
        *out = (struct options_family){
            .only = f->only,
            .first = f->first,
            .must_agree = f->must_agree,
        };
        memcpy(out->word, f->word, strlen(f->word) + 1);
        return true;
    }
    return false;
}

static void
take_option(const struct option_match *m, struct options *out, struct said *said)
{
    switch (m->id) {
    case OPTION_CLIENT: out->client = m->value; break;
    case OPTION_SERVER: out->server = m->value; break;
    case OPTION_PREDICT: said->predict = m->value; break;
    case OPTION_ALWAYS: said->predict = "always"; break;
    case OPTION_NEVER: said->predict = "never"; break;
    case OPTION_OVERWRITE: said->overwrite = !m->negated; break;
    case OPTION_INET: said->family = "inet"; break;
    case OPTION_INET6: said->family = "inet6"; break;
    case OPTION_FAMILY: said->family = m->value; break;
    case OPTION_PORT: said->port = m->value; break;
    case OPTION_BIND_SERVER: out->bind_server = m->value; break;
    case OPTION_SSH: out->ssh = m->value; break;
    case OPTION_SSH_PTY: out->ssh_pty = !m->negated; break;
    case OPTION_INIT: out->term_init = !m->negated; break;
    case OPTION_LOCAL:
        out->local = true;
        out->short_local = m->abbreviated && out->host != NULL;
        break;
    case OPTION_REMOTE_IP: said->remote_ip = m->value; break;
    case OPTION_RECORD: out->record = m->value; break;
    case OPTION_HELP: out->help = true; break;
    case OPTION_VERSION: out->version = true; break;
    case OPTION_FAKE_PROXY: out->fake_proxy = !m->negated; break;
    }
}

/* Take the option at argv[*at]; *at moves to the last word used. */
static enum skua_err
read_option(char *const *argv, int *at, struct options *out, struct said *said, struct fail *why)
{
    struct option_match m;
    enum skua_err err = option_match(argv[*at], &m, why);

    if (err != SKUA_OK)
        return err;
    if (m.needs_value && m.value == NULL) {
        m.value = argv[*at + 1];
        if (m.value == NULL)
            return fail_set(why, SKUA_ERR_MALFORMED, 0, "option %.80s needs a value", argv[*at]);
        ++*at;
    }
    take_option(&m, out, said);
    return SKUA_OK;
}

static enum skua_err
read_words(int argc, char *const *argv, struct options *out, struct said *said, struct fail *why)
{
    bool strict = getenv("POSIXLY_CORRECT") != NULL;
    int at = argc == 0 ? 0 : 1;

    for (; at < argc; at++) {
        const char *word = argv[at];
        if (strcmp(word, "--") == 0) {
            at++;
            break;
        }
        if (word[0] != '-' || word[1] == '\0') {
            if (out->host != NULL)
                break;
            out->host = word;
            if (!strict)
                continue;
            at += at + 1 < argc && strcmp(argv[at + 1], "--") == 0 ? 2 : 1;
            break;
        }
        enum skua_err err = read_option(argv, &at, out, said, why);
        if (err != SKUA_OK)
            return err;
    }
    if (out->host == NULL && at < argc)
        out->host = argv[at++];
    if (at < argc) {
        out->words = (const char *const *)argv + at;
        out->words_count = (size_t)(argc - at);
    }
    return SKUA_OK;
}

static enum skua_err
check_predict(const struct said *said, struct options *out, struct fail *why)
{
    const char *from = getenv("MOSH_PREDICTION_DISPLAY");
    const char *word = said->predict != NULL ? said->predict : from;
    const char *overwrite = getenv("MOSH_PREDICTION_OVERWRITE");

    out->predict.overwrite =
        said->overwrite || (overwrite != NULL && strcmp(overwrite, "yes") == 0);
    if (word == NULL || predict_display_parse(word, &out->predict.display))
        return SKUA_OK;
    return fail_set(
        why, SKUA_ERR_MALFORMED, 0,
        "unknown prediction mode '%.80s'%s: use adaptive, always, never or experimental", word,
        said->predict == NULL ? " (from MOSH_PREDICTION_DISPLAY)" : "");
}

static enum skua_err
check_remote_ip(const struct said *said, struct options *out, struct fail *why)
{
    const char *const words[] = {
        [OPTIONS_REMOTE_IP_LOCAL] = "local",
        [OPTIONS_REMOTE_IP_REMOTE] = "remote",
        [OPTIONS_REMOTE_IP_PROXY] = "proxy",
    };

    if (said->remote_ip == NULL)
        return SKUA_OK;
    for (int i = OPTIONS_REMOTE_IP_LOCAL; i <= OPTIONS_REMOTE_IP_PROXY; i++) {
        if (strcmp(said->remote_ip, words[i]) == 0) {
            out->remote_ip = (enum options_remote_ip)i;
            return SKUA_OK;
        }
    }
    return fail_set(why, SKUA_ERR_MALFORMED, 0,
                    "unknown mode '%.80s' for --experimental-remote-ip: use local, remote or proxy",
                    said->remote_ip);
}

static enum skua_err
check_family(const struct said *said, struct options *out, struct fail *why)
{
    if (!options_family_parse(said->family == NULL ? "prefer-inet" : said->family, &out->family))
        return fail_set(why, SKUA_ERR_MALFORMED, 0,
                        "unknown address family '%.80s': use inet, inet6, prefer-inet, "
                        "prefer-inet6, all or auto",
                        said->family);
    out->family.given = said->family != NULL;
    return SKUA_OK;
}

/* Digits up to end, as a number; -1 if there are none, or others, or it is past any port. */
static int
port_number(const char *from, const char *end)
{
    int value = 0;

    if (from == end)
        return -1;
    for (; from < end; from++) {
        if (!isdigit((unsigned char)*from))
            return -1;
        value = value * 10 + (*from - '0');
        if (value > PORT_MAX)
            return PORT_MAX + 1;
    }
    return value;
}

static enum skua_err
check_port(const struct said *said, struct options *out, struct fail *why)
{
    const char *text = said->port;

    if (text == NULL)
        return SKUA_OK;
    const char *end = text + strlen(text);
    const char *colon = strchr(text, ':');
    int low = port_number(text, colon == NULL ? end : colon);
    int high = colon == NULL ? low : port_number(colon + 1, end);

    if (low < 0 || high < 0)
        return fail_set(why, SKUA_ERR_MALFORMED, 0,
                        "'%.80s' is no UDP port: give a number or two with a colon between", text);
    if (low > PORT_MAX || high > PORT_MAX)
        return fail_set(why, SKUA_ERR_MALFORMED, 0,
                        "UDP port %.80s is out of bounds: ports are 0 to 65535", text);
    if (colon != NULL && (low == 0 || high == 0))
        return fail_set(why, SKUA_ERR_MALFORMED, 0,
                        "UDP port range %.80s holds port 0: ranges go from 1 to 65535", text);
    if (low > high)
        return fail_set(why, SKUA_ERR_MALFORMED, 0,
                        "UDP port range %.80s runs backwards: give the lower port first", text);
    if (strlen(text) >= sizeof out->port)
        return fail_set(why, SKUA_ERR_MALFORMED, 0, "'%.80s' has too many digits for a UDP port",
                        text);
    memcpy(out->port, text, strlen(text) + 1);
    return SKUA_OK;
}

/* A value that is empty says nothing that we could do. */
static enum skua_err
check_texts(const struct options *out, struct fail *why)
{
    const struct {
        const char *name, *value;
    } texts[] = {
        { "client", out->client },           { "server", out->server }, { "ssh", out->ssh },
        { "bind-server", out->bind_server }, { "record", out->record },
    };

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (texts[i].value != NULL && texts[i].value[0] == '\0')
            return fail_set(why, SKUA_ERR_MALFORMED, 0, "option --%s has an empty value",
                            texts[i].name);
    }
    if (out->record != NULL && out->client != NULL)
        return fail_set(why, SKUA_ERR_MALFORMED, 0,
                        "--record is for the client in this program: leave out --client");
    return SKUA_OK;
}

enum skua_err
options_parse(int argc, char *const *argv, struct options *out, struct fail *why)
{
    struct said said = { 0 };

    *out = (struct options){
        .label = label_of(argc > 0 ? argv[0] : NULL),
        .ssh = "ssh",
        .ssh_pty = true,
        .term_init = getenv("MOSH_NO_TERM_INIT") == NULL,
    };
    enum skua_err err = read_words(argc, argv, out, &said, why);
    if (err != SKUA_OK || out->help || out->version)
        return err;
    if ((err = check_predict(&said, out, why)) != SKUA_OK ||
        (err = check_remote_ip(&said, out, why)) != SKUA_OK ||
        (err = check_family(&said, out, why)) != SKUA_OK ||
        (err = check_port(&said, out, why)) != SKUA_OK)
        return err;
    return check_texts(out, why);
}
