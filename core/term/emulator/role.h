/*
 * Whose bytes an emulator eats. The roles differ in a table of their own (role.c), never by an `if` on
 * the role spread through the code.
 */
#ifndef SKUA_TERM_EMULATOR_ROLE_H
#define SKUA_TERM_EMULATOR_ROLE_H

#include <stdbool.h>

#include "term/screen/edit.h"
#include "term/vt/parser.h"

enum emulator_role {
    EMULATOR_PTY,        /* a program's output, on the server */
    EMULATOR_HOST_STOCK, /* HostBytes, on a client: stock's semantics to the letter */
    EMULATOR_HOST_SKUA,  /* bytes of the Skua dialect, on a client */
};

/* What follows from the role. */
struct role {
    struct parser_rules parser;
    const struct edit_rules *edit;
    bool is_modern;           /* knows more than stock, and corrects it */
    bool replies;             /* queries are answered; else counted */
    bool counts_scrolled_off; /* rows leave into history; else the peer says how many did */
    bool holds_back;          /* ?2026 is the program's; else it means nothing */
    bool alternate_is_level;  /* which screen is shown is only told: its cells are painted */
    bool takes_events;        /* a program's bells, clipboard and notifications: so many a time */
    bool names_links;         /* a link without an id gets one; else the peer did it */
    bool backspace_settles_wrap; /* the first BS after the last column only ends the wrap */
};

/* The table's line for a role; static. */
const struct role *role_of(enum emulator_role role);

#endif
