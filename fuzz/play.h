/*
 * A script for an emulator: bytes as they are, and in between, where no UTF-8 can be, what else
 * happens to a terminal.
 *
 *     FF rows cols   the window has this size (1 + low six bits of each)
 *     FE ms          time passes, 16 ms a unit
 */
#ifndef SKUA_FUZZ_PLAY_H
#define SKUA_FUZZ_PLAY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/reader.h"
#include "term/emulator/emulator.h"

#define PLAY_SIZE_MAX 64

/* A size of 1..PLAY_SIZE_MAX from one byte of a tape. */
int play_size(struct reader *tape);

/*
 * Play the script up to its next step that is not bytes, that step included. Returns false when there
 * is nothing left.
 *
 * piece   bytes fed at a time; 0: all of a run at once
 * now_ms  goes on with the script
 */
bool play_step(struct emulator *e, struct reader *script, size_t piece, uint64_t *now_ms);

/* Play all of it. */
void play_all(struct emulator *e, struct view script);

#endif
