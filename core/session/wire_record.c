/* Colours travel as 0x1rrggbb, 0 for unknown. */
#include "session/wire_record.h"

static uint32_t
write_color(const struct record_color *c)
{
    if (!c->known)
        return 0;
    return 0x1000000u | (uint32_t)c->red << 16 | (uint32_t)c->green << 8 | c->blue;
}

struct user_record
wire_record_encode(const struct record *r)
{
    struct user_record wire = { .colors = r->colors,
                                .can = r->can,
                                .cell_width_px = r->cell_width_px,
                                .cell_height_px = r->cell_height_px,
                                .foreground = write_color(&r->foreground),
                                .background = write_color(&r->background),
                                .cursor = write_color(&r->cursor),
                                .theme = r->theme };
    for (int i = 0; i < 16; i++)
        wire.palette[i] = write_color(&r->palette[i]);
    return wire;
}

static struct record_color
read_color(uint32_t wire)
{
    return (struct record_color){ .known = (wire & 0x1000000) != 0,
                                  .red = (uint8_t)(wire >> 16),
                                  .green = (uint8_t)(wire >> 8),
                                  .blue = (uint8_t)wire };
}

static uint16_t
read_pixels(uint32_t wire)
{
    return wire > UINT16_MAX ? 0 : (uint16_t)wire;
}

struct record
wire_record_parse(const struct user_record *wire)
{
    struct record r = { .colors = wire->colors,
                        .can = wire->can,
                        .cell_width_px = read_pixels(wire->cell_width_px),
                        .cell_height_px = read_pixels(wire->cell_height_px),
                        .foreground = read_color(wire->foreground),
                        .background = read_color(wire->background),
                        .cursor = read_color(wire->cursor) };
    for (int i = 0; i < 16; i++)
        r.palette[i] = read_color(wire->palette[i]);
    r.theme = wire->theme <= RECORD_THEME_LIGHT ? (uint8_t)wire->theme : RECORD_THEME_UNKNOWN;
    return r;
}
