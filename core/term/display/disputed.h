/*
 * Text on whose width terminals, C libraries and Unicode versions do not agree. It is painted so that
 * a consumer that measures it differently spoils its own cell and no more.
 */
#ifndef SKUA_TERM_DISPLAY_DISPUTED_H
#define SKUA_TERM_DISPLAY_DISPUTED_H

#include <stdbool.h>

#include "base/view.h"

/*
 * Whether the content of a cell (valid UTF-8, not empty) may be measured differently by others, or may
 * join its neighbour where clusters are counted. Settled is a character that Unicode 9 had, that is
 * no mark, control, private use or emoji by default, and that glibc and utf8proc give one width; it
 * may be followed by the combining marks U+0300 to U+036F.
 */
bool disputed_text(struct view text);

#endif
