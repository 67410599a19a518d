/* The words of --predict and MOSH_PREDICTION_DISPLAY. */
#include "term/predict/preference.h"

#include <string.h>

static const char *const words[] = {
    [PREDICT_ADAPTIVE] = "adaptive",
    [PREDICT_ALWAYS] = "always",
    [PREDICT_NEVER] = "never",
    [PREDICT_EXPERIMENTAL] = "experimental",
};

bool
predict_display_parse(const char *word, enum predict_display *out)
{
    for (unsigned i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strcmp(word, words[i]) == 0) {
            *out = (enum predict_display)i;
            return true;
        }
    }
    return false;
}

const char *
predict_display_word(enum predict_display display)
{
    return words[display];
}
