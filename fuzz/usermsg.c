/* A client's diff: any bytes, applied to a server's log; and read back from our own encoding. */
#include "net/wire/instruction.h"
#include "net/wire/user_message.h"
#include "sync/input_log.h"
#include "target.h"

static bool
events_equal(const struct user_event *a, const struct user_event *b)
{
    if (a->kind != b->kind)
        return false;
    switch (a->kind) {
    case USER_KEYS: return view_equal(a->keys, b->keys);
    case USER_RESIZE: return a->cols == b->cols && a->rows == b->rows;
    default: return memcmp(&a->record, &b->record, sizeof a->record) == 0;
    }
}

static void
check_encoding(const struct user_message *m)
{
    struct user_message again;
    struct buf encoded;
    buf_init(&encoded, 4 * INSTRUCTION_MAX_BYTES);
    assert(user_message_encode(m->event, m->count, &encoded) == SKUA_OK);
    assert(user_message_parse(buf_view(&encoded), &again) == SKUA_OK);
    assert(again.count == m->count);
    for (size_t i = 0; i < m->count; i++)
        assert(events_equal(&m->event[i], &again.event[i]));
    user_message_fini(&again);
    buf_fini(&encoded);
}

/* Twice, as a server may be sent it: the second time from the state that the first one made. */
static void
apply_twice(struct view message)
{
    struct input_log log;
    struct state from = input_log_first(), to, last;
    struct input_cursor cursor = { 0 };
    struct user_event event;
    struct buf scratch;
    input_log_init(&log);
    buf_init(&scratch, INPUT_LOG_MAX_UNITS);
    struct syncable incoming = input_log_incoming(&log);
    if (incoming.apply(incoming.object, &from, message, &to, 0) == SKUA_OK) {
        if (incoming.apply(incoming.object, &to, message, &last, 0) == SKUA_OK)
            incoming.release(incoming.object, &last);
        while (input_log_next(&log, &cursor, input_log_end(&log), &scratch, &event))
            buf_clear(&scratch);
        assert(cursor.position == input_log_end(&log));
        incoming.release(incoming.object, &to);
    }
    buf_fini(&scratch);
    input_log_fini(&log);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct view in = view_of(data, size);
    struct user_message m;
    if (user_message_parse(in, &m) == SKUA_OK) {
        check_encoding(&m);
        user_message_fini(&m);
    }
    apply_twice(in);
    return 0;
}
