/*
 * When the user wants predictions shown. The words are stock's: docs/PROTOCOL.md does not know them,
 * skua.1 does.
 */
#ifndef SKUA_TERM_PREDICT_PREFERENCE_H
#define SKUA_TERM_PREDICT_PREFERENCE_H

#include <stdbool.h>

enum predict_display {
    PREDICT_ADAPTIVE,     /* on slow links, or when an answer is late */
    PREDICT_ALWAYS,       /* whatever the link */
    PREDICT_NEVER,        /* the engine is off */
    PREDICT_EXPERIMENTAL, /* shown before anything was confirmed */
};

struct predict_preference {
    enum predict_display display;
    bool overwrite; /* typed text replaces what is under the cursor instead of shifting it */
};

/*
 * "adaptive", "always", "never", "experimental" to the constant; exactly these words.
 * Returns false and leaves *out alone for any other.
 */
bool predict_display_parse(const char *word, enum predict_display *out);

/* The word for a constant; static. */
const char *predict_display_word(enum predict_display display);

#endif
