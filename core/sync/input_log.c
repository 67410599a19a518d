/*
 * The log. A diff is the events between two positions; applying one appends only what lies past the
 * end, so whichever of a client's states arrive, each unit is taken once.
 */
#include "sync/input_log.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "net/wire/instruction.h"

#define INPUT_LOG_EVENT 0x100
#define FIRST_UNITS     64

/* Memory that an idle log keeps. */
#define KEEP_UNITS 1024

void
input_log_init(struct input_log *log)
{
    *log = (struct input_log){ 0 };
}

void
input_log_fini(struct input_log *log)
{
    if (log->unit != NULL)
        mem_wipe(log->unit, log->cap * sizeof *log->unit);
    free(log->unit);
    for (size_t i = 0; i < log->event_count; i++)
        free(log->event[i].record);
    free(log->event);
    input_log_init(log);
}

uint64_t
input_log_end(const struct input_log *log)
{
    return log->start + log->count;
}

size_t
input_log_room(const struct input_log *log)
{
    return INPUT_LOG_MAX_UNITS - log->count;
}

static bool
make_room(struct input_log *log, size_t units)
{
    if (units > input_log_room(log))
        return false;
    size_t cap = log->cap > 0 ? log->cap : FIRST_UNITS;
    while (cap < log->count + units)
        cap *= 2;
    if (cap != log->cap) {
        log->unit = mem_resize(log->unit, cap, sizeof *log->unit);
        log->cap = cap;
    }
    return true;
}

bool
input_log_put_keys(struct input_log *log, struct view keys)
{
    if (!make_room(log, keys.len))
        return false;
    for (size_t i = 0; i < keys.len; i++)
        log->unit[log->count++] = keys.data[i];
    return true;
}

static bool
put_event(struct input_log *log, const struct input_event *event)
{
    if (!make_room(log, 1))
        return false;
    if (log->event_count == log->event_cap) {
        log->event_cap = log->event_cap > 0 ? log->event_cap * 2 : 4;
        log->event = mem_resize(log->event, log->event_cap, sizeof *log->event);
    }
    log->event[log->event_count++] = *event;
    log->unit[log->count++] = INPUT_LOG_EVENT;
    return true;
}

bool
input_log_put_resize(struct input_log *log, int rows, int cols)
{
    return put_event(log, &(struct input_event){ .rows = rows, .cols = cols });
}

bool
input_log_put_record(struct input_log *log, const struct user_record *record)
{
    if (input_log_room(log) == 0)
        return false;
    struct user_record *copy = mem_new(1, sizeof *copy);
    *copy = *record;
    return put_event(log, &(struct input_event){ .record = copy });
}

/* How many entries of log->event belong to the first `units` units. */
static size_t
events_before(const struct input_log *log, size_t units)
{
    size_t events = 0;
    for (size_t i = 0; i < units && events < log->event_count; i++)
        events += log->unit[i] == INPUT_LOG_EVENT;
    return events;
}

struct input_cursor
input_log_cursor(const struct input_log *log, uint64_t position)
{
    assert(position <= input_log_end(log));
    if (position < log->start)
        position = log->start;
    return (struct input_cursor){
        .position = position,
        .event = events_before(log, (size_t)(position - log->start)),
    };
}

static struct user_event
read_event(const struct input_event *event)
{
    if (event->record != NULL)
        return (struct user_event){ .kind = USER_RECORD, .record = *event->record };
    return (struct user_event){ .kind = USER_RESIZE, .rows = event->rows, .cols = event->cols };
}

bool
input_log_next(const struct input_log *log, struct input_cursor *cursor, uint64_t to,
               struct buf *scratch, struct user_event *out)
{
    assert(cursor->position >= log->start && to <= input_log_end(log));
    if (cursor->position >= to)
        return false;
    size_t at = (size_t)(cursor->position - log->start), end = (size_t)(to - log->start);
    if (log->unit[at] == INPUT_LOG_EVENT) {
        *out = read_event(&log->event[cursor->event++]);
        cursor->position++;
        return true;
    }
    buf_clear(scratch);
    while (at < end && log->unit[at] != INPUT_LOG_EVENT)
        buf_put_u8(scratch, (uint8_t)log->unit[at++]);
    *out = (struct user_event){ .kind = USER_KEYS, .keys = buf_view(scratch) };
    cursor->position = log->start + at;
    return true;
}

static void
drop_front(struct input_log *log, size_t units)
{
    size_t events = events_before(log, units);
    for (size_t i = 0; i < events; i++)
        free(log->event[i].record);
    if (events > 0)
        memmove(log->event, log->event + events, (log->event_count - events) * sizeof *log->event);
    log->event_count -= events;
    memmove(log->unit, log->unit + units, (log->count - units) * sizeof *log->unit);
    mem_wipe(log->unit + (log->count - units), units * sizeof *log->unit);
    log->count -= units;
    log->start += units;
    if (log->count == 0 && log->cap > KEEP_UNITS) {
        free(log->unit);
        log->unit = NULL;
        log->cap = 0;
    }
}

struct state
input_log_state(const struct input_log *log)
{
    return (struct state){ .position = input_log_end(log) };
}

struct state
input_log_first(void)
{
    return (struct state){ 0 };
}

static bool
positions_equal(void *object, const struct state *a, const struct state *b)
{
    (void)object;
    return a->position == b->position;
}

static void
diff_positions(void *object, const struct state *from, uint64_t from_num, const struct state *to,
               struct buf *out)
{
    (void)from_num;
    const struct input_log *log = object;
    struct buf keys;
    struct user_event event;
    buf_init(&keys, INPUT_LOG_MAX_UNITS);
    struct input_cursor cursor = input_log_cursor(log, from->position);
    while (input_log_next(log, &cursor, to->position, &keys, &event)) {
        if (user_message_encode(&event, 1, out) != SKUA_OK)
            break;
    }
    buf_wipe(&keys);
    buf_fini(&keys);
}

static struct state
keep(void *object, const struct state *s)
{
    (void)object;
    return *s;
}

static void
release(void *object, struct state *s)
{
    (void)object;
    *s = (struct state){ 0 };
}

static void
forget_acknowledged(void *object, const struct state *s)
{
    struct input_log *log = object;
    if (s->position > log->start)
        drop_front(log, (size_t)(s->position - log->start));
}

static void
forget_delivered(void *object, const struct state *s)
{
    struct input_log *log = object;
    uint64_t oldest = s->position < log->delivered ? s->position : log->delivered;
    if (oldest > log->start)
        drop_front(log, (size_t)(oldest - log->start));
}

static size_t
units_of(const struct user_event *event)
{
    return event->kind == USER_KEYS ? event->keys.len : 1;
}

/* Append the part of an event that starts at `position` and lies past the end of the log. */
static bool
take_event(struct input_log *log, uint64_t position, const struct user_event *event)
{
    uint64_t end = input_log_end(log);
    if (position + units_of(event) <= end)
        return true;
    if (event->kind == USER_RECORD)
        return input_log_put_record(log, &event->record);
    if (event->kind == USER_RESIZE)
        return put_event(log, &(struct input_event){ .rows = event->rows, .cols = event->cols });
    return input_log_put_keys(log, view_from(event->keys, (size_t)(end - position)));
}

static enum skua_err
apply_events(void *object, const struct state *from, struct view diff, struct state *out,
             uint64_t now_ms)
{
    (void)now_ms;
    struct input_log *log = object;
    struct user_message message;
    enum skua_err err = user_message_parse(diff, &message);
    if (err != SKUA_OK)
        return err;

    size_t units = 0;
    for (size_t i = 0; i < message.count; i++)
        units += units_of(&message.event[i]);
    uint64_t position = from->position;
    if (position < log->start || position > input_log_end(log)) {
        err = SKUA_ERR_STALE;
    } else if (units > input_log_room(log)) {
        err = SKUA_ERR_FULL;
    } else {
        for (size_t i = 0; i < message.count; i++) {
            take_event(log, position, &message.event[i]);
            position += units_of(&message.event[i]);
        }
        *out = (struct state){ .position = position };
    }
    user_message_fini(&message);
    return err;
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

struct syncable
input_log_outgoing(struct input_log *log)
{
    return (struct syncable){ .object = log,
                              .equal = positions_equal,
                              .diff = diff_positions,
                              .apply = refuse,
                              .keep = keep,
                              .release = release,
                              .forget_before = forget_acknowledged };
}

struct syncable
input_log_incoming(struct input_log *log)
{
    return (struct syncable){ .object = log,
                              .equal = positions_equal,
                              .diff = diff_nothing,
                              .apply = apply_events,
                              .keep = keep,
                              .release = release,
                              .forget_before = forget_delivered };
}
