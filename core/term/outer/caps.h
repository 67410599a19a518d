/*
 * What a consumer of painted bytes can do: the wire's stock-safe subset, the wire's Skua dialect, or
 * the user's own terminal. The same value cuts a screen to what the consumer can hold
 * (screen_project()) and chooses the bytes (paint()).
 */
#ifndef SKUA_TERM_OUTER_CAPS_H
#define SKUA_TERM_OUTER_CAPS_H

#include <stdbool.h>
#include <stdint.h>

enum caps_dialect {
    CAPS_DIALECT_STOCK, /* HostBytes: docs/TERMINAL.md, "The stock-safe subset" */
    CAPS_DIALECT_SKUA,  /* host extension 1000 */
    CAPS_DIALECT_OUTER, /* a real terminal */
};

/* Bits of caps.can. */
enum caps_can {
    CAPS_CAN_ERASE_CHARS = 1 << 0, /* ECH */
    CAPS_CAN_COLOR_ERASE = 1 << 1, /* erasing fills with the background colour (bce) */
    CAPS_CAN_TITLE = 1 << 2,       /* OSC 0/1/2 */
    CAPS_CAN_FAINT = 1 << 3,
    CAPS_CAN_ITALIC = 1 << 4,
    CAPS_CAN_STRIKE = 1 << 5,
    CAPS_CAN_OVERLINE = 1 << 6,
    CAPS_CAN_UNDERLINE_STYLES = 1 << 7,  /* 4:n */
    CAPS_CAN_UNDERLINE_COLOR = 1 << 8,   /* 58 */
    CAPS_CAN_LINKS = 1 << 9,             /* OSC 8 */
    CAPS_CAN_SYNC = 1 << 10,             /* ?2026 */
    CAPS_CAN_CURSOR_STYLE = 1 << 11,     /* DECSCUSR */
    CAPS_CAN_CLIPBOARD = 1 << 12,        /* OSC 52 */
    CAPS_CAN_PASTE = 1 << 13,            /* ?2004 */
    CAPS_CAN_FOCUS = 1 << 14,            /* ?1004 */
    CAPS_CAN_MOUSE = 1 << 15,            /* 1000-1003, 1006 */
    CAPS_CAN_MOUSE_PIXELS = 1 << 16,     /* ?1016 */
    CAPS_CAN_ALTERNATE_SCROLL = 1 << 17, /* ?1007 */
    CAPS_CAN_KEYBOARD = 1 << 18,         /* kitty keyboard protocol */
    CAPS_CAN_MODIFY_OTHER_KEYS = 1 << 19,
    CAPS_CAN_CLUSTERS = 1 << 20,      /* ?2027 */
    CAPS_CAN_REVERSE_VIDEO = 1 << 21, /* ?5 */
    CAPS_CAN_LAST_CELL = 1 << 22,     /* the last cell of the last row may be printed (xenl) */
    CAPS_CAN_SCROLL_REGION = 1 << 23, /* DECSTBM and index at its margins */
    CAPS_CAN_INVISIBLE = 1 << 24,     /* SGR 8 */
    CAPS_CAN_NOTIFY = 1 << 25,        /* notifications by OSC 777: title and body */
    CAPS_CAN_NOTIFY_KITTY = 1 << 26,  /* by OSC 99 */
    CAPS_CAN_NOTIFY_PLAIN = 1 << 27,  /* by OSC 9: one line of text */
    CAPS_CAN_PROGRESS = 1 << 28,      /* OSC 9;4 */
};

/* Any way to show a notification; a consumer with none rings the bell. */
#define CAPS_CAN_NOTIFY_ANY (CAPS_CAN_NOTIFY | CAPS_CAN_NOTIFY_KITTY | CAPS_CAN_NOTIFY_PLAIN)

/* Colours of a consumer that takes red, green and blue as they are. */
#define CAPS_COLORS_DIRECT 16777216u

struct caps {
    enum caps_dialect dialect;
    uint32_t can;    /* enum caps_can */
    uint32_t colors; /* 0: none; 8, 16, 256; CAPS_COLORS_DIRECT */
};

/* The wire toward any peer before both ends have said hello, and toward stock always. */
extern const struct caps caps_stock;

/* The wire between two Skua ends. */
extern const struct caps caps_skua;

/* A plain modern xterm: where nothing better is known about the user's terminal. */
extern const struct caps caps_xterm;

#endif
