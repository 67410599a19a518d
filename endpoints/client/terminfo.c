/*
 * The one place that knows curses' terminfo. Our painter writes ECMA-48 and xterm's sequences itself:
 * the database is asked whether the terminal has them, and only its own way in and out of the screen of
 * full-screen programs is used as it stands.
 */
#include "endpoints/client/terminfo.h"

#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <curses.h>
#include <term.h>

#include "term/outer/known.h"

#define NAME_MAX_BYTES 128 /* longer than any in a database; the name becomes part of a path */

/* What a terminal that moves its cursor has, or ignores in silence: stock sends these to all. */
#define ALWAYS (CAPS_CAN_PASTE | CAPS_CAN_FOCUS | CAPS_CAN_MOUSE | CAPS_CAN_REVERSE_VIDEO)

/* A capability that the terminal has if the string is there and holds the code that we would send. */
struct string_capability {
    const char *name;
    const char *holds;
    uint32_t can;
};

static const struct string_capability strings[] = {
    { "ech", "X", CAPS_CAN_ERASE_CHARS },
    { "csr", "r", CAPS_CAN_SCROLL_REGION },
    { "dim", "\033[2m", CAPS_CAN_FAINT },
    { "sitm", "\033[3m", CAPS_CAN_ITALIC },
    { "invis", "\033[8m", CAPS_CAN_INVISIBLE },
    { "smxx", "\033[9m", CAPS_CAN_STRIKE },
    { "Smol", "\033[53m", CAPS_CAN_OVERLINE },
    { "Smulx", "\033[4:", CAPS_CAN_UNDERLINE_STYLES },
    { "Setulc", "\033[58", CAPS_CAN_UNDERLINE_COLOR },
    { "Ss", " q", CAPS_CAN_CURSOR_STYLE },
    { "Ms", "\033]52;", CAPS_CAN_CLIPBOARD },
    { "Sync", "2026", CAPS_CAN_SYNC },
};

static bool
is_name(const char *term)
{
    if (term == NULL)
        return false;
    size_t len = strnlen(term, NAME_MAX_BYTES + 1);
    return len != 0 && len <= NAME_MAX_BYTES && strchr(term, '/') == NULL && term[0] != '.';
}

/* Make a terminal the current one; del_curterm() ends it. */
static bool
enter(const char *term)
{
    int err = 0;
    /* With err given setupterm() neither prints nor exits. */
    return is_name(term) && setupterm(term, STDOUT_FILENO, &err) == OK;
}

/* curses wants names that it could write to. "" where the terminal has no such string. */
static const char *
string_of(const char *name)
{
    char copy[16] = { 0 };
    memcpy(copy, name, strnlen(name, sizeof copy - 1));
    const char *value = tigetstr(copy);
    return value == NULL || value == (const char *)-1 ? "" : value;
}

static bool
has_flag(const char *name)
{
    char copy[16] = { 0 };
    memcpy(copy, name, strnlen(name, sizeof copy - 1));
    return tigetflag(copy) > 0;
}

static int
number_of(const char *name)
{
    char copy[16] = { 0 };
    memcpy(copy, name, strnlen(name, sizeof copy - 1));
    return tigetnum(copy);
}

int
terminfo_colors(const char *term)
{
    if (!enter(term))
        return -1;
    int count = number_of("colors");
    del_curterm(cur_term);
    return count < 0 ? -1 : count;
}

bool
terminfo_is_known(const char *term)
{
    bool is_known = enter(term);
    if (is_known)
        del_curterm(cur_term);
    return is_known;
}

/* "$<5>" and its like: waits of terminals that had a line of their own. Empty if it does not fit. */
static void
copy_without_padding(const char *value, char out[TERMINFO_STRING_MAX])
{
    size_t len = 0;
    for (const char *p = value; *p != '\0'; p++) {
        const char *end = p[0] == '$' && p[1] == '<' ? strchr(p, '>') : NULL;
        if (end != NULL) {
            p = end;
            continue;
        }
        if (len == TERMINFO_STRING_MAX - 1) {
            len = 0;
            break;
        }
        out[len++] = *p;
    }
    out[len] = '\0';
}

/* Direct colours hide behind a flag, and some terminals count 88. */
static uint32_t
colors_of(void)
{
    int count = number_of("colors");
    if (has_flag("RGB") || has_flag("Tc") || number_of("RGB") > 0 || string_of("RGB")[0] != '\0' ||
        count >= (int)CAPS_COLORS_DIRECT)
        return CAPS_COLORS_DIRECT;
    if (count >= 256)
        return 256;
    if (count >= 16)
        return 16;
    return count >= 8 ? 8 : 0;
}

static uint32_t
features_of(const char *term)
{
    uint32_t can = ALWAYS;
    for (size_t i = 0; i < sizeof strings / sizeof strings[0]; i++) {
        if (strstr(string_of(strings[i].name), strings[i].holds) != NULL)
            can |= strings[i].can;
    }
    if (has_flag("bce"))
        can |= CAPS_CAN_COLOR_ERASE;
    if (has_flag("xenl") || !has_flag("am"))
        can |= CAPS_CAN_LAST_CELL;
    if (known_has_title(term))
        can |= CAPS_CAN_TITLE | CAPS_CAN_CLIPBOARD;
    return can;
}

static bool
moves_by_ecma48(void)
{
    const char *cup = string_of("cup");
    return strncmp(cup, "\033[", 2) == 0 && strchr(cup, 'H') != NULL;
}

static void
describe_default(const char *term, struct terminfo_terminal *out)
{
    *out = (struct terminfo_terminal){ .caps = caps_xterm,
                                       .enter = "\033[?1049h",
                                       .leave = "\033[?1049l" };
    if (!known_has_title(term))
        out->caps.can &= ~(uint32_t)(CAPS_CAN_TITLE | CAPS_CAN_CLIPBOARD);
}

enum terminfo_found
terminfo_describe(const char *term, struct terminfo_terminal *out)
{
    describe_default(is_name(term) ? term : "", out);
    if (!enter(term))
        return TERMINFO_UNKNOWN;
    bool is_poor = !moves_by_ecma48();
    if (!is_poor) {
        out->caps = (struct caps){ .dialect = CAPS_DIALECT_OUTER,
                                   .can = features_of(term),
                                   .colors = colors_of() };
        copy_without_padding(string_of("smcup"), out->enter);
        copy_without_padding(string_of("rmcup"), out->leave);
    }
    del_curterm(cur_term);
    return is_poor ? TERMINFO_POOR : TERMINFO_FOUND;
}
