/*
 * What comes back over ssh: lines told apart, text made fit for the terminal; the same events in
 * pieces as at once.
 */
#include "bootstrap/remote_output.h"
#include "tape.h"
#include "target.h"
#include "term/text/utf8.h"

#define EVENTS_MAX 512

/* Shown as it is: no control but the tab, nothing that turns the line. */
static void
check_text(struct view text)
{
    assert(utf8_is_valid(text));
    while (text.len > 0) {
        uint32_t c;
        text = view_from(text, utf8_next(text, &c));
        assert(c == '\t' || c >= 0xA0 || (c >= 0x20 && c < 0x7F));
        assert(c != 0x2028 && c != 0x2029 && !(c >= 0x202A && c <= 0x202E) &&
               !(c >= 0x2066 && c <= 0x2069));
    }
}

static void
check_event(const struct remote_event *event)
{
    if (event->kind == REMOTE_EVENT_TEXT)
        check_text(event->text);
    if (event->kind != REMOTE_EVENT_LINE)
        return;
    assert(event->line.kind != CONNECT_LINE_TEXT);
    if (event->line.kind == CONNECT_LINE_START)
        assert(event->line.port > 0);
    assert(memchr(event->line.system, 0, sizeof event->line.system) != NULL);
}

/* Kinds of the events, one after another. */
static size_t
run(struct view text, size_t piece, unsigned kinds[EVENTS_MAX])
{
    struct remote_output *o = remote_output_new(view_of_text("token"));
    struct remote_event event;
    size_t count = 0;
    while (text.len > 0) {
        struct view some = view_first(text, piece);
        text = view_from(text, some.len);
        while (remote_output_next(o, &some, &event)) {
            check_event(&event);
            kinds[count++ % EVENTS_MAX] = (unsigned)event.kind << 8 | (unsigned)event.line.kind;
        }
        assert(some.len == 0);
    }
    if (remote_output_end(o, &event)) {
        check_event(&event);
        kinds[count++ % EVENTS_MAX] = (unsigned)event.kind << 8 | (unsigned)event.line.kind;
    }
    check_text(view_of_text(remote_output_last_text(o)));
    remote_output_free(o);
    return count;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct view text = view_of(data, size);
    unsigned at_once[EVENTS_MAX] = { 0 }, in_pieces[EVENTS_MAX] = { 0 };
    struct connect_line line = connect_line_parse(text, view_of_text("token"));
    if (line.kind == CONNECT_LINE_START)
        assert(line.port > 0);
    size_t count = run(text, size, at_once);
    assert(run(text, 3, in_pieces) == count);
    assert(memcmp(at_once, in_pieces, sizeof at_once) == 0);
    return 0;
}
