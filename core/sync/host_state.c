/*
 * Diffs of host states are painted screens. Applying one feeds the bytes to an emulator of the role
 * that the field names, on a copy of the base's screen: hidden state starts at its defaults each time,
 * as both dialects promise.
 */
#include "sync/host_state.h"

#include <stdlib.h>

#include "base/mem.h"
#include "net/wire/host_message.h"
#include "net/wire/instruction.h"
#include "term/display/paint.h"
#include "term/emulator/emulator.h"

/* Echo ack, resize, bytes, levels, hints. */
#define DIFF_EVENTS_MAX 5

/* Painted bytes of one diff: what remains of an instruction after its frame. */
#define PAINT_MAX_BYTES (INSTRUCTION_MAX_BYTES - 4096)

struct host_state *
host_state_new(struct screen *screen, uint64_t echo_ack, const struct hints *hints)
{
    struct host_state *h = mem_new(1, sizeof *h);
    *h = (struct host_state){ .refs = 1, .screen = screen, .echo_ack = echo_ack };
    if (hints != NULL)
        h->hints = *hints;
    return h;
}

void
host_state_unref(struct host_state *h)
{
    if (h == NULL || --h->refs > 0)
        return;
    screen_unref(h->screen);
    free(h);
}

struct state
host_state_first(int rows, int cols)
{
    return (struct state){ .value = host_state_new(screen_new(rows, cols), 0, NULL) };
}

static bool
states_equal(void *object, const struct state *a, const struct state *b)
{
    (void)object;
    const struct host_state *x = host_state_of(a), *y = host_state_of(b);
    return x == y || (x->echo_ack == y->echo_ack && hints_equal(&x->hints, &y->hints) &&
                      screen_equal(x->screen, y->screen));
}

static bool
levels_differ(const struct screen *a, const struct screen *b)
{
    return a->scrolled_off != b->scrolled_off || a->bell_count != b->bell_count ||
           a->clipboard.count != b->clipboard.count ||
           a->notifications.count != b->notifications.count;
}

/* With the notifications that are new, as far as they are remembered. */
static struct host_levels
levels_of(const struct screen *from, const struct screen *to)
{
    struct host_levels l = { .scrolled_off = to->scrolled_off,
                             .bell_count = to->bell_count,
                             .clipboard_count = to->clipboard.count,
                             .notification_count = to->notifications.count };
    uint64_t fresh = to->notifications.count - from->notifications.count;
    if (fresh > EVENTS_NOTIFICATIONS_MAX)
        fresh = EVENTS_NOTIFICATIONS_MAX;
    for (uint64_t i = fresh; i > 0; i--) {
        struct payload *text = to->notifications.recent[i - 1];
        if (text != NULL)
            l.notification[l.notifications++] = payload_view(text);
    }
    return l;
}

_Static_assert(EVENTS_NOTIFICATIONS_MAX == HOST_NOTIFICATIONS_MAX, "all that are remembered fit");

static struct host_hints
wire_hints(const struct hints *h)
{
    return (struct host_hints){ .echo = h->echo,
                                .canonical = h->canonical,
                                .signals = h->signals,
                                .extended = h->extended,
                                .erase = h->erase,
                                .word_erase = h->word_erase,
                                .kill = h->kill,
                                .program = h->program,
                                .since_input = h->since_input,
                                .echo_delay_ms = h->echo_delay_ms };
}

static struct hints
known_hints(const struct host_hints *h)
{
    return (struct hints){ .known = true,
                           .echo = h->echo,
                           .canonical = h->canonical,
                           .signals = h->signals,
                           .extended = h->extended,
                           .erase = h->erase,
                           .word_erase = h->word_erase,
                           .kill = h->kill,
                           .program = h->program,
                           .since_input = h->since_input,
                           .echo_delay_ms = h->echo_delay_ms };
}

static size_t
skua_events(const struct host_state *from, const struct host_state *to, struct host_event *event)
{
    size_t count = 0;
    if (levels_differ(from->screen, to->screen)) {
        event[count++] = (struct host_event){ .kind = HOST_LEVELS,
                                              .levels = levels_of(from->screen, to->screen) };
    }
    if (to->hints.known && !hints_equal(&from->hints, &to->hints)) {
        event[count++] = (struct host_event){ .kind = HOST_HINTS, .hints = wire_hints(&to->hints) };
    }
    return count;
}

/*
 * The client's number 0 has the size of its own window, which we do not know: against it the size is
 * always said.
 */
static void
diff_states(void *object, const struct state *from_state, uint64_t from_num,
            const struct state *to_state, struct buf *out)
{
    const enum caps_dialect *dialect = object;
    const bool skua = *dialect == CAPS_DIALECT_SKUA;
    const struct host_state *from = host_state_of(from_state), *to = host_state_of(to_state);
    struct host_event event[DIFF_EVENTS_MAX];
    size_t count = 0;
    struct buf painted;
    buf_init(&painted, PAINT_MAX_BYTES);

    if (from->echo_ack != to->echo_ack)
        event[count++] = (struct host_event){ .kind = HOST_ECHO_ACK, .echo_ack = to->echo_ack };
    if (from_num == 0 || from->screen->rows != to->screen->rows ||
        from->screen->cols != to->screen->cols)
        event[count++] = (struct host_event){ .kind = HOST_RESIZE,
                                              .rows = to->screen->rows,
                                              .cols = to->screen->cols };
    paint(from->screen, to->screen, skua ? &caps_skua : &caps_stock, &painted);
    if (painted.len > 0)
        event[count++] = (struct host_event){ .kind = skua ? HOST_SKUA_BYTES : HOST_BYTES,
                                              .bytes = buf_view(&painted) };
    if (skua)
        count += skua_events(from, to, &event[count]);
    if (painted.overflow)
        out->overflow = true;
    else if (count > 0)
        (void)host_message_encode(event, count, out);
    buf_fini(&painted);
}

/* A state while a message is applied to it. */
struct build {
    struct screen *screen; /* ours alone, unless the emulator has it */
    struct emulator *emulator;
    enum emulator_role role;
    uint64_t echo_ack;
    struct hints hints;
    uint64_t now_ms;
};

static void
put_down_emulator(struct build *b)
{
    if (b->emulator == NULL)
        return;
    b->screen = emulator_snapshot(b->emulator, b->now_ms);
    emulator_free(b->emulator);
    b->emulator = NULL;
}

/* The screen, to be changed without an emulator. */
static struct screen *
own_screen(struct build *b)
{
    put_down_emulator(b);
    if (b->screen->refs > 1) {
        struct screen *copy = screen_copy(b->screen);
        screen_unref(b->screen);
        b->screen = copy;
    }
    return b->screen;
}

static void
apply_bytes(struct build *b, enum emulator_role role, struct view bytes)
{
    if (b->emulator != NULL && b->role != role)
        put_down_emulator(b);
    if (b->emulator == NULL) {
        b->emulator = emulator_new(role, b->screen);
        b->role = role;
        b->screen = NULL;
    }
    emulator_feed(b->emulator, bytes, b->now_ms);
}

static enum skua_err
apply_resize(struct build *b, const struct host_event *event)
{
    if (!screen_size_is_valid(event->rows, event->cols))
        return SKUA_ERR_MALFORMED;
    struct screen *s = own_screen(b);
    if (s->rows != event->rows || s->cols != event->cols)
        screen_resize(s, event->rows, event->cols);
    return SKUA_OK;
}

static void
apply_levels(struct build *b, const struct host_levels *levels)
{
    struct screen *s = own_screen(b);
    s->scrolled_off = levels->scrolled_off;
    s->bell_count = levels->bell_count;
    s->clipboard.count = levels->clipboard_count;
    for (size_t i = 0; i < levels->notifications; i++)
        (void)events_notify(s, levels->notification[i]);
    s->notifications.count = levels->notification_count;
}

static enum skua_err
apply_event(struct build *b, const struct host_event *event)
{
    switch (event->kind) {
    case HOST_BYTES: apply_bytes(b, EMULATOR_HOST_STOCK, event->bytes); break;
    case HOST_SKUA_BYTES: apply_bytes(b, EMULATOR_HOST_SKUA, event->bytes); break;
    case HOST_RESIZE: return apply_resize(b, event);
    case HOST_LEVELS: apply_levels(b, &event->levels); break;
    case HOST_ECHO_ACK:
        /* Never backwards: a server that says so is wrong, but its screen may still be right. */
        if (event->echo_ack > b->echo_ack)
            b->echo_ack = event->echo_ack;
        break;
    case HOST_HINTS: b->hints = known_hints(&event->hints); break;
    }
    return SKUA_OK;
}

static enum skua_err
apply_message(void *object, const struct state *from, struct view diff, struct state *out,
              uint64_t now_ms)
{
    (void)object;
    const struct host_state *base = host_state_of(from);
    struct host_message message;
    enum skua_err err = host_message_parse(diff, &message);
    if (err != SKUA_OK)
        return err;

    struct build b = { .screen = screen_ref(base->screen),
                       .echo_ack = base->echo_ack,
                       .hints = base->hints,
                       .now_ms = now_ms };
    for (size_t i = 0; i < message.count && err == SKUA_OK; i++)
        err = apply_event(&b, &message.event[i]);
    put_down_emulator(&b);
    host_message_fini(&message);
    if (err != SKUA_OK) {
        screen_unref(b.screen);
        return err;
    }
    *out = (struct state){ .value = host_state_new(b.screen, b.echo_ack, &b.hints) };
    return SKUA_OK;
}

static enum skua_err
refuse(void *object, const struct state *from, struct view diff, struct state *out, uint64_t now_ms)
{
    (void)object, (void)from, (void)diff, (void)out, (void)now_ms;
    return SKUA_ERR_MALFORMED;
}

static void
diff_nothing(void *object, const struct state *from, uint64_t from_num, const struct state *to,
             struct buf *out)
{
    (void)object, (void)from, (void)from_num, (void)to, (void)out;
}

static struct state
keep(void *object, const struct state *s)
{
    (void)object;
    struct host_state *h = s->value;
    h->refs++;
    return *s;
}

static void
release(void *object, struct state *s)
{
    (void)object;
    host_state_unref(s->value);
    *s = (struct state){ 0 };
}

static void
forget_nothing(void *object, const struct state *s)
{
    (void)object, (void)s;
}

struct syncable
host_state_outgoing(const enum caps_dialect *dialect)
{
    /* The table's object is not const for the sake of others; it is only read here. */
    union {
        const enum caps_dialect *in;
        void *out;
    } object = { .in = dialect };
    return (struct syncable){ .object = object.out,
                              .equal = states_equal,
                              .diff = diff_states,
                              .apply = refuse,
                              .keep = keep,
                              .release = release,
                              .forget_before = forget_nothing };
}

struct syncable
host_state_incoming(void)
{
    return (struct syncable){ .equal = states_equal,
                              .diff = diff_nothing,
                              .apply = apply_message,
                              .keep = keep,
                              .release = release,
                              .forget_before = forget_nothing };
}
