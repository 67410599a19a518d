/*
 * Reads the command line. One departure from stock: there, options are looked for in the remote command
 * too, so that `mosh host ls -l` ran ls here. Here the command's first word ends the options.
 */
#include "options.h"

#include <stdlib.h>
#include <string.h>

#include "config_files.h"
#include "option_value.h"

static const char *
label_of(const char *called)
{
    const char *slash = called == NULL ? NULL : strrchr(called, '/');
    const char *base = slash == NULL ? called : slash + 1;
    return base != NULL && strcmp(base, "mosh") == 0 ? "mosh" : "skua";
}

static void
say(struct options *out, enum option_id id, const char *text)
{
    settings_say(&out->settings, id, text, NULL);
}

static void
take_option(const struct option_match *m, struct options *out)
{
    const char *answer = m->negated ? "no" : "yes";

    switch (m->id) {
    case OPTION_PREDICT:
    case OPTION_REMOTE_IP:
    case OPTION_FAMILY:
    case OPTION_PORT:
    case OPTION_CLIENT:
    case OPTION_SERVER:
    case OPTION_SSH:
    case OPTION_BIND_SERVER:
    case OPTION_UPLOAD: say(out, m->id, m->value); break;
    case OPTION_OVERWRITE:
    case OPTION_SSH_PTY:
    case OPTION_INIT:
    case OPTION_METERED: say(out, m->id, answer); break;
    case OPTION_ALWAYS: say(out, OPTION_PREDICT, "always"); break;
    case OPTION_NEVER: say(out, OPTION_PREDICT, "never"); break;
    case OPTION_INET: say(out, OPTION_FAMILY, "inet"); break;
    case OPTION_INET6: say(out, OPTION_FAMILY, "inet6"); break;
    case OPTION_LOCAL:
        out->local = true;
        out->short_local = m->abbreviated && out->host != NULL;
        break;
    case OPTION_RECORD: out->record = m->value; break;
    case OPTION_CONFIG_FILE: out->config_file = m->value; break;
    case OPTION_PRINT_CONFIG: out->print_config = true; break;
    case OPTION_HELP: out->help = true; break;
    case OPTION_VERSION: out->version = true; break;
    case OPTION_FAKE_PROXY: out->fake_proxy = !m->negated; break;
    }
}

/* Take the option at argv[*at]; *at moves to the last word used. */
static enum skua_err
read_option(char *const *argv, int *at, struct options *out, struct fail *why)
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
    take_option(&m, out);
    return SKUA_OK;
}

static enum skua_err
read_words(int argc, char *const *argv, struct options *out, struct fail *why)
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
        enum skua_err err = read_option(argv, &at, out, why);
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

/* What the environment says where the command line does not. */
static void
take_environment(struct settings *s)
{
    const char *display = getenv("MOSH_PREDICTION_DISPLAY");
    const char *overwrite = getenv("MOSH_PREDICTION_OVERWRITE");

    if (display != NULL)
        settings_say_first(s, OPTION_PREDICT, display, "MOSH_PREDICTION_DISPLAY");
    /* As in stock, --no-predict-overwrite does not undo this one. */
    if (overwrite != NULL && strcmp(overwrite, "yes") == 0)
        settings_say(s, OPTION_OVERWRITE, "yes", "MOSH_PREDICTION_OVERWRITE");
    if (getenv("MOSH_NO_TERM_INIT") != NULL)
        settings_say_first(s, OPTION_INIT, "no", "MOSH_NO_TERM_INIT");
}

static enum skua_err
check_record(const struct options *out, struct fail *why)
{
    if (out->record != NULL && out->record[0] == '\0')
        return fail_set(why, SKUA_ERR_MALFORMED, 0, "option --record has an empty value");
    if (out->record != NULL && out->client != NULL)
        return fail_set(why, SKUA_ERR_MALFORMED, 0,
                        "--record is for the client in this program: leave out --client");
    return SKUA_OK;
}

enum skua_err
options_parse(int argc, char *const *argv, struct options *out, struct fail *why)
{
    *out = (struct options){
        .label = label_of(argc > 0 ? argv[0] : NULL),
        .ssh = "ssh",
        .ssh_pty = true,
        .term_init = true,
    };
    options_family_parse("prefer-inet", &out->family);
    return read_words(argc, argv, out, why);
}

enum skua_err
options_complete(struct options *o, struct fail *why)
{
    enum skua_err err;

    take_environment(&o->settings);
    /* A proxy of ours is told everything by the launcher that started it. */
    if (o->host != NULL && !o->fake_proxy && (err = config_files_read(o, why)) != SKUA_OK)
        return err;
    for (int id = 0; id < OPTION_SETTINGS; id++) {
        const struct setting *s = &o->settings.of[id];
        if (s->text == NULL)
            continue;
        if ((err = option_value_take((enum option_id)id, s->text, o, why)) != SKUA_OK) {
            if (s->from != NULL)
                fail_context(why, "%s", s->from);
            return err;
        }
    }
    return check_record(o, why);
}

void
options_fini(struct options *o)
{
    settings_fini(&o->settings);
}
