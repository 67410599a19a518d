/*
 * What stock's client makes of HostBytes. An emulator in stock's role has one rule that stock has not (a
 * backspace at a pending wrap stays); where bytes never come to that, both are the same.
 */
#ifndef SKUA_TESTS_LINT_STOCK_MODEL_H
#define SKUA_TESTS_LINT_STOCK_MODEL_H

#include "base/view.h"
#include "term/emulator/emulator.h"

/*
 * Feed the bytes of one diff to an emulator of role host_stock. Returns what is wrong with them, or NULL:
 * they are not of the stock-safe subset, step back at a pending wrap, ask for an answer, or leave a wrap
 * pending or a sequence open. Source: docs/TERMINAL.md, "The stock-safe subset".
 */
const char *stock_model_feed(struct emulator *client, struct view bytes);

#endif
