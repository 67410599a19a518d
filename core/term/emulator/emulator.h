/*
 * Bytes to screens. An emulator owns one working screen, eats bytes, and gives out snapshots.
 *
 * For the host roles an emulator lives as long as one diff: hidden state (wrap pending, margins, tab
 * stops, saved cursor) starts from its defaults with each, as the dialects promise.
 */
#ifndef SKUA_TERM_EMULATOR_EMULATOR_H
#define SKUA_TERM_EMULATOR_EMULATOR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/view.h"
#include "term/emulator/role.h"
#include "term/screen/record.h"
#include "term/screen/screen.h"

/* Answers waiting for the pty; what would not fit is dropped. docs/TERMINAL.md, "Bounds". */
#define EMULATOR_REPLIES_MAX_BYTES 4096

struct emulator;

/* Figures for status lines and tests. */
struct emulator_stats {
    uint64_t replies_dropped; /* answers that a host role may not give, or that had no room */
};

/*
 * An emulator that goes on from `screen`. The reference is taken over; if the screen is shared the
 * emulator works on its own copy of it.
 */
struct emulator *emulator_new(enum emulator_role role, struct screen *screen);
void emulator_free(struct emulator *e);

/* Eat bytes. Feeding them in pieces equals feeding them at once. now_ms times synchronised output. */
void emulator_feed(struct emulator *e, struct view bytes, uint64_t now_ms);

/* Change the window. The size must be valid (screen_size_is_valid()). */
void emulator_resize(struct emulator *e, int rows, int cols, uint64_t now_ms);

/*
 * What a viewer should see now, as a new reference to an immutable screen. The same object as last
 * time if nothing changed since. While the program holds its output back (?2026) this is the screen
 * from before it began.
 */
struct screen *emulator_snapshot(struct emulator *e, uint64_t now_ms);

/* End a hold at once, as when the program that began it is gone. Nothing if there is none. */
void emulator_release(struct emulator *e);

/* When emulator_snapshot() would change by itself: the end of a hold. UINT64_MAX: never. */
uint64_t emulator_deadline_ms(const struct emulator *e);

/* The working screen, borrowed until the next call: for its modes. Not to be kept. */
const struct screen *emulator_screen(const struct emulator *e);

/*
 * Answers for the pty in the order of their queries: the caller writes them and takes what it wrote
 * from the front. Always empty for the host roles.
 */
struct buf *emulator_replies(struct emulator *e);

/* What queries are answered from; copied. All zeros until set. */
void emulator_set_record(struct emulator *e, const struct record *record);

/*
 * Hidden state that must be at its default where one diff ends and the next begins: whether the last
 * column was written and the next character wraps, and whether no sequence or character is open.
 */
bool emulator_is_wrap_pending(const struct emulator *e);
bool emulator_is_ground(const struct emulator *e);

const struct emulator_stats *emulator_stats(const struct emulator *e);

/* Let DECRQCRA answer: for conformance suites under a tool of ours, never in a session. */
void emulator_allow_checksums(struct emulator *e);

#endif
