/*
 * A model of the program on the pty: a line editor that echoes what is typed, a prompt after each line,
 * output of its own on command. It keeps every byte that it was given, so that a test can see that
 * what was typed arrived once and in order.
 */
#ifndef SKUA_TESTS_SIM_SHELL_H
#define SKUA_TESTS_SIM_SHELL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/view.h"

struct shell {
    struct buf typed;  /* every byte that arrived */
    struct buf output; /* for the emulator */
    bool silent;       /* it does not echo */
    uint32_t delay_ms; /* from a byte to its echo */
    uint64_t echo_ms;  /* when the pending echo is due; UINT64_MAX: none pends */
    struct buf pending;
    int rows, cols;
};

void shell_init(struct shell *s, uint32_t delay_ms);
void shell_fini(struct shell *s);

/* It prints its first prompt. */
void shell_start(struct shell *s);

/* Bytes from the pty. */
void shell_input(struct shell *s, struct view bytes, uint64_t now_ms);

/* It prints something by itself. */
void shell_print(struct shell *s, const char *text);

/* Time passes: what is due is moved to output. */
void shell_tick(struct shell *s, uint64_t now_ms);

#endif
