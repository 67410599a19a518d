/* Where runs of plain bytes end, eight bytes at a time. */
#ifndef SKUA_TERM_VT_SCAN_H
#define SKUA_TERM_VT_SCAN_H

#include <stddef.h>

#include "base/view.h"

/* How many of the first bytes are 20..7E. */
size_t scan_printable(struct view bytes);

#endif
