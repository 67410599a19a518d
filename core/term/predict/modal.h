/*
 * vi and its kin, where most keys are commands: which mode the editor is in, and the keys that lead from
 * one to the other; and pagers. vim's own words are looked for: "-- INSERT --" below its text.
 */
#ifndef SKUA_TERM_PREDICT_MODAL_H
#define SKUA_TERM_PREDICT_MODAL_H

#include <stdbool.h>

#include "term/input/key.h"
#include "term/predict/line.h"
#include "term/predict/line_editor.h"
#include "term/screen/screen.h"

enum modal {
    MODAL_NONE, /* no such editor, or it is not known */
    MODAL_NORMAL,
    MODAL_INSERT,
    MODAL_PAGER, /* no editor: all keys are commands, and two of them ask for a pattern */
};

/*
 * The mode that s shows, which one program has wholly. is_known: it has shown that it inserts before;
 * else normal mode is known by the rows below the text, which are marked with a '~'. Never a pager's.
 */
enum modal modal_of(const struct screen *s, bool is_known);

/* Whether a key in this mode is no text: any in normal mode or a pager, and Escape. */
bool modal_takes(enum modal mode, const struct key *key);

/*
 * Do what such a key does to the line that the cursor is in. begins: the line begins in the cursor's row,
 * and not above. UNKNOWN: it is none of those that change the mode (Escape, i, a, A, o, O, and : / ?,
 * whose text goes to the last row), or where the line begins or ends is not known.
 */
enum line_effect modal_apply(enum modal *mode, const struct key *key, struct line *l, bool begins);

#endif
