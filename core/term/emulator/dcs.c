/*
 * Answers are built from what we know; the request is only compared. The one thing of it that comes
 * back is the name of a capability that we have, and that is written anew from our own table.
 */
#include "term/emulator/dcs.h"

#include <stdio.h>

#include "term/emulator/emulator_internal.h"
#include "term/emulator/field.h"
#include "term/emulator/reply.h"
#include "term/emulator/sgr.h"

#define NAMES_MAX       16
#define NAME_MAX_DIGITS 64

/* The setting that Pt names, as the sequence that would make it; false if there is none. */
static bool
put_setting(struct emulator *e, struct view pt, struct buf *out)
{
    const struct edit *edit = &e->edit;
    const struct screen *s = e->screen;
    if (view_equal(pt, view_of_text("m"))) {
        sgr_put(&s->pen, out);
        return buf_put_text(out, "m");
    }
    if (view_equal(pt, view_of_text("r")))
        return buf_putf(out, "%d;%dr", edit->top + 1, edit->bottom + 1);
    if (view_equal(pt, view_of_text("s")))
        return buf_putf(out, "%d;%ds", edit->left + 1, edit->right + 1);
    if (view_equal(pt, view_of_text(" q")))
        return buf_putf(out, "%d q", s->modes.cursor_style);
    if (view_equal(pt, view_of_text("\"q")))
        return buf_putf(out, "%d\"q", (s->pen.attrs & STYLE_PROTECTED) != 0 ? 1 : 0);
    if (view_equal(pt, view_of_text("\"p")))
        return buf_put_text(out, "64;1\"p");
    if (view_equal(pt, view_of_text("$|")))
        return buf_putf(out, "%d$|", s->cols);
    if (view_equal(pt, view_of_text("*|")))
        return buf_putf(out, "%d*|", s->rows);
    return false;
}

static void
request_setting(struct emulator *e, struct view pt)
{
    struct buf setting;
    buf_init(&setting, 160);
    if (put_setting(e, pt, &setting))
        reply_putf(e, "\033P1$r%.*s\033\\", (int)setting.len, (const char *)setting.data);
    else
        reply_putf(e, "\033P0$r\033\\");
    buf_fini(&setting);
}

/* What xterm-256color and its extensions say of us. */
static const struct {
    const char *name;
    const char *value;
    bool needs_clipboard;
} capabilities[] = {
    { "TN", "xterm-256color", false },
    { "Co", "256", false },
    { "colors", "256", false },
    { "RGB", "8/8/8", false },
    { "Tc", "", false },
    { "Smulx", "\033[4:%p1%dm", false },
    { "Setulc", "\033[58:2::%p1%{65536}%/%d:%p1%{256}%/%{255}%&%d:%p1%{255}%&%d%;m", false },
    { "Su", "", false },
    { "smxx", "\033[9m", false },
    { "Ss", "\033[%p1%d q", false },
    { "Se", "\033[2 q", false },
    { "Ms", "\033]52;%p1%s;%p2%s\033\\", true },
    { "Sync", "\033[?2026%?%p1%{1}%-%tl%eh%;", false },
    { "setrgbf", "\033[38;2;%p1%d;%p2%d;%p3%dm", false },
    { "setrgbb", "\033[48;2;%p1%d;%p2%d;%p3%dm", false },
    { "indn", "\033[%p1%dS", false },
};

/* Whether digits spell name in hexadecimal. */
static bool
spells(struct view digits, const char *name)
{
    size_t len = strlen(name);
    if (digits.data == NULL || digits.len != 2 * len)
        return false;
    for (size_t i = 0; i < len; i++) {
        int high = field_hex_digit(digits.data[2 * i]);
        int low = field_hex_digit(digits.data[2 * i + 1]);
        if (high < 0 || low < 0 || high * 16 + low != (uint8_t)name[i])
            return false;
    }
    return true;
}

static void
put_hex(const char *text, struct buf *out)
{
    for (; *text != 0; text++)
        buf_putf(out, "%02x", (unsigned)(uint8_t)*text);
}

static void
request_capability(struct emulator *e, struct view digits)
{
    bool clipboard = (e->record.can & RECORD_CAN_CLIPBOARD) != 0;
    for (size_t i = 0; i < sizeof capabilities / sizeof capabilities[0]; i++) {
        if (!spells(digits, capabilities[i].name) ||
            (capabilities[i].needs_clipboard && !clipboard))
            continue;
        struct buf answer;
        buf_init(&answer, 512);
        buf_put_text(&answer, "\033P1+r");
        put_hex(capabilities[i].name, &answer);
        buf_put_text(&answer, "=");
        put_hex(capabilities[i].value, &answer);
        buf_put_text(&answer, "\033\\");
        reply_put(e, buf_view(&answer));
        buf_fini(&answer);
        return;
    }
    reply_putf(e, "\033P0+r\033\\");
}

static void
request_capabilities(struct emulator *e, struct view names)
{
    for (int i = 0; i < NAMES_MAX && names.len > 0; i++) {
        struct view digits = field_take(&names, ';');
        request_capability(e, digits.len <= NAME_MAX_DIGITS ? digits : (struct view){ 0 });
    }
}

void
dcs_dispatch(struct emulator *e, const struct parser_sequence *head, struct view body)
{
    if (head->key == PARSER_KEY(0, '$', 0, 'q'))
        request_setting(e, body);
    else if (head->key == PARSER_KEY(0, '+', 0, 'q'))
        request_capabilities(e, body);
}
