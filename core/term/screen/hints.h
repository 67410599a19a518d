/*
 * What a server knows and a client can only guess: the tty mode of the pty and what the shell said
 * about its prompt. Travels beside the screen to a Skua peer only (docs/PROTOCOL.md, "Extensions"),
 * as part of the synchronised state: the last value wins.
 */
#ifndef SKUA_TERM_SCREEN_HINTS_H
#define SKUA_TERM_SCREEN_HINTS_H

#include <stdbool.h>
#include <stdint.h>

struct hints {
    bool known;             /* false: the server says nothing; all else is 0 then */
    bool echo;              /* termios ECHO */
    bool canonical;         /* termios ICANON */
    uint64_t since_input;   /* number of the client state under which the mode last changed */
    uint32_t echo_delay_ms; /* how long the program takes to echo, smoothed; 0: not measured */
};

#endif
