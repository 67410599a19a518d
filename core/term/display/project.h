/*
 * Step one to every consumer: a screen cut to what the consumer can hold. States, their equality and
 * their diffs are projected screens, so a change that a peer cannot see wakes nobody.
 */
#ifndef SKUA_TERM_DISPLAY_PROJECT_H
#define SKUA_TERM_DISPLAY_PROJECT_H

#include "term/outer/caps.h"
#include "term/screen/screen.h"

/*
 * The projection of s for a consumer with these capabilities, as a new reference: s itself where
 * nothing has to be cut. Projecting twice changes nothing. Costs a look at each row's mask for a plain
 * screen; only rows that hold more than the consumer can are made anew.
 *
 * Source: docs/TERMINAL.md, "Projection to a stock peer" and "Downgrades".
 */
struct screen *screen_project(struct screen *s, const struct caps *caps);

#endif
