/*
 * What the user's terminal can show, in a form that travels: the capability record that a Skua client
 * sends in its first message and again on change. The server answers the program's queries from the
 * driving client's record and keeps it while that client is away. A stock client is a record of zeros.
 */
#ifndef SKUA_TERM_SCREEN_RECORD_H
#define SKUA_TERM_SCREEN_RECORD_H

#include <stdbool.h>
#include <stdint.h>

/* Bits of record.can. Values travel: a bit is never given a second meaning. */
enum record_can {
    RECORD_CAN_STYLES = 1 << 0,       /* faint, strike, overline, underline styles and colours */
    RECORD_CAN_KEYBOARD = 1 << 1,     /* kitty keyboard protocol */
    RECORD_CAN_MOUSE_PIXELS = 1 << 2, /* ?1016 */
    RECORD_CAN_SYNC = 1 << 3,         /* ?2026 */
    RECORD_CAN_LINKS = 1 << 4,        /* OSC 8 */
    RECORD_CAN_CLIPBOARD = 1 << 5,    /* OSC 52 writes are let through */
    RECORD_CAN_CURSOR_STYLE = 1 << 6, /* DECSCUSR */
    RECORD_CAN_CLUSTERS = 1 << 7,     /* ?2027 */
    RECORD_CAN_MODIFY_OTHER_KEYS = 1 << 8,
    RECORD_CAN_NOTIFY = 1 << 9,
};

/* A colour that the terminal told us, or not. */
struct record_color {
    bool known;
    uint8_t red, green, blue;
};

enum record_theme { RECORD_THEME_UNKNOWN, RECORD_THEME_DARK, RECORD_THEME_LIGHT };

struct record {
    uint32_t colors;                        /* 0: unknown; 8, 16, 256, or 16777216 */
    uint32_t can;                           /* enum record_can */
    uint16_t cell_width_px, cell_height_px; /* 0: unknown */
    struct record_color foreground, background, cursor;
    struct record_color palette[16];
    uint8_t theme; /* enum record_theme */
};

#endif
