/*
 * What went wrong, for people: a code, the system's errno and one line of text. Given by the caller,
 * filled in by who fails, extended once by each layer that knows more, printed once, by main().
 */
#ifndef SKUA_RIM_FAIL_H
#define SKUA_RIM_FAIL_H

#include "base/err.h"

#define FAIL_TEXT_BYTES 512

struct fail {
    enum skua_err code;
    int os_error;               /* errno's value; 0: none */
    char text[FAIL_TEXT_BYTES]; /* one line, no newline, no name of the program, no full stop */
};

/*
 * Fill in *why: the formatted text, then ": " and strerror(os_error) if that is not 0. Cut at the size.
 * why may be NULL. Returns code, so that a failing function can end in `return fail_set(...)`.
 */
enum skua_err fail_set(struct fail *why, enum skua_err code, int os_error, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Put formatted context and ": " before the text that is there. why may be NULL. */
void fail_context(struct fail *why, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
