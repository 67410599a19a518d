/* Tables of names; a name matches by its start. */
#include "term/outer/known.h"

#include <stddef.h>
#include <stdint.h>

#define MODERN                                                                                     \
    (CAPS_CAN_ERASE_CHARS | CAPS_CAN_TITLE | CAPS_CAN_FAINT | CAPS_CAN_ITALIC | CAPS_CAN_STRIKE |  \
     CAPS_CAN_CURSOR_STYLE | CAPS_CAN_PASTE | CAPS_CAN_FOCUS | CAPS_CAN_MOUSE |                    \
     CAPS_CAN_LAST_CELL | CAPS_CAN_SCROLL_REGION | CAPS_CAN_INVISIBLE)
#define UNDERLINES (CAPS_CAN_UNDERLINE_STYLES | CAPS_CAN_UNDERLINE_COLOR)

struct entry {
    const char *name;
    uint32_t can;
    uint32_t colors; /* 0: nothing is said of them */
};

/* docs/TERMINAL.md, "The user's terminal"; the same set tmux keeps for these names. */
static const struct entry versions[] = {
    { "mintty", MODERN | CAPS_CAN_CLIPBOARD | CAPS_CAN_UNDERLINE_STYLES | CAPS_CAN_OVERLINE,
      CAPS_COLORS_DIRECT },
    { "tmux", MODERN | CAPS_CAN_CLIPBOARD | CAPS_CAN_LINKS | UNDERLINES | CAPS_CAN_OVERLINE,
      CAPS_COLORS_DIRECT },
    { "iTerm2",
      MODERN | CAPS_CAN_NOTIFY_PLAIN | CAPS_CAN_CLIPBOARD | CAPS_CAN_LINKS |
          CAPS_CAN_UNDERLINE_STYLES | CAPS_CAN_SYNC,
      CAPS_COLORS_DIRECT },
    { "foot",
      MODERN | CAPS_CAN_NOTIFY | CAPS_CAN_CLIPBOARD | CAPS_CAN_LINKS | UNDERLINES | CAPS_CAN_SYNC,
      CAPS_COLORS_DIRECT },
    { "WezTerm", MODERN | CAPS_CAN_NOTIFY | CAPS_CAN_CLIPBOARD | CAPS_CAN_LINKS | UNDERLINES,
      CAPS_COLORS_DIRECT },
    { "ghostty",
      MODERN | CAPS_CAN_NOTIFY | CAPS_CAN_CLIPBOARD | CAPS_CAN_LINKS | UNDERLINES |
          CAPS_CAN_OVERLINE | CAPS_CAN_SYNC,
      CAPS_COLORS_DIRECT },
    { "Rio",
      MODERN | CAPS_CAN_CLIPBOARD | CAPS_CAN_LINKS | UNDERLINES | CAPS_CAN_OVERLINE | CAPS_CAN_SYNC,
      CAPS_COLORS_DIRECT },
    { "kitty",
      MODERN | CAPS_CAN_NOTIFY_KITTY | CAPS_CAN_CLIPBOARD | CAPS_CAN_LINKS | UNDERLINES |
          CAPS_CAN_SYNC,
      CAPS_COLORS_DIRECT },
    { "XTerm", MODERN | CAPS_CAN_CLIPBOARD | CAPS_CAN_COLOR_ERASE, CAPS_COLORS_DIRECT },
};

/* By TERM, for machines whose database does not know these. */
static const struct entry terms[] = {
    { "xterm-kitty",
      MODERN | CAPS_CAN_NOTIFY_KITTY | CAPS_CAN_CLIPBOARD | CAPS_CAN_LINKS | UNDERLINES |
          CAPS_CAN_SYNC,
      CAPS_COLORS_DIRECT },
    { "xterm-ghostty",
      MODERN | CAPS_CAN_NOTIFY | CAPS_CAN_CLIPBOARD | CAPS_CAN_LINKS | UNDERLINES |
          CAPS_CAN_OVERLINE | CAPS_CAN_SYNC,
      CAPS_COLORS_DIRECT },
    { "foot",
      MODERN | CAPS_CAN_NOTIFY | CAPS_CAN_CLIPBOARD | CAPS_CAN_LINKS | UNDERLINES | CAPS_CAN_SYNC,
      CAPS_COLORS_DIRECT },
    { "alacritty", MODERN | CAPS_CAN_CLIPBOARD | CAPS_CAN_UNDERLINE_STYLES, CAPS_COLORS_DIRECT },
    { "wezterm", MODERN | CAPS_CAN_NOTIFY | CAPS_CAN_CLIPBOARD | CAPS_CAN_LINKS | UNDERLINES,
      CAPS_COLORS_DIRECT },
};

static const struct entry programs[] = {
    { "iTerm.app", MODERN | CAPS_CAN_NOTIFY_PLAIN | CAPS_CAN_CLIPBOARD | CAPS_CAN_LINKS,
      CAPS_COLORS_DIRECT },
    { "WezTerm", MODERN | CAPS_CAN_NOTIFY | CAPS_CAN_CLIPBOARD | CAPS_CAN_LINKS | UNDERLINES,
      CAPS_COLORS_DIRECT },
    { "ghostty",
      MODERN | CAPS_CAN_NOTIFY | CAPS_CAN_CLIPBOARD | CAPS_CAN_LINKS | UNDERLINES | CAPS_CAN_SYNC,
      CAPS_COLORS_DIRECT },
    { "vscode", MODERN | CAPS_CAN_LINKS, CAPS_COLORS_DIRECT },
    { "mintty", MODERN | CAPS_CAN_CLIPBOARD, CAPS_COLORS_DIRECT },
    { "rio", MODERN | CAPS_CAN_CLIPBOARD | CAPS_CAN_LINKS, CAPS_COLORS_DIRECT },
};

/* Stock's list, and the terminals of the tables above. */
static const char *const titled[] = { "xterm", "rxvt", "kterm",   "Eterm",   "alacritty", "screen",
                                      "tmux",  "foot", "ghostty", "wezterm", "mintty",    "rio" };

static bool
starts_with(struct view text, const char *start)
{
    struct view v = view_of_text(start);
    return view_equal(view_first(text, v.len), v);
}

static bool
is_set(const char *value)
{
    return value != NULL && value[0] != '\0';
}

static bool
is_one_of(const char *value, const char *a, const char *b)
{
    return value != NULL && (view_equal(view_of_text(value), view_of_text(a)) ||
                             view_equal(view_of_text(value), view_of_text(b)));
}

static void
add(const struct entry *entry, struct caps *caps)
{
    caps->can |= entry->can;
    if (entry->colors > caps->colors)
        caps->colors = entry->colors;
}

static bool
add_match(const struct entry *entries, size_t count, struct view name, struct caps *caps)
{
    for (size_t i = 0; i < count; i++) {
        if (starts_with(name, entries[i].name)) {
            add(&entries[i], caps);
            return true;
        }
    }
    return false;
}

static struct view
term_of(const struct known_environment *env)
{
    return view_of_text(env->term != NULL ? env->term : "");
}

static bool
is_inside_screen(const struct known_environment *env)
{
    return is_set(env->sty) || starts_with(term_of(env), "screen");
}

static bool
is_inside_tmux(const struct known_environment *env)
{
    return is_set(env->tmux) || starts_with(term_of(env), "tmux");
}

/* Decimal, up to the first other byte; large values stop growing. */
static uint32_t
number_of(const char *text)
{
    uint32_t number = 0;
    for (; *text >= '0' && *text <= '9' && number < 100000000; text++)
        number = number * 10 + (uint32_t)(*text - '0');
    return number;
}

/* VTE 0.36 took direct colours, 0.50 links, 0.52 the other underlines and overline. */
static void
add_vte(uint32_t version, struct caps *caps)
{
    if (version >= 3600)
        add(&(struct entry){ .can = MODERN, .colors = CAPS_COLORS_DIRECT }, caps);
    if (version >= 5000)
        caps->can |= CAPS_CAN_LINKS;
    if (version >= 5200)
        caps->can |= UNDERLINES | CAPS_CAN_OVERLINE;
}

void
known_add_environment(const struct known_environment *env, struct caps *caps)
{
    if (is_one_of(env->colorterm, "truecolor", "24bit"))
        caps->colors = CAPS_COLORS_DIRECT;
    if (is_inside_tmux(env) || is_inside_screen(env))
        return;
    add_match(terms, sizeof terms / sizeof terms[0], term_of(env), caps);
    if (is_set(env->term_program))
        add_match(programs, sizeof programs / sizeof programs[0], view_of_text(env->term_program),
                  caps);
    if (is_set(env->kitty_window_id))
        add_match(terms, 1, view_of_text("xterm-kitty"), caps);
    if (is_set(env->vte_version))
        add_vte(number_of(env->vte_version), caps);
    if (is_set(env->wt_session))
        add(&(struct entry){ .can = MODERN | CAPS_CAN_LINKS | CAPS_CAN_PROGRESS,
                             .colors = CAPS_COLORS_DIRECT },
            caps);
    if (is_set(env->konsole_version))
        add(&(struct entry){ .can = MODERN, .colors = CAPS_COLORS_DIRECT }, caps);
}

bool
known_add_name(struct view name, struct caps *caps)
{
    return add_match(versions, sizeof versions / sizeof versions[0], name, caps);
}

bool
known_has_title(const char *term)
{
    struct view name = view_of_text(term != NULL ? term : "");
    for (size_t i = 0; i < sizeof titled / sizeof titled[0]; i++) {
        if (starts_with(name, titled[i]))
            return true;
    }
    return false;
}

enum known_probes
known_probes(const struct known_environment *env)
{
    struct view term = term_of(env);
    if (term.len == 0 || starts_with(term, "dumb"))
        return KNOWN_PROBES_NONE;
    if (starts_with(term, "linux"))
        return KNOWN_PROBES_FENCE;
    /* GNU screen hands DCS to the terminal outside; tmux's age is not known here. */
    if (is_inside_screen(env) || is_inside_tmux(env))
        return KNOWN_PROBES_NO_STRINGS;
    return KNOWN_PROBES_ALL;
}
