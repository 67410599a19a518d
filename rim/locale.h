/*
 * Whether this process's locale says UTF-8, and a server's way to one that does. Nothing of Skua
 * depends on it (widths and decoding are our own); programs in the session do. The process's own
 * locale is never changed: numbers are written as in C.
 */
#ifndef SKUA_RIM_LOCALE_H
#define SKUA_RIM_LOCALE_H

#include <stdbool.h>
#include <stddef.h>

/* docs/SECURITY.md, "Bounds". */
#define LOCALE_PAIRS_MAX      32
#define LOCALE_PAIR_MAX_BYTES 4096
#define LOCALE_SETTING_BYTES  128
#define LOCALE_CODESET_BYTES  64

/* What the environment asks for. */
struct locale_report {
    char setting
        [LOCALE_SETTING_BYTES]; /* which variable decided: "LC_ALL=de_DE"; "" if none is set */
    char codeset
        [LOCALE_CODESET_BYTES]; /* of that locale: "UTF-8", "US-ASCII"; C's if it is missing */
    bool is_installed;          /* the system has that locale */
    bool is_utf8;
};

/* NAME=VALUE pairs given to a server, for when its own locale is not UTF-8. Borrowed. */
struct locale_pairs {
    const char *pair[LOCALE_PAIRS_MAX];
    size_t count;
};

/* Look at LC_ALL, LC_CTYPE and LANG. */
struct locale_report locale_read(void);

/*
 * Remember a pair if it is LANG, LANGUAGE or LC_* with a value of A-Z a-z 0-9 _ . @ - only, within
 * the bounds. Returns whether it is. Later pairs of the same name win.
 */
bool locale_pairs_add(struct locale_pairs *pairs, const char *pair);

/*
 * Settle the environment's locale variables for UTF-8, in this order: as they are (a bare "UTF-8",
 * which macOS sends, becomes C.UTF-8 or en_US.UTF-8 first); the pairs in their place; C.UTF-8;
 * en_US.UTF-8.
 *
 * Returns whether the environment now says UTF-8. If not, it is as after the pairs were tried.
 */
bool locale_settle(const struct locale_pairs *pairs);

#endif
