/*
 * The words of a command that we run.
 */
#ifndef SKUA_PROGRAMS_LAUNCH_ARGS_H
#define SKUA_PROGRAMS_LAUNCH_ARGS_H

#include <stdbool.h>
#include <stddef.h>

/* --ssh may bring most of them; nobody writes that many by hand. */
#define ARGS_MAX 256

struct args {
    const char *word[ARGS_MAX + 1]; /* NULL-terminated; borrowed */
    size_t count;
    bool overflow; /* sticky: a word did not fit */
};

/* Append a word; args start as { 0 }. */
void args_add(struct args *a, const char *word);

#endif
