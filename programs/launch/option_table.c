/*
 * People have these options in aliases and scripts, so they are matched as Perl's Getopt::Long matches
 * them for stock: case does not count, one dash does for two, and an unambiguous beginning is enough.
 */
#include "option_table.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#define NAME_BYTES 64 /* longer than any name with its "no-" */

enum option_kind {
    KIND_FLAG,
    KIND_NEGATABLE,
    KIND_VALUE,
};

struct option_name {
    const char *name;
    enum option_id id;
    enum option_kind kind;
};

static const struct option_name table[] = {
    { "client", OPTION_CLIENT, KIND_VALUE },
    { "server", OPTION_SERVER, KIND_VALUE },
    { "predict", OPTION_PREDICT, KIND_VALUE },
    { "a", OPTION_ALWAYS, KIND_FLAG },
    { "n", OPTION_NEVER, KIND_FLAG },
    { "predict-overwrite", OPTION_OVERWRITE, KIND_NEGATABLE },
    { "o", OPTION_OVERWRITE, KIND_NEGATABLE },
    { "4", OPTION_INET, KIND_FLAG },
    { "6", OPTION_INET6, KIND_FLAG },
    { "family", OPTION_FAMILY, KIND_VALUE },
    { "port", OPTION_PORT, KIND_VALUE },
    { "p", OPTION_PORT, KIND_VALUE },
    { "bind-server", OPTION_BIND_SERVER, KIND_VALUE },
    { "ssh", OPTION_SSH, KIND_VALUE },
    { "ssh-pty", OPTION_SSH_PTY, KIND_NEGATABLE },
    { "init", OPTION_INIT, KIND_NEGATABLE },
    { "metered", OPTION_METERED, KIND_NEGATABLE },
    { "upload", OPTION_UPLOAD, KIND_VALUE },
    { "local", OPTION_LOCAL, KIND_FLAG },
    { "experimental-remote-ip", OPTION_REMOTE_IP, KIND_VALUE },
    { "record", OPTION_RECORD, KIND_VALUE },
    { "F", OPTION_CONFIG_FILE, KIND_VALUE },
    { "G", OPTION_PRINT_CONFIG, KIND_FLAG },
    { "help", OPTION_HELP, KIND_FLAG },
    { "version", OPTION_VERSION, KIND_FLAG },
    { "fake-proxy", OPTION_FAKE_PROXY, KIND_NEGATABLE },
};

#define TABLE_COUNT (sizeof table / sizeof table[0])

/* How well a spelling fits: a whole name ends the search. */
enum fit {
    FIT_NOT,
    FIT_BEGINNING,
    FIT_WHOLE,
};

static enum fit
fits(const char *given, size_t len, const char *prefix, const char *name)
{
    char whole[NAME_BYTES];

    snprintf(whole, sizeof whole, "%s%s", prefix, name);
    if (len > strlen(whole) || strncasecmp(given, whole, len) != 0)
        return FIT_NOT;
    return len == strlen(whole) ? FIT_WHOLE : FIT_BEGINNING;
}

/* What was found so far. */
struct search {
    const struct option_name *found;
    bool negated;
    enum fit fit;
    bool ambiguous;
};

static void
consider(struct search *s, const struct option_name *entry, bool negated, enum fit fit)
{
    if (fit == FIT_NOT || s->fit == FIT_WHOLE)
        return;
    if (fit == FIT_WHOLE) {
        *s = (struct search){ .found = entry, .negated = negated, .fit = fit };
        return;
    }
    /* Two spellings of one wish are no riddle. */
    if (s->found != NULL && (s->found->id != entry->id || s->negated != negated))
        s->ambiguous = true;
    if (s->found == NULL)
        *s = (struct search){ .found = entry, .negated = negated, .fit = fit };
}

static struct search
search_table(const char *given, size_t len)
{
    struct search s = { 0 };

    for (size_t i = 0; i < TABLE_COUNT; i++) {
        consider(&s, &table[i], false, fits(given, len, "", table[i].name));
        if (table[i].kind != KIND_NEGATABLE)
            continue;
        consider(&s, &table[i], true, fits(given, len, "no-", table[i].name));
        consider(&s, &table[i], true, fits(given, len, "no", table[i].name));
    }
    return s;
}

/* "-p60001", "-p60001:60010": what stock refuses and every other program takes. */
static bool
is_glued_port(const char *word)
{
    if (word[0] != '-' || (word[1] != 'p' && word[1] != 'P') || word[2] == '\0')
        return false;
    return word[2 + strspn(word + 2, "0123456789:")] == '\0';
}

enum skua_err
option_match(const char *word, struct option_match *out, struct fail *why)
{
    const char *name = word + (word[1] == '-' ? 2 : 1);
    size_t len = strcspn(name, "=");
    const char *value = name[len] == '=' ? name + len + 1 : NULL;
    struct search s = search_table(name, len);

    if (s.found == NULL && is_glued_port(word)) {
        *out = (struct option_match){ .id = OPTION_PORT, .needs_value = true, .value = word + 2 };
        return SKUA_OK;
    }
    if (s.found == NULL || len == 0)
        return fail_set(why, SKUA_ERR_MALFORMED, 0, "unknown option %.80s", word);
    if (s.ambiguous)
        return fail_set(why, SKUA_ERR_MALFORMED, 0, "option %.80s is short for more than one",
                        word);
    if (value != NULL && s.found->kind != KIND_VALUE)
        return fail_set(why, SKUA_ERR_MALFORMED, 0, "option --%s takes no value", s.found->name);
    *out = (struct option_match){
        .id = s.found->id,
        .negated = s.negated,
        .needs_value = s.found->kind == KIND_VALUE,
        .abbreviated = s.fit != FIT_WHOLE,
        .value = value,
    };
    return SKUA_OK;
}

const char *
option_name(enum option_id id)
{
    for (size_t i = 0; i < TABLE_COUNT; i++) {
        if (table[i].id == id)
            return table[i].name;
    }
    return "";
}
