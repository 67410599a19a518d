/*
 * Whose bytes an emulator eats. The roles differ in a table of their own (role.c), never by an `if` on
 * the role spread through the code.
 */
#ifndef SKUA_TERM_EMULATOR_ROLE_H
#define SKUA_TERM_EMULATOR_ROLE_H

enum emulator_role {
    EMULATOR_PTY,        /* a program's output, on the server */
    EMULATOR_HOST_STOCK, /* HostBytes, on a client: stock's semantics to the letter */
    EMULATOR_HOST_SKUA,  /* bytes of the Skua dialect, on a client */
};

#endif
