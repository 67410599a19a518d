/*
 * Renditions as bytes. Colours use semicolons, which every terminal reads; only underline styles and
 * the underline's colour, which are young enough to have no other form, use colons.
 */
#include "term/display/pen.h"

#include "term/display/sequence.h"
#include "term/screen/payload.h"
#include "term/screen/screen.h"

/* An attribute with the code that sets it; several may share the code that clears them. */
struct attr_code {
    uint16_t attr;
    uint8_t on, off;
};

/* In the order of the canonical form; underline comes between italic and blink. */
static const struct attr_code attr_codes[] = {
    { STYLE_BOLD, 1, 22 },           { STYLE_FAINT, 2, 22 },  { STYLE_ITALIC, 3, 23 },
    { STYLE_UNDERLINE_MASK, 4, 24 }, { STYLE_BLINK, 5, 25 },  { STYLE_INVERSE, 7, 27 },
    { STYLE_INVISIBLE, 8, 28 },      { STYLE_STRIKE, 9, 29 }, { STYLE_OVERLINE, 53, 55 },
};

#define ATTR_CODES (sizeof attr_codes / sizeof attr_codes[0])

/* The next parameter, after a separator unless it is the first. */
static void
add_code(struct sequence *s, unsigned code)
{
    if (s->len > 0)
        sequence_byte(s, ';');
    sequence_number(s, code);
}

static void
add_underline(struct sequence *s, enum style_underline underline)
{
    add_code(s, 4);
    if (underline == UNDERLINE_SINGLE)
        return;
    sequence_byte(s, ':');
    sequence_number(s, underline);
}

static void
add_on(struct sequence *s, const struct attr_code *code, uint16_t attrs)
{
    if (code->attr == STYLE_UNDERLINE_MASK)
        add_underline(s, style_underline(attrs));
    else
        add_code(s, code->on);
}

/* base is 30 for the foreground, 40 for the background. */
static void
add_color(struct sequence *s, uint32_t color, unsigned base, const struct caps *caps)
{
    uint32_t value = color & ~COLOR_KIND_MASK;
    if (color == COLOR_DEFAULT) {
        add_code(s, base + 9);
    } else if ((color & COLOR_KIND_MASK) == COLOR_KIND_RGB) {
        add_code(s, base + 8);
        add_code(s, 2);
        add_code(s, value >> 16 & 0xff);
        add_code(s, value >> 8 & 0xff);
        add_code(s, value & 0xff);
    } else if (value < 8) {
        add_code(s, base + value);
    } else if (value < 16 && caps->dialect != CAPS_DIALECT_STOCK) {
        add_code(s, base + 60 + value - 8);
    } else {
        add_code(s, base + 8);
        add_code(s, 5);
        add_code(s, value);
    }
}

static void
add_underline_color(struct sequence *s, uint32_t color)
{
    uint32_t value = color & ~COLOR_KIND_MASK;
    if (color == COLOR_DEFAULT) {
        add_code(s, 59);
    } else if ((color & COLOR_KIND_MASK) == COLOR_KIND_RGB) {
        add_code(s, 58);
        sequence_text(s, ":2::");
        sequence_number(s, value >> 16 & 0xff);
        sequence_byte(s, ':');
        sequence_number(s, value >> 8 & 0xff);
        sequence_byte(s, ':');
        sequence_number(s, value & 0xff);
    } else {
        add_code(s, 58);
        sequence_text(s, ":5:");
        sequence_number(s, value);
    }
}

static void
add_colors(struct sequence *s, const struct style *from, const struct style *to,
           const struct caps *caps)
{
    if (from->fg != to->fg)
        add_color(s, to->fg, 30, caps);
    if (from->bg != to->bg)
        add_color(s, to->bg, 40, caps);
    if (from->underline != to->underline)
        add_underline_color(s, to->underline);
}

/* Parameters that set `to` whatever came before. */
static void
from_reset(struct sequence *s, const struct style *to, const struct caps *caps)
{
    const struct style plain = { .fg = COLOR_DEFAULT };
    add_code(s, 0);
    for (size_t i = 0; i < ATTR_CODES; i++) {
        if ((to->attrs & attr_codes[i].attr) != 0)
            add_on(s, &attr_codes[i], to->attrs);
    }
    add_colors(s, &plain, to, caps);
}

/* Parameters for the difference. Offs go first: 22 clears two attributes, of which one may stay. */
static void
from_difference(struct sequence *s, const struct style *from, const struct style *to,
                const struct caps *caps)
{
    uint16_t have = from->attrs;
    for (size_t i = 0; i < ATTR_CODES; i++) {
        const struct attr_code *code = &attr_codes[i];
        if ((have & code->attr) == 0 || (to->attrs & code->attr) != 0)
            continue;
        add_code(s, code->off);
        for (size_t j = 0; j < ATTR_CODES; j++) {
            if (attr_codes[j].off == code->off)
                have = (uint16_t)(have & ~attr_codes[j].attr);
        }
    }
    for (size_t i = 0; i < ATTR_CODES; i++) {
        const struct attr_code *code = &attr_codes[i];
        if ((to->attrs & code->attr) != 0 && (to->attrs & code->attr) != (have & code->attr))
            add_on(s, code, to->attrs);
    }
    add_colors(s, from, to, caps);
}

static void
put_rendition(const struct style *from, const struct style *to, const struct caps *caps,
              struct buf *out)
{
    struct sequence reset = { .len = 0 }, difference = { .len = 0 };
    from_reset(&reset, to, caps);
    const struct sequence *best = &reset;
    if (caps->dialect != CAPS_DIALECT_STOCK) {
        if (reset.len == 1)
            reset.len = 0; /* a lone 0 is the default */
        from_difference(&difference, from, to, caps);
        if (difference.len < reset.len)
            best = &difference;
    }
    buf_put_text(out, "\033[");
    buf_put(out, sequence_view(best));
    buf_put_u8(out, 'm');
}

static bool
starts_with(struct view text, const char *start)
{
    struct view v = view_of_text(start);
    return view_equal(view_first(text, v.len), v);
}

/*
 * A real terminal has links of other programs too: ours get identifiers that cannot meet theirs. Those
 * that the program gave none have a number, or the pieces of a link that is painted bit by bit would be
 * as many links.
 */
static void
put_link(struct view link, const struct caps *caps, struct buf *out)
{
    bool is_outer = caps->dialect == CAPS_DIALECT_OUTER;
    buf_put_text(out, "\033]8;");
    if (link.len == 0) {
        buf_put_u8(out, ';');
    } else if (is_outer && starts_with(link, "id=")) {
        buf_put_text(out, "id=r");
        buf_put(out, view_from(link, 3));
    } else if (is_outer && starts_with(link, "n=")) {
        buf_put_text(out, "id=n");
        buf_put(out, view_from(link, 2));
    } else {
        buf_put(out, link);
    }
    buf_put_text(out, "\033\\");
}

void
pen_put(const struct style *from, const struct style *to, const struct caps *caps, struct buf *out)
{
    if (from->fg != to->fg || from->bg != to->bg || from->underline != to->underline ||
        from->attrs != to->attrs)
        put_rendition(from, to, caps, out);
    if (!payload_equal(from->link, to->link))
        put_link(payload_view(to->link), caps, out);
}
