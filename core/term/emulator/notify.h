/*
 * Messages for the user's desktop and progress bars: OSC 9, 99 and 777.
 * Source: iTerm2 (9), ConEmu (9;4), kitty's desktop notifications (99), rxvt-unicode (777);
 * docs/TERMINAL.md, "Events".
 */
#ifndef SKUA_TERM_EMULATOR_NOTIFY_H
#define SKUA_TERM_EMULATOR_NOTIFY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/view.h"
#include "term/screen/events.h"

struct emulator;

/* An OSC 99 that comes in pieces ("d=0"): what there is of it. */
struct notify_parts {
    uint8_t id[32]; /* of the message whose parts these are */
    uint8_t id_len;
    uint16_t title_len, body_len;
    uint8_t title[EVENTS_NOTIFICATION_MAX_BYTES], body[EVENTS_NOTIFICATION_MAX_BYTES];
};

/*
 * Handle OSC `number` if it is one of these; text is what follows its first ';'. Messages lose
 * controls and are cut to EVENTS_NOTIFICATION_MAX_BYTES at a character; those that come faster than
 * the ration are dropped. Nothing is answered.
 */
bool notify_osc(struct emulator *e, int number, struct view text);

#endif
