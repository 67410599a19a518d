/*
 * What is known of terminals by their names: from the environment before a session starts, from the
 * terminal's own answer (XTVERSION) soon after. Only what every version in use can is in the tables; the
 * rest is for the probes to find.
 */
#ifndef SKUA_TERM_OUTER_KNOWN_H
#define SKUA_TERM_OUTER_KNOWN_H

#include <stdbool.h>

#include "base/view.h"
#include "term/outer/caps.h"

/* Environment variables of these names, read by the caller; NULL: not set. */
struct known_environment {
    const char *term;
    const char *colorterm;
    const char *term_program;
    const char *vte_version;
    const char *kitty_window_id;
    const char *wt_session;
    const char *konsole_version;
    const char *tmux, *sty;
};

/* What a terminal is asked, or better not. */
enum known_probes {
    KNOWN_PROBES_ALL,
    KNOWN_PROBES_NO_STRINGS, /* no DCS: a multiplexer may hand it to the terminal outside */
    KNOWN_PROBES_FENCE,      /* DA1 alone */
    KNOWN_PROBES_NONE,
};

/*
 * Add to caps what the environment tells. Inside a multiplexer only what tells of the multiplexer
 * counts: the rest is inherited from the terminal around it, which is not the one we write to.
 *
 * Source   docs/TERMINAL.md, "The user's terminal".
 */
void known_add_environment(const struct known_environment *env, struct caps *caps);

/*
 * Add to caps what a terminal of this name can. name is XTVERSION's text, such as "tmux 3.4" or
 * "XTerm(380)"; what precedes the version counts. Returns whether the name is known.
 */
bool known_add_name(struct view name, struct caps *caps);

/* Whether a terminal of this TERM takes window titles (OSC 0, 1, 2). */
bool known_has_title(const char *term);

/* What may be asked of the terminal in this environment. */
enum known_probes known_probes(const struct known_environment *env);

#endif
