/* To standard error. */
#include "show.h"

#include <stdio.h>

void
show_bytes(struct view bytes)
{
    for (size_t i = 0; i < bytes.len; i++) {
        uint8_t c = bytes.data[i];
        if (c < 0x20)
            fprintf(stderr, "\\x%02x", c);
        else
            fputc(c, stderr);
    }
    fputc('\n', stderr);
}

void
show_screen(const char *name, const struct screen *s)
{
    fprintf(stderr, "%s: %dx%d, cursor %d;%d, pen %x %x %x %x\n", name, s->rows, s->cols,
            s->cursor_row, s->cursor_col, s->pen.fg, s->pen.bg, s->pen.attrs, s->pen.underline);
    for (int y = 0; y < s->rows; y++) {
        fprintf(stderr, "  %2d%c%d |", y, s->row[y]->wrapped ? '+' : ' ', s->row[y]->mark);
        for (int x = 0; x < s->cols; x++) {
            uint8_t scratch[4];
            struct view text = row_text(s->row[y], x, scratch);
            if (s->row[y]->cell[x].width == CELL_RIGHT_HALF)
                fputc('>', stderr);
            else if (text.len == 0)
                fputc('.', stderr);
            fwrite(text.data, 1, text.len, stderr);
        }
        fprintf(stderr, "|\n");
    }
}

void
show_difference(const struct screen *wanted, const struct screen *got)
{
    for (int y = 0; y < wanted->rows; y++) {
        for (int x = 0; x < wanted->cols; x++) {
            const struct cell *a = &wanted->row[y]->cell[x], *b = &got->row[y]->cell[x];
            if (row_cell_equal(wanted->row[y], x, got->row[y], x))
                continue;
            fprintf(stderr,
                    "cell %d;%d: text %x %x, fg %x %x, bg %x %x, attrs %x %x, width %d %d\n", y, x,
                    a->text, b->text, a->fg, b->fg, a->bg, b->bg, a->attrs, b->attrs, a->width,
                    b->width);
            return;
        }
    }
    const struct screen_modes *m = &wanted->modes, *n = &got->modes;
    fprintf(stderr, "modes: mouse %d %d, %d %d, keys %d %d, %d %d, style %d %d\n",
            m->mouse_reporting, n->mouse_reporting, m->mouse_encoding, n->mouse_encoding,
            m->keyboard_flags, n->keyboard_flags, m->modify_other_keys, n->modify_other_keys,
            m->cursor_style, n->cursor_style);
}
