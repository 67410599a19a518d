/* Checks what was said of each option: on the command line, in the environment, in a configuration. */
#include "option_value.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

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

const char *
options_remote_ip_word(enum options_remote_ip mode)
{
    static const char *const words[] = {
        [OPTIONS_REMOTE_IP_UNSAID] = "",
        [OPTIONS_REMOTE_IP_LOCAL] = "local",
        [OPTIONS_REMOTE_IP_REMOTE] = "remote",
        [OPTIONS_REMOTE_IP_PROXY] = "proxy",
    };
    return words[mode];
}

const char *
options_upload_word(enum options_upload mode)
{
    static const char *const words[] = {
        [OPTIONS_UPLOAD_ASK] = "ask",
        [OPTIONS_UPLOAD_ALWAYS] = "always",
        [OPTIONS_UPLOAD_NEVER] = "never",
    };
    return words[mode];
}

static enum skua_err
take_upload(const char *word, struct options *out, struct fail *why)
{
    for (int i = OPTIONS_UPLOAD_ASK; i <= OPTIONS_UPLOAD_NEVER; i++) {
        if (strcmp(word, options_upload_word((enum options_upload)i)) == 0) {
            out->upload = (enum options_upload)i;
            return SKUA_OK;
        }
    }
    return fail_set(why, SKUA_ERR_MALFORMED, 0,
                    "unknown mode '%.80s' for --upload: use ask, always or never", word);
}

static enum skua_err
take_predict(const char *word, struct options *out, struct fail *why)
{
    if (predict_display_parse(word, &out->predict.display))
        return SKUA_OK;
    return fail_set(why, SKUA_ERR_MALFORMED, 0,
                    "unknown prediction mode '%.80s': use adaptive, always, never or experimental",
                    word);
}

static enum skua_err
take_remote_ip(const char *word, struct options *out, struct fail *why)
{
    for (int i = OPTIONS_REMOTE_IP_LOCAL; i <= OPTIONS_REMOTE_IP_PROXY; i++) {
        if (strcmp(word, options_remote_ip_word((enum options_remote_ip)i)) == 0) {
            out->remote_ip = (enum options_remote_ip)i;
            return SKUA_OK;
        }
    }
    return fail_set(why, SKUA_ERR_MALFORMED, 0,
                    "unknown mode '%.80s' for --experimental-remote-ip: use local, remote or proxy",
                    word);
}

static enum skua_err
take_family(const char *word, struct options *out, struct fail *why)
{
    if (!options_family_parse(word, &out->family))
        return fail_set(why, SKUA_ERR_MALFORMED, 0,
                        "unknown address family '%.80s': use inet, inet6, prefer-inet, "
                        "prefer-inet6, all or auto",
                        word);
    out->family.given = true;
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
take_port(const char *text, struct options *out, struct fail *why)
{
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

static enum skua_err
take_answer(const char *name, const char *word, bool *out, struct fail *why)
{
    if (strcasecmp(word, "yes") != 0 && strcasecmp(word, "no") != 0)
        return fail_set(why, SKUA_ERR_MALFORMED, 0, "%s is '%.80s': use yes or no", name, word);
    *out = strcasecmp(word, "yes") == 0;
    return SKUA_OK;
}

/* A value that is empty says nothing that we could do. */
static enum skua_err
take_text(const char *name, const char *text, const char **out, struct fail *why)
{
    if (text[0] == '\0')
        return fail_set(why, SKUA_ERR_MALFORMED, 0, "option --%s has an empty value", name);
    *out = text;
    return SKUA_OK;
}

enum skua_err
option_value_take(enum option_id id, const char *value, struct options *out, struct fail *why)
{
    const char *name = option_name(id);

    switch (id) {
    case OPTION_PREDICT: return take_predict(value, out, why);
    case OPTION_OVERWRITE: return take_answer(name, value, &out->predict.overwrite, why);
    case OPTION_REMOTE_IP: return take_remote_ip(value, out, why);
    case OPTION_FAMILY: return take_family(value, out, why);
    case OPTION_PORT: return take_port(value, out, why);
    case OPTION_CLIENT: return take_text(name, value, &out->client, why);
    case OPTION_SERVER: return take_text(name, value, &out->server, why);
    case OPTION_SSH: return take_text(name, value, &out->ssh, why);
    case OPTION_BIND_SERVER: return take_text(name, value, &out->bind_server, why);
    case OPTION_SSH_PTY: return take_answer(name, value, &out->ssh_pty, why);
    case OPTION_INIT: return take_answer(name, value, &out->term_init, why);
    case OPTION_METERED: return take_answer(name, value, &out->is_metered, why);
    case OPTION_UPLOAD: return take_upload(value, out, why);
    default: return SKUA_OK;
    }
}
