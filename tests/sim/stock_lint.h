/*
 * A stock client's eyes: host states, whose every HostBytes must be of the stock-safe subset. Ends the
 * process with the bytes if they are not. Source: docs/TERMINAL.md, "The stock-safe subset".
 */
#ifndef SKUA_TESTS_SIM_STOCK_LINT_H
#define SKUA_TESTS_SIM_STOCK_LINT_H

#include "net/transport/syncable.h"

/* host_state_incoming(), checked. */
struct syncable stock_lint_incoming(void);

#endif
