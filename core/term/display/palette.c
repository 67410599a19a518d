/* xterm's palette: 16 colours of its own, a cube of six levels, 24 greys. */
#include "term/display/palette.h"

#include <stddef.h>

#include "term/screen/style.h"

struct rgb {
    int red, green, blue;
};

static const struct rgb ansi[16] = {
    { 0, 0, 0 },       { 205, 0, 0 },   { 0, 205, 0 },   { 205, 205, 0 },
    { 0, 0, 238 },     { 205, 0, 205 }, { 0, 205, 205 }, { 229, 229, 229 },
    { 127, 127, 127 }, { 255, 0, 0 },   { 0, 255, 0 },   { 255, 255, 0 },
    { 92, 92, 255 },   { 255, 0, 255 }, { 0, 255, 255 }, { 255, 255, 255 },
};

static const int cube_levels[6] = { 0, 95, 135, 175, 215, 255 };

static struct rgb
rgb_of_index(uint32_t n)
{
    if (n < 16)
        return ansi[n];
    if (n >= 232) {
        int grey = 8 + 10 * (int)(n - 232);
        return (struct rgb){ grey, grey, grey };
    }
    n -= 16;
    return (struct rgb){ cube_levels[n / 36], cube_levels[n / 6 % 6], cube_levels[n % 6] };
}

static struct rgb
rgb_of(uint32_t color)
{
    if ((color & COLOR_KIND_MASK) == COLOR_KIND_PALETTE)
        return rgb_of_index(color & 0xff);
    return (struct rgb){ (int)(color >> 16 & 0xff), (int)(color >> 8 & 0xff), (int)(color & 0xff) };
}

static int
squared_distance(struct rgb a, struct rgb b)
{
    int red = a.red - b.red, green = a.green - b.green, blue = a.blue - b.blue;
    return red * red + green * green + blue * blue;
}

/* The nearest of palette entries first..last. */
static uint32_t
nearest(struct rgb wanted, uint32_t first, uint32_t last)
{
    uint32_t best = first;
    for (uint32_t n = first + 1; n <= last; n++) {
        if (squared_distance(wanted, rgb_of_index(n)) <
            squared_distance(wanted, rgb_of_index(best)))
            best = n;
    }
    return best;
}

uint32_t
palette_nearest(uint32_t color, uint32_t colors, bool *bright)
{
    bool is_direct = (color & COLOR_KIND_MASK) == COLOR_KIND_RGB;
    uint32_t index = color & 0xff;
    if (color == COLOR_DEFAULT || (is_direct && colors > 256) || (!is_direct && colors >= 256))
        return color;
    if (colors < 8)
        return COLOR_DEFAULT;
    if (colors >= 256)
        return color_palette((uint8_t)nearest(rgb_of(color), 16, 255));
    if (is_direct || index >= 16)
        index = nearest(rgb_of(color), 0, 15);
    if (colors < 16 && index >= 8) {
        index -= 8;
        if (bright != NULL)
            *bright = true;
    }
    return color_palette((uint8_t)index);
}
