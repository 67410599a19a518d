/*
 * Switching exchanges the arrays of rows between the screen that is worked on and a hidden one of the
 * same size: cursor, pen and modes are shared by both screens and stay where they are.
 */
#include "term/emulator/alternate.h"

#include "term/emulator/emulator_internal.h"

void
alternate_fini(struct alternate *a)
{
    screen_unref(a->hidden);
    a->hidden = NULL;
}

static struct saved_cursor *
slot_of(struct emulator *e)
{
    return &e->alternate.saved[e->screen->modes.alternate];
}

void
alternate_save_cursor(struct emulator *e)
{
    *slot_of(e) = (struct saved_cursor){
        .is_set = true,
        .row = e->screen->cursor_row,
        .col = e->screen->cursor_col,
        .pending_wrap = e->role->is_modern && e->was_pending,
        .autowrap = e->edit.autowrap,
        .origin = e->edit.origin,
        .pen = e->screen->pen,
        .charsets = e->charsets,
    };
    slot_of(e)->pen.link = NULL;
}

void
alternate_restore_cursor(struct emulator *e)
{
    struct saved_cursor saved = *slot_of(e);
    if (!saved.is_set)
        saved.autowrap = true;
    saved.pen.link = e->screen->pen.link;
    screen_set_pen(e->screen, &saved.pen);
    e->edit.origin = saved.origin;
    if (!e->role->is_modern)
        e->edit.autowrap = saved.autowrap;
    e->charsets = saved.charsets;
    edit_move(&e->edit, saved.row, saved.col);
    /* The window may have changed since: the wrap is owed only where the row still ends. */
    e->edit.pending_wrap = saved.pending_wrap && e->screen->cursor_col == saved.col;
}

void
alternate_forget_cursor(struct emulator *e)
{
    *slot_of(e) = (struct saved_cursor){ 0 };
}

/* Show the other screen. */
static void
exchange(struct emulator *e)
{
    struct screen *s = e->screen;
    if (e->alternate.hidden == NULL)
        e->alternate.hidden = screen_new(s->rows, s->cols);
    struct row **shown = s->row;
    s->row = e->alternate.hidden->row;
    e->alternate.hidden->row = shown;
    s->modes.alternate = !s->modes.alternate;
    e->edit.counts_scrolled_off = e->role->counts_scrolled_off && !s->modes.alternate;
    e->edit.pending_wrap = e->edit.has_join = false; /* what was printed last is on the other one */
    keyboard_switch(e);
}

void
alternate_leave(struct emulator *e)
{
    if (e->screen->modes.alternate)
        exchange(e);
}

static void
set_1049(struct emulator *e, bool on)
{
    bool is_alternate = e->screen->modes.alternate;
    if (on) {
        if (!is_alternate) {
            alternate_save_cursor(e);
            exchange(e);
        }
        edit_erase_rows(&e->edit, 0, e->screen->rows);
    } else if (is_alternate) {
        exchange(e);
        alternate_restore_cursor(e);
    }
}

static void
set_1047(struct emulator *e, bool on, bool clears)
{
    if (on == e->screen->modes.alternate)
        return;
    if (!on && clears)
        edit_erase_rows(&e->edit, 0, e->screen->rows);
    exchange(e);
}

void
alternate_set(struct emulator *e, int mode, bool on)
{
    if (mode == 1048 && on)
        alternate_save_cursor(e);
    else if (mode == 1048)
        alternate_restore_cursor(e);
    else if (e->role->alternate_is_level)
        e->screen->modes.alternate = on;
    else if (mode == 1049)
        set_1049(e, on);
    else
        set_1047(e, on, mode == 1047);
}

static bool
is_blank(const struct row *r)
{
    for (int x = 0; x < r->cols; x++) {
        if (!cell_is_empty(&r->cell[x]) || r->cell[x].bg != COLOR_DEFAULT)
            return false;
    }
    return true;
}

/*
 * The main screen, about to lose rows: blank ones below the cursor go first, then those at the top
 * leave into history, then what is below the cursor. Returns how many left at the top.
 */
static int
make_shorter(struct edit *edit, int rows)
{
    const struct screen *s = edit->screen;
    int excess = s->rows - rows;
    for (int y = s->rows - 1; excess > 0 && y > s->cursor_row && is_blank(s->row[y]); y--)
        excess--;
    return excess > 0 ? edit_push_top(edit, excess) : 0;
}

static void
resize_main(struct emulator *e, struct edit *edit, int rows, int cols)
{
    struct saved_cursor *saved = &e->alternate.saved[0];
    int left = make_shorter(edit, rows);
    saved->row = saved->row > left ? saved->row - left : 0;
    edit_resize(edit, rows, cols);
}

/* The hidden screen. If it is the main one, its cursor is where it was left: in the saved slot. */
static void
resize_hidden(struct emulator *e, int rows, int cols)
{
    struct screen *hidden = e->alternate.hidden;
    if (hidden == NULL)
        return;
    struct edit edit;
    edit_init(&edit, hidden, e->role->edit);
    if (!e->screen->modes.alternate) {
        edit_resize(&edit, rows, cols);
        return;
    }
    edit.counts_scrolled_off = e->role->counts_scrolled_off;
    hidden->scrolled_off = 0;
    edit_move(&edit, e->alternate.saved[0].row, 0);
    resize_main(e, &edit, rows, cols);
    e->screen->scrolled_off += hidden->scrolled_off;
}

void
alternate_resize(struct emulator *e, int rows, int cols)
{
    resize_hidden(e, rows, cols);
    if (e->role->is_modern && !e->screen->modes.alternate)
        resize_main(e, &e->edit, rows, cols);
    else
        edit_resize(&e->edit, rows, cols);
}
