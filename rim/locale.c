/* The environment's locale variables, never this process's own locale. */
#include "rim/locale.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "rim/codeset.h"

static const char *const variables[] = {
    "LANG",       "LANGUAGE",     "LC_CTYPE",       "LC_NUMERIC",        "LC_TIME",
    "LC_COLLATE", "LC_MONETARY",  "LC_MESSAGES",    "LC_PAPER",          "LC_NAME",
    "LC_ADDRESS", "LC_TELEPHONE", "LC_MEASUREMENT", "LC_IDENTIFICATION", "LC_ALL",
};
#define VARIABLES (sizeof variables / sizeof variables[0])

/* What systems call a UTF-8 locale that is always there, or nearly so. */
static const char *const last_resorts[] = { "C.UTF-8", "en_US.UTF-8" };
#define LAST_RESORTS (sizeof last_resorts / sizeof last_resorts[0])

static bool
is_installed(const char *name)
{
    char codeset[CODESET_BYTES];
    return codeset_of(name, codeset);
}

struct locale_report
locale_read(void)
{
    static const char *const deciding[] = { "LC_ALL", "LC_CTYPE", "LANG" };
    struct locale_report r = { .is_installed = true };
    const char *name = "C";
    for (size_t i = 0; i < 3 && r.setting[0] == '\0'; i++) {
        const char *value = getenv(deciding[i]);
        if (value == NULL || value[0] == '\0')
            continue;
        snprintf(r.setting, sizeof r.setting, "%s=%s", deciding[i], value);
        name = value;
    }
    char codeset[CODESET_BYTES] = "";
    r.is_installed = codeset_of(name, codeset);
    if (!r.is_installed)
        (void)codeset_of("C", codeset);
    r.is_utf8 = strcasecmp(codeset, "UTF-8") == 0 || strcasecmp(codeset, "utf8") == 0;
    bool is_ascii = strcmp(codeset, "ANSI_X3.4-1968") == 0; /* not by the name that people know */
    snprintf(r.codeset, sizeof r.codeset, "%s", is_ascii ? "US-ASCII" : codeset);
    return r;
}

static bool
is_ours(const char *name, size_t len)
{
    for (size_t i = 0; i < VARIABLES; i++) {
        if (strlen(variables[i]) == len && memcmp(variables[i], name, len) == 0)
            return true;
    }
    return false;
}

bool
locale_pairs_add(struct locale_pairs *pairs, const char *pair)
{
    const char *equals = strchr(pair, '=');
    if (equals == NULL || strlen(pair) > LOCALE_PAIR_MAX_BYTES ||
        !is_ours(pair, (size_t)(equals - pair)))
        return false;
    static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                                  "_.@-";
    if (equals[1 + strspn(equals + 1, allowed)] != '\0' || pairs->count == LOCALE_PAIRS_MAX)
        return false;
    pairs->pair[pairs->count++] = pair;
    return true;
}

/* The first of the last resorts that this system has; NULL: none. */
static const char *
last_resort(void)
{
    for (size_t i = 0; i < LAST_RESORTS; i++) {
        if (is_installed(last_resorts[i]))
            return last_resorts[i];
    }
    return NULL;
}

/* "UTF-8" names a locale on macOS; elsewhere it means "any with that codeset". */
static void
name_bare_codesets(void)
{
    const char *named = last_resort();
    for (size_t i = 0; named != NULL && i < VARIABLES; i++) {
        const char *value = getenv(variables[i]);
        if (value != NULL && strcasecmp(value, "UTF-8") == 0 && !is_installed(value))
            setenv(variables[i], named, 1);
    }
}

static void
clear_all(void)
{
    for (size_t i = 0; i < VARIABLES; i++)
        unsetenv(variables[i]);
}

static void
apply(const struct locale_pairs *pairs)
{
    for (size_t i = 0; i < pairs->count; i++) {
        const char *equals = strchr(pairs->pair[i], '=');
        char name[32];
        snprintf(name, sizeof name, "%.*s", (int)(equals - pairs->pair[i]), pairs->pair[i]);
        setenv(name, equals + 1, 1);
    }
}

bool
locale_settle(const struct locale_pairs *pairs)
{
    name_bare_codesets();
    if (locale_read().is_utf8)
        return true;
    clear_all();
    apply(pairs);
    name_bare_codesets();
    if (locale_read().is_utf8)
        return true;
    const char *named = last_resort();
    if (named == NULL)
        return false;
    clear_all();
    setenv("LANG", named, 1);
    return locale_read().is_utf8;
}
