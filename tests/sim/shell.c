#include "shell.h"

#define SHELL_MAX_BYTES (64 * 1024 * 1024)

void
shell_init(struct shell *s, uint32_t delay_ms)
{
    *s = (struct shell){ .delay_ms = delay_ms, .echo_ms = UINT64_MAX };
    buf_init(&s->typed, SHELL_MAX_BYTES);
    buf_init(&s->output, SHELL_MAX_BYTES);
    buf_init(&s->pending, SHELL_MAX_BYTES);
}

void
shell_fini(struct shell *s)
{
    buf_fini(&s->typed);
    buf_fini(&s->output);
    buf_fini(&s->pending);
}

void
shell_start(struct shell *s)
{
    shell_print(s, "$ ");
}

static void
answer(struct shell *s, uint8_t byte)
{
    switch (byte) {
    case '\r': buf_put_text(&s->pending, "\r\n$ "); break;
    case 0x7f: buf_put_text(&s->pending, "\b \b"); break;
    default:
        if (byte >= ' ' && !s->silent)
            buf_put_u8(&s->pending, byte);
    }
}

void
shell_input(struct shell *s, struct view bytes, uint64_t now_ms)
{
    buf_put(&s->typed, bytes);
    for (size_t i = 0; i < bytes.len; i++)
        answer(s, bytes.data[i]);
    if (s->pending.len > 0 && s->echo_ms == UINT64_MAX)
        s->echo_ms = now_ms + s->delay_ms;
    shell_tick(s, now_ms);
}

void
shell_print(struct shell *s, const char *text)
{
    buf_put_text(&s->output, text);
}

void
shell_tick(struct shell *s, uint64_t now_ms)
{
    if (now_ms < s->echo_ms)
        return;
    buf_put(&s->output, buf_view(&s->pending));
    buf_clear(&s->pending);
    s->echo_ms = UINT64_MAX;
}
