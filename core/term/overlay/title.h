/*
 * The window title as the user sees it: the remote one behind a prefix that says where it comes from.
 */
#ifndef SKUA_TERM_OVERLAY_TITLE_H
#define SKUA_TERM_OVERLAY_TITLE_H

#include "base/view.h"
#include "term/screen/screen.h"

/* Longest prefix that is put before a title; a longer one is cut. */
#define TITLE_PREFIX_MAX_BYTES 64

/*
 * s with prefix ("[mosh] ", UTF-8) before its title, as a new reference; s itself if the remote never
 * set a title or prefix is empty. The icon name gets the prefix too when it equals the title, so that
 * they stay equal.
 */
struct screen *title_overlay(struct screen *s, struct view prefix);

#endif
