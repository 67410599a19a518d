/*
 * Programs that have the whole screen, known by their pictures: editors, chat clients, what divides a
 * terminal. A server of ours tells of the alternate screen; stock's has none, and tells nothing.
 */
#ifndef SKUA_TERM_PREDICT_FULL_SCREEN_H
#define SKUA_TERM_PREDICT_FULL_SCREEN_H

#include <stdbool.h>
#include <stdint.h>

#include "term/screen/hints.h"
#include "term/screen/screen.h"

/*
 * Whether such a program has the screen. Of a server without hints it may be that it had it, and that
 * its picture was left behind.
 */
bool full_screen_is(const struct screen *s, const struct hints *hints);

/* Whether a row has a colour of its own from end to end: a title, a ruler, a list of windows. */
bool full_screen_is_bar(const struct row *r);

/* The mode that vim and its kin show in the last row, "-- INSERT --", as a number; 0: none. */
uint32_t full_screen_mode(const struct screen *s);

/* Emacs in a terminal: its mode line, "-UUU:----F1  name", above the last row. */
bool full_screen_shows_emacs(const struct screen *s);

/* nano and its kin: two rows of help below the text, of keys that are no text. */
bool full_screen_shows_help(const struct screen *s);

/* irssi: the time in brackets begins the bar above the line that is typed. */
bool full_screen_shows_irssi(const struct screen *s);

/*
 * less and its kin wait for a command behind their prompt in the last row: ":" alone, or text in inverse,
 * below a page of text.
 */
bool full_screen_shows_pager(const struct screen *s);

/* Whether row y holds nothing but vi's mark of a row below the text. */
bool full_screen_is_below_text(const struct screen *s, int y);

#endif
