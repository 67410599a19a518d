/*
 * What tells a terminal driver that characters are UTF-8. Chosen by file: tty_utf8.c where termios.h has IUTF8
 * (Linux, macOS, FreeBSD since 14), else tty_utf8_none.c.
 */
#ifndef SKUA_RIM_TTY_UTF8_H
#define SKUA_RIM_TTY_UTF8_H

#include <termios.h>

/* The bit of c_iflag; 0 where there is none: erasing takes a byte then. */
tcflag_t tty_utf8_flag(void);

#endif
