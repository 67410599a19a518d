/* One event an Instruction, both ways. The arena of a parsed message goes with it. */
#include "net/wire/user_message.h"

#include "net/wire/arena.h"
#include "net/wire/instruction.h"
#include "net/wire/message.h"
#include "net/wire/user_message.pb-c.h"

#define PALETTE_COLORS 16

/* The parts that one Instruction may point to while it is encoded. */
struct parts {
    Wire__UserInstruction instruction;
    Wire__UserKeys keys;
    Wire__UserResize resize;
    Wire__UserRecord record;
    uint32_t palette[PALETTE_COLORS];
};

static void
set_keys(struct parts *p, struct view keys)
{
    union {
        const uint8_t *in;
        uint8_t *out; /* protobuf-c has no const in its byte fields; it does not write there */
    } data = { .in = keys.data };
    p->keys = (Wire__UserKeys)WIRE__USER_KEYS__INIT;
    p->keys.has_keys = 1;
    p->keys.keys = (ProtobufCBinaryData){ .len = keys.len, .data = data.out };
    p->instruction.keys = &p->keys;
}

static void
set_resize(struct parts *p, int32_t cols, int32_t rows)
{
    p->resize = (Wire__UserResize)WIRE__USER_RESIZE__INIT;
    p->resize.has_cols = p->resize.has_rows = 1;
    p->resize.cols = cols;
    p->resize.rows = rows;
    p->instruction.resize = &p->resize;
}

/* What is 0 is unknown, and unknown is what an absent field says. */
static void
set_record(struct parts *p, const struct user_record *record)
{
    Wire__UserRecord *r = &p->record;
    *r = (Wire__UserRecord)WIRE__USER_RECORD__INIT;
    r->has_colors = (r->colors = record->colors) != 0;
    r->has_can = (r->can = record->can) != 0;
    r->has_cell_width_px = (r->cell_width_px = record->cell_width_px) != 0;
    r->has_cell_height_px = (r->cell_height_px = record->cell_height_px) != 0;
    r->has_foreground = (r->foreground = record->foreground) != 0;
    r->has_background = (r->background = record->background) != 0;
    r->has_cursor = (r->cursor = record->cursor) != 0;
    r->has_theme = (r->theme = record->theme) != 0;
    for (size_t i = 0; i < PALETTE_COLORS; i++) {
        p->palette[i] = record->palette[i];
        if (p->palette[i] != 0)
            r->n_palette = i + 1;
    }
    r->palette = p->palette;
    p->instruction.record = r;
}

enum skua_err
user_message_encode(const struct user_event *events, size_t count, struct buf *out)
{
    size_t before = out->len;
    for (size_t i = 0; i < count; i++) {
        struct parts p = { .instruction = WIRE__USER_INSTRUCTION__INIT };
        Wire__UserInstruction *one = &p.instruction;
        Wire__UserMessage m = WIRE__USER_MESSAGE__INIT;
        m.n_instruction = 1;
        m.instruction = &one;

        switch (events[i].kind) {
        case USER_KEYS: set_keys(&p, events[i].keys); break;
        case USER_RESIZE: set_resize(&p, events[i].cols, events[i].rows); break;
        case USER_RECORD: set_record(&p, &events[i].record); break;
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
get_record(const Wire__UserRecord *r, struct user_record *record)
{
    *record = (struct user_record){
        .colors = r->colors,
        .can = r->can,
        .cell_width_px = r->cell_width_px,
        .cell_height_px = r->cell_height_px,
        .foreground = r->foreground,
        .background = r->background,
        .cursor = r->cursor,
        .theme = r->theme,
    };
    for (size_t i = 0; i < r->n_palette && i < PALETTE_COLORS; i++)
        record->palette[i] = r->palette[i];
}

/* Whether an Instruction gives an event. */
static bool
get_event(const Wire__UserInstruction *in, struct user_event *out)
{
    *out = (struct user_event){ 0 };
    if (in->keys != NULL) {
        out->kind = USER_KEYS;
        out->keys = view_of(in->keys->keys.data, in->keys->keys.len);
    } else if (in->resize != NULL) {
        out->kind = USER_RESIZE;
        out->cols = in->resize->cols;
        out->rows = in->resize->rows;
    } else if (in->record != NULL) {
        out->kind = USER_RECORD;
        get_record(in->record, &out->record);
    } else {
        return false;
    }
    return true;
}

static enum skua_err
get_events(const Wire__UserMessage *m, struct arena *arena, struct user_message *out)
{
    /* The count is bounded by the arena, which held a pointer for each already. */
    struct user_event *events = arena_take(arena, m->n_instruction * sizeof *events);
    if (events == NULL)
        return SKUA_ERR_TOO_LARGE;
    size_t count = 0;
    for (size_t i = 0; i < m->n_instruction; i++) {
        if (get_event(m->instruction[i], &events[count]))
            count++;
    }
    *out = (struct user_message){ .event = events, .count = count, .arena = arena };
    return SKUA_OK;
}

enum skua_err
user_message_parse(struct view in, struct user_message *out)
{
    if (in.len > INSTRUCTION_MAX_BYTES)
        return SKUA_ERR_TOO_LARGE;

    struct arena *arena = arena_new(WIRE_ARENA_MAX_BYTES);
    ProtobufCMessage *m = NULL;
    enum skua_err err = message_parse(&wire__user_message__descriptor, in, arena, &m);
    if (err == SKUA_OK)
        err = get_events((const Wire__UserMessage *)m, arena, out);
    if (err != SKUA_OK)
        arena_free(arena);
    return err;
}

void
user_message_fini(struct user_message *m)
{
    arena_free(m->arena);
    *m = (struct user_message){ 0 };
}
