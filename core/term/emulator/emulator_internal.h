/* What the files of this room share: the emulator itself. */
#ifndef SKUA_TERM_EMULATOR_EMULATOR_INTERNAL_H
#define SKUA_TERM_EMULATOR_EMULATOR_INTERNAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "term/emulator/alternate.h"
#include "term/emulator/charset.h"
#include "term/emulator/emulator.h"
#include "term/emulator/keyboard.h"
#include "term/emulator/link.h"
#include "term/emulator/notify.h"
#include "term/emulator/palette.h"
#include "term/emulator/ration.h"
#include "term/emulator/tabs.h"
#include "term/emulator/title.h"
#include "term/screen/edit.h"
#include "term/screen/record.h"
#include "term/vt/parser.h"

/* Modes that only the emulator knows. */
struct hidden_modes {
    bool cursor_blinks;     /* ?12 */
    bool column_margins;    /* DECLRMM, ?69 */
    bool reports_theme;     /* ?2031 */
    bool reports_size;      /* ?2048 */
    bool rectangle_extents; /* DECSACE 2 */
    uint64_t saved;         /* XTSAVE: one bit a mode, in the order of modes.c */
};

struct emulator {
    const struct role *role;
    struct parser *parser;
    struct screen *screen; /* worked on; one reference */
    struct edit edit;      /* of it */
    struct tabs tabs;
    struct charsets charsets;
    struct hidden_modes modes;
    struct alternate alternate;
    struct keyboard keyboard;
    struct palette palette;
    struct links links;
    struct title_stack titles;
    struct ration bells, clipboards, notifications;
    struct notify_parts notify_parts;
    struct record record;
    struct buf replies;
    struct emulator_stats stats;
    bool was_pending;         /* wrap, before the sequence being dispatched */
    uint32_t last_printed;    /* what REP repeats; 0: nothing since the last control */
    uint64_t now_ms;          /* of the feed */
    struct screen *published; /* the last snapshot; NULL: none yet */
    bool changed;             /* since then, perhaps */
    struct screen *held;      /* what is shown while the program holds back; NULL: it does not */
    uint64_t held_until_ms;
    bool checksums_allowed;
};

/* Begin to hold snapshots back (?2026). May run twice. */
void emulator_hold(struct emulator *e);

/* All defaults, blank screen: RIS. */
void emulator_reset(struct emulator *e);

/* The defaults that DECSTR restores. */
void emulator_soft_reset(struct emulator *e);

#endif
