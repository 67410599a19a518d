/* Text of failures: what, then the system's reason; context goes in front. */
#include "rim/fail.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* A line for people: what a file name or an address brings along must not end it. */
static void
keep_to_one_line(char *text)
{
    for (char *c = text; *c != '\0'; c++) {
        if ((unsigned char)*c < ' ' || *c == 0x7f)
            *c = '?';
    }
}

enum skua_err
fail_set(struct fail *why, enum skua_err code, int os_error, const char *format, ...)
{
    if (why == NULL)
        return code;
    why->code = code;
    why->os_error = os_error;
    va_list args;
    va_start(args, format);
    vsnprintf(why->text, sizeof why->text, format, args);
    va_end(args);
    if (os_error != 0) {
        size_t have = strlen(why->text);
        snprintf(why->text + have, sizeof why->text - have, ": %s", strerror(os_error));
    }
    keep_to_one_line(why->text);
    return code;
}

void
fail_context(struct fail *why, const char *format, ...)
{
    if (why == NULL)
        return;
    char context[FAIL_TEXT_BYTES];
    va_list args;
    va_start(args, format);
    vsnprintf(context, sizeof context, format, args);
    va_end(args);
    keep_to_one_line(context);

    char joined[2 * FAIL_TEXT_BYTES + 2];
    int len = snprintf(joined, sizeof joined, "%s: %s", context, why->text);
    size_t keep = len < 0 ? 0 : (size_t)len;
    if (keep > sizeof why->text - 1)
        keep = sizeof why->text - 1;
    memcpy(why->text, joined, keep);
    why->text[keep] = '\0';
}
