/* The escape key: a machine of two flags. */
#include "session/escape.h"

#include <stdio.h>
#include <string.h>

#include "term/input/report.h"

enum { CTRL_Z = 0x1a, ESC = 0x1b, CR = 0x0d, LF = 0x0a, SPACE = 0x20, DEL = 0x7f };

/* A line for people; the longest of ours is shorter. */
#define KEY_NAME_MAX 16

uint8_t
escape_key_of(const char *value)
{
    if (value == NULL)
        return ESCAPE_DEFAULT;
    if (value[0] == '\0')
        return ESCAPE_NONE;
    uint8_t key = (uint8_t)value[0];
    bool is_spared = value[1] == '\0' && key < 0x80 && strchr("\x03\x04\x0a\x0c\x0d", key) == NULL;
    return is_spared ? key : ESCAPE_DEFAULT;
}

struct escape
escape_start(uint8_t key, bool extras)
{
    return (struct escape){ .key = key, .extras = extras };
}

static bool
is_control(const struct escape *e)
{
    return e->key < SPACE;
}

/* Whether byte, typed at the menu, asks for a literal escape byte. */
static bool
is_pass_through(const struct escape *e, uint8_t byte)
{
    if (!is_control(e))
        return byte == e->key;
    uint8_t upper = (uint8_t)(e->key + 0x40);
    bool is_letter = upper >= 'A' && upper <= 'Z';
    return byte == upper || (is_letter && byte == upper + 0x20);
}

static bool
is_escape_now(const struct escape *e, uint8_t byte)
{
    return e->key != ESCAPE_NONE && byte == e->key && (is_control(e) || e->after_line);
}

static enum escape_command
command_of(const struct escape *e, uint8_t byte)
{
    if (byte == '.')
        return ESCAPE_QUIT;
    if (byte == CTRL_Z)
        return ESCAPE_SUSPEND;
    if (e->extras && byte == 's')
        return ESCAPE_STATUS;
    if (e->extras && byte == '?')
        return ESCAPE_HELP;
    return ESCAPE_NOTHING;
}

/* A key as it was typed: a byte, or a sequence that reports one. */
struct unit {
    struct view bytes;
    int byte; /* what it stands for, or REPORT_NO_BYTE */
    bool is_press;
};

/* Sequences that are cut off by the end of a read pass as bytes: a key is read whole but by accident. */
static struct unit
next_unit(struct view typed)
{
    struct report report;
    if (report_parse(typed, &report))
        return (struct unit){ view_first(typed, report.len), report.byte, report.is_press };
    return (struct unit){ view_first(typed, 1), typed.data[0], true };
}

static void
pass(struct escape *e, const struct unit *u, struct buf *send)
{
    e->after_line = u->byte == CR || u->byte == LF;
    buf_put(send, u->bytes);
}

/* The key after the escape key. */
static enum escape_command
choose(struct escape *e, const struct unit *u, struct buf *send)
{
    /* The escape key goes up again, Shift goes down: no choice yet. */
    if (!u->is_press || u->byte == REPORT_NO_BYTE)
        return ESCAPE_NOTHING;
    uint8_t byte = (uint8_t)u->byte;
    e->menu = false;
    e->after_line = false;
    /* Commands win over an escape key that is a command's letter: there must be a way to quit. */
    enum escape_command command = command_of(e, byte);
    if (command != ESCAPE_NOTHING || (e->extras && byte == ESC))
        return command;
    buf_put_u8(send, e->key);
    if (!is_pass_through(e, byte))
        pass(e, u, send);
    return ESCAPE_NOTHING;
}

size_t
escape_type(struct escape *e, struct view typed, struct buf *send, enum escape_command *command)
{
    *command = ESCAPE_NOTHING;
    for (size_t i = 0; i < typed.len;) {
        struct unit u = next_unit(view_from(typed, i));
        i += u.bytes.len;
        if (e->menu) {
            *command = choose(e, &u, send);
            if (*command != ESCAPE_NOTHING)
                return i;
        } else if (u.is_press && u.byte >= 0 && is_escape_now(e, (uint8_t)u.byte)) {
            e->menu = true;
        } else {
            pass(e, &u, send);
        }
    }
    return typed.len;
}

static void
key_name(const struct escape *e, char name[KEY_NAME_MAX])
{
    if (is_control(e))
        snprintf(name, KEY_NAME_MAX, "Ctrl-%c", e->key + 0x40);
    else if (e->key == SPACE)
        snprintf(name, KEY_NAME_MAX, "Space");
    else if (e->key == DEL)
        snprintf(name, KEY_NAME_MAX, "Delete");
    else
        snprintf(name, KEY_NAME_MAX, "%c", e->key);
}

void
escape_menu(const struct escape *e, struct buf *out)
{
    char name[KEY_NAME_MAX];
    key_name(e, name);
    buf_put_text(out, "Ctrl-Z suspends, \".\" quits, ");
    if (is_control(e))
        buf_putf(out, "\"%c\" sends a literal %s", e->key + 0x40, name);
    else
        buf_putf(out, "%s again sends it literally", name);
    if (e->extras)
        buf_put_text(out, ", \"s\" shows status, \"?\" helps, Esc goes back");
}

void
escape_quit_hint(const struct escape *e, struct buf *out)
{
    if (e->key == ESCAPE_NONE)
        return;
    char name[KEY_NAME_MAX];
    key_name(e, name);
    buf_putf(out, is_control(e) ? " [To quit: %s .]" : " [To quit: Enter %s .]", name);
}
