/* The bytes are read twice: by the lexer, and by the emulator for what is left hidden. */
#include "tests/lint/stock_model.h"

#include <string.h>

#include "tests/lint/lint.h"

#define BACKSPACE '\b'

const char *
stock_model_feed(struct emulator *client, struct view bytes)
{
    const char *wrong = lint_stock(bytes);
    const uint64_t asked = emulator_stats(client)->replies_dropped;
    while (bytes.len > 0) {
        bool steps_back = bytes.data[0] == BACKSPACE;
        if (wrong == NULL && steps_back && emulator_is_wrap_pending(client))
            wrong = "steps back at a pending wrap";
        const uint8_t *next = memchr(bytes.data + 1, BACKSPACE, bytes.len - 1);
        size_t len = next != NULL ? (size_t)(next - bytes.data) : bytes.len;
        emulator_feed(client, view_first(bytes, len), 0);
        bytes = view_from(bytes, len);
    }
    if (wrong == NULL && !emulator_is_ground(client))
        wrong = "ends in a sequence";
    if (wrong == NULL && emulator_is_wrap_pending(client))
        wrong = "ends with a wrap pending";
    if (wrong == NULL && emulator_stats(client)->replies_dropped != asked)
        wrong = "asks for an answer";
    return wrong;
}
