/* One JSON text a line. */
#include "session/asciicast.h"

#include <inttypes.h>

#include "term/text/json.h"

void
asciicast_start(struct buf *out, int rows, int cols, int64_t wall_s, const char *term)
{
    (void)buf_putf(out,
                   "{\"version\": 2, \"width\": %d, \"height\": %d, \"timestamp\": %" PRId64
                   ", \"env\": {\"TERM\": ",
                   cols, rows, wall_s);
    (void)json_put_text(out, view_of_text(term != NULL ? term : ""));
    (void)buf_put_text(out, "}}\n");
}

static void
start_event(struct buf *out, uint64_t at_ms, char code)
{
    (void)buf_putf(out, "[%" PRIu64 ".%03u, \"%c\", ", at_ms / 1000, (unsigned)(at_ms % 1000),
                   code);
}

void
asciicast_output(struct buf *out, uint64_t at_ms, struct view bytes)
{
    start_event(out, at_ms, 'o');
    (void)json_put_text(out, bytes);
    (void)buf_put_text(out, "]\n");
}

void
asciicast_resize(struct buf *out, uint64_t at_ms, int rows, int cols)
{
    start_event(out, at_ms, 'r');
    (void)buf_putf(out, "\"%dx%d\"]\n", cols, rows);
}
