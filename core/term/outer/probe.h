/*
 * What the user's terminal says of itself: one write of queries at the start, answers picked out of what
 * the terminal sends, everything else left for the session. An answer that comes late is still taken
 * out, so that it never turns into typed input; one that was not asked for is not touched.
 */
#ifndef SKUA_TERM_OUTER_PROBE_H
#define SKUA_TERM_OUTER_PROBE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/view.h"
#include "term/outer/caps.h"
#include "term/outer/known.h"

/* How long the session goes on without the answers at most, and how long they are taken out. */
#define PROBE_WAIT_MS 150
#define PROBE_LATE_MS 5000

/* The start of an answer that is not going on by then was typed: the escape key, or Alt and a letter. */
#define PROBE_SPLIT_MS 50

/* With three bytes it is hardly typed: the rest is under way, over a line that is slow. */
#define PROBE_REST_MS 500

#define PROBE_NAME_MAX_BYTES 64

struct probe_color {
    bool known;
    uint8_t red, green, blue;
};

/* All zeroes: nothing was said. */
struct probe_answers {
    char name[PROBE_NAME_MAX_BYTES]; /* XTVERSION's text, as far as it fits; not terminated */
    size_t name_len;
    bool sync, clusters, mouse_pixels;      /* modes that the terminal can set and reset */
    bool keyboard;                          /* kitty keyboard protocol */
    bool direct_color;                      /* terminfo RGB */
    bool underline_styles, underline_color; /* terminfo Smulx, Setulc */
    struct probe_color foreground, background;
    uint16_t cell_width_px, cell_height_px; /* 0: unknown */
};

struct probe;

/* Ends in probe_free(). */
struct probe *probe_new(enum known_probes which);
void probe_free(struct probe *p);

/* Append the queries, once: nothing before is taken for an answer. */
void probe_ask(struct probe *p, struct buf *out, uint64_t now_ms);

/*
 * Bytes from the terminal. What is no answer is appended to keys in order; the start of something that
 * may become one is held back for PROBE_SPLIT_MS or PROBE_REST_MS.
 */
void probe_receive(struct probe *p, struct view in, struct buf *keys, uint64_t now_ms);

/* Time passes: what was held back long enough goes to keys. */
void probe_tick(struct probe *p, struct buf *keys, uint64_t now_ms);

/* When probe_tick() is next due, or probe_is_done() changes by itself. UINT64_MAX: never. */
uint64_t probe_deadline_ms(const struct probe *p, uint64_t now_ms);

/* Whether there is nothing to wait for: the fence (DA1) has come, or PROBE_WAIT_MS have passed. */
bool probe_is_done(const struct probe *p, uint64_t now_ms);

/* Whether the fence is still to come and would be taken out: it is, as soon as it does. */
bool probe_is_waiting(const struct probe *p, uint64_t now_ms);

/* The answers so far, borrowed. */
const struct probe_answers *probe_answers(const struct probe *p);

/* Add to caps what the answers tell. */
void probe_add_answers(const struct probe_answers *a, struct caps *caps);

#endif
