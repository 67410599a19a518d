/*
 * Colours come in two spellings. With colons everything is inside one parameter; with semicolons the
 * colour takes the parameters behind it, so a reader has to know how many.
 */
#include "term/emulator/sgr.h"

enum {
    SGR_FG = 38,
    SGR_BG = 48,
    SGR_UNDERLINE_COLOR = 58,
    SPELLING_RGB = 2,
    SPELLING_PALETTE = 5,
};

static uint32_t *
color_slot(struct style *pen, int code)
{
    if (code == SGR_FG)
        return &pen->fg;
    return code == SGR_BG ? &pen->bg : &pen->underline;
}

static int
or_zero(int value)
{
    return value == PARSER_MISSING ? 0 : value;
}

static void
set_palette(uint32_t *slot, int n)
{
    if (n <= UINT8_MAX)
        *slot = color_palette((uint8_t)n);
}

static void
set_rgb(uint32_t *slot, int red, int green, int blue)
{
    if (red <= UINT8_MAX && green <= UINT8_MAX && blue <= UINT8_MAX)
        *slot = color_rgb((uint8_t)red, (uint8_t)green, (uint8_t)blue);
}

/* Stock adds the components without a limit: 300 is 44 and one more in the next. */
static void
set_rgb_carrying(uint32_t *slot, int red, int green, int blue)
{
    uint32_t sum = (uint32_t)red << 16;
    sum += (uint32_t)green << 8;
    sum += (uint32_t)blue;
    *slot = COLOR_KIND_RGB | (sum & 0xFFFFFF);
}

/* 38:5:n, 38:2:space:r:g:b and the 38:2:r:g:b of old. */
static void
colon_color(const int *value, int subs, uint32_t *slot)
{
    if (subs >= 3 && value[1] == SPELLING_PALETTE)
        set_palette(slot, or_zero(value[2]));
    else if (subs == 5 && value[1] == SPELLING_RGB)
        set_rgb(slot, or_zero(value[2]), or_zero(value[3]), or_zero(value[4]));
    else if (subs >= 6 && value[1] == SPELLING_RGB)
        set_rgb(slot, or_zero(value[3]), or_zero(value[4]), or_zero(value[5]));
}

/*
 * The colour whose code is parameter i, with semicolons. Returns how many parameters it took behind
 * the code; what is too short takes all the rest, or under stock's reading nothing.
 */
static int
semicolon_color(const struct parser_sequence *s, int i, bool is_modern, uint32_t *slot)
{
    int left = s->count - i - 1;
    int spelling = left > 0 ? s->value[i + 1][0] : PARSER_MISSING;
    if (spelling == SPELLING_PALETTE && left >= 2) {
        set_palette(slot, or_zero(s->value[i + 2][0]));
        return 2;
    }
    if (spelling == SPELLING_RGB && left >= 4) {
        int red = or_zero(s->value[i + 2][0]);
        int green = or_zero(s->value[i + 3][0]);
        int blue = or_zero(s->value[i + 4][0]);
        if (is_modern)
            set_rgb(slot, red, green, blue);
        else
            set_rgb_carrying(slot, red, green, blue);
        return 4;
    }
    bool is_short = spelling == SPELLING_PALETTE || spelling == SPELLING_RGB || left == 0;
    if (!is_modern)
        return 0;
    return is_short ? left : 1;
}

static void
set_attr(struct style *pen, int attr, bool on)
{
    pen->attrs = (uint16_t)(on ? pen->attrs | attr : pen->attrs & ~attr);
}

static void
reset(struct style *pen)
{
    *pen = (struct style){ .attrs = pen->attrs & STYLE_PROTECTED, .link = pen->link };
}

/* Stock's codes, except the three colours of eight and sixteen. Returns false if code is none. */
static bool
basic(int code, struct style *pen)
{
    switch (code) {
    case 0: reset(pen); return true;
    case 1: set_attr(pen, STYLE_BOLD, true); return true;
    case 3: set_attr(pen, STYLE_ITALIC, true); return true;
    case 4: pen->attrs = style_with_underline(pen->attrs, UNDERLINE_SINGLE); return true;
    case 5: set_attr(pen, STYLE_BLINK, true); return true;
    case 7: set_attr(pen, STYLE_INVERSE, true); return true;
    case 8: set_attr(pen, STYLE_INVISIBLE, true); return true;
    case 22: set_attr(pen, STYLE_BOLD | STYLE_FAINT, false); return true;
    case 23: set_attr(pen, STYLE_ITALIC, false); return true;
    case 24: pen->attrs = style_with_underline(pen->attrs, UNDERLINE_NONE); return true;
    case 25: set_attr(pen, STYLE_BLINK, false); return true;
    case 27: set_attr(pen, STYLE_INVERSE, false); return true;
    case 28: set_attr(pen, STYLE_INVISIBLE, false); return true;
    case 39: pen->fg = COLOR_DEFAULT; return true;
    case 49: pen->bg = COLOR_DEFAULT; return true;
    default: return false;
    }
}

/* The colours of eight and sixteen. Returns false if code is none. */
static bool
named_color(int code, struct style *pen)
{
    if (code >= 30 && code <= 37)
        pen->fg = color_palette((uint8_t)(code - 30));
    else if (code >= 40 && code <= 47)
        pen->bg = color_palette((uint8_t)(code - 40));
    else if (code >= 90 && code <= 97)
        pen->fg = color_palette((uint8_t)(code - 90 + 8));
    else if (code >= 100 && code <= 107)
        pen->bg = color_palette((uint8_t)(code - 100 + 8));
    else
        return false;
    return true;
}

static void
modern(int code, struct style *pen)
{
    switch (code) {
    case 2: set_attr(pen, STYLE_FAINT, true); break;
    case 6: set_attr(pen, STYLE_BLINK, true); break;
    case 9: set_attr(pen, STYLE_STRIKE, true); break;
    case 21: pen->attrs = style_with_underline(pen->attrs, UNDERLINE_DOUBLE); break;
    case 29: set_attr(pen, STYLE_STRIKE, false); break;
    case 53: set_attr(pen, STYLE_OVERLINE, true); break;
    case 55: set_attr(pen, STYLE_OVERLINE, false); break;
    case 59: pen->underline = COLOR_DEFAULT; break;
    default: break;
    }
}

/* A parameter with colons: an underline style or a colour; any other does nothing. */
static void
with_colons(const int *value, int subs, struct style *pen)
{
    int code = or_zero(value[0]);
    int style = or_zero(value[1]);
    if (code == 4) {
        if (style > UNDERLINE_DASHED)
            style = UNDERLINE_SINGLE;
        pen->attrs = style_with_underline(pen->attrs, (enum style_underline)style);
    } else if (code == SGR_FG || code == SGR_BG || code == SGR_UNDERLINE_COLOR) {
        colon_color(value, subs, color_slot(pen, code));
    }
}

void
sgr_apply(const struct parser_sequence *s, bool is_modern, struct style *pen)
{
    for (int i = 0; i < s->count; i++) {
        int code = or_zero(s->value[i][0]);
        if (named_color(code, pen))
            continue;
        if (s->subs[i] > 1)
            with_colons(s->value[i], s->subs[i], pen);
        else if (code == SGR_FG || code == SGR_BG || (code == SGR_UNDERLINE_COLOR && is_modern))
            i += semicolon_color(s, i, is_modern, color_slot(pen, code));
        else if (!basic(code, pen) && is_modern)
            modern(code, pen);
    }
}

static void
put_color(uint32_t color, int code, struct buf *out)
{
    char separator = code == SGR_UNDERLINE_COLOR ? ':' : ';';
    uint32_t kind = color & COLOR_KIND_MASK;
    if (kind == COLOR_KIND_PALETTE && (color & 0xFF) < 8 && separator == ';')
        buf_putf(out, ";%u", (unsigned)code - 8 + (color & 0xFF));
    else if (kind == COLOR_KIND_PALETTE)
        buf_putf(out, ";%d%c5%c%u", code, separator, separator, color & 0xFF);
    else if (kind == COLOR_KIND_RGB && separator == ':')
        buf_putf(out, ";%d:2::%u:%u:%u", code, color >> 16 & 0xFF, color >> 8 & 0xFF, color & 0xFF);
    else if (kind == COLOR_KIND_RGB)
        buf_putf(out, ";%d;2;%u;%u;%u", code, color >> 16 & 0xFF, color >> 8 & 0xFF, color & 0xFF);
}

void
sgr_put(const struct style *style, struct buf *out)
{
    static const struct {
        uint16_t attr;
        const char *code;
    } codes[] = {
        { STYLE_BOLD, ";1" },   { STYLE_FAINT, ";2" },     { STYLE_ITALIC, ";3" },
        { STYLE_BLINK, ";5" },  { STYLE_INVERSE, ";7" },   { STYLE_INVISIBLE, ";8" },
        { STYLE_STRIKE, ";9" }, { STYLE_OVERLINE, ";53" },
    };
    buf_put_text(out, "0");
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        if (codes[i].attr == STYLE_BLINK && style_underline(style->attrs) == UNDERLINE_SINGLE)
            buf_put_text(out, ";4");
        else if (codes[i].attr == STYLE_BLINK && style_underline(style->attrs) != UNDERLINE_NONE)
            buf_putf(out, ";4:%d", (int)style_underline(style->attrs));
        if ((style->attrs & codes[i].attr) != 0)
            buf_put_text(out, codes[i].code);
    }
    put_color(style->fg, SGR_FG, out);
    put_color(style->bg, SGR_BG, out);
    put_color(style->underline, SGR_UNDERLINE_COLOR, out);
}
