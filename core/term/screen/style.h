/*
 * How a cell looks: colours and attributes.
 *
 * A colour is one word: kind in the top byte, value below it, so that two colours are equal exactly
 * when their words are. 0 is the terminal's default.
 */
#ifndef SKUA_TERM_SCREEN_STYLE_H
#define SKUA_TERM_SCREEN_STYLE_H

#include <stdbool.h>
#include <stdint.h>

#define COLOR_DEFAULT      0x00000000u
#define COLOR_KIND_PALETTE 0x01000000u
#define COLOR_KIND_RGB     0x02000000u
#define COLOR_KIND_MASK    0xff000000u

/* Palette entry n, 0..255; 0..7 are also what SGR 30-37 and 40-47 set. */
static inline uint32_t
color_palette(uint8_t n)
{
    return COLOR_KIND_PALETTE | n;
}

/* A direct colour. */
static inline uint32_t
color_rgb(uint8_t red, uint8_t green, uint8_t blue)
{
    return COLOR_KIND_RGB | (uint32_t)red << 16 | (uint32_t)green << 8 | blue;
}

/* Bits of style.attrs and cell.attrs. */
enum style_attr {
    STYLE_BOLD = 1 << 0,
    STYLE_ITALIC = 1 << 1,
    STYLE_BLINK = 1 << 2,
    STYLE_INVERSE = 1 << 3,
    STYLE_INVISIBLE = 1 << 4,
    STYLE_FAINT = 1 << 5,
    STYLE_STRIKE = 1 << 6,
    STYLE_OVERLINE = 1 << 7,
    STYLE_UNDERLINE_SHIFT = 8, /* three bits: enum style_underline */
    STYLE_UNDERLINE_MASK = 7 << 8,
    STYLE_PROTECTED = 1 << 11, /* DECSCA; known to the pty's emulator alone */
};

/* The attributes that a stock peer can hold; any underline counts as the single one there. */
#define STYLE_STOCK_MASK                                                                           \
    (STYLE_BOLD | STYLE_ITALIC | STYLE_BLINK | STYLE_INVERSE | STYLE_INVISIBLE |                   \
     STYLE_UNDERLINE_MASK)

enum style_underline {
    UNDERLINE_NONE,
    UNDERLINE_SINGLE,
    UNDERLINE_DOUBLE,
    UNDERLINE_CURLY,
    UNDERLINE_DOTTED,
    UNDERLINE_DASHED,
};

struct payload;

/*
 * A rendition: what SGR and OSC 8 set, and what a cell carries. The link is borrowed here, except in
 * screen.pen, which holds a reference.
 */
struct style {
    uint32_t fg, bg;
    uint32_t underline;   /* colour of the underline; COLOR_DEFAULT: as the text */
    uint16_t attrs;       /* enum style_attr */
    struct payload *link; /* "id=X;URI" or "n=7;URI" (emulator/link.h); NULL: none */
};

/* The underline of an attribute word. */
static inline enum style_underline
style_underline(uint16_t attrs)
{
    return (enum style_underline)((attrs & STYLE_UNDERLINE_MASK) >> STYLE_UNDERLINE_SHIFT);
}

/* attrs with its underline replaced. */
static inline uint16_t
style_with_underline(uint16_t attrs, enum style_underline underline)
{
    return (uint16_t)((attrs & ~STYLE_UNDERLINE_MASK) | (int)underline << STYLE_UNDERLINE_SHIFT);
}

#endif
