/* The words; when they are shown and how is the notice's. */
#include "session/notices.h"

#include "base/buf.h"

void
notices_start(struct notice *n, const char *name, const struct escape *e, uint64_t now_ms)
{
    struct buf label, hint;
    buf_init(&label, NOTICE_TEXT_MAX_BYTES);
    buf_init(&hint, NOTICE_TEXT_MAX_BYTES);
    (void)buf_put_text(&label, name);
    (void)buf_put_text(&label, ": ");
    escape_quit_hint(e, &hint);
    notice_init(n, buf_view(&label), buf_view(&hint), now_ms);
    buf_fini(&label);
    buf_fini(&hint);
}

void
notices_menu(struct notice *n, const struct escape *e, uint64_t now_ms)
{
    struct buf text;
    notice_clear(n);
    if (!e->menu)
        return;
    buf_init(&text, NOTICE_TEXT_MAX_BYTES);
    escape_menu(e, &text);
    notice_set(n, buf_view(&text), false, NOTICE_FOR_EVER, now_ms);
    buf_fini(&text);
}

void
notices_answer(struct notice *n, const char *text, uint64_t now_ms)
{
    notice_set(n, view_of_text(text), false, NOTICES_ANSWER_MS, now_ms);
}

void
notices_help(struct notice *n, uint64_t now_ms)
{
    notices_answer(
        n, "After the escape key: . quits, Ctrl-Z suspends, s shows the status, Esc cancels.",
        now_ms);
}
