/* One sum, made anew whenever a part of it is known better: terminfo, environment, answers, the user. */
#include "endpoints/client/abilities.h"

#include <stdlib.h>
#include <string.h>

#include "term/outer/known.h"

/*
 * Terminals with 256 colours take direct ones too, whether or not COLORTERM came through the ssh that
 * the user is in; stock relies on it. One well-known terminal misreads them.
 * docs/decisions/0018-direct-colours.md
 */
static bool
is_limited_to_256(const struct known_environment *env)
{
    return env->term_program != NULL && strcmp(env->term_program, "Apple_Terminal") == 0;
}

static uint32_t
abilities_told(const struct caps *caps)
{
    static const struct {
        uint32_t caps, record;
    } same[] = {
        { CAPS_CAN_FAINT | CAPS_CAN_STRIKE | CAPS_CAN_UNDERLINE_STYLES, RECORD_CAN_STYLES },
        { CAPS_CAN_KEYBOARD, RECORD_CAN_KEYBOARD },
        { CAPS_CAN_MOUSE_PIXELS, RECORD_CAN_MOUSE_PIXELS },
        { CAPS_CAN_SYNC, RECORD_CAN_SYNC },
        { CAPS_CAN_LINKS, RECORD_CAN_LINKS },
        { CAPS_CAN_CLIPBOARD, RECORD_CAN_CLIPBOARD },
        { CAPS_CAN_CURSOR_STYLE, RECORD_CAN_CURSOR_STYLE },
        { CAPS_CAN_CLUSTERS, RECORD_CAN_CLUSTERS },
        { CAPS_CAN_MODIFY_OTHER_KEYS, RECORD_CAN_MODIFY_OTHER_KEYS },
    };
    uint32_t can = 0;
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++) {
        if ((caps->can & same[i].caps) == same[i].caps)
            can |= same[i].record;
    }
    return can;
}

static struct record_color
color_told(const struct probe_color *c)
{
    return (struct record_color){ c->known, c->red, c->green, c->blue };
}

/* Dark or light by the weights that eyes give to red, green and blue (ITU-R BT.601). */
static uint8_t
theme_of(const struct probe_color *background)
{
    if (!background->known)
        return RECORD_THEME_UNKNOWN;
    unsigned light = 299u * background->red + 587u * background->green + 114u * background->blue;
    return light < 1000u * 128 ? RECORD_THEME_DARK : RECORD_THEME_LIGHT;
}

static struct record
record_of(const struct caps *caps, const struct probe_answers *answers)
{
    return (struct record){
        .colors = caps->colors,
        .can = abilities_told(caps),
        .cell_width_px = answers->cell_width_px,
        .cell_height_px = answers->cell_height_px,
        .foreground = color_told(&answers->foreground),
        .background = color_told(&answers->background),
        .theme = theme_of(&answers->background),
    };
}

static bool
same_color(const struct record_color *a, const struct record_color *b)
{
    return a->known == b->known && a->red == b->red && a->green == b->green && a->blue == b->blue;
}

static bool
same_record(const struct record *a, const struct record *b)
{
    return a->colors == b->colors && a->can == b->can && a->cell_width_px == b->cell_width_px &&
           a->cell_height_px == b->cell_height_px && a->theme == b->theme &&
           same_color(&a->foreground, &b->foreground) && same_color(&a->background, &b->background);
}

bool
abilities_learn(struct abilities *a, const struct probe_answers *answers)
{
    struct caps caps = a->before.caps;
    probe_add_answers(answers, &caps);
    adjustment_apply(&a->wanted, &caps);
    struct record record = record_of(&caps, answers);
    if (caps.colors >= 256 && a->wanted.colors == 0 && !a->is_limited_to_256)
        caps.colors = CAPS_COLORS_DIRECT;
    bool changed = caps.can != a->caps.can || caps.colors != a->caps.colors ||
                   !same_record(&record, &a->record);
    a->caps = caps;
    a->record = record;
    return changed;
}

void
abilities_init(struct abilities *a)
{
    const struct known_environment env = {
        .term = getenv("TERM"),
        .colorterm = getenv("COLORTERM"),
        .term_program = getenv("TERM_PROGRAM"),
        .vte_version = getenv("VTE_VERSION"),
        .kitty_window_id = getenv("KITTY_WINDOW_ID"),
        .wt_session = getenv("WT_SESSION"),
        .konsole_version = getenv("KONSOLE_VERSION"),
        .tmux = getenv("TMUX"),
        .sty = getenv("STY"),
    };
    const char *wanted = getenv("SKUA_TERM_FEATURES");
    *a = (struct abilities){ 0 };
    a->wanted = adjustment_parse(view_of_text(wanted != NULL ? wanted : ""));
    a->is_limited_to_256 = is_limited_to_256(&env);
    a->probes = a->wanted.no_probes ? KNOWN_PROBES_NONE : known_probes(&env);
    /* A terminal that is unknown or poor (TERM=dumb) is one that nobody described: as stock, go on. */
    (void)terminfo_describe(env.term, &a->before);
    known_add_environment(&env, &a->before.caps);
    (void)abilities_learn(a, &(struct probe_answers){ 0 });
}
