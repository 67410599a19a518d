/*
 * The grammar of the answers that the probe asks for: as narrow as the terminals allow, because what it
 * takes is taken away from the user's typing.
 */
#ifndef SKUA_TERM_OUTER_ANSWER_H
#define SKUA_TERM_OUTER_ANSWER_H

#include <stddef.h>
#include <stdint.h>

#include "base/view.h"

/* The longest answer that is waited for. */
#define ANSWER_MAX_BYTES 512

enum answer_kind {
    ANSWER_NONE,       /* the bytes do not begin an answer */
    ANSWER_PARTIAL,    /* they may, when more follow */
    ANSWER_DEVICE,     /* CSI ? ... c : DA1 */
    ANSWER_MODE,       /* CSI ? mode ; value $ y */
    ANSWER_KEYBOARD,   /* CSI ? flags u */
    ANSWER_CELL_SIZE,  /* CSI 6 ; height ; width t */
    ANSWER_VERSION,    /* DCS > | text ST */
    ANSWER_CAPABILITY, /* DCS 0|1 + r hex... ST */
    ANSWER_FOREGROUND, /* OSC 10 ; rgb:h/h/h or rgba:h/h/h/h, ST or BEL */
    ANSWER_BACKGROUND, /* OSC 11 ; ... */
};

struct answer {
    enum answer_kind kind;
    size_t len;        /* bytes of the whole answer */
    uint32_t param[3]; /* of the CSI forms; 0 if there are fewer */
    struct view text;  /* what the string forms carry behind their start; borrowed */
};

/* Look at the start of bytes, which begin with ESC. */
struct answer answer_parse(struct view bytes);

#endif
