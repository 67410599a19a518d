/*
 * What can be wrong with an input. The core says what was wrong; the rim and the programs add
 * where it came from.
 */
#ifndef SKUA_BASE_ERR_H
#define SKUA_BASE_ERR_H

enum skua_err {
    SKUA_OK = 0,
    SKUA_ERR_TRUNCATED,  /* ended before a field that must be there */
    SKUA_ERR_MALFORMED,  /* a field has a value or form that its source forbids */
    SKUA_ERR_TOO_LARGE,  /* past a named maximum */
    SKUA_ERR_FORGED,     /* the authentication tag does not fit */
    SKUA_ERR_DIRECTION,  /* authentic, but sent by our own side */
    SKUA_ERR_REPLAYED,   /* its sequence number was seen, or is older than the window */
    SKUA_ERR_STALE,      /* names something no longer held, or moves backwards */
    SKUA_ERR_DUPLICATE,  /* already here; nothing changed */
    SKUA_ERR_VERSION,    /* a protocol version that we do not speak */
    SKUA_ERR_FULL,       /* a bound is reached; refused until something is let go */
    SKUA_ERR_INCOMPLETE, /* fine so far; more pieces are needed */
    SKUA_ERR_EXHAUSTED,  /* the key, or its sequence numbers, are used up */
    SKUA_ERR_RESERVED,   /* marked for an extension that was not announced */
    SKUA_ERR_CLOSED,     /* the machine is shutting down or has ended */
    SKUA_ERR_SYSTEM,     /* the operating system or a library refused */
};

/* One past the last code, for tables of counters. */
#define SKUA_ERR_COUNT (SKUA_ERR_SYSTEM + 1)

/* Short English text for err: static, lower case, no full stop. Never NULL. */
const char *skua_err_text(enum skua_err err);

#endif
