#include "play.h"

#include "tape.h"

#define BYTE_RESIZE 0xFF
#define BYTE_WAIT   0xFE
#define WAIT_MS     16

int
play_size(struct reader *tape)
{
    return 1 + tape_u8(tape) % PLAY_SIZE_MAX;
}

static void
feed(struct emulator *e, struct view bytes, size_t piece, uint64_t now_ms)
{
    while (bytes.len > 0) {
        struct view some = view_first(bytes, piece > 0 ? piece : bytes.len);
        emulator_feed(e, some, now_ms);
        bytes = view_from(bytes, some.len);
    }
}

bool
play_step(struct emulator *e, struct reader *script, size_t piece, uint64_t *now_ms)
{
    size_t len = 0;
    if (script->rest.len == 0)
        return false;
    while (len < script->rest.len && script->rest.data[len] < BYTE_WAIT)
        len++;
    feed(e, reader_bytes(script, len), piece, *now_ms);
    if (script->rest.len == 0)
        return true;
    if (tape_u8(script) == BYTE_RESIZE) {
        int rows = play_size(script);
        emulator_resize(e, rows, play_size(script), *now_ms);
    } else {
        *now_ms += (uint64_t)tape_u8(script) * WAIT_MS;
    }
    return true;
}

void
play_all(struct emulator *e, struct view script)
{
    struct reader r = reader_of(script);
    uint64_t now_ms = 0;
    while (play_step(e, &r, 0, &now_ms))
        continue;
}
