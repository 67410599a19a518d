/*
 * Where nothing that the user types may be painted before the server shows it: passwords. A veto, not
 * a score.
 */
#ifndef SKUA_TERM_PREDICT_SECRECY_H
#define SKUA_TERM_PREDICT_SECRECY_H

#include <stdbool.h>

#include "term/screen/hints.h"
#include "term/screen/screen.h"

/*
 * Whether the place where the cursor of s stands is secret: the tty reads lines without echo; or,
 * when it is not known to echo, has_echoed is false (nothing typed since the last control key was
 * echoed) and what is left of the cursor asks for a secret.
 */
bool secrecy_forbids(const struct screen *s, const struct hints *hints, bool has_echoed);

#endif
