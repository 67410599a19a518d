/* The emulator's life, its snapshots and holds; what sequences mean is in the files beside this one. */
#include "term/emulator/emulator.h"

#include <assert.h>
#include <stdlib.h>

#include "base/mem.h"
#include "term/emulator/csi.h"
#include "term/emulator/dcs.h"
#include "term/emulator/emulator_internal.h"
#include "term/emulator/esc.h"
#include "term/emulator/modes.h"
#include "term/emulator/osc.h"
#include "term/emulator/report.h"
#include "term/screen/edit_print.h"

/* How long a program may hold its output back (?2026). tmux takes as much. */
#define HOLD_MAX_MS 1000

struct emulator *
emulator_new(enum emulator_role role, struct screen *screen)
{
    struct emulator *e = mem_new(1, sizeof *e);
    e->role = role_of(role);
    e->parser = parser_new(&e->role->parser);
    e->screen = screen;
    if (screen->refs > 1) {
        e->screen = screen_copy(screen);
        screen_unref(screen);
    }
    edit_init(&e->edit, e->screen, e->role->edit);
    edit_move(&e->edit, e->screen->cursor_row, e->screen->cursor_col);
    e->edit.counts_scrolled_off = e->role->counts_scrolled_off && !e->screen->modes.alternate;
    tabs_init(&e->tabs);
    keyboard_start(e);
    buf_init(&e->replies, EMULATOR_REPLIES_MAX_BYTES);
    e->changed = true;
    return e;
}

void
emulator_free(struct emulator *e)
{
    if (e == NULL)
        return;
    screen_unref(e->held);
    screen_unref(e->published);
    buf_fini(&e->replies);
    title_stack_fini(&e->titles);
    links_fini(&e->links);
    alternate_fini(&e->alternate);
    screen_unref(e->screen);
    parser_free(e->parser);
    free(e);
}

static void
on_print_ascii(void *context, struct view text)
{
    struct emulator *e = context;
    if (charset_is_ascii(&e->charsets)) {
        edit_print_ascii(&e->edit, text);
        e->last_printed = text.data[text.len - 1];
        return;
    }
    for (size_t i = 0; i < text.len; i++) {
        e->last_printed = charset_map(&e->charsets, text.data[i]);
        edit_print(&e->edit, e->last_printed);
    }
}

static void
on_print(void *context, const uint32_t *points, size_t count)
{
    struct emulator *e = context;
    e->charsets.single = 0; /* no set maps these, but a single shift is used up */
    e->last_printed = points[count - 1];
    edit_print_points(&e->edit, points, count);
}

static void
on_control(void *context, uint8_t code)
{
    esc_control(context, code);
}

static void
on_escape(void *context, uint32_t key)
{
    esc_dispatch(context, key);
}

static void
on_csi(void *context, const struct parser_sequence *s)
{
    csi_dispatch(context, s);
}

static void
on_osc(void *context, struct view text, bool bel)
{
    osc_dispatch(context, text, bel);
}

static void
on_dcs(void *context, const struct parser_sequence *head, struct view body)
{
    dcs_dispatch(context, head, body);
}

static const struct parser_handler handler = {
    .print_ascii = on_print_ascii,
    .print = on_print,
    .control = on_control,
    .escape = on_escape,
    .csi = on_csi,
    .osc = on_osc,
    .dcs = on_dcs,
};

static void
release_if_due(struct emulator *e, uint64_t now_ms)
{
    if (e->held != NULL && now_ms >= e->held_until_ms)
        emulator_release(e);
}

void
emulator_feed(struct emulator *e, struct view bytes, uint64_t now_ms)
{
    if (bytes.len == 0)
        return;
    e->now_ms = now_ms;
    release_if_due(e, now_ms);
    e->changed = true;
    parser_feed(e->parser, bytes, &handler, e);
}

void
emulator_resize(struct emulator *e, int rows, int cols, uint64_t now_ms)
{
    assert(screen_size_is_valid(rows, cols));
    e->now_ms = now_ms;
    emulator_release(e);
    int old_cols = e->screen->cols;
    if (rows == e->screen->rows && cols == old_cols)
        return;
    alternate_resize(e, rows, cols);
    tabs_resize(&e->tabs, old_cols, cols);
    e->changed = true;
    modes_report_size(e);
}

/* The screen as it is now, as an immutable one; the last one again if they do not differ. */
static struct screen *
publish(struct emulator *e)
{
    if (!e->changed)
        return e->published;
    e->changed = false;
    bool resolves = e->palette.entries_set > 0;
    if (!resolves && e->published != NULL && screen_equal(e->published, e->screen))
        return e->published;
    struct screen *now = screen_copy(e->screen);
    if (resolves)
        palette_resolve(&e->palette, now);
    if (resolves && e->published != NULL && screen_equal(e->published, now)) {
        screen_unref(now);
        return e->published;
    }
    screen_unref(e->published);
    return e->published = now;
}

void
emulator_hold(struct emulator *e)
{
    if (e->held != NULL)
        return;
    e->held = screen_ref(publish(e));
    e->held_until_ms = e->now_ms + HOLD_MAX_MS;
}

void
emulator_release(struct emulator *e)
{
    screen_unref(e->held);
    e->held = NULL;
    e->changed = true;
}

void
emulator_soft_reset(struct emulator *e)
{
    struct style plain = { 0 };
    emulator_release(e);
    e->edit.insert = e->edit.origin = false;
    edit_reset_margins(&e->edit);
    alternate_forget_cursor(e);
    e->screen->modes.application_cursor = false;
    e->screen->cursor_visible = true;
    screen_set_pen(e->screen, &plain);
    if (!e->role->is_modern)
        return;
    e->edit.autowrap = true;
    e->modes.column_margins = false;
    e->modes.cursor_blinks = false;
    e->screen->modes.cursor_style = 0;
    e->charsets = (struct charsets){ 0 };
    keyboard_reset(e);
}

/* What stock clears is what its peers see cleared; the icon and the counts stay in every role. */
void
emulator_reset(struct emulator *e)
{
    struct screen *s = e->screen;
    if (!e->role->alternate_is_level)
        alternate_leave(e);
    alternate_fini(&e->alternate);
    e->alternate = (struct alternate){ 0 };
    emulator_soft_reset(e);
    e->edit.autowrap = true;
    edit_erase_rows(&e->edit, 0, s->rows);
    edit_move(&e->edit, 0, 0);
    s->modes = (struct screen_modes){ 0 };
    tabs_init(&e->tabs);
    payload_set(&s->title, NULL);
    if (!e->role->is_modern)
        payload_set(&s->clipboard.contents, NULL);
    e->modes = (struct hidden_modes){ 0 };
    e->keyboard = (struct keyboard){ 0 };
    e->palette = (struct palette){ 0 };
    title_stack_fini(&e->titles);
}

struct screen *
emulator_snapshot(struct emulator *e, uint64_t now_ms)
{
    release_if_due(e, now_ms);
    return screen_ref(e->held != NULL ? e->held : publish(e));
}

uint64_t
emulator_deadline_ms(const struct emulator *e)
{
    return e->held != NULL ? e->held_until_ms : UINT64_MAX;
}

const struct screen *
emulator_screen(const struct emulator *e)
{
    return e->screen;
}

struct buf *
emulator_replies(struct emulator *e)
{
    return &e->replies;
}

void
emulator_set_record(struct emulator *e, const struct record *record)
{
    bool differs = record->theme != e->record.theme;
    e->record = *record;
    if (differs && e->modes.reports_theme)
        report_theme(e);
}

bool
emulator_is_wrap_pending(const struct emulator *e)
{
    return e->edit.pending_wrap;
}

bool
emulator_is_ground(const struct emulator *e)
{
    return parser_is_ground(e->parser);
}

const struct emulator_stats *
emulator_stats(const struct emulator *e)
{
    return &e->stats;
}

void
emulator_allow_checksums(struct emulator *e)
{
    e->checksums_allowed = true;
}
