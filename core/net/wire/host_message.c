/* One event an Instruction, both ways. The arena of a parsed message goes with it. */
#include "net/wire/host_message.h"

#include "net/wire/arena.h"
#include "net/wire/host_message.pb-c.h"
#include "net/wire/instruction.h"
#include "net/wire/message.h"

/* The parts that one Instruction may point to while it is encoded. */
struct parts {
    Wire__HostInstruction instruction;
    Wire__HostBytes bytes;
    Wire__HostResize resize;
    Wire__HostEchoAck echo_ack;
    Wire__HostLevels levels;
    ProtobufCBinaryData notification[HOST_NOTIFICATIONS_MAX];
    Wire__HostHints hints;
};

static ProtobufCBinaryData
data_of(struct view bytes)
{
    union {
        const uint8_t *in;
        uint8_t *out; /* protobuf-c has no const in its byte fields; it does not write there */
    } data = { .in = bytes.data };
    return (ProtobufCBinaryData){ .len = bytes.len, .data = data.out };
}

static Wire__HostBytes *
set_bytes(struct parts *p, struct view bytes)
{
    p->bytes = (Wire__HostBytes)WIRE__HOST_BYTES__INIT;
    p->bytes.has_bytes = 1;
    p->bytes.bytes = data_of(bytes);
    return &p->bytes;
}

static void
set_resize(struct parts *p, int32_t cols, int32_t rows)
{
    p->resize = (Wire__HostResize)WIRE__HOST_RESIZE__INIT;
    p->resize.has_cols = p->resize.has_rows = 1;
    p->resize.cols = cols;
    p->resize.rows = rows;
    p->instruction.resize = &p->resize;
}

static void
set_echo_ack(struct parts *p, uint64_t num)
{
    p->echo_ack = (Wire__HostEchoAck)WIRE__HOST_ECHO_ACK__INIT;
    p->echo_ack.has_num = 1;
    p->echo_ack.num = num;
    p->instruction.echo_ack = &p->echo_ack;
}

static void
set_levels(struct parts *p, const struct host_levels *levels)
{
    p->levels = (Wire__HostLevels)WIRE__HOST_LEVELS__INIT;
    p->levels.has_scrolled_off = p->levels.has_bell_count = p->levels.has_clipboard_count = 1;
    p->levels.scrolled_off = levels->scrolled_off;
    p->levels.bell_count = levels->bell_count;
    p->levels.clipboard_count = levels->clipboard_count;
    p->levels.has_notification_count = 1;
    p->levels.notification_count = levels->notification_count;
    p->levels.notification = p->notification;
    p->levels.n_notification = levels->notifications;
    for (size_t i = 0; i < levels->notifications; i++)
        p->notification[i] = data_of(levels->notification[i]);
    p->instruction.levels = &p->levels;
}

static void
set_hints(struct parts *p, const struct host_hints *hints)
{
    p->hints = (Wire__HostHints)WIRE__HOST_HINTS__INIT;
    p->hints.has_echo = p->hints.has_canonical = 1;
    p->hints.has_since_input = p->hints.has_echo_delay_ms = 1;
    p->hints.echo = hints->echo;
    p->hints.canonical = hints->canonical;
    p->hints.since_input = hints->since_input;
    p->hints.echo_delay_ms = hints->echo_delay_ms;
    p->hints.has_signals = p->hints.has_extended = 1;
    p->hints.signals = hints->signals;
    p->hints.extended = hints->extended;
    p->hints.has_erase = p->hints.has_word_erase = p->hints.has_kill = 1;
    p->hints.erase = hints->erase;
    p->hints.word_erase = hints->word_erase;
    p->hints.kill = hints->kill;
    p->hints.has_program = 1;
    p->hints.program = hints->program;
    p->instruction.hints = &p->hints;
}

enum skua_err
host_message_encode(const struct host_event *events, size_t count, struct buf *out)
{
    size_t before = out->len;
    for (size_t i = 0; i < count; i++) {
        struct parts p = { .instruction = WIRE__HOST_INSTRUCTION__INIT };
        Wire__HostInstruction *one = &p.instruction;
        Wire__HostMessage m = WIRE__HOST_MESSAGE__INIT;
        m.n_instruction = 1;
        m.instruction = &one;

        const struct host_event *e = &events[i];
        switch (e->kind) {
        case HOST_BYTES: p.instruction.bytes = set_bytes(&p, e->bytes); break;
        case HOST_RESIZE: set_resize(&p, e->cols, e->rows); break;
        case HOST_ECHO_ACK: set_echo_ack(&p, e->echo_ack); break;
        case HOST_SKUA_BYTES: p.instruction.skua_bytes = set_bytes(&p, e->bytes); break;
        case HOST_LEVELS: set_levels(&p, &e->levels); break;
        case HOST_HINTS: set_hints(&p, &e->hints); break;
        }
        /* Repeated fields of separate messages are one message: protobuf's rule for concatenation. */
        if (message_encode(&m.base, out) != SKUA_OK) {
            out->len = before;
            return SKUA_ERR_TOO_LARGE;
        }
    }
    return SKUA_OK;
}

static void
get_bytes(const Wire__HostBytes *in, enum host_event_kind kind, struct host_event *out)
{
    out->kind = kind;
    out->bytes = view_of(in->bytes.data, in->bytes.len);
}

static void
get_levels(const Wire__HostLevels *in, struct host_levels *out)
{
    out->scrolled_off = in->scrolled_off;
    out->bell_count = in->bell_count;
    out->clipboard_count = in->clipboard_count;
    out->notification_count = in->notification_count;
    size_t all = in->n_notification;
    size_t from = all > HOST_NOTIFICATIONS_MAX ? all - HOST_NOTIFICATIONS_MAX : 0;
    for (size_t i = from; i < all; i++)
        out->notification[out->notifications++] =
            view_of(in->notification[i].data, in->notification[i].len);
}

/* A control character: what is none is "no key does that". */
static uint8_t
get_character(uint32_t wire)
{
    return wire <= UINT8_MAX ? (uint8_t)wire : 0;
}

static void
get_hints(const Wire__HostHints *in, struct host_hints *out)
{
    *out = (struct host_hints){ .echo = in->echo,
                                .canonical = in->canonical,
                                .signals = in->signals,
                                .extended = in->extended,
                                .erase = get_character(in->erase),
                                .word_erase = get_character(in->word_erase),
                                .kill = get_character(in->kill),
                                .program = in->program,
                                .since_input = in->since_input,
                                .echo_delay_ms = in->echo_delay_ms };
}

/* Whether an Instruction gives an event. */
static bool
get_event(const Wire__HostInstruction *in, struct host_event *out)
{
    *out = (struct host_event){ 0 };
    if (in->bytes != NULL) {
        get_bytes(in->bytes, HOST_BYTES, out);
    } else if (in->resize != NULL) {
        out->kind = HOST_RESIZE;
        out->cols = in->resize->cols;
        out->rows = in->resize->rows;
    } else if (in->echo_ack != NULL) {
        out->kind = HOST_ECHO_ACK;
        out->echo_ack = in->echo_ack->num;
    } else if (in->skua_bytes != NULL) {
        get_bytes(in->skua_bytes, HOST_SKUA_BYTES, out);
    } else if (in->levels != NULL) {
        out->kind = HOST_LEVELS;
        get_levels(in->levels, &out->levels);
    } else if (in->hints != NULL) {
        out->kind = HOST_HINTS;
        get_hints(in->hints, &out->hints);
    } else {
        return false;
    }
    return true;
}

static enum skua_err
get_events(const Wire__HostMessage *m, struct arena *arena, struct host_message *out)
{
    /* The count is bounded by the arena, which held a pointer for each already. */
    struct host_event *events = arena_take(arena, m->n_instruction * sizeof *events);
    if (events == NULL)
        return SKUA_ERR_TOO_LARGE;
    size_t count = 0;
    for (size_t i = 0; i < m->n_instruction; i++) {
        if (get_event(m->instruction[i], &events[count]))
            count++;
    }
    *out = (struct host_message){ .event = events, .count = count, .arena = arena };
    return SKUA_OK;
}

enum skua_err
host_message_parse(struct view in, struct host_message *out)
{
    if (in.len > INSTRUCTION_MAX_BYTES)
        return SKUA_ERR_TOO_LARGE;

    struct arena *arena = arena_new(WIRE_ARENA_MAX_BYTES);
    ProtobufCMessage *m = NULL;
    enum skua_err err = message_parse(&wire__host_message__descriptor, in, arena, &m);
    if (err == SKUA_OK)
        err = get_events((const Wire__HostMessage *)m, arena, out);
    if (err != SKUA_OK)
        arena_free(arena);
    return err;
}

void
host_message_fini(struct host_message *m)
{
    arena_free(m->arena);
    *m = (struct host_message){ 0 };
}
