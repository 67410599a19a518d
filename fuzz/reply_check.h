/* What a terminal may answer a program. Source: docs/SECURITY.md, "A hostile remote program". */
#ifndef SKUA_FUZZ_REPLY_CHECK_H
#define SKUA_FUZZ_REPLY_CHECK_H

#include "base/view.h"

/*
 * Ends the process unless these are complete CSI, DCS and OSC sequences, no longer than the emulator's
 * bound, that hold digits, hex digits, punctuation and our own name, and no control: no Enter that a
 * shell would obey.
 */
void reply_check(struct view replies);

#endif
