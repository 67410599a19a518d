/* Each message is applied twice: by the model that looks at the bytes, and as a client applies it. */
#include "stock_lint.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "net/wire/host_message.h"
#include "sync/host_state.h"
#include "term/emulator/emulator.h"
#include "tests/lint/stock_model.h"

static void
refuse(const char *what, struct view bytes)
{
    fprintf(stderr, "to a stock client: %s\n", what);
    for (size_t i = 0; i < bytes.len; i++)
        fprintf(stderr, bytes.data[i] < 0x20 ? "\\x%02x" : "%c", bytes.data[i]);
    fputc('\n', stderr);
    abort();
}

static void
check_bytes(struct emulator *e, struct view bytes)
{
    const char *wrong = stock_model_feed(e, bytes);
    if (wrong != NULL)
        refuse(wrong, bytes);
}

static void
check_event(struct emulator *e, const struct host_event *event)
{
    if (event->kind == HOST_BYTES)
        check_bytes(e, event->bytes);
    else if (event->kind == HOST_RESIZE)
        emulator_resize(e, event->rows, event->cols, 0);
    else if (event->kind != HOST_ECHO_ACK)
        refuse("what only a Skua client reads", (struct view){ 0 });
}

static enum skua_err
apply_checked(void *object, const struct state *from, struct view diff, struct state *out,
              uint64_t now_ms)
{
    struct host_message message;
    if (host_message_parse(diff, &message) != SKUA_OK)
        refuse("no message", diff);
    struct emulator *e = emulator_new(EMULATOR_HOST_STOCK, screen_ref(host_state_of(from)->screen));
    for (size_t i = 0; i < message.count; i++)
        check_event(e, &message.event[i]);
    emulator_free(e);
    host_message_fini(&message);
    return host_state_incoming().apply(object, from, diff, out, now_ms);
}

struct syncable
stock_lint_incoming(void)
{
    struct syncable checked = host_state_incoming();
    checked.apply = apply_checked;
    return checked;
}
