/* What is not answered here is not answered: titles above all, which a stranger may have chosen. */
#include "term/emulator/report.h"

#include "term/emulator/emulator_internal.h"
#include "term/emulator/reply.h"

/* VT420 with selective erase, colour and rectangles; 52 where the clipboard can be written. */
void
report_attributes(struct emulator *e)
{
    bool clipboard = (e->record.can & RECORD_CAN_CLIPBOARD) != 0;
    reply_putf(e, "\033[?64;6;22;28%sc", clipboard ? ";52" : "");
}

static void
report_position(struct emulator *e, bool is_private)
{
    const struct screen *s = e->screen;
    bool is_relative = e->edit.origin && e->role->is_modern;
    int row = s->cursor_row - (is_relative ? e->edit.top : 0) + 1;
    int col = s->cursor_col - (is_relative ? e->edit.left : 0) + 1;
    if (is_private)
        reply_putf(e, "\033[?%d;%d;1R", row, col);
    else
        reply_putf(e, "\033[%d;%dR", row, col);
}

void
report_theme(struct emulator *e)
{
    if (e->record.theme == RECORD_THEME_DARK)
        reply_putf(e, "\033[?997;1n");
    else if (e->record.theme == RECORD_THEME_LIGHT)
        reply_putf(e, "\033[?997;2n");
}

/* DSR of the DEC kind: a terminal without printer, keys of its own, locator or macros. */
static void
report_private_status(struct emulator *e, int what)
{
    switch (what) {
    case 6: report_position(e, true); break;
    case 15: reply_putf(e, "\033[?13n"); break;
    case 25: reply_putf(e, "\033[?21n"); break;
    case 26: reply_putf(e, "\033[?27;1;0;0n"); break;
    case 53:
    case 55: reply_putf(e, "\033[?50n"); break;
    case 56: reply_putf(e, "\033[?57;0n"); break;
    case 996: report_theme(e); break;
    default: break;
    }
}

static void
report_status(struct emulator *e, int what)
{
    if (what == 5)
        reply_putf(e, "\033[0n");
    else if (what == 6)
        report_position(e, false);
}

/* CSI t: nothing that moves, resizes or reads a title. */
static void
window(struct emulator *e, const struct parser_sequence *s)
{
    const struct screen *screen = e->screen;
    int width = e->record.cell_width_px;
    int height = e->record.cell_height_px;
    bool knows_pixels = width > 0 && height > 0;
    switch (parser_param(s, 0, 0)) {
    case 11: reply_putf(e, "\033[1t"); break;
    case 13: reply_putf(e, "\033[3;0;0t"); break;
    case 14:
        if (knows_pixels)
            reply_putf(e, "\033[4;%d;%dt", screen->rows * height, screen->cols * width);
        break;
    case 16:
        if (knows_pixels)
            reply_putf(e, "\033[6;%d;%dt", height, width);
        break;
    case 18: reply_putf(e, "\033[8;%d;%dt", screen->rows, screen->cols); break;
    case 19: reply_putf(e, "\033[9;%d;%dt", screen->rows, screen->cols); break;
    case 22: title_push(e, parser_param(s, 1, 0)); break;
    case 23: title_pop(e, parser_param(s, 1, 0)); break;
    default: break;
    }
}

/* Only the plain query is answered; a parameter asks for something else. Stock does not look at it. */
static bool
is_plain_query(const struct emulator *e, const struct parser_sequence *s)
{
    return !e->role->is_modern || parser_param(s, 0, 0) == 0;
}

static bool
report_modern(struct emulator *e, const struct parser_sequence *s)
{
    switch (s->key) {
    case PARSER_KEY('=', 0, 0, 'c'):
        if (is_plain_query(e, s))
            reply_putf(e, "\033P!|534B5541\033\\");
        return true;
    case PARSER_KEY('>', 0, 0, 'q'):
        if (is_plain_query(e, s))
            reply_putf(e, "\033P>|skua(%s)\033\\", SKUA_VERSION);
        return true;
    case PARSER_KEY('?', 0, 0, 'n'): report_private_status(e, parser_param(s, 0, 0)); return true;
    case 't': window(e, s); return true;
    default: return false;
    }
}

bool
report_csi(struct emulator *e, const struct parser_sequence *s)
{
    switch (s->key) {
    case 'c':
        if (is_plain_query(e, s))
            report_attributes(e);
        return true;
    case PARSER_KEY('>', 0, 0, 'c'):
        if (is_plain_query(e, s))
            reply_putf(e, "\033[>1;10;0c");
        return true;
    case 'n': report_status(e, parser_param(s, 0, 0)); return true;
    default: return e->role->is_modern && report_modern(e, s);
    }
}
