/* What a failed property looked like, on standard error. */
#ifndef SKUA_TESTS_SIM_PAINT_SHOW_H
#define SKUA_TESTS_SIM_PAINT_SHOW_H

#include "base/view.h"
#include "term/screen/screen.h"

void show_bytes(struct view bytes);
void show_screen(const char *name, const struct screen *s);

/* The first cell that is not as it should be, with its numbers; the modes, if all cells are. */
void show_difference(const struct screen *wanted, const struct screen *got);

#endif
