/* Queries are answered with numbers alone: nothing that the program sent comes back. */
#include "term/emulator/palette.h"

#include <stdio.h>
#include <string.h>

#include "term/emulator/emulator_internal.h"
#include "term/emulator/field.h"
#include "term/emulator/reply.h"

#define SPEC_MAX_BYTES 32

/* xterm's first sixteen; the rest is a 6x6x6 cube and 24 greys. */
static const uint32_t basic[16] = {
    0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5,
    0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF,
};

static const struct {
    const char *name;
    uint32_t rgb;
} names[] = {
    { "black", 0x000000 }, { "red", 0xFF0000 },     { "green", 0x00FF00 }, { "yellow", 0xFFFF00 },
    { "blue", 0x0000FF },  { "magenta", 0xFF00FF }, { "cyan", 0x00FFFF },  { "white", 0xFFFFFF },
    { "gray", 0xBEBEBE },  { "grey", 0xBEBEBE },
};

static uint32_t
cube_level(int step)
{
    return step == 0 ? 0 : (uint32_t)(55 + step * 40);
}

static uint32_t
default_entry(int n)
{
    if (n < 16)
        return COLOR_KIND_RGB | basic[n];
    if (n >= 232)
        return COLOR_KIND_RGB | (uint32_t)(8 + (n - 232) * 10) * 0x010101u;
    n -= 16;
    return COLOR_KIND_RGB | cube_level(n / 36) << 16 | cube_level(n / 6 % 6) << 8 |
           cube_level(n % 6);
}

/* One to four digits, scaled to eight bits. Returns false if they are not that. */
static bool
component(struct view digits, bool scales, uint32_t *out)
{
    uint32_t value = 0;
    if (digits.len < 1 || digits.len > 4)
        return false;
    for (size_t i = 0; i < digits.len; i++) {
        int digit = field_hex_digit(digits.data[i]);
        if (digit < 0)
            return false;
        value = value << 4 | (uint32_t)digit;
    }
    uint32_t full = (1u << 4 * digits.len) - 1;
    /* "#" gives the most significant bits, "rgb:" a fraction of the whole. */
    *out = scales ? (value * 255 + full / 2) / full : value << (16 - 4 * digits.len) >> 8;
    return true;
}

static bool
parse_hash(struct view digits, uint32_t *color)
{
    uint32_t rgb[3];
    size_t each = digits.len / 3;
    if (digits.len % 3 != 0)
        return false;
    for (size_t i = 0; i < 3; i++) {
        if (!component(view_first(view_from(digits, i * each), each), false, &rgb[i]))
            return false;
    }
    *color = COLOR_KIND_RGB | rgb[0] << 16 | rgb[1] << 8 | rgb[2];
    return true;
}

static bool
parse_rgb(struct view text, uint32_t *color)
{
    uint32_t rgb[3];
    if (!component(field_take(&text, '/'), true, &rgb[0]) ||
        !component(field_take(&text, '/'), true, &rgb[1]) || !component(text, true, &rgb[2]))
        return false;
    *color = COLOR_KIND_RGB | rgb[0] << 16 | rgb[1] << 8 | rgb[2];
    return true;
}

bool
palette_parse(struct view spec, uint32_t *color)
{
    if (spec.len == 0 || spec.len > SPEC_MAX_BYTES)
        return false;
    if (spec.data[0] == '#')
        return parse_hash(view_from(spec, 1), color);
    if (spec.len > 4 && memcmp(spec.data, "rgb:", 4) == 0)
        return parse_rgb(view_from(spec, 4), color);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (view_equal(spec, view_of_text(names[i].name))) {
            *color = COLOR_KIND_RGB | names[i].rgb;
            return true;
        }
    }
    return false;
}

static uint32_t
recorded(const struct record_color *c)
{
    return c->known ? color_rgb(c->red, c->green, c->blue) : 0;
}

/* What is shown for entry n. */
static uint32_t
entry_now(const struct emulator *e, int n)
{
    if (e->palette.entry[n] != 0)
        return e->palette.entry[n];
    uint32_t known = n < 16 ? recorded(&e->record.palette[n]) : 0;
    return known != 0 ? known : default_entry(n);
}

/* What is shown for a dynamic colour; 0 if we do not know. */
static uint32_t
dynamic_now(const struct emulator *e, int which)
{
    if (e->palette.dynamic[which] != 0)
        return e->palette.dynamic[which];
    switch (which) {
    case PALETTE_FOREGROUND: return recorded(&e->record.foreground);
    case PALETTE_BACKGROUND: return recorded(&e->record.background);
    case PALETTE_CURSOR: return recorded(&e->record.cursor);
    default: return 0;
    }
}

static bool
is_dynamic(int which)
{
    return which == PALETTE_FOREGROUND || which == PALETTE_BACKGROUND || which == PALETTE_CURSOR ||
           which == PALETTE_SELECTION_BACKGROUND || which == PALETTE_SELECTION_FOREGROUND;
}

/* "OSC name ; rgb:RRRR/GGGG/BBBB" and the terminator that the query had. */
static void
answer(struct emulator *e, int number, int entry, uint32_t color, bool bel)
{
    char name[16];
    snprintf(name, sizeof name, entry < 0 ? "%d" : "%d;%d", number, entry);
    unsigned r = color >> 16 & 0xFF, g = color >> 8 & 0xFF, b = color & 0xFF;
    reply_putf(e, "\033]%s;rgb:%02x%02x/%02x%02x/%02x%02x%s", name, r, r, g, g, b, b,
               bel ? "\a" : "\033\\");
}

static bool
is_query(struct view spec)
{
    return spec.len == 1 && spec.data[0] == '?';
}

/* A palette index, or -1. */
static int
index_of(struct view digits)
{
    int n = field_number(digits);
    return n < PALETTE_ENTRIES ? n : -1;
}

static void
put_entry(struct palette *p, int n, uint32_t color)
{
    p->entries_set += (color != 0) - (p->entry[n] != 0);
    p->entry[n] = color;
}

static void
set_entries(struct emulator *e, struct view text, bool bel)
{
    while (text.len > 0) {
        int n = index_of(field_take(&text, ';'));
        struct view spec = field_take(&text, ';');
        uint32_t color;
        if (n >= 0 && is_query(spec))
            answer(e, 4, n, entry_now(e, n), bel);
        else if (n >= 0 && palette_parse(spec, &color))
            put_entry(&e->palette, n, color);
    }
}

static void
set_dynamics(struct emulator *e, int which, struct view text, bool bel)
{
    for (; text.len > 0 && which < PALETTE_DYNAMICS; which++) {
        struct view spec = field_take(&text, ';');
        if (!is_dynamic(which))
            continue;
        uint32_t now = dynamic_now(e, which);
        if (is_query(spec) && now != 0)
            answer(e, 10 + which, -1, now, bel);
        else if (!is_query(spec))
            (void)palette_parse(spec, &e->palette.dynamic[which]);
    }
}

static void
reset_entries(struct emulator *e, struct view text)
{
    for (int n = 0; n < PALETTE_ENTRIES && text.len == 0; n++)
        put_entry(&e->palette, n, 0);
    while (text.len > 0) {
        int n = index_of(field_take(&text, ';'));
        if (n >= 0)
            put_entry(&e->palette, n, 0);
    }
}

bool
palette_osc(struct emulator *e, int number, struct view text, bool bel)
{
    if (number == 4)
        set_entries(e, text, bel);
    else if (number == 104)
        reset_entries(e, text);
    else if (is_dynamic(number - 10))
        set_dynamics(e, number - 10, text, bel);
    else if (is_dynamic(number - 110))
        e->palette.dynamic[number - 110] = 0;
    else
        return false;
    return true;
}

/* The colour to show for a colour word. */
static uint32_t
shown(const struct palette *p, uint32_t color)
{
    if ((color & COLOR_KIND_MASK) != COLOR_KIND_PALETTE)
        return color;
    uint32_t set = p->entry[color & 0xFF];
    return set != 0 ? set : color;
}

static bool
has_overridden(const struct palette *p, const struct row *r)
{
    for (int x = 0; x < r->cols; x++) {
        if (shown(p, r->cell[x].fg) != r->cell[x].fg || shown(p, r->cell[x].bg) != r->cell[x].bg)
            return true;
    }
    for (int i = 0; i < r->extra_count; i++) {
        if (shown(p, r->extra[i].underline) != r->extra[i].underline)
            return true;
    }
    return false;
}

void
palette_resolve(const struct palette *p, struct screen *s)
{
    for (int y = 0; y < s->rows; y++) {
        if (!has_overridden(p, s->row[y]))
            continue;
        struct row *r = screen_row_mut(s, y);
        for (int x = 0; x < r->cols; x++) {
            r->cell[x].fg = shown(p, r->cell[x].fg);
            r->cell[x].bg = shown(p, r->cell[x].bg);
        }
        for (int i = 0; i < r->extra_count; i++)
            r->extra[i].underline = shown(p, r->extra[i].underline);
    }
    s->pen.fg = shown(p, s->pen.fg);
    s->pen.bg = shown(p, s->pen.bg);
    s->pen.underline = shown(p, s->pen.underline);
}
