/*
 * A row is looked at twice: cheaply, whether anything in it may have to go, and only then cell by cell
 * into a new row, which is dropped again if it came out the same.
 */
#include "term/display/cut.h"

#include "term/display/clean.h"
#include "term/display/disputed.h"
#include "term/display/palette.h"
#include "term/screen/payload.h"
#include "term/screen/screen.h"
#include "term/text/codepoint.h"
#include "term/text/grapheme.h"
#include "term/text/width.h"

#define REPLACEMENT "\357\277\275" /* U+FFFD */

static bool
has(const struct caps *caps, uint32_t can)
{
    return (caps->can & can) == can;
}

/* Attributes that are there for everyone except where a terminal says it lacks them. */
static uint16_t
kept_attrs(const struct caps *caps)
{
    unsigned kept = STYLE_BOLD | STYLE_BLINK | STYLE_INVERSE | STYLE_UNDERLINE_MASK;
    static const struct {
        uint32_t can;
        uint16_t attr;
    } optional[] = {
        { CAPS_CAN_FAINT, STYLE_FAINT },         { CAPS_CAN_ITALIC, STYLE_ITALIC },
        { CAPS_CAN_STRIKE, STYLE_STRIKE },       { CAPS_CAN_OVERLINE, STYLE_OVERLINE },
        { CAPS_CAN_INVISIBLE, STYLE_INVISIBLE },
    };
    for (size_t i = 0; i < sizeof optional / sizeof optional[0]; i++) {
        if (has(caps, optional[i].can))
            kept |= optional[i].attr;
    }
    return (uint16_t)kept;
}

static bool
can_link(struct payload *link, const struct caps *caps)
{
    if (link == NULL || !has(caps, CAPS_CAN_LINKS))
        return false;
    return caps->dialect != CAPS_DIALECT_OUTER || clean_is_link(payload_view(link));
}

struct style
cut_style(const struct style *style, const struct caps *caps)
{
    bool bright = false;
    struct style cut = {
        .fg = palette_nearest(style->fg, caps->colors, &bright),
        .bg = palette_nearest(style->bg, caps->colors, NULL),
        .attrs = style->attrs & kept_attrs(caps),
    };
    if (bright)
        cut.attrs |= STYLE_BOLD;
    if (!has(caps, CAPS_CAN_UNDERLINE_STYLES) && style_underline(cut.attrs) != UNDERLINE_NONE)
        cut.attrs = style_with_underline(cut.attrs, UNDERLINE_SINGLE);
    if (has(caps, CAPS_CAN_UNDERLINE_COLOR))
        cut.underline = palette_nearest(style->underline, caps->colors, NULL);
    if (can_link(style->link, caps))
        cut.link = style->link;
    return cut;
}

/*
 * What a cell becomes: one or two cells. Two where a stock peer sees two characters, or a narrower one
 * and a space, in what is one wide cell for us.
 */
struct piece {
    uint8_t text[CELL_TEXT_MAX_BYTES];
    size_t len;
    int width;
};

static void
piece_set(struct piece *p, struct view text, int width)
{
    p->len = text.len;
    p->width = width;
    if (text.len > 0)
        memcpy(p->text, text.data, text.len);
}

static bool
is_joiner(uint32_t c)
{
    return c == 0x200c || c == 0x200d || (c >= 0xfe00 && c <= 0xfe0f);
}

/* How many bytes at the front of text a stock peer takes as one character with its marks. */
static size_t
legacy_length(struct view text, bool with_joiners)
{
    struct view rest = text;
    codepoint_first(rest, &rest);
    while (rest.len > 0) {
        struct view next;
        uint32_t c = codepoint_first(rest, &next);
        if (width_of(c) != 0 || (!with_joiners && is_joiner(c)))
            break;
        if (text.len - next.len > CUT_STOCK_TEXT_MAX)
            break;
        rest = next;
    }
    return text.len - rest.len;
}

static int
first_width(struct view text)
{
    struct view rest;
    return width_of(codepoint_first(text, &rest));
}

/* Marks beyond the bound are not part of the character, but they are no next character either. */
static struct view
skip_marks(struct view text)
{
    while (text.len > 0 && first_width(text) == 0)
        codepoint_first(text, &text);
    return text;
}

/*
 * A cell's text for a peer that measures by code point. Whole if the sum of widths is the same, as one
 * cell or as two; else its first character, filled up with a space or replaced if that is too wide.
 */
static int
cut_for_stock(struct view text, int width, struct piece piece[2])
{
    size_t len = legacy_length(text, true);
    struct view second = skip_marks(view_from(text, len));
    int first = first_width(text), rest = second.len > 0 ? first_width(second) : 0;
    if (first == width && second.len == 0) {
        piece_set(&piece[0], view_first(text, len), width);
        return 1;
    }
    if (width == 2 && first == 1 && rest == 1) {
        size_t second_len = legacy_length(second, true);
        if (skip_marks(view_from(second, second_len)).len == 0) {
            piece_set(&piece[0], view_first(text, len), 1);
            piece_set(&piece[1], view_first(second, second_len), 1);
            return 2;
        }
    }
    len = legacy_length(text, false);
    if (first == width) {
        piece_set(&piece[0], view_first(text, len), width);
        return 1;
    }
    bool fits = first == 1;
    piece_set(&piece[0], fits ? view_first(text, len) : view_of_text(REPLACEMENT), 1);
    piece_set(&piece[1], view_of_text(" "), 1);
    return width;
}

/* A cell's text for a real terminal: nothing that turns the direction, and spaces if it is hidden. */
static int
cut_for_outer(struct view text, int width, bool is_hidden, struct piece piece[2])
{
    piece_set(&piece[0], (struct view){ 0 }, width);
    if (is_hidden) {
        piece_set(&piece[0], view_of_text(" "), 1);
        piece_set(&piece[1], view_of_text(" "), 1);
        return width;
    }
    while (text.len > 0) {
        struct view rest;
        uint32_t c = codepoint_first(text, &rest);
        if (!clean_is_direction(c)) {
            memcpy(piece[0].text + piece[0].len, text.data, text.len - rest.len);
            piece[0].len += text.len - rest.len;
        }
        text = rest;
    }
    if (piece[0].len == 0)
        piece_set(&piece[0], view_of_text("  "), width);
    return 1;
}

/* Whether one of the two ways to measure (?2027) gives the text this width, as one character. */
static bool
is_measurable(struct view text, int width)
{
    struct view rest;
    codepoint_first(text, &rest);
    if (first_width(text) == width && skip_marks(rest).len == 0)
        return true;
    return grapheme_length(text) == text.len && grapheme_width(text) == width;
}

/* A cell's text for a Skua peer: whole, but for a cluster that had no room for its second column. */
static int
cut_for_skua(struct view text, int width, struct piece piece[2])
{
    struct view rest;
    codepoint_first(text, &rest);
    bool fits = first_width(text) == width;
    if (is_measurable(text, width))
        piece_set(&piece[0], text, width);
    else if (fits)
        piece_set(&piece[0], view_first(text, text.len - rest.len), width);
    else
        piece_set(&piece[0], view_of_text(REPLACEMENT), 1);
    piece_set(&piece[1], view_of_text(" "), 1);
    return piece[0].width == width ? 1 : 2;
}

static int
cut_text(const struct row *r, int x, struct view text, const struct caps *caps,
         struct piece piece[2])
{
    int width = r->cell[x].width == CELL_WIDE ? 2 : 1;
    bool is_hidden = (r->cell[x].attrs & STYLE_INVISIBLE) != 0 && !has(caps, CAPS_CAN_INVISIBLE);
    if (width == 2 && x + 1 >= r->cols)
        piece_set(&piece[0], view_of_text(REPLACEMENT), 1); /* no place for its other half */
    else if (caps->dialect == CAPS_DIALECT_STOCK)
        return cut_for_stock(text, width, piece);
    else if (caps->dialect == CAPS_DIALECT_OUTER)
        return cut_for_outer(text, width, is_hidden, piece);
    else
        return cut_for_skua(text, width, piece);
    return 1;
}

static int
unit_width(const struct row *r, int x)
{
    return r->cell[x].width == CELL_WIDE && x + 1 < r->cols ? 2 : 1;
}

/* Whether the unit at column x is what the consumer can hold as it is. */
static bool
is_fitting(const struct row *r, int x, const struct caps *caps)
{
    uint8_t scratch[4];
    struct piece piece[2];
    struct view text = row_text(r, x, scratch);
    struct style style = row_style(r, x), cut = cut_style(&style, caps);
    if (text.len == 0) {
        const struct cell erased = cell_erased(cut.bg);
        return memcmp(&r->cell[x], &erased, sizeof erased) == 0;
    }
    int width = unit_width(r, x);
    if (!style_equal(&style, &cut) || cut_text(r, x, text, caps, piece) != 1 ||
        piece[0].width != width)
        return false;
    bool has_half = width == 1 || r->cell[x + 1].width == CELL_RIGHT_HALF;
    return has_half && view_equal(view_of(piece[0].text, piece[0].len), text);
}

static void
cut_unit(struct row *fresh, const struct row *r, int x, const struct caps *caps)
{
    uint8_t scratch[4];
    struct piece piece[2];
    struct view text = row_text(r, x, scratch);
    struct style style = row_style(r, x), cut = cut_style(&style, caps);
    if (text.len == 0) {
        row_erase(fresh, x, x + 1, cut.bg);
        return;
    }
    int count = cut_text(r, x, text, caps, piece);
    for (int i = 0; i < count; i++) {
        const struct piece *p = &piece[i];
        row_set(fresh, x, view_of(p->text, p->len), (enum cell_width)p->width, &cut);
        x += p->width;
        if (p->width == 2) {
            fresh->cell[x - 1] = cell_erased(cut.bg);
            fresh->cell[x - 1].width = CELL_RIGHT_HALF;
        }
    }
}

/*
 * A row's flag that it goes on below is carried by a wrap at its last cell: it needs one below, and
 * text in that cell of which everyone knows where it leaves the cursor.
 */
static bool
keeps_wrap(const struct row *r, bool is_last)
{
    uint8_t scratch[4];
    int x = r->cols - 1;
    if (!r->wrapped || is_last)
        return false;
    if (r->cell[x].width == CELL_RIGHT_HALF && x > 0)
        x--;
    struct view text = row_text(r, x, scratch);
    return text.len > 0 && ((r->beyond & ROW_BEYOND_TEXT) == 0 || !disputed_text(text));
}

/* What a real terminal may lack shows in no mask: everything that the cells hold, put together. */
static bool
may_exceed_outer(const struct row *r, const struct caps *caps)
{
    uint32_t colors = 0;
    unsigned attrs = 0;
    bool is_odd = false, after_wide = false;
    for (int x = 0; x < r->cols; x++) {
        const struct cell *c = &r->cell[x];
        colors |= c->fg | c->bg;
        attrs |= c->attrs;
        is_odd |= (c->width == CELL_RIGHT_HALF) != after_wide;
        after_wide = c->width == CELL_WIDE;
    }
    bool has_rgb = (colors & COLOR_KIND_RGB) != 0;
    return is_odd || after_wide || r->beyond != 0 || (attrs & ~kept_attrs(caps)) != 0 ||
           (caps->colors < 256 && colors != 0) || (caps->colors <= 256 && has_rgb);
}

static bool
may_exceed(const struct row *r, const struct caps *caps)
{
    switch (caps->dialect) {
    case CAPS_DIALECT_STOCK: return r->beyond != 0;
    case CAPS_DIALECT_SKUA: return (r->beyond & (ROW_BEYOND_PROTECTED | ROW_BEYOND_TEXT)) != 0;
    case CAPS_DIALECT_OUTER: break;
    }
    return may_exceed_outer(r, caps);
}

static bool
is_row_fitting(const struct row *r, const struct caps *caps)
{
    for (int x = 0; x < r->cols; x += unit_width(r, x)) {
        if (!is_fitting(r, x, caps))
            return false;
    }
    return true;
}

/* Printing the last cell of all would scroll a terminal that wraps at once: there it stays blank. */
static bool
is_corner_full(const struct row *r, bool is_last, const struct caps *caps)
{
    if (caps->dialect != CAPS_DIALECT_OUTER || has(caps, CAPS_CAN_LAST_CELL) || !is_last)
        return false;
    const struct cell *corner = &r->cell[r->cols - 1];
    bool keeps_color = has(caps, CAPS_CAN_COLOR_ERASE);
    return !cell_is_empty(corner) || (corner->bg != COLOR_DEFAULT && !keeps_color);
}

static void
clear_corner(struct row *r, const struct caps *caps)
{
    int x = r->cols - 1;
    uint32_t bg = has(caps, CAPS_CAN_COLOR_ERASE) ? r->cell[x].bg : COLOR_DEFAULT;
    int from = r->cell[x].width == CELL_RIGHT_HALF && x > 0 ? x - 1 : x;
    for (; from <= x; from++)
        r->cell[from] = cell_erased(bg);
}

struct row *
cut_row(struct row *r, bool is_last, const struct caps *caps)
{
    bool wrapped = keeps_wrap(r, is_last);
    uint8_t mark = caps->dialect == CAPS_DIALECT_STOCK ? (uint8_t)ROW_MARK_NONE : r->mark;
    bool is_corner = is_corner_full(r, is_last, caps);
    if (wrapped == r->wrapped && mark == r->mark && !is_corner &&
        (!may_exceed(r, caps) || is_row_fitting(r, caps)))
        return row_ref(r);
    struct row *fresh = row_new(r->cols, COLOR_DEFAULT);
    for (int x = 0; x < r->cols; x += unit_width(r, x))
        cut_unit(fresh, r, x, caps);
    if (is_corner)
        clear_corner(fresh, caps);
    fresh->wrapped = wrapped;
    fresh->wrapped = keeps_wrap(fresh, is_last);
    fresh->mark = mark;
    if (mark != ROW_MARK_NONE)
        fresh->beyond |= ROW_BEYOND_MARK;
    return fresh;
}
