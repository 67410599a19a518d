/*
 * Controls and escape sequences. Source: ECMA-48 §8.3; docs/TERMINAL.md, "Controls".
 */
#ifndef SKUA_TERM_EMULATOR_ESC_H
#define SKUA_TERM_EMULATOR_ESC_H

#include <stdint.h>

struct emulator;

/* Act on a C0 or C1 control. Unknown ones do nothing but, under stock's rules, end a pending wrap. */
void esc_control(struct emulator *e, uint8_t code);

/* Act on an escape sequence; key as parser_handler's escape has it. */
void esc_dispatch(struct emulator *e, uint32_t key);

/* To the n-th tab stop to the right (HT, CHT) or to the left (CBT). */
void esc_tab(struct emulator *e, int count);
void esc_back_tab(struct emulator *e, int count);

#endif
