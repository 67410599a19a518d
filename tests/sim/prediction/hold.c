/* A file of its own: the predictor's keys and the network's have one name. */
#include "hold.h"

#include "term/predict/line_editor.h"

static const char *const holds[] = { "not-as-painted", "off",      "secret",  "late",
                                     "behind-unknown", "tty-mode", "command", "unproved" };

const char *
hold_kind_of_key(struct view typed)
{
    if (typed.len == 1 && (typed.data[0] == 13 || typed.data[0] == 10))
        return "enter";
    if (typed.len == 1 && typed.data[0] == 9)
        return "tab";
    if (typed.len == 1 && typed.data[0] == 127)
        return "backspace";
    if (typed.len > 1 && typed.data[0] == 27)
        return "sequence";
    return typed.data[0] < 32 ? "control" : "text";
}

const char *
hold_kind_of_command(int command)
{
    switch (command) {
    case LINE_COMMAND_TEXT: return "text";
    case LINE_COMMAND_ERASE: return "backspace";
    case LINE_COMMAND_ENTER: return "enter";
    case LINE_COMMAND_OTHER: return "other";
    case LINE_COMMAND_BREAK: return "break";
    default: return command < 0 ? "-" : "edit";
    }
}

const char *
hold_name(enum predict_hold hold)
{
    return holds[hold];
}
