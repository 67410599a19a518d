/*
 * What a program asks of the keyboard: the kitty protocol's flags, a stack of them for each screen, and
 * xterm's modifyOtherKeys. The screen's modes carry the values in force; the user's side does the rest.
 * Source: sw.kovidgoyal.net/kitty/keyboard-protocol; docs/TERMINAL.md, "Keyboard".
 */
#ifndef SKUA_TERM_EMULATOR_KEYBOARD_H
#define SKUA_TERM_EMULATOR_KEYBOARD_H

#include <stdbool.h>
#include <stdint.h>

#include "term/vt/parser.h"

struct emulator;

#define KEYBOARD_STACK_MAX 16

/* Flags of a screen: those in force, and those that a pop brings back. */
struct keyboard_stack {
    uint8_t flags;
    uint8_t count;
    uint8_t under[KEYBOARD_STACK_MAX];
};

struct keyboard {
    struct keyboard_stack stack[2]; /* of the main screen, of the alternate one */
};

/* Handle a sequence if it is one of these. Returns whether it was. */
bool keyboard_csi(struct emulator *e, const struct parser_sequence *s);

/*
 * The screen that the emulator goes on from has flags in force: they are those of both screens, with nothing
 * under them. (A peer's diff says which screen is shown, and no more of the other.)
 */
void keyboard_start(struct emulator *e);

/* The other screen is shown: its flags are in force. */
void keyboard_switch(struct emulator *e);

/* Empty the shown screen's stack (DECSTR). */
void keyboard_reset(struct emulator *e);

#endif
