/*
 * What a server knows and a client can only guess: the tty mode of the pty and what the shell said
 * about its prompt. Travels beside the screen to a Skua peer only (docs/PROTOCOL.md, "Extensions"),
 * as part of the synchronised state: the last value wins.
 */
#ifndef SKUA_TERM_SCREEN_HINTS_H
#define SKUA_TERM_SCREEN_HINTS_H

#include <stdbool.h>
#include <stdint.h>

/* What edits a line in canonical mode when nobody has changed it: Linux's defaults. */
#define HINTS_ERASE      0x7f
#define HINTS_WORD_ERASE 0x17
#define HINTS_KILL       0x15

struct hints {
    bool known;                      /* false: the server says nothing; all else is 0 then */
    bool echo;                       /* termios ECHO */
    bool canonical;                  /* termios ICANON */
    bool signals;                    /* termios ISIG */
    bool extended;                   /* termios IEXTEN */
    uint8_t erase, word_erase, kill; /* VERASE, VWERASE, VKILL; 0: no key does that */
    uint32_t program;                /* the foreground process group; 0: not known */
    uint64_t since_input;   /* ECHO or ICANON last changed when this client state had been typed */
    uint32_t echo_delay_ms; /* how long the program takes to echo, smoothed; 0: not measured */
};

/* Whether two say the same of how keys are taken. */
static inline bool
hints_same_mode(const struct hints *a, const struct hints *b)
{
    return a->known == b->known && a->echo == b->echo && a->canonical == b->canonical &&
           a->signals == b->signals && a->extended == b->extended && a->erase == b->erase &&
           a->word_erase == b->word_erase && a->kill == b->kill;
}

static inline bool
hints_equal(const struct hints *a, const struct hints *b)
{
    return hints_same_mode(a, b) && a->program == b->program && a->since_input == b->since_input &&
           a->echo_delay_ms == b->echo_delay_ms;
}

#endif
