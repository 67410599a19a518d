/*
 * Every mode that a paint may set is reset here without asking whether it was: the string must be ready
 * before anything goes wrong. Modes that the terminal was not known to have were never set.
 */
#include "term/outer/setup.h"

#include <stddef.h>

/* Sequences that need a capability; 0: always. In the order in which they are written. */
struct step {
    uint32_t needs;
    const char *text;
};

static const struct step start_steps[] = {
    { 0, "\033[?1h" },
    { CAPS_CAN_TITLE, "\033[22;0t" },
    { CAPS_CAN_KEYBOARD, "\033[>0u" },
};

static const struct step close_steps[] = {
    { 0, "\033\\" }, /* a crash may have cut a string off */
    { CAPS_CAN_SYNC, "\033[?2026l" },
    { CAPS_CAN_KEYBOARD, "\033[<u" },
    { CAPS_CAN_MODIFY_OTHER_KEYS, "\033[>4m" },
    { 0, "\033[?1l\033[0m" },
    { CAPS_CAN_LINKS, "\033]8;;\033\\" },
    { 0, "\033[?25h" },
    { CAPS_CAN_REVERSE_VIDEO, "\033[?5l" },
    { CAPS_CAN_PASTE, "\033[?2004l" },
    { CAPS_CAN_FOCUS, "\033[?1004l" },
    { CAPS_CAN_MOUSE, "\033[?1003l\033[?1002l\033[?1001l\033[?1000l\033[?9l"
                      "\033[?1015l\033[?1006l\033[?1005l" },
    { CAPS_CAN_MOUSE_PIXELS, "\033[?1016l" },
    { CAPS_CAN_ALTERNATE_SCROLL, "\033[?1007l" },
    { CAPS_CAN_CLUSTERS, "\033[?2027l" },
    { CAPS_CAN_CURSOR_STYLE, "\033[0 q" },
    { CAPS_CAN_PROGRESS, "\033]9;4;0\a" },
    { CAPS_CAN_TITLE, "\033[23;0t" },
};

static bool
is_needed(const struct step *step, const struct caps *caps)
{
    return (caps->can & step->needs) == step->needs;
}

static void
put_steps(const struct step *steps, size_t count, const struct caps *caps, struct buf *out)
{
    for (size_t i = 0; i < count; i++) {
        if (is_needed(&steps[i], caps))
            buf_put_text(out, steps[i].text);
    }
}

void
setup_start(const struct caps *caps, struct view enter, struct buf *out)
{
    buf_put(out, enter);
    put_steps(start_steps, sizeof start_steps / sizeof start_steps[0], caps, out);
}

void
setup_extend(const struct caps *before, const struct caps *after, struct buf *out)
{
    for (size_t i = 0; i < sizeof start_steps / sizeof start_steps[0]; i++) {
        if (is_needed(&start_steps[i], after) && !is_needed(&start_steps[i], before))
            buf_put_text(out, start_steps[i].text);
    }
}

void
setup_close(const struct caps *caps, struct view leave, struct buf *out)
{
    put_steps(close_steps, sizeof close_steps / sizeof close_steps[0], caps, out);
    buf_put(out, leave);
}
