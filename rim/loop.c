/*
 * The loop over libuv: a poll handle for each watched descriptor and one for the wake timer.
 * Callbacks only note what is ready; the pump asks afterwards.
 */
#include "rim/loop.h"

#include <stdlib.h>
#include <uv.h>

#include "base/mem.h"
#include "rim/clock.h"
#include "rim/wake_timer.h"

struct loop_watch {
    uv_poll_t poll; /* first: a handle is its watch */
    struct loop *loop;
    struct loop_watch *next, *previous;
    unsigned interest;
    unsigned ready;
};

struct loop {
    uv_loop_t uv;
    struct wake_timer timer;
    uv_poll_t timer_poll;
    struct loop_watch *first;
};

static void on_ready(uv_poll_t *handle, int status, int events);

static enum skua_err
fail_uv(struct fail *why, int status, const char *what)
{
    return fail_set(why, SKUA_ERR_SYSTEM, status < 0 ? -status : 0, "%s", what);
}

static void
start(struct loop_watch *watch)
{
    int events = ((watch->interest & LOOP_READ) != 0 ? UV_READABLE : 0) |
                 ((watch->interest & LOOP_WRITE) != 0 ? UV_WRITABLE : 0);
    if (events == 0)
        uv_poll_stop(&watch->poll);
    else
        uv_poll_start(&watch->poll, events, on_ready);
}

static void
on_ready(uv_poll_t *handle, int status, int events)
{
    struct loop_watch *watch = (struct loop_watch *)handle;
    if (status < 0) {
        /* An error condition stops the handle; the owner's next read or write learns which. */
        watch->ready = watch->interest;
        start(watch);
        return;
    }
    unsigned ready = ((events & UV_READABLE) != 0 ? LOOP_READ : 0) |
                     ((events & UV_WRITABLE) != 0 ? LOOP_WRITE : 0);
    watch->ready = ready & watch->interest;
}

static void
on_deadline(uv_poll_t *handle, int status, int events)
{
    (void)status;
    (void)events;
    struct loop *loop = handle->data;
    wake_timer_set(&loop->timer, UINT64_MAX);
}

static void
on_watch_closed(uv_handle_t *handle)
{
    free((struct loop_watch *)handle);
}

enum skua_err
loop_new(struct loop **out, struct fail *why)
{
    struct loop *loop = mem_new(1, sizeof *loop);
    bool has_uv = false;
    int status = 0;
    enum skua_err err = wake_timer_open(&loop->timer, why);
    if (err != SKUA_OK)
        goto out;
    /* Newer versions would use io_uring, which a sandbox forbids. */
    setenv("UV_USE_IO_URING", "0", 1);
    status = uv_loop_init(&loop->uv);
    has_uv = status >= 0;
    if (has_uv)
        status = uv_poll_init(&loop->uv, &loop->timer_poll, loop->timer.fd);
    if (status < 0) {
        err = fail_uv(why, status, "start an event loop");
        goto out;
    }
    loop->timer_poll.data = loop;
    uv_poll_start(&loop->timer_poll, UV_READABLE, on_deadline);
    *out = loop;
    return SKUA_OK;

out:
    if (has_uv)
        uv_loop_close(&loop->uv);
    wake_timer_close(&loop->timer);
    free(loop);
    return err;
}

void
loop_free(struct loop *loop)
{
    if (loop == NULL)
        return;
    while (loop->first != NULL)
        loop_remove(loop->first);
    uv_close((uv_handle_t *)&loop->timer_poll, NULL);
    uv_run(&loop->uv, UV_RUN_DEFAULT); /* nothing but closing handles is left: returns at once */
    uv_loop_close(&loop->uv);
    wake_timer_close(&loop->timer);
    free(loop);
}

enum skua_err
loop_add(struct loop *loop, int fd, unsigned interest, struct loop_watch **out, struct fail *why)
{
    struct loop_watch *watch = mem_new(1, sizeof *watch);
    int status = uv_poll_init(&loop->uv, &watch->poll, fd);
    if (status < 0) {
        free(watch);
        return fail_uv(why, status, "watch a descriptor");
    }
    watch->loop = loop;
    watch->next = loop->first;
    if (loop->first != NULL)
        loop->first->previous = watch;
    loop->first = watch;
    watch->interest = interest;
    start(watch);
    *out = watch;
    return SKUA_OK;
}

void
loop_want(struct loop_watch *watch, unsigned interest)
{
    if (watch->interest == interest)
        return;
    watch->interest = interest;
    watch->ready &= interest;
    start(watch);
}

void
loop_remove(struct loop_watch *watch)
{
    if (watch == NULL)
        return;
    if (watch->previous != NULL)
        watch->previous->next = watch->next;
    else
        watch->loop->first = watch->next;
    if (watch->next != NULL)
        watch->next->previous = watch->previous;
    /* libuv frees the descriptor's place at once, and calls back on the next turn. */
    uv_close((uv_handle_t *)&watch->poll, on_watch_closed);
}

static bool
any_ready(const struct loop *loop)
{
    for (const struct loop_watch *w = loop->first; w != NULL; w = w->next) {
        if (w->ready != 0)
            return true;
    }
    return false;
}

bool
loop_wait(struct loop *loop, uint64_t deadline_ms)
{
    for (struct loop_watch *w = loop->first; w != NULL; w = w->next)
        w->ready = 0;
    for (;;) {
        bool past = deadline_ms != UINT64_MAX && deadline_ms <= clock_now_ms();
        wake_timer_set(&loop->timer, past ? UINT64_MAX : deadline_ms);
        uv_run(&loop->uv, past ? UV_RUN_NOWAIT : UV_RUN_ONCE);
        if (past || any_ready(loop))
            return any_ready(loop);
        /* The timer fired, or a closed watch was tidied away: see which. */
    }
}

unsigned
loop_ready(const struct loop_watch *watch)
{
    return watch->ready;
}
