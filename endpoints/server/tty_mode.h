/*
 * What the terminal driver behind a pty does with keys, for prediction.
 */
#ifndef SKUA_ENDPOINTS_SERVER_TTY_MODE_H
#define SKUA_ENDPOINTS_SERVER_TTY_MODE_H

#include <stdbool.h>

#include "session/server_session.h"

/*
 * Ask the master's descriptor. Fills all of *out that termios(3) and tcgetpgrp(3) know. Returns false
 * and leaves *out alone if the terminal is gone.
 */
bool tty_mode_read(int master, struct hints *out);

#endif
