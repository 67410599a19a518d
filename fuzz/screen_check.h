/* What holds of every screen that leaves an emulator, whatever it was fed. */
#ifndef SKUA_FUZZ_SCREEN_CHECK_H
#define SKUA_FUZZ_SCREEN_CHECK_H

#include <stdbool.h>

#include "term/screen/screen.h"

/*
 * Ends the process unless: the size is valid, the cursor is on the screen, each row is as wide as the
 * screen, each right half follows a wide cell and holds nothing, cells hold valid UTF-8 free of
 * controls; titles too.
 *
 * repaired  Also: each wide cell has its right half, so none is in the last column. (Stock's rules,
 *           which a client must follow for a stock server, do not promise that.)
 */
void screen_check(const struct screen *s, bool repaired);

#endif
