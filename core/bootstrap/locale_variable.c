/* Which locale variables travel, and what their values may look like. */
#include "bootstrap/locale_variable.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

static const char *const names[LOCALE_VARIABLE_COUNT] = {
    "LANG",       "LANGUAGE",     "LC_CTYPE",       "LC_NUMERIC",        "LC_TIME",
    "LC_COLLATE", "LC_MONETARY",  "LC_MESSAGES",    "LC_PAPER",          "LC_NAME",
    "LC_ADDRESS", "LC_TELEPHONE", "LC_MEASUREMENT", "LC_IDENTIFICATION", "LC_ALL",
};

const char *
locale_variable_name(size_t index)
{
    assert(index < LOCALE_VARIABLE_COUNT);
    return names[index];
}

static bool
is_fit(char c, bool is_list)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           c == '.' || c == '@' || c == '-' || (is_list && c == ':');
}

const char *
locale_variable_fit(const char *name, const char *value)
{
    bool is_list = strcmp(name, "LANGUAGE") == 0;

    /* The encoding alone names no locale on anything but macOS. */
    if (strcmp(value, "UTF-8") == 0)
        return "C.UTF-8";
    for (size_t i = 0; value[i] != '\0'; i++) {
        if (i == LOCALE_VARIABLE_MAX_BYTES || !is_fit(value[i], is_list))
            return NULL;
    }
    return value;
}
