/* The consumers that are known before anyone asks. */
#include "term/outer/caps.h"

/* What stock's emulator keeps and its client shows. docs/TERMINAL.md, "The stock-safe subset". */
const struct caps caps_stock = {
    .dialect = CAPS_DIALECT_STOCK,
    .can = CAPS_CAN_ERASE_CHARS | CAPS_CAN_COLOR_ERASE | CAPS_CAN_TITLE | CAPS_CAN_ITALIC |
           CAPS_CAN_CLIPBOARD | CAPS_CAN_PASTE | CAPS_CAN_FOCUS | CAPS_CAN_MOUSE |
           CAPS_CAN_REVERSE_VIDEO | CAPS_CAN_LAST_CELL | CAPS_CAN_SCROLL_REGION |
           CAPS_CAN_INVISIBLE,
    .colors = CAPS_COLORS_DIRECT,
};

/* Everything that a screen can hold. Synchronised output is for eyes: states change at once. */
const struct caps caps_skua = {
    .dialect = CAPS_DIALECT_SKUA,
    .can = CAPS_CAN_ERASE_CHARS | CAPS_CAN_COLOR_ERASE | CAPS_CAN_TITLE | CAPS_CAN_FAINT |
           CAPS_CAN_ITALIC | CAPS_CAN_STRIKE | CAPS_CAN_OVERLINE | CAPS_CAN_UNDERLINE_STYLES |
           CAPS_CAN_UNDERLINE_COLOR | CAPS_CAN_LINKS | CAPS_CAN_CURSOR_STYLE | CAPS_CAN_CLIPBOARD |
           CAPS_CAN_PASTE | CAPS_CAN_FOCUS | CAPS_CAN_MOUSE | CAPS_CAN_MOUSE_PIXELS |
           CAPS_CAN_ALTERNATE_SCROLL | CAPS_CAN_KEYBOARD | CAPS_CAN_MODIFY_OTHER_KEYS |
           CAPS_CAN_CLUSTERS | CAPS_CAN_REVERSE_VIDEO | CAPS_CAN_LAST_CELL |
           CAPS_CAN_SCROLL_REGION | CAPS_CAN_INVISIBLE | CAPS_CAN_NOTIFY | CAPS_CAN_PROGRESS,
    .colors = CAPS_COLORS_DIRECT,
};

/* What the terminals that call themselves xterm-256color have in common. */
const struct caps caps_xterm = {
    .dialect = CAPS_DIALECT_OUTER,
    .can = CAPS_CAN_ERASE_CHARS | CAPS_CAN_COLOR_ERASE | CAPS_CAN_TITLE | CAPS_CAN_FAINT |
           CAPS_CAN_ITALIC | CAPS_CAN_STRIKE | CAPS_CAN_CURSOR_STYLE | CAPS_CAN_CLIPBOARD |
           CAPS_CAN_PASTE | CAPS_CAN_FOCUS | CAPS_CAN_MOUSE | CAPS_CAN_REVERSE_VIDEO |
           CAPS_CAN_LAST_CELL | CAPS_CAN_SCROLL_REGION | CAPS_CAN_INVISIBLE,
    .colors = 256,
};
