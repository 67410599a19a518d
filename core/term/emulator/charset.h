/*
 * Character sets: what the bytes 20..7E mean. Cells hold Unicode, so a set is only a mapping on the
 * way in. Source: ECMA-35; VT510 "Character sets"; docs/TERMINAL.md, "Character sets".
 */
#ifndef SKUA_TERM_EMULATOR_CHARSET_H
#define SKUA_TERM_EMULATOR_CHARSET_H

#include <stdbool.h>
#include <stdint.h>

enum charset {
    CHARSET_ASCII,
    CHARSET_GRAPHICS, /* DEC special graphics */
    CHARSET_UK,
    CHARSET_LATIN1, /* the right half of ISO 8859-1, a set of 96 */
};

#define CHARSET_SLOTS 4 /* G0..G3 */

/* All zeros is the default: ASCII everywhere, G0 in use. */
struct charsets {
    uint8_t set[CHARSET_SLOTS]; /* enum charset */
    uint8_t left;               /* the slot that is in use (GL) */
    uint8_t single;             /* slot for the next character alone; 0: none */
};

/*
 * Designate by the key of an escape sequence: ( ) * + and - . / with their finals. Returns false if the
 * key is no designation. Sets that we do not have behave as ASCII.
 */
bool charset_designate(struct charsets *c, uint32_t key);

/* Whether text passes unchanged. */
bool charset_is_ascii(const struct charsets *c);

/* What code_point means now; a single shift is used up. Only 20..7E are ever mapped. */
uint32_t charset_map(struct charsets *c, uint32_t code_point);

#endif
