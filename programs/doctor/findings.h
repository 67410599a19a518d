/*
 * What a doctor found, in order, for people and for programs.
 */
#ifndef SKUA_PROGRAMS_DOCTOR_FINDINGS_H
#define SKUA_PROGRAMS_DOCTOR_FINDINGS_H

#include <stddef.h>
#include <stdio.h>

#define FINDINGS_MAX        32
#define FINDINGS_TEXT_BYTES 512

enum finding_status {
    FINDING_OK,
    FINDING_UNKNOWN, /* could not be looked at */
    FINDING_WARNING, /* sessions work, but not as they could */
    FINDING_FAILURE, /* no session, or none that lasts */
};

struct finding {
    const char *name; /* static: "udp-there" */
    enum finding_status status;
    char text[FINDINGS_TEXT_BYTES];
    char advice[FINDINGS_TEXT_BYTES]; /* what to do; empty: nothing */
};

struct findings {
    struct finding of[FINDINGS_MAX];
    size_t count;
};

/* Add one, with a printf-formatted text. */
void findings_add(struct findings *f, const char *name, enum finding_status status,
                  const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Say what to do about the last one. */
void
findings_advise(struct findings *f, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The worst status. */
enum finding_status findings_worst(const struct findings *f);

/* One finding a line, advice below it. */
void findings_print(const struct findings *f, FILE *to);

/* { "host", "status", "checks": [{ "name", "status", "text", "advice" }] }. host: NULL for none. */
void findings_print_json(const struct findings *f, const char *host, FILE *to);

#endif
