/*
 * The noun that travels: what the emulator makes, the diff compares, the predictor decorates and the
 * display paints.
 *
 * A screen is counted. Whoever holds the only reference may change it; a screen that is shared is a
 * snapshot, and immutable. screen_copy() costs one pointer a row: rows are shared and copied when
 * written. Only what both ends can know is here: wrap pending, margins, tab stops and the like belong
 * to an emulator.
 *
 * A field that is added here joins screen_copy(), screen_equal() and the projections.
 */
#ifndef SKUA_TERM_SCREEN_SCREEN_H
#define SKUA_TERM_SCREEN_SCREEN_H

#include <stdbool.h>
#include <stdint.h>

#include "term/screen/events.h"
#include "term/screen/payload.h"
#include "term/screen/row.h"
#include "term/screen/style.h"

#define SCREEN_MAX_COLS  4096
#define SCREEN_MAX_ROWS  4096
#define SCREEN_MAX_CELLS (1024 * 1024)

/* Modes that the user's terminal mirrors, and that a peer is told as levels. All 0 at first. */
struct screen_modes {
    bool reverse_video;        /* DECSCNM, ?5 */
    bool bracketed_paste;      /* ?2004 */
    bool focus_events;         /* ?1004 */
    bool alternate_scroll;     /* ?1007 */
    bool application_cursor;   /* DECCKM, ?1: for the key translator */
    bool application_keypad;   /* DECKPAM */
    bool newline;              /* LNM, 20: for the key translator */
    bool clusters;             /* ?2027: widths by grapheme cluster */
    bool alternate;            /* the alternate screen is shown */
    uint16_t mouse_reporting;  /* 0, 9, 1000, 1001, 1002 or 1003 */
    uint16_t mouse_encoding;   /* 0, 1005, 1006, 1015 or 1016 */
    uint8_t cursor_style;      /* DECSCUSR, 0..6 */
    uint8_t keyboard_flags;    /* kitty keyboard protocol, five bits */
    uint8_t modify_other_keys; /* xterm, 0..2 */
    uint8_t progress_state;    /* OSC 9;4: 0 none, 1 normal, 2 error, 3 indeterminate, 4 paused */
    uint8_t progress_percent;  /* 0..100 */
};

struct screen {
    uint32_t refs;
    int rows, cols;
    struct row **row; /* rows of them, each counted */
    int cursor_row, cursor_col;
    bool cursor_visible;
    struct style pen; /* holds a reference to its link */
    struct screen_modes modes;
    struct payload *title, *icon; /* UTF-8, at most 254 code points, no controls */
    bool title_set;               /* a title was ever set: until then none is painted */
    struct payload *directory; /* "file://host/path" of the program (OSC 7), ASCII; may be NULL */
    struct screen_clipboard clipboard;
    struct screen_notifications notifications;
    uint64_t bell_count;
    uint64_t scrolled_off; /* rows that left the top of the main screen, ever */
};

/* Whether a window of this size is one that we hold: 1..4096 each way, at most SCREEN_MAX_CELLS. */
bool screen_size_is_valid(int64_t rows, int64_t cols);

/* A blank screen, cursor home and visible, one reference. The size must be valid. */
struct screen *screen_new(int rows, int cols);

/* One more reference; one less (freed with the last; NULL is fine). */
struct screen *screen_ref(struct screen *s);
void screen_unref(struct screen *s);

/* A screen of its own with the same contents, one reference; all rows shared with s. */
struct screen *screen_copy(const struct screen *s);

/* Row y of a screen with one reference, for writing: copied first if it is shared. */
struct row *screen_row_mut(struct screen *s, int y);

/* Put row r (a reference is taken over) in place of row y. */
void screen_row_replace(struct screen *s, int y, struct row *r);

/*
 * Change the size: rows are cut at the bottom or added blank, each row is cut or filled on the right
 * with cells erased in the pen's background. The cursor is kept inside.
 * Source: docs/TERMINAL.md, "Resize".
 */
void screen_resize(struct screen *s, int rows, int cols);

/* Replace the pen; the new link is referenced, the old one given up. */
void screen_set_pen(struct screen *s, const struct style *pen);

/*
 * Whether a consumer would see a difference: every field is compared, rows by content. Both should be
 * of the same projection. The icon counts only with the title.
 */
bool screen_equal(const struct screen *a, const struct screen *b);

/* Whether two sets of modes are the same. */
bool screen_modes_equal(const struct screen_modes *a, const struct screen_modes *b);

/* Whether two styles are the same, links by their bytes. */
bool style_equal(const struct style *a, const struct style *b);

#endif
